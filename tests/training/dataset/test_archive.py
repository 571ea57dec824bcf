"""Nothing that an archive says is trusted."""

import random
import re
import stat
import zipfile
from dataclasses import replace
from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.training.dataset.making import Import, jpeg, left_in, pets, write_zip, zipped
from training.dataset.archive import LIMITS, is_safe_name, open_archive
from training.dataset.checking import target_names
from training.dataset.scan import Candidate
from training.errors import ArchiveError, DatasetError
from training.home import Home

CENTRAL = b"PK\x01\x02"


def patched(content: bytes, name: str, *, at: int, new: bytes) -> bytes:
    """Overwrite a field in the row of the table that names `name`."""
    row = content.rindex(name.encode()) - 46
    assert content[row : row + 4] == CENTRAL
    return content[: row + at] + new + content[row + at + len(new) :]


def refused(tmp_path: Path, content: bytes, **limits: int) -> ArchiveError:
    file = tmp_path / "refused.zip"
    file.write_bytes(content)
    home = Home(tmp_path / "home-of-refused")
    with pytest.raises(ArchiveError) as caught:
        Import(file, home, limits=replace(LIMITS, **limits))
    assert left_in(home) == []
    assert caught.value.hint
    return caught.value


@pytest.mark.parametrize(
    ("content", "words"),
    [
        pytest.param(b"", "empty", id="empty"),
        pytest.param(b"hello", "not a zip", id="text"),
        pytest.param(b"Rar!\x1a\x07\0", "RAR", id="rar"),
        pytest.param(b"\x1f\x8b\x08", "gzip", id="gzip"),
        pytest.param(jpeg(), "single picture", id="picture"),
        pytest.param(
            b"\n <!DOCTYPE HTML><title>Sign in</title>",
            "web page",
            id="web page",
            marks=pytest.mark.fault(35),
        ),
        pytest.param(zipped(pets(2))[:-300], "cut off", id="cut off", marks=pytest.mark.fault(34)),
    ],
)
def test_what_is_no_whole_zip_is_named(tmp_path, content, words):
    assert words in refused(tmp_path, content).message


@pytest.mark.fault(31)
def test_a_file_that_swells_is_refused_before_anything_is_unpacked(tmp_path):
    noise = random.Random(1).randbytes(60_000)  # so that the archive as a whole swells little
    files = {"cat.8.jpg": noise, "cat.9.jpg": bytes(3_000_000)}
    bomb = zipped(files, method=zipfile.ZIP_DEFLATED)
    assert "swells" in refused(tmp_path, bomb).message


@pytest.mark.fault(31)
def test_many_small_files_that_swell_together_are_refused(tmp_path):
    files = {f"cat.{i}.jpg": bytes(90_000) for i in range(20)}
    bomb = zipped(files, method=zipfile.ZIP_DEFLATED)
    assert "swells" in refused(tmp_path, bomb).message


@pytest.mark.fault(31)
def test_an_archive_that_would_take_too_much_is_refused(tmp_path):
    error = refused(tmp_path, zipped(pets(3)), total_bytes=1000)
    assert "once unpacked" in error.message


@pytest.mark.fault(32)
def test_entries_that_share_bytes_are_refused(tmp_path):
    content = zipped({"cat.1.jpg": jpeg(1), "cat.2.jpg": jpeg(1), "dog.1.jpg": jpeg(3)})
    shared = patched(content, "cat.2.jpg", at=42, new=bytes(4))
    assert "share the same bytes" in refused(tmp_path, shared).message


@pytest.mark.fault(32)
def test_an_entry_inside_another_is_refused(tmp_path):
    inner = zipped({"cat.2.jpg": jpeg(2)})
    content = zipped({"cat.1.jpg": inner, "cat.2.jpg": jpeg(2)})
    inside = content.index(inner).to_bytes(4, "little")
    nested = patched(content, "cat.2.jpg", at=42, new=inside)
    assert "share the same bytes" in refused(tmp_path, nested).message


