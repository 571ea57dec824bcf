"""A run that somebody gives to the user: checked, and copied into the home's runs."""

import contextlib
import hashlib
import os
import re
import secrets
import shutil
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from training import atomic
from training.cancellation import CancelToken
from training.dataset.decode import PREPROCESSING_ID
from training.dataset.picture import CLASSES
from training.errors import RunError
from training.events import EventSink, Stage, StageStarted
from training.home import Home
from training.progress import Ticker
from training.runs.history import HISTORY_FILE
from training.runs.lab_book import RunInfo, default_run, list_runs, run_info
from training.runs.model_card import read_model_card
from training.runs.notes import NOTES_FILE
from training.runs.run_folder import (
    CENTRES_FILE,
    DEFAULT_RUN,
    FINISHED,
    KERAS_FILE,
    ONNX_FILE,
    RECORD_FILE,
    RunRecord,
    read_record,
)

_MIB = 1 << 20
RUN_FILES: Mapping[str, int] = {
    RECORD_FILE: _MIB,
    HISTORY_FILE: 16 * _MIB,
    NOTES_FILE: _MIB,
    CENTRES_FILE: 256 * _MIB,
    ONNX_FILE: 1024 * _MIB,
    KERAS_FILE: 1024 * _MIB,
}
"""All that is ever copied, and how large it may be: no folder of a stranger fills the disk."""

_NAME = re.compile(r"\d{8}-\d{6}_[a-z0-9-]{1,40}")
_PRESET = re.compile(r"[a-z0-9-]{1,30}")
_INCOMING = ".incoming"
_ABANDONED_S = 24 * 3600.0
_GIVEN_ANEW = "Ask for the folder again, or choose another one."


@dataclass(frozen=True)
class TakenIn:
    """A run that is among the user's now.

    Attributes:
        info: The run.
        was_there: Whether the same model was there already, so that nothing was copied.
    """

    info: RunInfo
    was_there: bool = False


def take_in_run(folder: Path, home: Home, *, emit: EventSink, token: CancelToken) -> TakenIn:
    """Check a run's folder and copy it into the home's runs.

    Only a run's own files are copied; the rest of the folder is not looked at. The copy appears
    whole or not at all, and the folder stays as it is. Verdicts need no `model.keras`: where it is
    missing, the run can neither be exported nor continued.

    Args:
        folder: It holds `run.json`, `model.onnx` and, for the third verdict, `familiar.npz`.
        home: Where the runs are.
        emit: Told how the copying goes.
        token: Checked with each piece.

    Raises:
        Cancelled: The user cancelled; nothing is kept.
        RunError: It is no run, or one that cannot be used here; nothing is kept.
        OSError: A file cannot be read or written; nothing is kept.
    """
    folder = folder.resolve()
    sizes = _sizes_of_files(folder)
    record = _checked_record(folder)
    _require_recorded(folder, record, sizes)
    there = _find_same(home, record, token)
    if there is not None:
        return TakenIn(there, was_there=True)
    total = sum(sizes.values())
    ticker = Ticker(emit, StageStarted(Stage.TAKING_IN, total=total, unit="bytes"))
    with _incoming(home) as incoming:
        for name in sizes:
            digest = _copy(folder / name, incoming / name, ticker=ticker, token=token)
            if record.files.get(name, digest) != digest:
                raise _damaged(folder, f"{name} is not the file that was saved with it")
        if _checked_record(incoming) != record:  # somebody writes there meanwhile
            raise _damaged(folder, f"{RECORD_FILE} changed while it was copied")
        return TakenIn(run_info(_publish(incoming, home, folder.name, record)))


def _sizes_of_files(folder: Path) -> Mapping[str, int]:
    """The run's files that are there, with their sizes in bytes."""
    if not folder.is_dir():
        raise RunError(
            f"{folder.name} is no folder.",
            f"Unpack it if it is an archive, and choose the folder that holds {RECORD_FILE}.",
        )
    if not (folder / RECORD_FILE).exists():
        raise RunError(
            f"There is no model in the folder {folder.name}.",
            f"Choose the folder that holds {RECORD_FILE} and {ONNX_FILE}.",
        )
    sizes: dict[str, int] = {}
    for name, most in RUN_FILES.items():
        file = folder / name
        if file.is_symlink():
            raise _damaged(folder, f"{name} is a link to a file elsewhere")
        if not file.exists():
            continue
        if not file.is_file():
            raise _damaged(folder, f"{name} is no file")
        sizes[name] = file.stat().st_size
        if sizes[name] > most:
            raise _damaged(folder, f"{name} is larger than any that the program writes")
    return sizes


