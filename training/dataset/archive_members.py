"""The bytes of an archive's entries: whole and checked, or not at all."""

import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

from training.dataset.zip_directory import (
    DEFLATED,
    LOCAL_HEADER,
    LOCAL_SIGNATURE,
    Entry,
)
from training.errors import ArchiveError, PictureError

_LONGEST_NAME_AND_EXTRA = 2 * 0xFFFF
_CHUNK_BYTES = 1 << 20
_RAW_DEFLATE = -15  # window bits: no header around the stream, as zip has it


def read_member(file: BinaryIO, entry: Entry) -> bytes:
    """Unpack one entry into memory.

    Args:
        file: Its archive, of this thread alone.
        entry: What to unpack; its size is the caller's to limit.

    Returns:
        Exactly `entry.real_bytes` bytes whose checksum is the one stated.

    Raises:
        PictureError: The entry is damaged, or its size is not the one stated.
        OSError: The archive cannot be read.
    """
    file.seek(entry.offset)
    most = LOCAL_HEADER.size + _LONGEST_NAME_AND_EXTRA + entry.packed_bytes
    raw = file.read(min(entry.bound - entry.offset, most))
    start = _data_start(raw, entry)
    packed = raw[start : start + entry.packed_bytes]
    content = _inflated(packed, entry) if entry.method == DEFLATED else packed
    if len(content) != entry.real_bytes:
        raise _damaged("its size is not the one stated")
    if zlib.crc32(content) != entry.crc:
        raise _damaged("its checksum is wrong")
    return content


def unpack_member(
    file: BinaryIO, entry: Entry, target: Path, *, on_bytes: Callable[[int], None]
) -> None:
    """Unpack one large entry to a file, a piece at a time.

    Args:
        file: Its archive.
        entry: What to unpack.
        target: A file that does not exist; after an error it may be there in part.
        on_bytes: Told the size of each piece that was written; may raise to stop.

    Raises:
        ArchiveError: The entry is damaged, or its size is not the one stated.
        OSError: The archive cannot be read, or the target not written.
    """
    with target.open("xb") as output:
        for piece in _checked_pieces(file, entry):
            output.write(piece)
            on_bytes(len(piece))


def check_member(file: BinaryIO, entry: Entry, *, on_bytes: Callable[[int], None]) -> None:
    """Unpack one entry to nowhere, to see whether it is whole.

    Args:
        file: Its archive.
        entry: What to check.
        on_bytes: Told the size of each unpacked piece; may raise to stop.

    Raises:
        ArchiveError: The entry is damaged, or its size is not the one stated.
        OSError: The archive cannot be read.
    """
    for piece in _checked_pieces(file, entry):
        on_bytes(len(piece))


def _checked_pieces(file: BinaryIO, entry: Entry) -> Iterator[bytes]:
    crc = size = 0
    for piece in _pieces(file, entry):
        crc, size = zlib.crc32(piece, crc), size + len(piece)
        if size > entry.real_bytes:
            break
        yield piece
    if (crc, size) != (entry.crc, entry.real_bytes):
        raise ArchiveError(
            f"“{entry.name}” inside the archive is damaged.", "Download the archive again."
        )


def _data_start(raw: bytes, entry: Entry) -> int:
    """Where the data begin in the bytes from an entry's local header on."""
    if len(raw) < LOCAL_HEADER.size or not raw.startswith(LOCAL_SIGNATURE):
        raise _damaged("its header is not where it should be")
    fields = LOCAL_HEADER.unpack_from(raw)
    start: int = LOCAL_HEADER.size + fields[9] + fields[10]
    if fields[3] != entry.method:
        raise _damaged("its header contradicts the table of contents")
    return start


def _inflated(packed: bytes, entry: Entry) -> bytes:
    inflater = zlib.decompressobj(_RAW_DEFLATE)
    try:  # one byte more than stated shows a lie; unlimited it could fill the memory
        return inflater.decompress(packed, entry.real_bytes + 1)
    except zlib.error as error:
        raise _damaged(str(error)) from error


def _pieces(file: BinaryIO, entry: Entry) -> Iterator[bytes]:
    file.seek(entry.offset)
    header = file.read(LOCAL_HEADER.size)
    try:
        file.seek(entry.offset + _data_start(header, entry))
        yield from _inflated_pieces(file, entry)
    except (PictureError, zlib.error):
        return  # too few bytes: the caller says which entry is damaged


def _inflated_pieces(file: BinaryIO, entry: Entry) -> Iterator[bytes]:
    inflater = zlib.decompressobj(_RAW_DEFLATE)
    left = entry.packed_bytes
    while left and (packed := file.read(min(left, _CHUNK_BYTES))):
        left -= len(packed)
        if entry.method != DEFLATED:
            yield packed
            continue
        while packed:
            yield inflater.decompress(packed, _CHUNK_BYTES)
            packed = inflater.unconsumed_tail


def _damaged(how: str) -> PictureError:
    return PictureError(
        f"The picture is damaged inside the archive ({how}).", "Use another copy of the archive."
    )
