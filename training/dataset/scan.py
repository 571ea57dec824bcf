"""Which files of a source are pictures of a class; everything else is counted, not touched."""

import os
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from training.dataset import naming
from training.dataset.archive import Archive, ArchiveLimits, open_archive, refuse_unreadable
from training.dataset.archive_members import read_member, unpack_member
from training.dataset.zip_directory import Entry
from training.errors import ArchiveError, PictureError

_SYSTEM_FILES = frozenset({"thumbs.db", "desktop.ini"})


class LeftOut(StrEnum):
    """Why a file of the source is not taken, in the words that the user reads."""

    NO_CLASS = "pictures that state no class"
    LEFT_OUT = "pictures in folders that are to be left out"
    OTHER = "files that are no pictures"
    SYSTEM = "hidden and system files"
    UNSAFE = "entries with unsafe names"
    TOO_DEEP = "archives too deep inside the archive"
    CLOSED = "folders that may not be read"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A file that is named as a picture; its content is still unknown.

    Attributes:
        name: Its path inside the source, with slashes.
        label: "cat" or "dog"; empty as long as nobody says it.
        number: The number in its name, or None.
        place: The file itself, or the archive that it is in.
        entry: Where it is in that archive; None for a file.
        place_of_class: What decides its class; see `naming.Statement.place`.
        is_neither: Whether it is said to show neither class; its label then means nothing.
    """

    name: str
    label: str
    number: int | None
    place: Path
    entry: Entry | None = None
    place_of_class: str = ""
    is_neither: bool = False

    def content(self, *, most_bytes: int) -> bytes:
        """The file's bytes.

        Args:
            most_bytes: A larger one is not read.

        Raises:
            PictureError: It is too large, no file, or damaged in its archive.
            OSError: It cannot be read.
        """
        size = self.entry.real_bytes if self.entry else self.place.stat().st_size
        if size > most_bytes or not self.place.is_file():  # a pipe would be waited for for ever
            raise PictureError("It is no picture to show.", "Use a picture file.")
        if self.entry is None:
            return self.place.read_bytes()
        with self.place.open("rb") as file:
            return read_member(file, self.entry)


@dataclass
class Scan:
    """What a source holds.

    Attributes:
        candidates: By class, number and name, whatever order the source has; those without a
            class come last.
        left_out: How many other files there are, by reason.
    """

    candidates: list[Candidate] = field(default_factory=list)
    left_out: Counter[LeftOut] = field(default_factory=Counter)

    def consider(self, name: str, place: Path, entry: Entry | None = None) -> None:
        """Take a file in as a candidate, or count it."""
        parts = name.split("/")
        reason = _reason_to_leave_out(parts)
        if reason is not None:
            self.left_out[reason] += 1
            return
        said = naming.statement_of(parts)
        number = naming.number_of(parts[-1])
        self.candidates.append(Candidate(name, said.label or "", number, place, entry, said.place))

    def arrange(self) -> None:
        """Put the candidates in their order."""
        self.candidates.sort(key=_order)


@dataclass(frozen=True)
class Watch:
    """What a scan tells while it goes on; each of these may raise to stop it.

    Attributes:
        on_listed: A folder or an archive was listed.
        on_space_needed: So many bytes will be written next.
        on_bytes: So many of them are written.
    """

    on_listed: Callable[[], None]
    on_space_needed: Callable[[int], None]
    on_bytes: Callable[[int], None]


def scan_folder(folder: Path, *, never_enter: Path, watch: Watch) -> Scan:
    """List the pictures of a folder and of the folders in it, without opening any.

    Links to folders are not followed.

    Args:
        folder: Where to look; its own name says nothing about classes.
        never_enter: A folder to pass by: our own datasets.
        watch: Told of each folder.

    Raises:
        OSError: The folder itself cannot be read.
    """
    scan = Scan()

    def on_error(error: OSError) -> None:
        if error.filename == str(folder):
            raise error
        scan.left_out[LeftOut.CLOSED] += 1

    for above, folders, files in os.walk(folder, onerror=on_error):
        watch.on_listed()
        folders[:] = [name for name in folders if not _is_same(above, name, never_enter)]
        place = Path(above)
        inside = place.relative_to(folder).as_posix()
        prefix = "" if inside == "." else f"{inside}/"
        for name in files:
            scan.consider(_writable(prefix + name), place / name)
    scan.arrange()
    return scan


def scan_archive(path: Path, limits: ArchiveLimits, *, unpack_to: Path, watch: Watch) -> Scan:
    """List the pictures of a zip and of the zips in it.

    Args:
        path: The zip.
        limits: What it may hold at most.
        unpack_to: A folder that takes the inner zips; the caller deletes it.
        watch: Told of each archive, and of the bytes of inner ones.

    Raises:
        ArchiveError: It, or a zip in it, is damaged or not safe; see `open_archive`.
        OSError: It cannot be read, or an inner zip cannot be written.
    """
    scan = Scan()
    level = [(path, "")]
    for depth in range(1, limits.depth + 1):
        inner: list[tuple[Path, str]] = []
        for place, prefix in level:
            watch.on_listed()
            archive = _open(place, prefix, limits)
            zips = _take_in(scan, archive, prefix)
            if depth < limits.depth:
                inner += _unpack_all(archive, zips, unpack_to, prefix=prefix, watch=watch)
            else:
                scan.left_out[LeftOut.TOO_DEEP] += len(zips)
        level = inner
    scan.arrange()
    return scan


def left_out_words(left_out: Counter[LeftOut]) -> str:
    """What was left out in one line, such as "hidden and system files: 2"."""
    return "; ".join(f"{reason}: {count:,}" for reason, count in left_out.most_common() if count)


def _order(candidate: Candidate) -> tuple[bool, str, bool, int, str]:
    label, number = candidate.label, candidate.number
    return not label, label, number is None, number or 0, candidate.name


def _writable(name: str) -> str:
    """A name as text: the bytes of one in an unknown encoding become question marks."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _reason_to_leave_out(parts: Sequence[str]) -> LeftOut | None:
    if naming.is_hidden(parts) or parts[-1].lower() in _SYSTEM_FILES:
        return LeftOut.SYSTEM
    if not naming.is_picture_name(parts[-1]):
        return LeftOut.OTHER
    return None


