"""The table of contents of a zip, read by ourselves.

Python's zipfile reads a million entries before anybody can count them, fails on a whole archive
for one misspelt name, and finds the table of an inner zip in one that is cut off. The format:
https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT, sections 4.3 and 4.5.
"""

import itertools
import os
import stat
import struct
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import BinaryIO

from training.errors import ArchiveError

LOCAL_SIGNATURE = b"PK\x03\x04"
LOCAL_HEADER = struct.Struct("<4s5H3L2H")
"""Signature, version, flags, method, time, date, CRC, two sizes, two lengths (name, extra)."""

STORED = 0
DEFLATED = 8

_CENTRAL = struct.Struct("<4s6H3L5H2L")
_CENTRAL_SIGNATURE = b"PK\x01\x02"
_END = struct.Struct("<4s4H2LH")
_END_SIGNATURE = b"PK\x05\x06"
_END64 = struct.Struct("<4sQ2H2L4Q")
_END64_SIGNATURE = b"PK\x06\x06"
_LOCATOR = struct.Struct("<4sLQL")
_LOCATOR_SIGNATURE = b"PK\x06\x07"
_LONGEST_COMMENT = 0xFFFF
_IN_EXTRA_32 = 0xFFFFFFFF  # the real value stands in the zip64 extra field
_ZIP64_EXTRA = 1
_UTF8_FLAG = 0x800
_SECRET_FLAGS = 0x1 | 0x40 | 0x2000  # password, strong encryption, hidden table of contents
_BYTES_PER_ENTRY = 600  # far more than one with a long name and many extra fields takes

