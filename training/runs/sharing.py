"""A finished run as one file, for another computer; and such a file from somebody else."""

import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from training import atomic
from training.cancellation import CancelToken
from training.dataset.archive import ArchiveLimits, open_archive
from training.dataset.archive_members import unpack_member
from training.dataset.zip_directory import Entry
from training.errors import ArchiveError, ConfigError, RunError
from training.events import EventSink, Stage, StageStarted
from training.home import Home
from training.progress import Ticker
from training.runs.given import SHARED_SUFFIX
from training.runs.lab_book import require_finished, run_info
from training.runs.run_folder import RECORD_FILE
from training.runs.taking_in import RUN_FILES, TakenIn, take_in_run

_LIMITS = ArchiveLimits(
    entries=100, total_bytes=sum(RUN_FILES.values()), picture_bytes=0, ratio=200, depth=1
)


def share_run(folder: Path, output: Path, *, emit: EventSink, token: CancelToken) -> Path:
    """Write a finished run's files into one file: a zip with a suffix of its own.

    What only training needs, its checkpoint, stays; the record names no folder of the user's but
    the file of weights that a run may have started from.

    Args:
        folder: The run's folder.
        output: The file; replaced whole or not at all.
        emit: Told how far it is.
        token: Checked with each file.

    Raises:
        Cancelled: The user cancelled; the output is as it was before.
        ConfigError: The output has another suffix, or is a folder.
        RunError: The run is not finished.
    """
    if output.suffix.lower() != SHARED_SUFFIX or output.is_dir():
        raise ConfigError(
            "output",
            f"“{output.name}” does not end in {SHARED_SUFFIX}.",
            f"Choose a name such as {output.stem}{SHARED_SUFFIX}.",
        )
    require_finished(run_info(folder))
    files = [folder / name for name in RUN_FILES if (folder / name).is_file()]
    total = sum(file.stat().st_size for file in files)
    ticker = Ticker(emit, StageStarted(Stage.SAVING, total=total, unit="bytes"))
    output.parent.mkdir(parents=True, exist_ok=True)
    with (
        atomic.replacing(output) as temporary,
        zipfile.ZipFile(temporary, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        for file in files:
            token.raise_if_cancelled()
            archive.write(file, f"{folder.name}/{file.name}")
            ticker.advance(file.stat().st_size)
    return output


def is_run(source: Path) -> bool:
    """Whether a folder or a file holds a run, by what is in it; that it can be used is not said."""
    if not source.is_file():
        return (source / RECORD_FILE).is_file()
    try:
        return _record_in(_entries_of(source)) is not None
    except ArchiveError:  # no zip, or one of far more files than a run has
        return False


def take_in_shared(source: Path, home: Home, *, emit: EventSink, token: CancelToken) -> TakenIn:
    """Take a run in, from its folder or from a file that `share_run` wrote; see `take_in_run`.

    Raises:
        Cancelled: The user cancelled; nothing is kept.
        RunError: It is no run, or one that cannot be used here; nothing is kept.
        OSError: A file cannot be read or written; nothing is kept.
    """
    if not source.is_file():
        return take_in_run(source, home, emit=emit, token=token)
    with _unpacked(source, home, token) as folder:
        return take_in_run(folder, home, emit=emit, token=token)


@contextmanager
def _unpacked(file: Path, home: Home, token: CancelToken) -> Iterator[Path]:
    """The run's own files out of a shared file, for as long as they are looked at."""
    home.cache.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=home.cache) as place:
        try:
            folder = _unpack(file, Path(place), token)
        except ArchiveError as error:
            raise RunError(
                f"{file.name} holds no model that can be used: {error.message}",
                "Ask for the file again, or choose another one.",
            ) from error
        yield folder


def _unpack(file: Path, place: Path, token: CancelToken) -> Path:
    entries = _entries_of(file)
    record = _record_in(entries)
    if record is None:
        raise RunError(
            f"There is no model in {file.name}.", "Choose a file that was shared as one."
        )
    above = record.removesuffix(RECORD_FILE)
    folder = place / (above.rstrip("/").rpartition("/")[2] or file.stem)
    folder.mkdir()
    with file.open("rb") as packed:
        for name, most in RUN_FILES.items():  # nothing else is looked at, whatever it holds
            entry = entries.get(above + name)
            if entry is not None and entry.real_bytes <= most:
                unpack_member(packed, entry, folder / name, on_bytes=lambda _: _check(token))
    return folder


def _entries_of(file: Path) -> Mapping[str, Entry]:
    return {entry.name: entry for entry in open_archive(file, _LIMITS).entries}


def _record_in(names: Iterable[str]) -> str | None:
    return next((name for name in names if name.rpartition("/")[2] == RECORD_FILE), None)


def _check(token: CancelToken) -> None:
    token.raise_if_cancelled()