@pytest.mark.fault(33)
def test_too_many_entries_are_refused(tmp_path):
    assert "more than 5 files" in refused(tmp_path, zipped(pets(3)), entries=5).message


@pytest.mark.fault(38)
@pytest.mark.parametrize(
    ("at", "new", "words"), [(8, b"\1\0", "password"), (10, b"\x09\0", "method 9")]
)
def test_a_password_and_an_unknown_packing_are_named(tmp_path, at, new, words):
    content = patched(zipped(pets(2)), "train/dog.1.jpg", at=at, new=new)
    assert words in refused(tmp_path, content).message


UNSAFE = [
    "../cat.7.jpg",
    "a/../../cat.7.jpg",
    "/etc/cat.7.jpg",
    "C:/cat.7.jpg",
    "C:cat.7.jpg",
    "..\\cat.7.jpg",
    "\\\\server\\cat.7.jpg",
    "cats//7.jpg",
    "cats/./7.jpg",
    "cats/\n7.jpg",
    f"cats/{'x' * 300}.jpg",
    f"{'cats/' * 300}7.jpg",
]


@pytest.mark.fault(29)
@pytest.mark.parametrize("name", UNSAFE)
def test_an_unsafe_name_is_skipped_and_counted(tmp_path, home, name):
    before = {path for path in tmp_path.rglob("*") if home.root not in path.parents}
    done = Import(write_zip(tmp_path / "a.zip", pets(1) | {name: jpeg(7)}), home)
    assert done.result.info.pictures == 2
    assert done.result.ignored == 1
    assert done.notices == ["Left out: entries with unsafe names: 1."]
    outside = {path for path in tmp_path.rglob("*") if home.root not in path.parents}
    assert outside - before == {tmp_path / "a.zip", home.root}


@pytest.mark.fault(40)
def test_a_name_with_a_nul_is_skipped_and_counted(tmp_path, home):
    content = zipped(pets(1) | {"cat.7.jpgX": jpeg(7)}).replace(b"7.jpgX", b"7.jpg\0")
    (tmp_path / "a.zip").write_bytes(content)
    done = Import(tmp_path / "a.zip", home)
    assert (done.result.info.pictures, done.result.ignored) == (2, 1)


@pytest.mark.fault(40)
def test_names_that_clash_on_some_system_are_skipped_and_counted(tmp_path, home):
    files = {
        "Cat/1.jpg": jpeg(1),
        "cat/1.JPG": jpeg(2),  # the same file where case does not count
        "cat/2.jpg": jpeg(3),
        "cat/2.jpg/3.jpg": jpeg(4),  # a folder where a file is
        "dog/1.jpg": jpeg(5),
        "dog": jpeg(6),  # a file where a folder is
    }
    done = Import(write_zip(tmp_path / "a.zip", files), home)
    assert (done.result.info.cats, done.result.info.dogs, done.result.ignored) == (2, 1, 3)


@pytest.mark.fault(30)
def test_a_link_is_skipped_and_counted(tmp_path, home):
    source = write_zip(tmp_path / "a.zip", pets(1))
    link = zipfile.ZipInfo("train/cat.5.jpg")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(source, "a") as archive:
        archive.writestr(link, "/etc/passwd")
    done = Import(source, home)
    assert (done.result.info.pictures, done.result.ignored) == (2, 1)


@pytest.mark.fault(39)
def test_names_in_any_alphabet_and_encoding_are_imported(tmp_path, home):
    files = {"gatos/ação 😺.jpg": jpeg(1), "cachorros/кот.jpg": jpeg(2), "dog/QQQQ.jpg": jpeg(3)}
    content = zipped(files).replace(b"QQQQ", b"\xea\xee\xf2\xff")  # in the code page of Windows
    (tmp_path / "a.zip").write_bytes(content)
    done = Import(tmp_path / "a.zip", home)
    assert (done.result.info.cats, done.result.info.dogs, done.result.ignored) == (1, 2, 0)