def _is_same(above: str, name: str, other: Path) -> bool:
    return name == other.name and (Path(above) / name).resolve() == other


def _open(place: Path, prefix: str, limits: ArchiveLimits) -> Archive:
    try:
        return open_archive(place, limits)
    except ArchiveError as error:
        if not prefix:
            raise
        inner = prefix.rstrip("/")
        raise ArchiveError(f"“{inner}” in the archive: {error.message}", error.hint) from error


def _take_in(scan: Scan, archive: Archive, prefix: str) -> list[Entry]:
    """Consider an archive's files; returns the zips among them."""
    scan.left_out[LeftOut.UNSAFE] += archive.skipped
    zips: list[Entry] = []
    before = len(scan.candidates)
    for entry in archive.entries:
        parts = entry.name.split("/")
        if naming.is_archive_name(parts[-1]) and not naming.is_hidden(parts):
            zips.append(entry)
        else:
            scan.consider(prefix + entry.name, archive.path, entry)
    refuse_unreadable([c.entry for c in scan.candidates[before:] if c.entry] + zips)
    return zips


def _unpack_all(
    archive: Archive, zips: Sequence[Entry], folder: Path, *, prefix: str, watch: Watch
) -> list[tuple[Path, str]]:
    """Unpack inner zips; returns where each is and the prefix of the names in it."""
    if zips:
        watch.on_space_needed(sum(entry.real_bytes for entry in zips))
    unpacked: list[tuple[Path, str]] = []
    with archive.path.open("rb") as file:
        for entry in zips:
            target = folder / f"{archive.path.stem}-{len(unpacked)}.zip"
            unpack_member(file, entry, target, on_bytes=watch.on_bytes)
            unpacked.append((target, f"{prefix}{entry.name}/"))
    return unpacked
