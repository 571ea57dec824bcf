"""Pictures of further sources come to a dataset, each once, and what it has stays as it is."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.training.dataset.making import Add, Import, jpeg, pets, write_folder, write_zip
from training.cancellation import CancelToken
from training.config import SplitConfig
from training.dataset.finding import Finding, FindingKind
from training.dataset.library import delete_dataset, open_dataset
from training.dataset.picture import State
from training.dataset.split import split_dataset
from training.errors import DatasetError
from training.home import Home


@pytest.fixture
def mine(tmp_path, home):
    """A dataset of three cats and three dogs in a folder."""
    source = write_folder(tmp_path / "mine", pets(3, folder=""))
    Import(source, home)
    return source


@pytest.fixture
def silent():
    return {"emit": lambda _: None, "token": CancelToken()}


def contents(home, name="pets"):
    with open_dataset(home, name) as catalog:
        return sorted((p.sha256, p.label) for p in catalog.pictures(state=None))


def files_of(home, name="pets"):
    folder = home.datasets / name
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and not path.name.startswith("catalog.sqlite-")
    }


def state_of(home):
    with open_dataset(home, "pets") as catalog:
        return catalog.pictures(state=None), catalog.sources.all(), catalog.fingerprint()


def test_a_folder_is_added_in_place_and_only_what_is_new_of_it_comes(mine, tmp_path, home):
    more = write_folder(tmp_path / "more", pets(5, folder=""))
    before = {path: path.read_bytes() for path in more.iterdir()}
    added = Add(more, home).result
    assert (added.tally.cats, added.tally.dogs, added.tally.copies) == (2, 2, 6)
    assert (added.info.pictures, added.info.duplicates) == (10, 0)
    with open_dataset(home, "pets") as catalog:
        assert {p.path.parent for p in catalog.pictures()} == {mine, more}
    assert {path: path.read_bytes() for path in more.iterdir()} == before
    assert [path.name for path in (home.datasets / "pets").iterdir()] == ["catalog.sqlite"]


def test_names_of_two_sources_never_collide(mine, tmp_path, home):
    for place, first in (("a/more", 100), ("b/more", 200)):
        files = {f"{label}.0.jpg": jpeg(first + i) for i, label in enumerate(("cat", "dog"))}
        Add(write_folder(tmp_path / place, files), home)
    with open_dataset(home, "pets") as catalog:
        names = [p.name for p in catalog.pictures()]
    assert names[6:] == [
        "more/cat.0.jpg", "more/dog.0.jpg", "more 2/cat.0.jpg", "more 2/dog.0.jpg",
    ]  # fmt: skip


def test_a_zip_is_unpacked_beside_what_there_is_without_the_copies(mine, tmp_path, home):
    new = {"cat.0.jpg": jpeg(70), "dog.0.jpg": jpeg(71)}
    source = write_zip(tmp_path / "more.zip", new | {"cat.1.jpg": jpeg(1)})
    assert Add(source, home).result.tally.copies == 1
    source.unlink()
    moved = Home(home.root.rename(tmp_path / "elsewhere"))
    with open_dataset(moved, "pets") as catalog:
        added = catalog.pictures()[6:]
    assert {p.name: p.path.read_bytes() for p in added} == {
        f"more.zip/{name}": content for name, content in new.items()
    }
    assert len(files_of(moved)) == 3


def test_what_the_user_corrected_stays_and_can_still_be_undone(mine, tmp_path, home):
    with open_dataset(home, "pets") as catalog:
        catalog.journal.relabel([1], "dog")
        catalog.journal.exclude([2])
        catalog.journal.mark_neither([5])
        catalog.journal.undo()
        finding = Finding(FindingKind.BLURRED, 3, 0.5, "It is blurred.", "cat")
        catalog.findings.replace([FindingKind.BLURRED], [finding], of="then")
    Add(write_folder(tmp_path / "more", pets(5, folder="")), home)
    with open_dataset(home, "pets") as catalog:
        first, second = catalog.pictures_by_id([1, 2])
        assert (first.label, second.state) == ("dog", State.EXCLUDED)
        assert catalog.findings.all() == [finding]
        assert catalog.journal.redo().words == "Marked as neither"
        assert [catalog.journal.undo().words for _ in range(3)][-1] == "Relabelled as dog"
        assert catalog.pictures_by_id([1])[0].label == "cat"


def test_the_split_stays_and_new_pictures_are_in_none(mine, tmp_path, home, silent):
    split_dataset("pets", SplitConfig(train=0.34, validation=0.33), home, **silent)
    before = state_of(home)[0]
    info = Add(write_folder(tmp_path / "more", pets(5, folder="")), home).result.info
    assert (info.train, info.validation, info.test, info.pictures) == (2, 2, 2, 10)
    after = state_of(home)[0]
    assert after[:6] == before
    assert {picture.split for picture in after[6:]} == {None}


def test_a_copy_that_is_said_to_show_the_other_class_keeps_the_label_that_it_has(
    mine, tmp_path, home
):
    more = write_folder(tmp_path / "more", {"dog.0.jpg": jpeg(0), "cat.9.jpg": jpeg(9)})
    tally = Add(more, home).result.tally
    assert (tally.cats, tally.copies, tally.contrary) == (1, 1, 1)
    with open_dataset(home, "pets") as catalog:
        assert catalog.pictures_by_id([1])[0].label == "cat"


def test_adding_again_changes_nothing_also_where_pictures_are_damaged(mine, tmp_path, home):
    more = {"cat.8.jpg": b"", "cat.9.jpg": b"no picture", "dog.9.jpg": jpeg(9)}
    sources = [
        write_folder(tmp_path / "more", more),
        write_zip(tmp_path / "more.zip", more | {"dog.10.jpg": jpeg(10)}),
    ]
    for source in sources:
        Add(source, home)
    before = state_of(home), files_of(home)
    for source in sources:
        result = Add(source, home).result
        assert (result.tally.added, result.tally.quarantined) == (0, 0)
    assert (state_of(home), files_of(home)) == before
    assert len(before[0][1]) == 3


def test_each_source_is_recorded_with_what_came_of_it(mine, tmp_path, home):
    more = write_folder(tmp_path / "more", pets(5, folder="") | {"readme.txt": b"x"})
    Add(more, home)
    with open_dataset(home, "pets") as catalog:
        found = [(o.source, o.ignored, o.pictures) for o in catalog.sources.all()]
        assert catalog.sources.of(6).source == str(mine)
        assert catalog.sources.of(7).source == str(more)
    assert found == [(str(mine), 0, 6), (str(more), 1, 4)]


def test_one_class_alone_can_be_added(mine, tmp_path, home):
    assert Add(write_folder(tmp_path / "cats", {"1.jpg": jpeg(50)}), home).result.tally.cats == 1


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ({}, "No pictures are in “more”"),
        ({"test1/1.jpg": jpeg(1)}, "none states whether"),
        ({"cat.1.jpg": b"x"}, "None of the 1 pictures in “more” can be read"),
    ],
)
def test_a_source_without_pictures_is_refused(mine, tmp_path, home, files, words):
    (tmp_path / "more").mkdir()
    before = state_of(home)
    with pytest.raises(DatasetError, match=words):
        Add(write_folder(tmp_path / "more", files), home)
    assert state_of(home) == before


def test_a_dataset_that_is_not_there_is_named(tmp_path, home):
    with pytest.raises(DatasetError, match="no dataset named “pets”"):
        Add(write_folder(tmp_path / "more", pets(1)), home)


def test_new_pictures_are_corrected_as_before_and_old_ones_are_not(mine, tmp_path, home, silent):
    more = write_folder(tmp_path / "more", pets(5, folder=""))
    Import(more, home, name="other")
    with open_dataset(home, "other") as catalog:
        catalog.journal.exclude([1, 5])
    with open_dataset(home, "other") as catalog:
        assert [p.number for p in catalog.pictures(state=State.EXCLUDED)] == [0, 4]
    added = Add(more, home)
    assert "1 pictures are corrected as before; that can be undone." in added.notices
    with open_dataset(home, "pets") as catalog:
        (excluded,) = catalog.pictures(state=State.EXCLUDED)
    assert excluded.name == "more/cat.4.jpg"


def test_several_sources_make_one_dataset_at_once(tmp_path, home):
    sources = (
        write_folder(tmp_path / "cats", {"1.jpg": jpeg(1), "2.jpg": jpeg(2)}),
        write_folder(tmp_path / "dogs", {"1.jpg": jpeg(3)}),
        write_zip(tmp_path / "more.zip", {"cat.1.jpg": jpeg(1), "dog.1.jpg": jpeg(4)}),
    )
    result = Import(sources[0], home, *sources[1:]).result
    assert (result.info.cats, result.info.dogs, result.tally.copies) == (2, 2, 1)
    with open_dataset(home, "pets") as catalog:
        assert [p.name for p in catalog.pictures()] == [
            "1.jpg", "2.jpg", "dogs/1.jpg", "more.zip/dog.1.jpg",
        ]  # fmt: skip
        assert [origin.pictures for origin in catalog.sources.all()] == [2, 1, 1]
        assert all(picture.path.is_file() for picture in catalog.pictures())


SOURCES = st.lists(st.integers(0, 9), min_size=1, max_size=8)
"""Contents; the even ones are cats. One may occur several times."""


def written(folder: Path, numbers: list[int]) -> Path:
    labels = ("cat", "dog")
    files = {f"{labels[n % 2]}.{place}.jpg": jpeg(n) for place, n in enumerate(numbers)}
    return write_folder(folder, files)


@given(first=SOURCES, second=SOURCES)
@settings(max_examples=15, deadline=None)
def test_the_order_of_sources_makes_no_difference_and_a_second_time_none_either(first, second):
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        home, one, other = Home(root / "home"), root / "one", root / "other"
        base = written(root / "base", [0, 1])
        written(one, first)
        written(other, second)
        orders = {"pets": (one, other), "swapped": (other, one), "again": (one, other, one, other)}
        for name, sources in orders.items():
            Import(base, home, name=name)
            for source in sources:
                Add(source, home, name=name)
        Import(other, home, base, one, name="at once")
        found = {name: contents(home, name) for name in (*orders, "at once")}
        assert len({tuple(each) for each in found.values()}) == 1
        with open_dataset(home, "pets") as pets, open_dataset(home, "swapped") as swapped:
            assert pets.fingerprint() == swapped.fingerprint()
            names = [picture.name for picture in pets.pictures()]
        assert len(set(names)) == len(names)


def test_a_dataset_of_several_sources_is_deleted_whole(mine, tmp_path, home, silent):
    Add(write_zip(tmp_path / "more.zip", pets(5)), home)
    delete_dataset(home, "pets", **silent)
    assert list(home.datasets.iterdir()) == []
    assert len(list(mine.iterdir())) == 6
