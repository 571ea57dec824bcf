"""An import ends with a whole dataset or with none, and never touches the source."""

import os
from pathlib import Path

import pytest

from tests.training.dataset.making import (
    Import,
    jpeg,
    left_in,
    pets,
    write_folder,
    write_zip,
)
from training.dataset.catalog import State
from training.dataset.library import open_dataset
from training.errors import ConfigError, DatasetError

not_on_windows = pytest.mark.skipif(os.name == "nt", reason="Windows has no such thing")


def snapshot(folder: Path) -> dict[str, tuple[bytes, int]]:
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {str(path): (path.read_bytes(), path.stat().st_mtime_ns) for path in files}


def test_a_flat_folder_is_read_in_place_and_not_touched(tmp_path, home):
    source = write_folder(tmp_path / "mine", pets(3, folder=""))
    before = snapshot(source)
    done = Import(source, home)
    assert (done.result.info.cats, done.result.info.dogs) == (3, 3)
    with open_dataset(home, "pets") as catalog:
        assert {picture.path.parent for picture in catalog.pictures()} == {source}
        assert [picture.number for picture in catalog.pictures(label="cat")] == [0, 1, 2]
    assert snapshot(source) == before
    assert [path.name for path in (home.datasets / "pets").iterdir()] == ["catalog.sqlite"]


def test_class_folders_are_found_at_any_depth(tmp_path, home):
    source = write_folder(
        tmp_path / "PetImages",
        {"PetImages/Cat/12.jpg": jpeg(1), "PetImages/Dog/7.jpg": jpeg(2), "dogs/a/b.jpg": jpeg(3)},
    )
    Import(source, home)
    with open_dataset(home, "pets") as catalog:
        found = {p.name: (p.label, p.number) for p in catalog.pictures()}
    assert found == {
        "PetImages/Cat/12.jpg": ("cat", 12),
        "PetImages/Dog/7.jpg": ("dog", 7),
        "dogs/a/b.jpg": ("dog", None),
    }


def test_the_sources_own_name_says_nothing(tmp_path, home):
    source = write_folder(tmp_path / "cats", {"1.jpg": jpeg(1), "dogs/2.jpg": jpeg(2)})
    with pytest.raises(DatasetError, match="Only dogs"):
        Import(source, home)


def test_pictures_of_a_zip_lie_in_the_dataset_and_move_with_the_home(tmp_path, home):
    files = pets(2)
    source = write_zip(tmp_path / "train.zip", files)
    Import(source, home)
    source.unlink()
    moved = home.root.rename(tmp_path / "elsewhere")
    with open_dataset(type(home)(moved), "pets") as catalog:
        pictures = catalog.pictures()
    assert {p.name: p.path.read_bytes() for p in pictures} == files
    assert all(path.is_relative_to(moved) for path in (p.path for p in pictures))
    first = pictures[0]
    assert (first.width, first.height, first.size_bytes) == (24, 16, len(files[first.name]))


@pytest.mark.fault(55)
def test_what_is_no_picture_of_a_class_is_ignored_and_counted(tmp_path, home):
    others = {
        "Cat/Thumbs.db": b"x",
        ".DS_Store": b"x",
        "__MACOSX/Cat/._1.jpg": b"x",
        "readme.txt": b"x",
        "test1/1.jpg": jpeg(9),
    }
    source = write_folder(tmp_path / "mine", pets(1) | others)
    done = Import(source, home)
    assert (done.result.info.pictures, done.result.ignored) == (2, 5)
    assert done.notices == [
        "Left out: hidden and system files: 3; files that are no pictures: 1; "
        "pictures that state no class: 1."
    ]
    with open_dataset(home, "pets") as catalog:
        assert catalog.sources.all()[0].ignored == 5


DAMAGED = [
    pytest.param(b"", "empty", id="empty", marks=pytest.mark.fault(51)),
    pytest.param(
        jpeg(5, size=(200, 200))[:700], "cut off", id="cut off", marks=pytest.mark.fault(52)
    ),
    pytest.param(b"just a text", "not a picture", id="text", marks=pytest.mark.fault(55)),
]


@pytest.mark.parametrize(("content", "words"), DAMAGED)
@pytest.mark.parametrize("packed", [False, True])
def test_a_damaged_picture_is_quarantined_and_the_rest_goes_on(
    tmp_path, home, content, words, packed
):
    files = pets(2, folder="") | {"cat.666.jpg": content}
    write = write_zip if packed else write_folder
    done = Import(write(tmp_path / "source", files), home)
    assert (done.result.info.pictures, done.result.info.quarantined) == (4, 1)
    assert words in done.quarantined["cat.666.jpg"]
    with open_dataset(home, "pets") as catalog:
        (bad,) = catalog.pictures(state=State.QUARANTINED)
    assert bad.path.exists()
    assert words in bad.reason
    kept = home.datasets / "pets" / "pictures"
    assert not packed or len(list(kept.iterdir())) == 4


