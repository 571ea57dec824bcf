"""Every picture is read once: its bytes are hashed, fully decoded, and kept if they came packed."""

import hashlib
import os
import stat
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from training.cancellation import CancelToken
from training.dataset.archive_members import read_member
from training.dataset.catalog import NewPicture, State
from training.dataset.chunks import bounded_map, in_chunks
from training.dataset.decode import decode
from training.dataset.naming import suffix_of
from training.dataset.picture import NEITHER_REASON
from training.dataset.scan import Candidate
from training.errors import PictureError

_CHUNK_PICTURES = 64


@dataclass(frozen=True)
class Checker:
    """Checks pictures in chunks, in several threads.

    Attributes:
        source: Where the pictures come from: where one of an archive can still be found when it
            is quarantined, since it is then not unpacked.
        folder: Takes the pictures that come out of an archive, under names of our own.
        most_bytes: A larger picture is quarantined unread.
        token: Checked for each picture.
    """

    source: Path
    folder: Path
    most_bytes: int
    token: CancelToken

    def check_all(self, candidates: Sequence[Candidate]) -> Iterator[list[NewPicture]]:
        """Check pictures; the results come chunk by chunk in the order of the candidates.

        Raises:
            Cancelled: The user cancelled.
            OSError: The archive cannot be read, or a picture not written.
        """
        jobs = list(zip(candidates, target_names(candidates), strict=True))
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            yield from bounded_map(
                pool, self._check_chunk, in_chunks(jobs, _CHUNK_PICTURES), self.token
            )

    def _check_chunk(self, jobs: Sequence[tuple[Candidate, str]]) -> list[NewPicture]:
        checked: list[NewPicture] = []
        files: dict[Path, BinaryIO] = {}
        with ExitStack() as stack:
            for candidate, target in jobs:
                self.token.raise_if_cancelled()
                if candidate.entry is None:
                    checked.append(self._check_file(candidate))
                    continue
                if candidate.place not in files:
                    archive = candidate.place.open("rb", buffering=0)
                    files[candidate.place] = stack.enter_context(archive)
                checked.append(self._check_entry(candidate, files[candidate.place], target))
        return checked

    def _check_file(self, candidate: Candidate) -> NewPicture:
        path = str(candidate.place)
        try:
            content = self._read_file(candidate.place)
        except PictureError as error:
            return _quarantined(candidate, path, b"", reason=error.message)
        return _examined(candidate, path, content)

    def _check_entry(self, candidate: Candidate, archive: BinaryIO, target: str) -> NewPicture:
        assert candidate.entry is not None
        path = self.folder / target
        try:
            self._refuse_large(candidate.entry.real_bytes)
            content = read_member(archive, candidate.entry)
        except PictureError as error:
            return _quarantined(candidate, str(self.source), b"", reason=error.message)
        picture = _examined(candidate, str(path), content)
        if picture.state is State.QUARANTINED:
            return replace(picture, path=str(self.source))
        with path.open("xb") as file:
            file.write(content)
        return picture

    def _read_file(self, path: Path) -> bytes:
        try:
            facts = path.stat()
            if not stat.S_ISREG(facts.st_mode):  # a pipe would be waited for for ever
                raise PictureError("It is not a file.", "Use a picture file.")
            self._refuse_large(facts.st_size)
            return path.read_bytes()
        except FileNotFoundError as error:
            raise PictureError("The file is not there.", "It may have been moved.") from error
        except PermissionError as error:
            raise PictureError("The file may not be read.", "Check its permissions.") from error
        except OSError as error:
            raise PictureError(
                f"The file cannot be read ({error.strerror}).", "Check the disk."
            ) from error

    def _refuse_large(self, size_bytes: int) -> None:
        if size_bytes > self.most_bytes:
            raise PictureError(
                f"The file has {size_bytes / 1e6:,.0f} MB, which is too large for a picture.",
                "Scale the picture down first.",
            )


def target_names(candidates: Sequence[Candidate]) -> list[str]:
    """A file name for each picture that is ours alone: `cat.0.jpg`, or `cat-17.png`.

    Nothing of the source's names goes into it but class, number and a known suffix, so that it
    is valid on every system; no two are the same, in any case.

    Args:
        candidates: Any pictures; the place in this sequence tells apart those without a number.
    """
    names: list[str] = []
    taken: set[str] = set()
    for index, candidate in enumerate(candidates):
        suffix = suffix_of(candidate.name)
        name = f"{candidate.label}.{candidate.number}{suffix}"
        if candidate.number is None or name in taken:
            name = f"{candidate.label}-{index}{suffix}"
        taken.add(name)
        names.append(name)
    return names


def _examined(candidate: Candidate, path: str, content: bytes) -> NewPicture:
    try:
        width, height = decode(content).size
    except PictureError as error:
        return _quarantined(candidate, path, content, reason=error.message)
    except Exception as error:  # noqa: BLE001 - no file of a stranger may end the import
        reason = f"The picture cannot be read ({type(error).__name__})."
        return _quarantined(candidate, path, content, reason=reason)
    return NewPicture(
        path=path,
        name=candidate.name,
        sha256=hashlib.sha256(content).hexdigest(),
        size_bytes=len(content),
        width=width,
        height=height,
        label=candidate.label,
        number=candidate.number,
        state=State.EXCLUDED if candidate.is_neither else State.USED,
        reason=NEITHER_REASON if candidate.is_neither else "",
    )


def _quarantined(candidate: Candidate, path: str, content: bytes, *, reason: str) -> NewPicture:
    return NewPicture(
        path=path,
        name=candidate.name,
        sha256=hashlib.sha256(content).hexdigest() if content else "",
        size_bytes=len(content),
        width=0,
        height=0,
        label=candidate.label,
        number=candidate.number,
        state=State.QUARANTINED,
        reason=reason,
    )
