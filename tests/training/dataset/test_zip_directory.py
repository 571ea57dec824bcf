"""The table of contents is read as zipfile reads it, and a damaged one ends in a sentence."""

import io
import random
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.training.dataset.making import jpeg, pets, zipped
from training.dataset.archive_members import read_member
from training.dataset.zip_directory import read_directory
from training.errors import ArchiveError, PictureError

NAMES = st.text(st.characters(codec="utf-8", exclude_characters="\0/"), min_size=1, max_size=20)


def entries_of(content: bytes, *, most: int = 1000):
    return read_directory(io.BytesIO(content), most_entries=most)


def contents_of(content: bytes) -> dict[str, bytes]:
    return {e.name: read_member(io.BytesIO(content), e) for e in entries_of(content)}


@settings(max_examples=40, deadline=None)
@given(
    files=st.dictionaries(NAMES, st.binary(max_size=300), max_size=6),
    method=st.sampled_from([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED]),
    comment=st.binary(max_size=40),
)
def test_what_zipfile_wrote_is_read_back(files, method, comment):
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w", method) as archive:
        archive.comment = comment
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name), content, method)
    assert contents_of(output.getvalue()) == files


def test_the_large_format_is_read(monkeypatch):
    monkeypatch.setattr(zipfile, "ZIP_FILECOUNT_LIMIT", 2)
    monkeypatch.setattr(zipfile, "ZIP64_LIMIT", 300)
    files = pets(3)
    assert contents_of(zipped(files)) == files


def test_an_archive_that_unpacks_itself_is_read():
    files = pets(2)
    assert contents_of(b"MZ a program" + zipped(files)) == files


def test_a_stream_with_sizes_after_the_data_is_read():
    class Pipe(io.RawIOBase):
        def __init__(self):
            self.content = bytearray()

        def writable(self):
            return True

        def write(self, piece):
            self.content += piece
            return len(piece)

    pipe, files = Pipe(), pets(2)
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    assert contents_of(bytes(pipe.content)) == files


@pytest.mark.fault(34)
def test_an_archive_that_is_cut_off_after_an_inner_one_is_not_taken_for_it():
    inner = zipped(pets(2))
    outer = zipped({"train.zip": inner, "test1.zip": inner})
    cut = outer[: outer.index(inner) + len(inner)]
    with pytest.raises(ArchiveError, match="cut off"):
        entries_of(cut)


@pytest.mark.fault(33)
def test_a_table_that_states_fewer_entries_than_it_has_is_limited_all_the_same():
    content = bytearray(zipped(pets(6)))
    end = content.rindex(b"PK\x05\x06")
    content[end + 8 : end + 12] = b"\1\0\1\0"
    with pytest.raises(ArchiveError, match="more than 5 files"):
        entries_of(bytes(content), most=5)


def test_one_part_of_several_is_named():
    content = bytearray(zipped(pets(1)))
    end = content.rindex(b"PK\x05\x06")
    content[end + 4] = 3
    with pytest.raises(ArchiveError, match="one part"):
        entries_of(bytes(content))


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_flipped_bytes_end_in_sentences_only(method):
    dice = random.Random(7)
    good = zipped({f"cat/{i}.jpg": jpeg(i) for i in range(3)}, method=method)
    refused = 0
    for _ in range(1500):
        content = bytearray(good)
        for _ in range(dice.randint(1, 3)):
            content[dice.randrange(len(content))] = dice.randrange(256)
        try:
            contents_of(bytes(content))
        except (ArchiveError, PictureError):
            refused += 1
    assert refused > 1000


@pytest.mark.fault(34)
def test_an_archive_that_is_cut_off_anywhere_is_refused():
    good = zipped(pets(2))
    for length in range(len(good)):
        with pytest.raises(ArchiveError):
            entries_of(good[:length])
