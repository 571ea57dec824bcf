"""The catalogue keeps each picture, counts them, and says what is wrong with itself."""

import sqlite3
import threading
from contextlib import closing

import pytest

from tests.training.dataset.making import make_old, new_picture
from training.dataset.catalog import Arrival, Catalog, Leak, Split, State
from training.dataset.catalog_file import CATALOGUE_FILE, explained
from training.dataset.catalog_schema import SCHEMA_VERSION
from training.errors import DatasetError

TRAIN, VALIDATION, TEST = Split


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "pets"
    folder.mkdir()
    return folder


@pytest.fixture
def catalog(folder):
    with Catalog.create(folder, source="/far/train.zip", ignored=3) as catalog:
        catalog.add(new_picture(f"{label}.{i}.jpg") for label in ("cat", "dog") for i in range(4))
        yield catalog


def ids(catalog: Catalog, **wanted) -> list[int]:
    return [picture.id for picture in catalog.pictures(**wanted)]


def test_pictures_are_chosen_by_split_label_and_state(catalog):
    catalog.assign_splits({1: TRAIN, 2: TEST, 5: TRAIN})
    catalog.journal.exclude([8])
    assert ids(catalog) == [1, 2, 3, 4, 5, 6, 7]
    assert ids(catalog, label="cat") == [1, 2, 3, 4]
    assert ids(catalog, split=TRAIN) == [1, 5]
    assert ids(catalog, split=TRAIN, label="dog") == [5]
    assert ids(catalog, state=State.EXCLUDED) == [8]
    assert ids(catalog, state=None) == list(range(1, 9))
    assert ids(catalog, limit=2) == [1, 2]


def test_info_counts_used_pictures_and_the_others_apart(catalog):
    catalog.add([new_picture("dog.9.jpg", state=State.QUARANTINED)])
    catalog.add([new_picture("cat.10.jpg", sha256="hash of cat.0.jpg")])
    catalog.assign_splits({1: TRAIN, 2: VALIDATION, 3: TEST, 10: TEST})
    catalog.journal.exclude([8])
    info = catalog.info()
    assert (info.name, info.pictures, info.cats, info.dogs) == ("pets", 8, 5, 3)
    assert (info.quarantined, info.excluded, info.duplicates) == (1, 1, 1)
    assert (info.train, info.validation, info.test, info.leaks) == (1, 1, 2, 1)


def test_an_empty_catalogue_has_nothing_in_it(tmp_path):
    with Catalog.create(tmp_path, source="", ignored=0) as catalog:
        info = catalog.info()
        assert (info.pictures, info.cats, info.train, info.leaks) == (0, 0, 0, 0)
        assert catalog.pictures() == []
        assert catalog.leaks() == ()


def test_excluding_can_be_undone_and_keeps_the_split(catalog):
    catalog.assign_splits({1: TRAIN})
    catalog.journal.exclude([1])
    (excluded,) = catalog.pictures(state=State.EXCLUDED)
    assert (excluded.split, bool(excluded.reason)) == (TRAIN, True)
    catalog.journal.restore([1])
    assert catalog.pictures()[0].state is State.USED
    assert catalog.pictures()[0].reason == ""


def test_what_is_quarantined_can_be_neither_excluded_nor_included(folder):
    with Catalog.create(folder, source="", ignored=0) as catalog:
        catalog.add([new_picture("cat.1.jpg", state=State.QUARANTINED)])
        catalog.journal.exclude([1])
        catalog.journal.restore([1])
        assert catalog.pictures(state=None)[0].state is State.QUARANTINED


@pytest.mark.fault(66)
def test_a_leak_names_copies_in_several_splits_training_first(folder):
    with Catalog.create(folder, source="", ignored=0) as catalog:
        names = ["cat.7.jpg", "cat.3.jpg", "cat.5.jpg", "dog.1.jpg", "dog.2.jpg", "dog.3.jpg"]
        hashes = ["a", "a", "a", "b", "b", "c"]
        for name, sha256 in zip(names, hashes, strict=True):
            row = new_picture(name, sha256=sha256)
            object.__setattr__(row, "name", f"train/{name}")
            catalog.add([row])
        catalog.assign_splits({1: TEST, 2: VALIDATION, 3: TRAIN, 4: TEST, 5: TEST, 6: TRAIN})
        expected = Leak(("cat.5.jpg", "cat.3.jpg", "cat.7.jpg"), (TRAIN, VALIDATION, TEST))
        assert catalog.leaks() == (expected,)
        assert catalog.info().leaks == 1
        catalog.journal.exclude([1, 2])
        assert catalog.leaks() == ()


def test_the_fingerprint_follows_content_label_and_split_alone(catalog, tmp_path):
    (tmp_path / "other").mkdir()
    with Catalog.create(tmp_path / "other", source="elsewhere", ignored=0) as other:
        rows = [new_picture(f"{label}.{i}.jpg") for label in ("dog", "cat") for i in range(4)]
        other.add(reversed(rows))
        assert other.fingerprint() == catalog.fingerprint()
        before = other.fingerprint()
        other.assign_splits({1: TRAIN})
        assert other.fingerprint() != before
        other.assign_splits({1: None})
        assert other.fingerprint() == before
        other.journal.exclude([1])
        assert other.fingerprint() != before


