"""The part of a file that has come, and the note beside it that says of which file it is a part."""

import contextlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import BinaryIO

from training import atomic


@dataclass(frozen=True)
class Version:
    """Which version of a file a server has.

    Attributes:
        mark: Its strong ETag, or when it was last changed; empty where the server says neither:
            then nothing can be added to a part of it.
        total_bytes: Its size; 0 where the server does not say it.
    """

    mark: str = ""
    total_bytes: int = 0


@dataclass(frozen=True)
class Part:
    """How much of a file has come.

    Attributes:
        bytes_there: So much.
        total_bytes: Of so much; 0 where the server does not say it.
    """

    bytes_there: int
    total_bytes: int


def part_of(target: Path) -> Part | None:
    """What has come of a file, be it whole or not; None where nothing can be gone on from.

    Nothing is changed: a download of it may be running.
    """
    if target.is_file():
        size = target.stat().st_size
        return Part(size, size)
    version = _read_note(_note_path(target))
    partial = _partial_path(target)
    if not version.mark or not partial.is_file():
        return None
    return Part(partial.stat().st_size, version.total_bytes)


class Partial:
    """A download that is not whole yet; it survives the program.

    Args:
        target: Where the file will be once it is whole. Its folder must exist.
    """

    def __init__(self, target: Path) -> None:
        self._target = target
        self._file = _partial_path(target)
        self._note = _note_path(target)
        self.version = _read_note(self._note)
        if not self._can_be_continued():
            self.discard()

    @property
    def bytes_there(self) -> int:
        """How much has come."""
        return self._file.stat().st_size if self._file.exists() else 0

    @property
    def is_whole(self) -> bool:
        """Whether all of a file of known size has come."""
        return 0 < self.version.total_bytes == self.bytes_there

    def begin(self, version: Version) -> None:
        """Start anew, with nothing."""
        self.discard()
        self.version = version
        atomic.write_text(self._note, json.dumps(asdict(version)))

    @contextmanager
    def appending(self) -> Iterator[BinaryIO]:
        """Give the file, open at its end."""
        with self._file.open("ab") as file:
            yield file

    def finish(self) -> None:
        """The file is whole: it takes its place."""
        self._file.replace(self._target)
        self._note.unlink(missing_ok=True)

    def discard(self) -> None:
        """Throw away what has come."""
        self._file.unlink(missing_ok=True)
        self._note.unlink(missing_ok=True)
        self.version = Version()

    def _can_be_continued(self) -> bool:
        total = self.version.total_bytes
        return bool(self.version.mark) and (not total or self.bytes_there <= total)


def _partial_path(target: Path) -> Path:
    return target.with_name(f"{target.name}.partial")


def _note_path(target: Path) -> Path:
    return target.with_name(f"{target.name}.partial.json")


def _read_note(note: Path) -> Version:
    with contextlib.suppress(OSError, ValueError, TypeError, KeyError):
        said = json.loads(note.read_text(encoding="utf-8"))
        return Version(str(said["mark"]), int(said["total_bytes"]))
    return Version()
