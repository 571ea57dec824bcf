"""Archives inside an archive, as Kaggle packs its own."""

import zipfile

import pytest

from tests.training.dataset.making import Import, jpeg, left_in, pets, write_zip, zipped
from training.errors import ArchiveError


@pytest.mark.fault(41)
def test_archives_inside_archives_are_opened_to_a_depth_of_two(tmp_path, home):
    deepest = zipped({"cat.99.jpg": jpeg(99)})
    inner = zipped(pets(2) | {"more/deepest.zip": deepest})
    done = Import(write_zip(tmp_path / "a.zip", {"train.zip": inner}), home)
    assert done.result.info.pictures == 4
    assert done.notices == ["Left out: archives too deep inside the archive: 1."]


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_kaggles_whole_archive_is_read_through_its_inner_ones(tmp_path, home, method):
    files = {
        "sampleSubmission.csv": b"id,label\n1,0.5\n",
        "train.zip": zipped(pets(3)),
        "test1.zip": zipped({f"test1/{i}.jpg": jpeg(50 + i) for i in range(4)}),
    }
    done = Import(write_zip(tmp_path / "dogs-vs-cats.zip", files, method=method), home)
    info = done.result.info
    assert (info.cats, info.dogs, done.result.ignored) == (3, 3, 5)
    assert sorted(path.name for path in (home.datasets / "pets").iterdir()) == [
        "catalog.sqlite",
        "pictures",
    ]


def damaged_cut(inner: bytes) -> bytes:
    return zipped({"train.zip": inner[:-40]})


def damaged_byte(inner: bytes) -> bytes:
    outer = bytearray(zipped({"train.zip": inner}))
    outer[outer.index(inner) + 60] ^= 0xFF
    return bytes(outer)


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        pytest.param(damaged_cut, "“train.zip” in the archive: .* cut off", id="cut off"),
        pytest.param(damaged_byte, "“train.zip” inside the archive is damaged", id="flipped byte"),
    ],
)
def test_an_inner_archive_that_is_damaged_is_named(tmp_path, home, damage, words):
    (tmp_path / "a.zip").write_bytes(damage(zipped(pets(2))))
    with pytest.raises(ArchiveError, match=words):
        Import(tmp_path / "a.zip", home)
    assert left_in(home) == []