def _checked_record(folder: Path) -> RunRecord:
    """The record of a finished run that this version can use and show."""
    try:
        record = read_record(folder)
        read_model_card(folder)  # a stranger's figure may be no figure: none goes on to the window
        datetime.fromisoformat(record.created)
    except RunError:
        raise
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
        raise _damaged(folder, f"{RECORD_FILE} holds what no run has") from error
    if record.schema < 1:
        raise _damaged(folder, f"{RECORD_FILE} has a form that nobody knows")
    if record.state != FINISHED:
        raise RunError(
            f"The training in {folder.name} is not finished: it has no model yet.",
            "Ask for the folder again once it is, or choose another one.",
        )
    if record.preprocessing != PREPROCESSING_ID:
        raise RunError(
            f"The model in {folder.name} was trained on pictures that were prepared otherwise.",
            "Ask for one that was made with this version of the program.",
        )
    if record.class_names != CLASSES:
        raise RunError(
            f"The model in {folder.name} does not tell cats from dogs.", "Choose another one."
        )
    return record


def _require_recorded(folder: Path, record: RunRecord, sizes: Mapping[str, int]) -> None:
    """A verdict needs these files, and their checksums in the record."""
    says_neither = record.judgement is not None and record.judgement.neither is not None
    for name in (ONNX_FILE, CENTRES_FILE) if says_neither else (ONNX_FILE,):
        if name not in sizes:
            raise _damaged(folder, f"{name} is missing")
        if name not in record.files:
            raise _damaged(folder, f"{RECORD_FILE} does not say what {name} must be")


def _find_same(home: Home, record: RunRecord, token: CancelToken) -> RunInfo | None:
    """The run that is there with the same model and in good order, if any."""
    known = list_runs(home)
    with contextlib.suppress(RunError):  # an installation without the one that ships
        known.append(default_run())
    for info in known:
        token.raise_if_cancelled()
        if _is_same(info.folder, record):
            return info
    return None


def _is_same(folder: Path, record: RunRecord) -> bool:
    there = read_record(folder)
    if (there.state, there.judgement) != (record.state, record.judgement):
        return False
    names = [name for name in (ONNX_FILE, CENTRES_FILE) if name in record.files]
    return all(
        there.files.get(name) == record.files[name] == _digest_of(folder / name) for name in names
    )


def _digest_of(file: Path) -> str:
    try:
        return atomic.sha256_of(file)
    except OSError:  # deleted by hand: that run is no reason not to take this one in
        return ""


@contextlib.contextmanager
def _incoming(home: Home) -> Iterator[Path]:
    """A folder that no list shows, gone at the end unless it was renamed."""
    home.runs.mkdir(parents=True, exist_ok=True)
    _remove_abandoned(home)
    incoming = home.runs / f".{secrets.token_hex(8)}{_INCOMING}"
    incoming.mkdir()
    try:
        yield incoming
    finally:
        shutil.rmtree(incoming, ignore_errors=True)


def _remove_abandoned(home: Home) -> None:
    """Remove what a program that was killed has left, and nothing that another is writing."""
    for folder in home.runs.glob(f".*{_INCOMING}"):
        with contextlib.suppress(OSError):
            if time.time() - folder.stat().st_mtime > _ABANDONED_S:
                shutil.rmtree(folder, ignore_errors=True)


def _copy(source: Path, target: Path, *, ticker: Ticker, token: CancelToken) -> str:
    """Copy a file to the disk and give the SHA-256 of what was written."""
    digest = hashlib.sha256()
    with source.open("rb") as read, target.open("xb") as written:
        while piece := read.read(_MIB):
            token.raise_if_cancelled()
            digest.update(piece)
            written.write(piece)
            ticker.advance(len(piece))
        written.flush()
        os.fsync(written.fileno())
    return digest.hexdigest()


def _publish(incoming: Path, home: Home, given: str, record: RunRecord) -> Path:
    stem = given if _NAME.fullmatch(given) else _name_for(record)
    for number in range(1, 1000):
        target = home.runs / (stem if number == 1 else f"{stem}-{number}")
        if not target.exists() and target.name != DEFAULT_RUN:
            return incoming.rename(target)
    raise RunError(f"There are too many runs named {stem}.", "Delete some of them, and try again.")


def _name_for(record: RunRecord) -> str:
    """A name as `create_run` gives it; a stranger's preset is not trusted to be a plain word."""
    created = datetime.fromisoformat(record.created)
    preset = record.config.preset
    word = preset if _PRESET.fullmatch(preset) else "model"
    return f"{created:%Y%m%d-%H%M%S}_{word}"


def _damaged(folder: Path, why: str) -> RunError:
    return RunError(f"The model in {folder.name} cannot be added: {why}.", _GIVEN_ANEW)
