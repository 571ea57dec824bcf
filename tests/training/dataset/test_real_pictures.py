"""The real pictures: they are imported whole, and their known copies are found."""

import pytest

from tests.training.dataset.making import Import, left_in
from training.cancellation import CancelToken
from training.config import SplitConfig
from training.dataset.library import open_dataset
from training.dataset.split import split_dataset
from training.errors import DatasetError


def split(home, scheme):
    config = SplitConfig(scheme=scheme)
    return split_dataset("pets", config, home, emit=lambda _: None, token=CancelToken())


def test_pictures_as_kaggle_serves_them_are_imported_and_split(shared_data, home):
    done = Import(shared_data / "originals.zip", home)
    info = done.result.info
    assert (info.pictures, info.cats, info.dogs, info.quarantined) == (80, 40, 40, 0)
    with open_dataset(home, "pets") as catalog:
        pictures = catalog.pictures()
    assert [p.number for p in pictures] == [*range(40), *range(40)]
    assert max(p.width for p in pictures) > 400
    result = split(home, "shares")
    assert (result.train, result.validation, result.test, result.leaks) == (64, 8, 8, ())
    with pytest.raises(DatasetError, match="leaves validation without cats"):
        split(home, "notebook")


@pytest.mark.fault(50)
def test_pictures_of_other_things_say_that_they_state_no_class(shared_data, home):
    with pytest.raises(DatasetError, match="186 pictures, and none states"):
        Import(shared_data / "neither.zip", home)
    assert left_in(home) == []


@pytest.mark.slow
def test_kaggles_24_000_pictures_and_the_leaks_of_the_notebooks_split(shared_data, home):
    info = Import(shared_data / "dogs-vs-cats" / "train.zip", home).result.info
    assert (info.pictures, info.cats, info.dogs, info.quarantined) == (24_000, 12_000, 12_000, 0)
    assert info.duplicates == 5
    result = split(home, "notebook")
    assert (result.train, result.validation, result.test) == (20_000, 2_000, 2_000)
    assert [leak.pictures for leak in result.leaks] == [
        ("cat.3345.jpg", "cat.10360.jpg"),
        ("dog.2877.jpg", "dog.10401.jpg", "dog.10797.jpg"),
    ]
    assert split(home, "shares").leaks == ()