_CUT_OFF = (
    "The archive is cut off or damaged: its end is missing.",
    "The download is probably incomplete; download it again.",
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of an archive, as the table of contents states it; nothing of it is trusted.

    Attributes:
        name: The path as it is written there, decoded and otherwise as found.
        offset: Where its local header begins in the file, in bytes.
        bound: Where the next entry or the table begins: the entry must end before it.
        packed_bytes: Its size in the archive.
        real_bytes: Its size once unpacked.
        crc: CRC-32 of the unpacked bytes.
        method: How it is packed; `STORED` or `DEFLATED` can be read.
        is_secret: Whether it needs a password.
        is_plain: Whether it is a file, not a folder, a link or a device.
        is_folder: Whether it is a folder.
    """

    name: str
    offset: int
    bound: int
    packed_bytes: int
    real_bytes: int
    crc: int
    method: int
    is_secret: bool
    is_plain: bool
    is_folder: bool


@dataclass(frozen=True)
class _Table:
    start: int  # where the table lies in the file
    size: int
    entries: int
    shift: int  # bytes before the archive proper, as in one that unpacks itself


def read_directory(file: BinaryIO, *, most_entries: int) -> list[Entry]:
    """Read an archive's table of contents.

    Args:
        file: The archive, seekable.
        most_entries: A table with more is refused before it is read.

    Returns:
        The entries in the order of the table.

    Raises:
        ArchiveError: The archive is cut off, damaged, in several parts, too large, or has
            entries that overlap, as only an archive made to do harm has.
    """
    table = _find_table(file)
    if table.entries > most_entries or table.size > most_entries * _BYTES_PER_ENTRY:
        raise _too_many(most_entries)
    file.seek(table.start)
    entries: list[Entry] = []
    for entry in _entries(file.read(table.size), table.shift):
        entries.append(entry)
        if len(entries) > most_entries:
            raise _too_many(most_entries)
    return _bounded(entries, table.start)


def _too_many(most_entries: int) -> ArchiveError:
    return ArchiveError(
        f"The archive holds more than {most_entries:,} files.",
        "Unpack it with another program, and import a folder of its pictures.",
    )


def _find_table(file: BinaryIO) -> _Table:
    length = file.seek(0, os.SEEK_END)
    tail_start = max(0, length - _END.size - _LONGEST_COMMENT)
    file.seek(tail_start)
    tail = file.read()
    place = _end_record(tail)
    if place is None:
        raise ArchiveError(*_CUT_OFF)
    _, disk, _, _, entries, size, offset, _ = _END.unpack_from(tail, place)
    plain = (disk, entries, size, offset)
    end, disk, entries, size, offset = _zip64(file, tail_start + place, plain)
    if disk:
        raise ArchiveError(
            "This is one part of an archive that is split into several files.",
            "Unpack all parts with another program, and import the folder.",
        )
    return _placed(file, _Table(end - size, size, entries, end - size - offset))


def _end_record(tail: bytes) -> int | None:
    """Where the end record begins; it must end with the file, or it is an inner zip's."""
    place = len(tail)
    while (place := tail.rfind(_END_SIGNATURE, 0, place)) >= 0:
        if len(tail) - place >= _END.size:
            comment = int.from_bytes(tail[place + _END.size - 2 : place + _END.size], "little")
            if place + _END.size + comment == len(tail):
                return place
    return None


def _zip64(
    file: BinaryIO, end: int, plain: tuple[int, int, int, int]
) -> tuple[int, int, int, int, int]:
    """Where the table ends, and the four figures: of the large format, if it is one."""
    file.seek(max(0, end - _LOCATOR.size))
    locator = file.read(_LOCATOR.size)
    record_place = end - _LOCATOR.size - _END64.size
    if not locator.startswith(_LOCATOR_SIGNATURE) or record_place < 0:
        return end, *plain
    file.seek(record_place)
    record = file.read(_END64.size)
    if not record.startswith(_END64_SIGNATURE):
        raise ArchiveError(*_CUT_OFF)
    _, _, _, _, disk, _, _, entries, size, offset = _END64.unpack(record)
    return record_place, disk, entries, size, offset


def _placed(file: BinaryIO, table: _Table) -> _Table:
    """Refuse a table that lies outside the file, or that is an inner zip's."""
    file.seek(0)
    begins_as_zip = file.read(len(LOCAL_SIGNATURE)) == LOCAL_SIGNATURE
    if table.start < 0 or table.shift < 0 or (table.shift and begins_as_zip):
        raise ArchiveError(*_CUT_OFF)
    return table


def _entries(table: bytes, shift: int) -> Iterator[Entry]:
    place = 0
    while place + _CENTRAL.size <= len(table):
        fields = _CENTRAL.unpack_from(table, place)
        if fields[0] != _CENTRAL_SIGNATURE:
            raise ArchiveError(*_CUT_OFF)
        name_end = place + _CENTRAL.size + fields[10]
        extra_end = name_end + fields[11]
        raw_name = table[place + _CENTRAL.size : name_end]
        yield _entry(fields, raw_name, table[name_end:extra_end], shift=shift)
        place = extra_end + fields[12]
    if place != len(table):
        raise ArchiveError(*_CUT_OFF)


def _entry(fields: tuple[int, ...], raw_name: bytes, extra: bytes, *, shift: int) -> Entry:
    flags, method, crc, attributes = fields[3], fields[4], fields[7], fields[15]
    real, packed, offset = _sizes((fields[9], fields[8], fields[16]), extra)
    name = raw_name.decode("utf-8" if flags & _UTF8_FLAG else "cp437", "replace")
    is_folder = name.endswith("/")
    kind = stat.S_IFMT(attributes >> 16)
    return Entry(
        name=name,
        offset=offset + shift,
        bound=0,
        packed_bytes=packed,
        real_bytes=real,
        crc=crc,
        method=method,
        is_secret=bool(flags & _SECRET_FLAGS),
        is_plain=not is_folder and kind in (0, stat.S_IFREG),
        is_folder=is_folder,
    )


def _sizes(short: tuple[int, int, int], extra: bytes) -> tuple[int, int, int]:
    """Real size, packed size and offset, each from the zip64 field where it is too large."""
    if _IN_EXTRA_32 not in short:
        return short
    long = _zip64_values(extra)
    real, packed, offset = (next(long, -1) if v == _IN_EXTRA_32 else v for v in short)
    if -1 in (real, packed, offset):
        raise ArchiveError(*_CUT_OFF)
    return real, packed, offset


def _zip64_values(extra: bytes) -> Iterator[int]:
    place = 0
    while place + 4 <= len(extra):
        kind, length = struct.unpack_from("<2H", extra, place)
        if kind == _ZIP64_EXTRA:
            field = extra[place + 4 : place + 4 + length]
            yield from (value for (value,) in struct.iter_unpack("<Q", field[: length // 8 * 8]))
            return
        place += 4 + length


def _bounded(entries: list[Entry], table_start: int) -> list[Entry]:
    """Give each entry its bound; entries that share bytes are refused."""
    starts = [*sorted(entry.offset for entry in entries), table_start]
    bounds = dict(itertools.pairwise(starts))
    if len(bounds) < len(entries) or any(_overlaps(e, bounds[e.offset]) for e in entries):
        raise ArchiveError(
            "Files in this archive share the same bytes, as in an archive made to do harm.",
            "Get the archive from another place.",
        )
    return [replace(entry, bound=bounds[entry.offset]) for entry in entries]


def _overlaps(entry: Entry, bound: int) -> bool:
    return entry.offset + LOCAL_HEADER.size + entry.packed_bytes > bound