def test_pictures_in_no_split_are_part_of_a_dataset_and_not_of_what_a_run_learned_from(catalog):
    ids = [picture.id for picture in catalog.pictures()]
    catalog.assign_splits(dict.fromkeys(ids, TRAIN))
    assert catalog.split_fingerprint() == catalog.fingerprint()
    before = catalog.fingerprint(), catalog.split_fingerprint()
    catalog.add([new_picture("cat.900.jpg")])
    assert catalog.fingerprint() != before[0]
    assert catalog.split_fingerprint() == before[1]
    catalog.assign_splits({ids[0]: None})
    assert catalog.split_fingerprint() != before[1]


def test_a_split_is_written_whole_or_not_at_all(catalog):
    catalog.assign_splits({1: TRAIN})
    with pytest.raises(DatasetError):
        catalog.assign_splits({1: TEST, 2: object()})
    assert [p.split for p in catalog.pictures()[:2]] == [TRAIN, None]


def test_paths_elsewhere_stay_and_paths_inside_move(folder, tmp_path):
    with Catalog.create(folder, source="", ignored=0) as catalog:
        inside = new_picture("cat.1.jpg")
        object.__setattr__(inside, "path", str(folder / "pictures" / "cat.1.jpg"))
        catalog.add([inside, new_picture("dog.1.jpg")])
    moved = folder.rename(tmp_path / "moved")
    with Catalog.open(moved) as catalog:
        paths = [picture.path for picture in catalog.pictures()]
    assert paths[0] == moved / "pictures" / "cat.1.jpg"
    assert str(paths[1]) == "/far/dog.1.jpg"


def test_origin_tells_source_and_time(catalog):
    origin = catalog.sources.all()[0]
    assert (origin.source, origin.ignored) == ("/far/train.zip", 3)
    assert origin.created.endswith("+00:00")


def test_an_older_catalogue_opens_and_knows_its_one_source(catalog, folder):
    origin = catalog.sources.all()[0]
    catalog.close()
    make_old(folder, version=3)
    with Catalog.open(folder) as again:
        assert again.sources.all() == [origin]
        assert again.sources.of(8).source == origin.source
        again.sources.add([Arrival("/more", 0, (new_picture("cat.50.jpg"),))])
        assert [each.pictures for each in again.sources.all()] == [8, 1]
    with Catalog.create(folder.parent, source="", ignored=0) as new:
        assert _tables(new.folder) == _tables(folder)


def _change_and_fail(catalog):
    catalog.sources.add([Arrival("/more", 0, (new_picture("cat.50.jpg"),))])
    catalog.journal.exclude([1])
    raise DatasetError("It fails.", "Try again.")


def _tables(folder):
    with closing(sqlite3.connect(folder / CATALOGUE_FILE)) as connection:
        return set(connection.execute("SELECT type, name, sql FROM sqlite_master"))


def test_several_changes_are_kept_together_or_not_at_all(catalog):
    before = catalog.pictures(state=None), catalog.sources.all()
    with pytest.raises(DatasetError), catalog.changing():
        _change_and_fail(catalog)
    assert (catalog.pictures(state=None), catalog.sources.all()) == before
    assert catalog.journal.undoable() is None


def test_each_thread_opens_its_own(catalog, folder):
    seen = []

    def read() -> None:
        with Catalog.open(folder) as own:
            seen.append(own.info())

    thread = threading.Thread(target=read)
    thread.start()
    thread.join()
    assert seen == [catalog.info()]


@pytest.mark.fault(100)
@pytest.mark.parametrize(
    ("version", "words"),
    [(str(SCHEMA_VERSION + 1), "newer version"), ("0", "no version"), ("x", "no version")],
)
def test_a_catalogue_of_another_version_is_refused(catalog, folder, version, words):
    catalog.close()
    connection = sqlite3.connect(folder / CATALOGUE_FILE)
    with connection:
        connection.execute("UPDATE meta SET value = ? WHERE key = 'schema'", (version,))
    connection.close()
    with pytest.raises(DatasetError, match=words):
        Catalog.open(folder)


@pytest.mark.parametrize("content", [b"", b"no database" * 500])
def test_a_catalogue_that_is_none_is_refused(folder, content):
    (folder / CATALOGUE_FILE).write_bytes(content)
    with pytest.raises(DatasetError, match="damaged"):
        Catalog.open(folder)


def test_a_folder_without_a_catalogue_is_refused(folder):
    with pytest.raises(DatasetError, match="no catalogue"):
        Catalog.open(folder)


def test_another_program_that_writes_is_named(catalog, folder, monkeypatch):
    monkeypatch.setattr("training.dataset.catalog_file._BUSY_SECONDS", 0.0)
    with Catalog.open(folder) as impatient:
        connection = sqlite3.connect(folder / CATALOGUE_FILE, isolation_level=None)
        connection.execute("BEGIN IMMEDIATE")
        with pytest.raises(DatasetError, match="Another window or program"):
            impatient.journal.exclude([1])
        connection.execute("ROLLBACK")
        connection.close()
        impatient.journal.exclude([1])
        assert impatient.info().excluded == 1


def test_a_disk_at_fault_is_never_called_a_damaged_catalogue(folder):
    error = sqlite3.OperationalError("disk I/O error")  # what a full disk says of the log
    error.sqlite_errorcode = sqlite3.SQLITE_IOERR | 17 << 8
    with pytest.raises(DatasetError, match="full or at fault") as caught, explained(folder):
        raise error
    assert "unchanged" in caught.value.hint
