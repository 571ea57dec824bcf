"""Labelled pictures of a split or a folder, and what makes figures on them flatter."""

import dataclasses
import shutil
from pathlib import Path

import pytest

from tests.training.dataset.making import Import, pets, write_folder
from training.cancellation import Cancelled, CancelToken
from training.config import SplitConfig
from training.dataset.catalog import Split
from training.dataset.library import open_dataset
from training.dataset.split import split_dataset
from training.errors import DatasetError
from training.home import Home
from training.inference.labelled import (
    FolderSource,
    Source,
    SplitSource,
    cautions,
    labelled_pictures,
)
from training.runs.lab_book import RunInfo, default_run, run_info
from training.runs.run_folder import read_record, write_record


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_folder(tmp_path / "pets", pets(4, folder=""))


@pytest.fixture
def split_home(folder: Path, home: Home) -> Home:
    Import(folder, home)
    split_dataset(
        "pets", SplitConfig(train=0.5, validation=0.25), home,
        emit=lambda _: None, token=CancelToken(),
    )  # fmt: skip
    return home


@pytest.fixture
def own(split_home: Home) -> RunInfo:
    """A run that learned from that dataset as it is."""
    made = split_home.runs / "own"
    shutil.copytree(default_run().folder, made)
    with open_dataset(split_home, "pets") as catalog:
        fingerprint = catalog.split_fingerprint()
    record = read_record(made)
    config = dataclasses.replace(record.config, dataset="pets")
    write_record(made, dataclasses.replace(record, config=config, fingerprint=fingerprint))
    return run_info(made)


def read(source: Source, home: Home, token: CancelToken | None = None) -> list[tuple[str, str]]:
    found = labelled_pictures(source, home, token=token or CancelToken())
    return [(picture.path.name, picture.label) for picture in found]


def test_a_split_gives_its_used_pictures_alone(split_home: Home) -> None:
    source = SplitSource("pets", Split.TRAIN)
    before = read(source, split_home)
    with open_dataset(split_home, "pets") as catalog:
        first = catalog.pictures(split=Split.TRAIN)[0]
        catalog.journal.exclude([first.id])
    assert [(first.path.name, first.label), *read(source, split_home)] == before


def test_a_folder_says_the_labels_by_its_names(home: Home, tmp_path: Path) -> None:
    files = {"cat/1.jpg": b"1", "dogs/cat.2.jpg": b"2", "dog.3.jpg": b"3", "bird.4.jpg": b"4"}
    source = FolderSource(write_folder(tmp_path / "mine", files))
    found = labelled_pictures(source, home, token=CancelToken())
    assert {(p.name, p.label) for p in found} == {
        ("cat/1.jpg", "cat"), ("dogs/cat.2.jpg", "dog"), ("dog.3.jpg", "dog"),
    }  # fmt: skip
    assert [picture.id for picture in found] == [0, 1, 2]
    assert source.words == "the folder “mine”"


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        (SplitSource("none", Split.TEST), "no dataset named “none”"),
        (FolderSource(Path("/not/there")), "no folder"),
    ],
)
def test_what_is_not_there_is_a_sentence_with_a_next_step(
    split_home: Home, source: Source, sentence: str
) -> None:
    with pytest.raises(DatasetError, match=sentence) as caught:
        read(source, split_home)
    assert caught.value.hint


def test_a_split_and_a_folder_without_pictures_say_so(folder: Path, home: Home) -> None:
    Import(folder, home)
    with pytest.raises(DatasetError, match="The test split"):
        read(SplitSource("pets", Split.TEST), home)
    (folder / "birds").mkdir()
    with pytest.raises(DatasetError, match="states a class"):
        read(FolderSource(folder / "birds"), home)


def test_listing_a_folder_can_be_cancelled(home: Home, folder: Path) -> None:
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        read(FolderSource(folder), home, token)


def test_only_a_run_of_that_dataset_is_flattered_by_it(split_home: Home, own: RunInfo) -> None:
    runs = [own, default_run()]
    (learned,) = cautions(SplitSource("pets", Split.TRAIN), runs, split_home)
    (chosen,) = cautions(SplitSource("pets", Split.VALIDATION), runs, split_home)
    assert "has learned: elsewhere" in learned
    assert "chose the epoch" in chosen
    assert cautions(SplitSource("pets", Split.TEST), runs, split_home) == ()
    assert cautions(FolderSource(Path("pets")), runs, split_home) == ()


def test_a_dataset_that_is_split_otherwise_by_now_may_be_known(
    split_home: Home, own: RunInfo
) -> None:
    with open_dataset(split_home, "pets") as catalog:
        catalog.journal.exclude([catalog.pictures()[0].id])
    (said,) = cautions(SplitSource("pets", Split.TEST), [own], split_home)
    assert "split otherwise" in said
