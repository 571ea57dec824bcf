"""Pictures, copied or linked into a folder for each verdict; the pictures stay where they are."""

import os
import secrets
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from training.cancellation import CancelToken
from training.dataset.links import make_link
from training.errors import DatasetError
from training.events import EventSink, Stage, StageStarted, Verdict
from training.inference.judge import NEITHER
from training.progress import Ticker

KINDS = ("cat", "dog", NEITHER)
"""The folders that are made."""

_CHUNK_BYTES = 1 << 20
_COPY_INSTEAD = "Choose a folder on the disk of the pictures, or copy them instead."


@dataclass(frozen=True)
class Sorted:
    """What was written.

    Attributes:
        folder: Where the folders of the verdicts are.
        counts: How many pictures are in the folder of each of `KINDS`.
        left_out: Pictures without a verdict.
        gone: Pictures that had a verdict, and cannot be read any more.
    """

    folder: Path
    counts: Mapping[str, int]
    left_out: int = 0
    gone: int = 0

    @property
    def pictures(self) -> int:
        """How many were written."""
        return sum(self.counts.values())


def sort_into(
    verdicts: Sequence[Verdict],
    folder: Path,
    *,
    link: bool = False,
    copied_anyway: Collection[Path] = (),
    emit: EventSink,
    token: CancelToken,
) -> Sorted:
    """Copy or link pictures into `cat`, `dog` and `neither`, under names that are free there.

    Nothing is moved, changed or replaced: a second `1.jpg` becomes `1 (2).jpg`. Each copy is
    there whole or not at all. After a cancel or an error, what was written until then stays.

    Args:
        verdicts: What was read; a picture without a verdict is left out.
        folder: Where the folders are made; it may be there already.
        link: Make links instead of copies.
        copied_anyway: Pictures that are copied even so, since they will not stay.
        emit: Told how it goes.
        token: Checked with each piece.

    Raises:
        Cancelled: The user cancelled.
        DatasetError: One of the folders is a picture's own, or no links can be made there.
        OSError: Something cannot be written.
    """
    place = folder.expanduser().absolute()
    _refuse_own_folders({Path(verdict.path).absolute().parent for verdict in verdicts}, place)
    wanted = [verdict for verdict in verdicts if verdict.verdict in KINDS]
    ticker = Ticker(emit, StageStarted(Stage.SORTING, len(wanted), "pictures"))
    names, counts, gone = _FreeNames(), Counter[str](), 0
    for verdict in wanted:
        token.raise_if_cancelled()
        source, target = Path(verdict.path).absolute(), place / str(verdict.verdict)
        target.mkdir(parents=True, exist_ok=True)
        if not source.is_file():
            gone += 1
        elif link and source not in copied_anyway:
            _link(source, target, names)
            counts[target.name] += 1
        else:
            _copy(source, target, names, token)
            counts[target.name] += 1
        ticker.advance()
    return Sorted(place, {kind: counts[kind] for kind in KINDS}, len(verdicts) - len(wanted), gone)


class _FreeNames:
    """Names to try in a folder, going on where the last picture of the same name ended."""

    def __init__(self) -> None:
        self._tried: Counter[Path] = Counter()

    def after(self, wanted: Path) -> Iterator[Path]:
        """As they are wanted, then `1 (2).jpg`, `1 (3).jpg` and so on."""
        while True:
            self._tried[wanted] += 1
            number = self._tried[wanted]
            mark = f" ({number})" if number > 1 else ""
            yield wanted.with_name(f"{wanted.stem}{mark}{wanted.suffix}")


def _refuse_own_folders(own: Collection[Path], place: Path) -> None:
    """By what they are, not by their names: a link leads to the same folder."""
    identities = {_identity(folder) for folder in own} - {None}
    for folder in (place, *(place / kind for kind in KINDS)):
        if _identity(folder) in identities:
            raise DatasetError(
                f"“{folder.name}” holds pictures that are to be sorted.",
                "Choose another folder, such as a new one.",
            )


def _identity(folder: Path) -> tuple[int, int] | None:
    try:
        facts = folder.stat()
    except OSError:  # it is not there, and so no picture's own
        return None
    return facts.st_dev, facts.st_ino


def _link(source: Path, folder: Path, names: _FreeNames) -> None:
    for place in names.after(folder / source.name):
        try:
            make_link(source, place, hint=_COPY_INSTEAD)
        except FileExistsError:
            continue
        return


def _copy(source: Path, folder: Path, names: _FreeNames, token: CancelToken) -> None:
    temporary = folder / f".{secrets.token_hex(8)}.partial"
    try:
        _copy_bytes(source, temporary, token)
        _settle(temporary, names.after(folder / source.name))
    finally:
        temporary.unlink(missing_ok=True)


def _copy_bytes(source: Path, target: Path, token: CancelToken) -> None:
    """With the date of the picture, which says when it was taken."""
    with source.open("rb") as picture, target.open("xb") as copy:
        facts = os.fstat(picture.fileno())
        while chunk := picture.read(_CHUNK_BYTES):
            token.raise_if_cancelled()
            copy.write(chunk)
    os.utime(target, ns=(facts.st_atime_ns, facts.st_mtime_ns))


def _settle(temporary: Path, places: Iterator[Path]) -> None:
    """Take the first name that is free; it is claimed first, so that no file is ever replaced."""
    for place in places:
        try:
            place.touch(exist_ok=False)
        except FileExistsError:
            continue
        try:
            temporary.replace(place)
        except OSError:
            place.unlink()
            raise
        return
