"""A split leaves as a table or as folders of links, and a table comes back as the same split."""

import csv
import shutil

import pytest

from tests.training.dataset.making import Import, jpeg, pets, write_folder
from training.cancellation import Cancelled, CancelToken
from training.config import SplitConfig
from training.dataset.catalog import Split
from training.dataset.library import open_dataset
from training.dataset.split import split_dataset
from training.dataset.split_files import export_folders, export_table, import_table
from training.errors import DatasetError
from training.home import Home

SILENT = {"emit": lambda _: None, "token": CancelToken()}


@pytest.fixture
def split_home(home: Home, tmp_path) -> Home:
    files = pets(12, folder="") | {"cat.90.jpg": jpeg(0)}
    Import(write_folder(tmp_path / "mine", files), home)
    split_dataset("pets", SplitConfig(), home, **SILENT)
    return home


def sides(home: Home, name: str = "pets") -> dict[str, Split | None]:
    with open_dataset(home, name) as catalog:
        return {picture.name: picture.split for picture in catalog.pictures()}


def write_rows(file, rows: list[dict[str, str]]):
    with file.open("w", encoding="utf-8", newline="") as target:
        table = csv.DictWriter(target, list(rows[0]))
        table.writeheader()
        table.writerows(rows)
    return file


def test_a_table_brings_the_split_into_another_dataset_of_the_same_pictures(
    split_home: Home, tmp_path
) -> None:
    exported = export_table("pets", tmp_path / "split.csv", split_home, **SILENT)
    assert exported.pictures == 25
    renamed = tmp_path / "renamed"
    for file in (tmp_path / "mine").iterdir():
        target = renamed / f"{file.name[:3]}s" / f"of mine {file.name}"
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(file, target)
    Import(renamed, split_home, name="again")
    result = import_table("again", exported.place, split_home, **SILENT)
    assert result.leaks == ()
    before = sides(split_home)
    after = {name.partition("of mine ")[2]: s for name, s in sides(split_home, "again").items()}
    assert after == before


def test_a_table_may_go_by_name_alone_and_leave_pictures_out(split_home: Home, tmp_path) -> None:
    rows = [
        {"name": f"{label}.{n}.jpg", "split": split}
        for label in ("cat", "dog")
        for n, split in enumerate(["train", "validation", "test", ""])
    ]
    result = import_table("pets", write_rows(tmp_path / "s.csv", rows), split_home, **SILENT)
    assert (result.train, result.validation, result.test) == (2, 2, 2)
    assert sides(split_home)["cat.3.jpg"] is None
    assert sides(split_home)["cat.5.jpg"] is None


def test_a_table_is_taken_exactly_and_its_leaks_are_named_or_mended(
    split_home: Home, tmp_path
) -> None:
    elsewhere = {"cat.90.jpg": "test", "cat.1.jpg": "validation", "dog.1.jpg": "validation"}
    rows = [{"name": n, "split": elsewhere.get(n, "train")} for n in sides(split_home)]
    file = write_rows(tmp_path / "s.csv", rows)
    result = import_table("pets", file, split_home, **SILENT)
    assert [leak.pictures for leak in result.leaks] == [("cat.0.jpg", "cat.90.jpg")]
    mended = import_table("pets", file, split_home, exclude_copies=True, **SILENT)
    assert mended.leaks == ()
    assert "cat.90.jpg" not in sides(split_home)
    again = import_table("pets", file, split_home, **SILENT)
    assert len(again.leaks) == 1
    assert sides(split_home)["cat.90.jpg"] is Split.TEST
    before = sides(split_home)
    exported = export_table("pets", tmp_path / "again.csv", split_home, **SILENT)
    import_table("pets", exported.place, split_home, **SILENT)
    assert sides(split_home) == before


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"name,label\ncat.0.jpg,cat\n", "no columns"),
        (b"", "no columns"),
        (b"name,split\ncat.0.jpg,training\n", "line 2: there is no split named “training”"),
        (b"name,split\nbird.0.jpg,train\n", "names no picture"),
        (b"name,split\ncat.0.jpg,train\n", "leaves train without dogs"),
        (b"name,split\n\xff\xfe,train\n", "no table of text"),
    ],
)
def test_what_is_no_table_of_this_dataset_is_refused_and_the_split_stays(
    split_home: Home, tmp_path, content: bytes, words: str
) -> None:
    before = sides(split_home)
    file = tmp_path / "s.csv"
    file.write_bytes(content)
    with pytest.raises(DatasetError, match=words):
        import_table("pets", file, split_home, **SILENT)
    assert sides(split_home) == before


def test_folders_hold_a_link_to_each_picture(split_home: Home, tmp_path) -> None:
    exported = export_folders("pets", tmp_path / "out", split_home, **SILENT)
    links = [path for path in exported.place.rglob("*") if not path.is_dir()]
    assert len(links) == exported.pictures == 25
    with open_dataset(split_home, "pets") as catalog:
        for picture in catalog.pictures():
            folder = exported.place / str(picture.split) / picture.label
            assert picture.path in [link.resolve() for link in folder.iterdir()]


def test_where_the_system_permits_no_symbolic_links_files_get_a_second_name(
    split_home: Home, tmp_path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(1314, "A required privilege is not held by the client")

    monkeypatch.setattr("pathlib.Path.symlink_to", refuse)
    exported = export_folders("pets", tmp_path / "out", split_home, **SILENT)
    links = [path for path in exported.place.rglob("*") if path.is_file()]
    assert len(links) == 25
    assert not any(link.is_symlink() for link in links)
    monkeypatch.setattr("os.link", refuse)
    with pytest.raises(DatasetError, match="Links to the pictures cannot be made"):
        export_folders("pets", tmp_path / "other", split_home, **SILENT)
    assert not (tmp_path / "other").exists()


def test_a_folder_that_is_there_is_left_alone(split_home: Home, tmp_path) -> None:
    with pytest.raises(DatasetError, match="there already"):
        export_folders("pets", tmp_path / "mine", split_home, **SILENT)


def test_a_cancelled_export_leaves_nothing(split_home: Home, tmp_path) -> None:
    token = CancelToken()
    token.cancel()
    for export in (export_table, export_folders):
        with pytest.raises(Cancelled):
            export("pets", tmp_path / "out", split_home, emit=lambda _: None, token=token)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["home", "mine"]


def test_a_dataset_that_is_not_split_has_nothing_to_export(home: Home, tmp_path) -> None:
    Import(write_folder(tmp_path / "mine", pets(2, folder="")), home)
    with pytest.raises(DatasetError, match="not split"):
        export_table("pets", tmp_path / "split.csv", home, **SILENT)
