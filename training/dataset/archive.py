"""Archives from strangers: what may be unpacked is decided here, before a byte is written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from training.dataset.zip_directory import DEFLATED, STORED, Entry, read_directory
from training.errors import ArchiveError

_MB = 1_000_000


@dataclass(frozen=True)
class ArchiveLimits:
    """What an archive may hold at most. Kaggle's has 37,500 files and 0.9 GB.

    Attributes:
        entries: Files and folders in one archive.
        total_bytes: All of them unpacked.
        picture_bytes: One picture; also holds for pictures in a folder.
        ratio: Unpacked to packed size. Deflate reaches 1,032, pictures stay under 20.
        ratio_from_bytes: Below this unpacked size any ratio is harmless.
        depth: Archives in archives: 1 is the archive itself.
        name_bytes: One name in a path, in UTF-8; what every file system takes.
        path_bytes: A whole path.
    """

    entries: int = 200_000
    total_bytes: int = 50_000 * _MB
    picture_bytes: int = 200 * _MB
    ratio: int = 200
    ratio_from_bytes: int = _MB
    depth: int = 2
    name_bytes: int = 255
    path_bytes: int = 1024


LIMITS = ArchiveLimits()

_ZIP_STARTS = (b"PK\x03\x04", b"PK\x05\x06", b"MZ")  # the last is one that unpacks itself
_OTHER_STARTS: Mapping[bytes, str] = {
    b"Rar!": "a RAR archive",
    b"7z\xbc\xaf": "a 7z archive",
    b"\x1f\x8b": "a gzip archive",
    b"BZh": "a bzip2 archive",
    b"\xfd7zXZ": "an xz archive",
    b"(\xb5/\xfd": "a Zstandard archive",
    b"\xff\xd8\xff": "a single picture",
    b"\x89PNG": "a single picture",
    b"PK\x07\x08": "one part of an archive that is split into several files",
}
_WEB_STARTS = (b"<!doctype html", b"<html", b"<head", b"<?xml", b"<!--", b"<script")
_SNIFF_BYTES = 512
_DRIVE_COLON = 1


@dataclass(frozen=True)
class Archive:
    """An archive that is safe to unpack.

    Attributes:
        path: The zip.
        entries: Its files whose names are safe and plain, in the order of its table.
        skipped: How many were not: links, names that lead elsewhere or clash.
    """

    path: Path
    entries: tuple[Entry, ...]
    skipped: int


def open_archive(path: Path, limits: ArchiveLimits) -> Archive:
    """Read an archive's table of contents and refuse what could do harm.

    Raises:
        ArchiveError: It is no zip, is cut off, needs a password, or is over a limit.
        OSError: It cannot be read.
    """
    with path.open("rb") as file:
        _refuse_other_files(file.read(_SNIFF_BYTES))
        entries = read_directory(file, most_entries=limits.entries)
    _refuse_bombs(entries, limits)
    files = [entry for entry in entries if not entry.is_folder]
    safe = safe_entries(files, limits)
    return Archive(path, tuple(safe), skipped=len(files) - len(safe))


def refuse_unreadable(entries: Sequence[Entry]) -> None:
    """Refuse an archive of which a file that is wanted cannot be unpacked by this program.

    Raises:
        ArchiveError: An entry needs a password or is packed by an unknown method.
    """
    for entry in entries:
        if entry.is_secret:
            raise ArchiveError(
                "The archive is protected by a password.",
                "Unpack it with its password in another program, and import the folder.",
            )
        if entry.method not in (STORED, DEFLATED):
            raise ArchiveError(
                f"The archive is packed in a way that this program does not know "
                f"(method {entry.method}).",
                "Unpack it with another program, and import the folder.",
            )


def safe_entries(files: Sequence[Entry], limits: ArchiveLimits) -> list[Entry]:
    """The files that can be named on every system; of names that clash, the first.

    Args:
        files: Entries that are no folders.
        limits: How long names may be.
    """
    safe: list[Entry] = []
    taken: set[str] = set()
    folders: set[str] = set()
    for entry in files:
        key = entry.name.casefold()
        above = _folders_of(key)
        clashes = key in taken or key in folders or not taken.isdisjoint(above)
        if entry.is_plain and not clashes and is_safe_name(entry.name, limits):
            safe.append(entry)
            taken.add(key)
            folders.update(above)
    return safe


def is_safe_name(name: str, limits: ArchiveLimits) -> bool:
    """Whether a path stays where it is unpacked, on every system.

    Args:
        name: A path with slashes, as an archive states it.
        limits: How long names may be.
    """
    if "\\" in name or name[_DRIVE_COLON : _DRIVE_COLON + 1] == ":" or min(name, default="") < " ":
        return False
    parts = name.split("/")
    if any(part in ("", ".", "..") for part in parts):
        return False
    sizes = [len(part.encode("utf-8", "replace")) for part in parts]
    return max(sizes) <= limits.name_bytes and sum(sizes) + len(parts) <= limits.path_bytes


def _folders_of(path: str) -> list[str]:
    parts = path.split("/")
    return ["/".join(parts[:end]) for end in range(1, len(parts))]


def _refuse_other_files(start: bytes) -> None:
    if start.startswith(_ZIP_STARTS):
        return
    if not start:
        raise ArchiveError("The file is empty.", "Download it again.")
    if start.removeprefix(b"\xef\xbb\xbf").lstrip().lower().startswith(_WEB_STARTS):
        raise ArchiveError(
            "This is a web page saved under the name of an archive.",
            "Sign in to Kaggle, accept the rules of the competition, and download it again.",
        )
    for signature, what in _OTHER_STARTS.items():
        if start.startswith(signature):
            raise ArchiveError(
                f"This is {what}, not a zip.", "Import a zip, or a folder with the pictures."
            )
    raise ArchiveError(
        "This file is not a zip.", "Choose Kaggle's train.zip, or a folder with the pictures."
    )


def _refuse_bombs(entries: Sequence[Entry], limits: ArchiveLimits) -> None:
    real = sum(entry.real_bytes for entry in entries)
    if real > limits.total_bytes:
        raise ArchiveError(
            f"The archive would take {real / 1e9:,.1f} GB once unpacked, more than the "
            f"{limits.total_bytes / 1e9:,.1f} GB that are allowed.",
            "Unpack it with another program, and import a folder of its pictures.",
        )
    packed = sum(entry.packed_bytes for entry in entries)
    pairs = [(real, packed), *((entry.real_bytes, entry.packed_bytes) for entry in entries)]
    if any(_swells(real, packed, limits) for real, packed in pairs):
        raise ArchiveError(
            f"The archive swells to more than {limits.ratio} times its size when it is unpacked, "
            "as one made to fill a disk does.",
            "Get the archive from another place.",
        )


def _swells(real: int, packed: int, limits: ArchiveLimits) -> bool:
    return real > limits.ratio_from_bytes and real > limits.ratio * packed