@not_on_windows
@pytest.mark.fault(65)
def test_files_that_cannot_be_read_are_quarantined(tmp_path, home):
    source = write_folder(tmp_path / "mine", pets(1, folder=""))
    (source / "cat.7.jpg").symlink_to(source / "gone.jpg")
    os.mkfifo(source / "cat.8.jpg")
    done = Import(source, home)
    assert done.quarantined == {
        "cat.7.jpg": "The file is not there.",
        "cat.8.jpg": "It is not a file.",
    }


@not_on_windows
def test_a_file_name_in_an_unknown_encoding_is_read(tmp_path, home):
    source = write_folder(tmp_path / "mine", pets(1, folder=""))
    name = os.fsencode(source) + b"/cat_\xff\xfe.jpg"
    Path(os.fsdecode(name)).write_bytes(jpeg(77))
    Import(source, home)
    with open_dataset(home, "pets") as catalog:
        (odd,) = [p for p in catalog.pictures() if p.number is None]
    assert odd.path.read_bytes() == jpeg(77)
    odd.name.encode()


def test_an_inner_folder_that_may_not_be_read_is_counted(tmp_path, home, monkeypatch):
    source = write_folder(tmp_path / "mine", pets(1) | {"closed/cat.5.jpg": jpeg(5)})
    real = os.scandir

    def scandir(path):  # the superuser may read any folder, so that chmod would prove nothing
        if str(path).endswith("closed"):
            raise PermissionError(13, "Permission denied", str(path))
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    done = Import(source, home)
    assert done.notices == ["Left out: folders that may not be read: 1."]


def test_our_own_datasets_are_passed_by_when_a_folder_above_is_imported(tmp_path, home):
    Import(write_zip(tmp_path / "train.zip", pets(2)), home, name="first")
    write_folder(tmp_path / "mine", pets(1))
    assert Import(tmp_path, home, name="second").result.info.pictures == 2


def test_a_source_among_our_own_datasets_is_refused(tmp_path, home):
    Import(write_zip(tmp_path / "train.zip", pets(1)), home)
    with pytest.raises(DatasetError, match="own datasets"):
        Import(home.datasets / "pets" / "pictures", home, name="again")


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ({}, "No pictures are in"),
        ({"readme.txt": b"x"}, "files that are no pictures: 1"),
        ({"1.jpg": jpeg(1)}, "none states whether it is a cat or a dog"),
        ({"cat.1.jpg": jpeg(1), "cat.2.jpg": jpeg(2)}, "Only cats were found"),
        ({"cat.1.jpg": b"x", "dog.1.jpg": b"y"}, "None of the 2 pictures"),
        ({"cat.1.jpg": jpeg(1), "dog.1.jpg": b"y"}, "Only cats were found"),
    ],
)
@pytest.mark.fault(92)
def test_a_source_without_both_classes_is_refused(tmp_path, home, files, words):
    source = tmp_path / "mine"
    source.mkdir()
    with pytest.raises(DatasetError, match=words) as caught:
        Import(write_folder(source, files), home)
    assert caught.value.hint
    assert left_in(home) == []


def test_a_source_that_is_not_there_is_named(tmp_path, home):
    with pytest.raises(DatasetError, match="nowhere"):
        Import(tmp_path / "nowhere", home)


@pytest.mark.parametrize("name", ["pets", "PETS"])
def test_a_name_that_is_taken_in_any_case_is_refused(tmp_path, home, name):
    source = write_folder(tmp_path / "mine", pets(1))
    Import(source, home)
    with pytest.raises(DatasetError, match="already a dataset named “pets”"):
        Import(source, home, name=name)
    assert left_in(home) == ["pets"]


@pytest.mark.parametrize("name", ["", "../pets", "a/b", ".pets", "a" * 81])
def test_a_name_that_could_leave_its_folder_is_refused(tmp_path, home, name):
    with pytest.raises(ConfigError):
        Import(write_folder(tmp_path / "mine", pets(1)), home, name=name)
    assert left_in(home) == []


@pytest.mark.fault(66)
def test_copies_are_counted_beyond_the_first(tmp_path, home):
    files = pets(2) | {"cat.50.jpg": jpeg(0), "cat.51.jpg": jpeg(0), "dog.52.jpg": jpeg(1001)}
    info = Import(write_folder(tmp_path / "mine", files), home).result.info
    assert (info.pictures, info.duplicates) == (7, 3)


@pytest.mark.fault(43)
def test_a_home_that_is_a_file_is_an_error_and_not_a_crash(tmp_path, home):
    home.root.parent.mkdir(exist_ok=True)
    home.root.write_text("mine")
    with pytest.raises(OSError, match="Not a directory"):
        Import(write_folder(tmp_path / "mine", pets(1)), home)
    assert home.root.read_text() == "mine"


def test_order_and_ids_do_not_depend_on_the_source(tmp_path, home):
    files = pets(12)
    Import(write_zip(tmp_path / "a.zip", dict(reversed(files.items()))), home, name="a")
    Import(write_folder(tmp_path / "b", files), home, name="b")
    for_comparison = []
    for name in ("a", "b"):
        with open_dataset(home, name) as catalog:
            rows = [(p.id, p.name, p.sha256) for p in catalog.pictures()]
            for_comparison.append((rows, catalog.fingerprint()))
    assert for_comparison[0] == for_comparison[1]
