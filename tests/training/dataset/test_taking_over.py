"""Corrections belong to a picture's content, and hold again when it is imported again."""

import pytest

from tests.training.dataset.making import Import, jpeg, pets, write_folder
from training.cancellation import CancelToken
from training.dataset.catalog import State
from training.dataset.dismissing import dismiss, restore
from training.dataset.finding import Finding, FindingKind
from training.dataset.library import delete_dataset, open_dataset
from training.dataset.standing import read_standing
from training.home import Home

SILENT = {"emit": lambda _: None, "token": CancelToken()}


@pytest.fixture
def source(tmp_path):
    return write_folder(tmp_path / "mine", pets(4, folder=""))


def rows(home: Home, name: str):
    with open_dataset(home, name) as catalog:
        return {p.path.name: p for p in catalog.pictures(state=None)}


def correct(home: Home, name: str = "pets") -> None:
    found = rows(home, name)
    with open_dataset(home, name) as catalog:
        catalog.journal.relabel([found["cat.0.jpg"].id], "dog")
        catalog.journal.mark_neither([found["dog.1.jpg"].id])
        catalog.journal.exclude([found["cat.2.jpg"].id])
        catalog.journal.exclude([found["cat.3.jpg"].id])
        catalog.journal.undo()


def assert_corrected(home: Home, name: str) -> None:
    found = rows(home, name)
    assert (found["cat.0.jpg"].label, found["cat.0.jpg"].state) == ("dog", State.USED)
    assert found["dog.1.jpg"].is_neither
    assert found["cat.2.jpg"].state is State.EXCLUDED
    assert found["cat.3.jpg"].state is State.USED


def test_they_hold_in_another_dataset_of_the_same_pictures_and_can_be_undone(home, source):
    Import(source, home)
    correct(home)
    again = Import(source, home, name="again")
    assert again.notices == ["3 pictures are corrected as before; that can be undone."]
    assert_corrected(home, "again")
    with open_dataset(home, "again") as catalog:
        assert catalog.journal.undo().pictures == 3
        assert catalog.info().pictures == 8


def test_they_outlive_the_dataset(home, source):
    Import(source, home)
    correct(home)
    delete_dataset(home, "pets", **SILENT)
    Import(source, home)
    assert_corrected(home, "pets")
    delete_dataset(home, "pets", **SILENT)
    Import(source, home)
    assert_corrected(home, "pets")


def test_they_follow_the_content_into_other_folders_and_names(home, source, tmp_path):
    Import(source, home)
    correct(home)
    moved = tmp_path / "moved"
    for file in source.iterdir():
        target = moved / ("cats" if file.name.startswith("cat") else "dogs") / f"n{file.name}"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(file.read_bytes())
    Import(moved, home, name="moved")
    found = rows(home, "moved")
    assert found["ncat.0.jpg"].label == "dog"
    assert found["ndog.1.jpg"].is_neither
    assert found["ncat.2.jpg"].state is State.EXCLUDED


def test_of_two_copies_the_one_that_was_excluded_is_excluded_again(home, tmp_path):
    files = pets(2, folder="") | {"cat.7.jpg": jpeg(0)}
    source = write_folder(tmp_path / "mine", files)
    Import(source, home)
    with open_dataset(home, "pets") as catalog:
        catalog.journal.exclude([rows(home, "pets")["cat.7.jpg"].id])
    Import(source, home, name="again")
    found = rows(home, "again")
    assert found["cat.7.jpg"].state is State.EXCLUDED
    assert found["cat.0.jpg"].state is State.USED


def test_what_cannot_be_read_is_passed_by(home, source):
    Import(source, home)
    correct(home)
    home.corrections_file.write_text("no list", encoding="utf-8")
    damaged = home.datasets / "damaged"
    damaged.mkdir()
    (damaged / "catalog.sqlite").write_bytes(b"no catalogue")
    Import(source, home, name="again")
    assert_corrected(home, "again")


def test_a_dataset_without_corrections_leaves_nothing_behind(home, source):
    Import(source, home)
    delete_dataset(home, "pets", **SILENT)
    assert not home.corrections_file.exists()
    assert not home.dismissals_file.exists()
    assert Import(source, home).notices == []


def dismiss_dark(home: Home, name: str, *files: str) -> None:
    """As a check finds them, and the user knows better."""
    ids = [rows(home, name)[file].id for file in files]
    with open_dataset(home, name) as catalog:
        find_dark(catalog)
        dismiss(catalog, ids)


def find_dark(catalog) -> None:
    found = [
        Finding(FindingKind.DARK, picture.id, 0.5, "It is dark.", picture.label)
        for picture in catalog.pictures()
    ]
    catalog.findings.replace((FindingKind.DARK,), found, of="")


def listed(home: Home, name: str) -> set[str]:
    """Which pictures a check would list as dark."""
    with open_dataset(home, name) as catalog:
        find_dark(catalog)
        standing = read_standing(catalog)
        return {standing.pictures[f.picture].path.name for f in standing.findings}


def test_what_was_dismissed_is_not_listed_in_another_dataset_of_the_same_pictures(home, source):
    Import(source, home)
    dismiss_dark(home, "pets", "cat.1.jpg", "dog.2.jpg")
    again = Import(source, home, name="again")
    assert again.notices == ["2 pictures are corrected as before; that can be undone."]
    assert rows(home, "again").keys() - listed(home, "again") == {"cat.1.jpg", "dog.2.jpg"}
    with open_dataset(home, "again") as catalog:
        catalog.journal.undo()
    assert len(listed(home, "again")) == 8


def test_what_is_listed_again_is_not_dismissed_in_the_next_dataset(home, source):
    Import(source, home)
    dismiss_dark(home, "pets", "cat.1.jpg", "dog.2.jpg")
    with open_dataset(home, "pets") as catalog:
        restore(catalog, [rows(home, "pets")["cat.1.jpg"].id])
    Import(source, home, name="again")
    assert rows(home, "again").keys() - listed(home, "again") == {"dog.2.jpg"}


def test_what_was_dismissed_outlives_the_dataset_until_it_is_listed_again(home, source):
    Import(source, home)
    dismiss_dark(home, "pets", "cat.1.jpg", "dog.2.jpg")
    delete_dataset(home, "pets", **SILENT)
    Import(source, home)
    assert len(listed(home, "pets")) == 6
    with open_dataset(home, "pets") as catalog:
        restore(catalog, [rows(home, "pets")["cat.1.jpg"].id])
    delete_dataset(home, "pets", **SILENT)
    Import(source, home)
    assert rows(home, "pets").keys() - listed(home, "pets") == {"dog.2.jpg"}


def test_dismissals_that_cannot_be_read_are_passed_by(home, source):
    home.root.mkdir()
    home.dismissals_file.write_text('[["no kind", "", ""]]', encoding="utf-8")
    assert Import(source, home).notices == []