@pytest.mark.fault(39)
def test_a_name_that_is_not_the_utf8_it_says_it_is_imported(tmp_path, home):
    content = zipped(pets(1) | {"cats/éé.jpg": jpeg(7)}).replace("éé".encode(), b"\xff\xfe\xff\xfe")
    (tmp_path / "a.zip").write_bytes(content)
    assert Import(tmp_path / "a.zip", home).result.info.cats == 2


@pytest.mark.fault(36)
@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_a_flipped_byte_costs_one_picture_that_is_named(tmp_path, home, method):
    files = pets(3)
    content = bytearray(zipped(files, method=method))
    content[content.index(b"train/dog.1.jpg") + 100] ^= 0xFF
    (tmp_path / "a.zip").write_bytes(content)
    done = Import(tmp_path / "a.zip", home)
    assert list(done.quarantined) == ["train/dog.1.jpg"]
    assert "damaged inside the archive" in done.quarantined["train/dog.1.jpg"]
    assert done.result.info.pictures == 5
    kept = {path.name for path in (home.datasets / "pets" / "pictures").iterdir()}
    assert kept == {Path(name).name for name in files} - {"dog.1.jpg"}


@pytest.mark.fault(37)
@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
@pytest.mark.parametrize("error", [-9, 500])
def test_a_size_that_is_not_the_stated_one_is_detected(tmp_path, home, method, error):
    files = pets(2)
    stated = len(files["train/cat.1.jpg"]) + error
    content = zipped(files, method=method)
    content = patched(content, "train/cat.1.jpg", at=24, new=stated.to_bytes(4, "little"))
    (tmp_path / "a.zip").write_bytes(content)
    done = Import(tmp_path / "a.zip", home)
    assert list(done.quarantined) == ["train/cat.1.jpg"]
    assert done.result.info.pictures == 3


def test_a_picture_over_the_limit_is_quarantined_unread(tmp_path, home):
    source = write_zip(tmp_path / "a.zip", pets(2) | {"cat.9.jpg": jpeg(9) + bytes(5000)})
    done = Import(source, home, limits=replace(LIMITS, picture_bytes=4000))
    assert list(done.quarantined) == ["cat.9.jpg"]
    assert "too large" in done.quarantined["cat.9.jpg"]


@pytest.mark.fault(50)
def test_kaggles_test_pictures_alone_say_what_is_missing(tmp_path, home):
    source = write_zip(tmp_path / "test1.zip", {f"test1/{i}.jpg": jpeg(i) for i in range(3)})
    with pytest.raises(DatasetError, match=r"3 pictures, and none states.*train\.zip"):
        Import(source, home)


def test_a_zip_of_nothing_has_no_pictures(tmp_path, home):
    with pytest.raises(DatasetError, match="No pictures are in"):
        Import(write_zip(tmp_path / "a.zip", {}), home)


ANY_NAME = st.text(min_size=1, max_size=30) | st.sampled_from(UNSAFE)


@pytest.mark.fault(29)
@given(name=ANY_NAME)
def test_a_safe_name_stays_in_its_folder_on_every_system(name):
    if is_safe_name(name, LIMITS):
        for flavour in (PurePosixPath, PureWindowsPath):
            path = flavour(name)
            assert not path.is_absolute()
            assert not path.drive
            assert ".." not in path.parts


@pytest.mark.fault(29)
@given(
    names=st.lists(
        st.tuples(ANY_NAME, st.sampled_from([".jpg", ".PNG", ".jpeg"]), st.none() | st.just(3))
    )
)
def test_the_names_that_files_get_are_ours_and_all_different(names):
    place = Path("a.zip")
    names_given = target_names([Candidate(n + s, "cat", number, place) for n, s, number in names])
    assert all(re.fullmatch(r"cat[.-]\d+\.(jpg|png|jpeg)", name) for name in names_given)
    assert len(set(names_given)) == len(names)


def test_opening_reads_no_member(tmp_path):
    content = bytearray(zipped(pets(2)))
    content[4:60] = bytes(56)
    (tmp_path / "a.zip").write_bytes(content)
    assert len(open_archive(tmp_path / "a.zip", LIMITS).entries) == 4
