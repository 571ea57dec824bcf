"""The split that pictures came in, told by their folders."""

import pytest

from tests.training.dataset.making import Import, jpeg, pets, write_folder
from training.cancellation import CancelToken
from training.config import FOLDERS_SCHEME, SplitConfig
from training.dataset.library import open_dataset
from training.dataset.picture import Split, State
from training.dataset.split import split_dataset
from training.errors import DatasetError

_BY_FOLDERS = SplitConfig(scheme=FOLDERS_SCHEME)


def _split(home, files, tmp_path):
    Import(write_folder(tmp_path / "mine", files), home)
    return split_dataset("pets", _BY_FOLDERS, home, emit=lambda _: None, token=CancelToken())


def _sorted_pets():
    """Two of each class for training, one for validation: each picture another one."""
    return {
        f"{folder}/{name.rpartition('/')[2]}": content
        for folder, numbers in (("Training/a", "01"), ("valid", "2"))
        for name, content in pets(3).items()
        if name[-5] in numbers
    }


def test_the_innermost_folder_that_is_named_like_a_split_decides(home, tmp_path):
    files = _sorted_pets() | {"train/test/cat.8.jpg": jpeg(8), "others/cat.9.jpg": jpeg(9)}
    result = _split(home, files, tmp_path)
    assert (result.train, result.validation, result.test) == (4, 2, 1)
    with open_dataset(home, "pets") as catalog:
        (rest,) = (p for p in catalog.pictures() if p.split is None)
        assert rest.name.endswith("others/cat.9.jpg")


def test_copies_in_other_splits_are_always_left_out(home, tmp_path):
    result = _split(home, _sorted_pets() | {"test/cat.7.jpg": jpeg(0)}, tmp_path)
    assert (result.test, result.leaks) == (0, ())
    with open_dataset(home, "pets") as catalog:
        (left_out,) = catalog.pictures(state=State.EXCLUDED)
        assert left_out.split is Split.TEST


@pytest.mark.parametrize(
    ("files", "words"),
    [
        (pets(3, folder="mine/"), "no folders named train, validation and test"),
        (pets(3), "none is in a folder named validation or valid or val"),
    ],
)
def test_what_has_no_such_folders_is_refused(home, tmp_path, files, words):
    with pytest.raises(DatasetError, match=words):
        _split(home, files, tmp_path)
