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


class Partial:
    """A download that is not whole yet; it survives the program.

    Args:
        target: Where the file will be once it is whole. Its folder must exist.
    """

    def __init__(self, target: Path) -> None:
        self._target = target
        self._file = target.with_name(f"{target.name}.partial")
        self._note = target.with_name(f"{target.name}.partial.json")
        self.version = self._read_note()
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

    def _read_note(self) -> Version:
        with contextlib.suppress(OSError, ValueError, TypeError, KeyError):
            said = json.loads(self._note.read_text(encoding="utf-8"))
            return Version(str(said["mark"]), int(said["total_bytes"]))
        return Version()
