"""What folders were taken for is changed after an import: a correction of their pictures."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Self

import pytest

from tests.training.dataset.making import jpeg, write_folder, write_zip
from training.cancellation import CancelToken
from training.config import LEAVE_OUT, NEITHER, ImportConfig
from training.dataset.adding import add_pictures
from training.dataset.catalog import Catalog
from training.dataset.class_folders import ClassFolder, may_be_mistaken
from training.dataset.folder_answers import correct_folders, taken_folders
from training.dataset.importing import import_pictures
from training.dataset.library import open_dataset
from training.dataset.picture import BY_HAND_REASON, State
from training.home import Home

FILES = {
    "gato/1.jpg": jpeg(1),
    "gato/2.jpg": jpeg(2),
    "rex/1.jpg": jpeg(3),
    "rex/old/2.jpg": jpeg(4),
    "chairs/1.jpg": jpeg(5),
    "loose/1.jpg": jpeg(6),
    "dog.7.jpg": jpeg(7),
    "gato/broken.jpg": b"no picture",
}
SAID = {"rex": "dog", "rex/old": "dog", "chairs": NEITHER, "loose": LEAVE_OUT}
SILENT = {"emit": lambda _: None, "token": CancelToken()}


class Taken:
    """A dataset, its catalogue, and the folders that it was imported from."""

    def __init__(self, home: Home, source: Path, *more: Path) -> None:
        config = ImportConfig(source, "pets", more, SAID)
        self.folders = import_pictures(config, home, **SILENT).folders
        self.home = home

    def __enter__(self) -> Self:
        self.catalog: Catalog = open_dataset(self.home, "pets")
        return self

    def __exit__(self, *_: object) -> None:
        self.catalog.close()

    def answers(self, **changes: str) -> Mapping[str, str]:
        return {each.key: changes.get(each.name, each.shown) for each in self.folders}

    def change(self, **changes: str):
        return correct_folders(self.catalog, self.folders, self.answers(**changes))

    @property
    def shown(self) -> dict[str, str]:
        """What each picture counts as, by its name."""
        return {
            picture.name: "" if picture.state is State.EXCLUDED else picture.label
            for picture in self.catalog.pictures(state=None)
        }

    def taken(self) -> tuple[ClassFolder, ...]:
        return taken_folders(self.catalog, self.folders, examples=2, token=CancelToken())


@pytest.fixture(params=["folder", "zip"])
def pets(request: pytest.FixtureRequest, home: Home, tmp_path: Path) -> Iterator[Taken]:
    if request.param == "zip":
        source = write_zip(tmp_path / "mine.zip", FILES)
    else:
        source = write_folder(tmp_path / "mine", FILES)
    with Taken(home, source) as taken:
        yield taken


def test_what_came_of_each_folder_is_told_with_some_pictures(pets: Taken) -> None:
    told = {each.name: (each.shown, each.pictures, len(each.examples)) for each in pets.taken()}
    assert told == {
        "gato": ("cat", 3, 2),
        "rex": ("dog", 1, 1),
        "old": ("dog", 1, 1),
        "chairs": (NEITHER, 1, 1),
        "dog…": ("dog", 1, 1),
    }, "what was left out is not in the dataset"


def test_what_names_do_not_say_themselves_may_be_mistaken(pets: Taken) -> None:
    by_name = {each.name: each for each in pets.folders}
    for name, is_doubtful in (("gato", True), ("chairs", True), ("dog…", False), ("loose", False)):
        assert may_be_mistaken([by_name[name]]) is is_doubtful


def test_a_folder_is_relabelled_whole_in_one_step_and_all_of_it_is_undone(pets: Taken) -> None:
    before = pets.shown
    step = pets.change(gato="dog")
    assert (step.words, step.pictures) == ("“gato” taken for dog", 2)
    assert pets.shown == before | {"gato/1.jpg": "dog", "gato/2.jpg": "dog"}
    assert pets.catalog.journal.undo() == step
    assert pets.shown == before
    assert pets.catalog.journal.undoable() is None


def test_several_folders_are_one_step(pets: Taken) -> None:
    before = pets.shown
    step = pets.change(rex="cat", old=LEAVE_OUT, chairs="dog", gato=NEITHER)
    assert (step.words, step.pictures) == ("4 folders taken for something else", 5)
    assert pets.shown == before | {
        "rex/1.jpg": "cat", "rex/old/2.jpg": "", "chairs/1.jpg": "dog",
        "gato/1.jpg": "", "gato/2.jpg": "",
    }  # fmt: skip
    reasons = {picture.name: picture.reason for picture in pets.catalog.pictures(state=None)}
    assert reasons["rex/old/2.jpg"] == BY_HAND_REASON
    pets.catalog.journal.undo()
    assert pets.shown == before


def test_a_class_that_was_corrected_one_by_one_stays(pets: Taken) -> None:
    one, two = (each.id for each in pets.catalog.pictures(label="cat"))
    pets.catalog.journal.mark_neither([one])
    pets.catalog.journal.exclude([two])
    assert pets.change(gato="dog").pictures == 1
    by_id = {picture.id: picture for picture in pets.catalog.pictures(state=None)}
    assert by_id[one].is_neither
    assert (by_id[two].label, by_id[two].reason) == ("dog", BY_HAND_REASON)


def test_the_same_answers_change_nothing(pets: Taken) -> None:
    assert pets.change() is None
    assert pets.catalog.journal.undoable() is None


def test_a_broken_picture_stays_set_aside(pets: Taken) -> None:
    pets.change(gato="dog")
    (broken,) = pets.catalog.pictures(state=State.QUARANTINED)
    assert broken.name == "gato/broken.jpg"


def test_no_file_is_touched(home: Home, tmp_path: Path) -> None:
    source = write_folder(tmp_path / "mine", FILES)
    with Taken(home, source) as pets:
        pets.change(gato="dog", rex=LEAVE_OUT)
    files = [path for path in source.rglob("*") if path.is_file()]
    assert {path.relative_to(source).as_posix(): path.read_bytes() for path in files} == FILES


def test_of_two_sources_with_folders_of_one_name_each_has_its_own(
    home: Home, tmp_path: Path
) -> None:
    first = write_folder(tmp_path / "one", FILES)
    second = write_folder(tmp_path / "two", {"gato/9.jpg": jpeg(9), "dog/8.jpg": jpeg(8)})
    with Taken(home, first, second) as pets:
        before = pets.shown
        (gato,) = [each for each in pets.folders if (each.source, each.name) == (second, "gato")]
        step = correct_folders(pets.catalog, pets.folders, {gato.key: "dog"})
        assert step.pictures == 1
        assert pets.shown == before | {"two/gato/9.jpg": "dog"}


def test_what_was_added_later_is_changed_alone(home: Home, tmp_path: Path) -> None:
    with Taken(home, write_folder(tmp_path / "one", FILES)) as pets:
        more = write_folder(tmp_path / "more", {"gato/9.jpg": jpeg(9), "gato/1.jpg": jpeg(1)})
        added = add_pictures(ImportConfig(more, "pets"), home, **SILENT)
        before = pets.shown
        (taken,) = taken_folders(pets.catalog, added.folders, examples=1, token=CancelToken())
        assert taken.pictures == 1, "the other one was there"
        correct_folders(pets.catalog, added.folders, {taken.key: "dog"})
        assert pets.shown == before | {"more/gato/9.jpg": "dog"}
