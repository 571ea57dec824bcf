"""The lab book: which runs there are, and the one of a name."""

import contextlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from training.errors import RunError
from training.home import Home
from training.resources import resource
from training.runs.notes import read_notes
from training.runs.run_folder import (
    DAMAGED,
    DEFAULT_RUN,
    FINISHED,
    ONNX_FILE,
    RECORD_FILE,
    damaged_record,
    read_record,
)

_FINGERPRINT_LETTERS = 12
_NUMBER, _NOTHING = (int, float), (type(None),)
_KINDS: Mapping[str, tuple[type, ...]] = {
    **dict.fromkeys(("preset", "dataset", "state", "created", "device"), (str,)),
    **dict.fromkeys(("epochs", "epochs_planned"), (int,)),
    "best_epoch": (int, *_NOTHING),
    "seconds": _NUMBER,
    **dict.fromkeys(
        ("val_accuracy", "test_accuracy", "val_log_loss", "test_log_loss"), (*_NUMBER, *_NOTHING)
    ),
}
"""What a line of a list is made of; a record that was written by hand may hold anything."""


@dataclass(frozen=True)
class RunInfo:
    """A run in one line, for lists.

    Attributes:
        run: The folder's name under `runs/`: the run's identity, whatever its title.
        folder: The folder.
        preset: The preset's key.
        dataset: The dataset's name.
        state: `FINISHED`, `UNFINISHED`, or `DAMAGED`.
        epochs: Epochs done.
        epochs_planned: Epochs that it was asked for.
        best_epoch: 0-based; None until there is one.
        val_accuracy: Of the best epoch's weights on all validation pictures, in [0, 1].
        test_accuracy: In [0, 1]; None until the run is evaluated on its test split.
        created: When it began, ISO 8601.
        title: What the user calls it; empty for nothing.
        notes: What the user wrote of it.
        starred: Whether the user marked it.
        device: What it computed on last, in words; empty where that is not known.
        seconds: Wall time of its epochs; 0 where that is not known.
        fingerprint: The beginning of its dataset's, enough to tell datasets apart.
        val_log_loss: Of the best epoch's weights on all validation pictures; None likewise.
        test_log_loss: None until the run is evaluated on its test split.
        problem: Why a damaged run cannot be used, and the next step; empty for any other.
    """

    run: str
    folder: Path
    preset: str
    dataset: str
    state: str
    epochs: int
    epochs_planned: int
    best_epoch: int | None
    val_accuracy: float | None
    test_accuracy: float | None
    created: str
    title: str = ""
    notes: str = ""
    starred: bool = False
    device: str = ""
    seconds: float = 0.0
    fingerprint: str = ""
    val_log_loss: float | None = None
    test_log_loss: float | None = None
    problem: str = ""


def run_info(folder: Path) -> RunInfo:
    """A run's folder in one line.

    Raises:
        RunError: Its record is missing or damaged.
    """
    record, said = read_record(folder), read_notes(folder)
    try:
        validation, test = record.metrics.get("validation", {}), record.metrics.get("test", {})
        info = RunInfo(
            run=folder.name,
            folder=folder,
            preset=record.config.preset,
            dataset=record.config.dataset,
            state=record.state,
            epochs=record.epochs_done,
            epochs_planned=record.config.epochs,
            best_epoch=record.best_epoch,
            val_accuracy=validation.get("accuracy"),
            test_accuracy=test.get("accuracy"),
            created=record.created,
            title=said.title,
            notes=said.notes,
            starred=said.starred,
            device=record.device,
            seconds=record.seconds,
            fingerprint=record.fingerprint[:_FINGERPRINT_LETTERS],
            val_log_loss=validation.get("log_loss"),
            test_log_loss=test.get("log_loss"),
        )
    except (AttributeError, TypeError) as error:
        raise damaged_record(folder) from error
    if not all(isinstance(getattr(info, name), kind) for name, kind in _KINDS.items()):
        raise damaged_record(folder)
    return info


def any_run_info(folder: Path) -> RunInfo:
    """A run's folder in one line, in the state `DAMAGED` where its record cannot be read."""
    try:
        return run_info(folder)
    except RunError as error:
        return _damaged_info(folder, error)


def list_runs(home: Home) -> list[RunInfo]:
    """All runs whose record can be read, newest first."""
    return [info for info in list_all_runs(home) if info.state != DAMAGED]


def list_all_runs(home: Home) -> list[RunInfo]:
    """All runs, newest first, and after them those whose record cannot be read."""
    newest_first = sorted(_infos(home), key=lambda info: (info.created, info.run), reverse=True)
    return sorted(newest_first, key=lambda info: info.state == DAMAGED)


def _infos(home: Home) -> Iterator[RunInfo]:
    if not home.runs.is_dir():
        return
    for folder in home.runs.iterdir():
        is_hidden = folder.name.startswith(".")  # the trash, or a run that is coming in
        if is_hidden or not (folder / RECORD_FILE).exists():
            continue
        with contextlib.suppress(FileNotFoundError):  # deleted meanwhile
            yield any_run_info(folder)


def _damaged_info(folder: Path, error: RunError) -> RunInfo:
    """What can be told without the record."""
    said = read_notes(folder)
    began = datetime.fromtimestamp(folder.stat().st_mtime, tz=UTC).astimezone()
    return RunInfo(
        run=folder.name,
        folder=folder,
        preset=folder.name.partition("_")[2] or folder.name,
        dataset="",
        state=DAMAGED,
        epochs=0,
        epochs_planned=0,
        best_epoch=None,
        val_accuracy=None,
        test_accuracy=None,
        created=began.isoformat(timespec="seconds"),
        title=said.title,
        notes=said.notes,
        starred=said.starred,
        problem=str(error),
    )


def open_run(home: Home, run: str) -> RunInfo:
    """The run of that name.

    Args:
        home: Where the runs are.
        run: The folder's name under `runs/`, `DEFAULT_RUN`, or the path of a run's folder.

    Raises:
        RunError: There is none, or its record is damaged.
    """
    return default_run() if run == DEFAULT_RUN else run_info(_folder_of(home, run))


def _folder_of(home: Home, run: str) -> Path:
    if run == DEFAULT_RUN:
        return resource(DEFAULT_RUN)
    named = home.runs / run
    folder = named if named.is_dir() else Path(run)
    if not (folder / RECORD_FILE).exists():
        known = ", ".join(info.run for info in list_runs(home)[:5]) or "none yet"
        raise RunError(f"There is no run “{run}”.", f"The newest runs are: {known}.")
    return folder.absolute()


def default_run() -> RunInfo:
    """The run that ships with the program.

    Raises:
        RunError: The installation lacks it.
    """
    folder = resource(DEFAULT_RUN)
    if not (folder / RECORD_FILE).is_file():
        raise RunError(
            "The model that ships with the program is not there.",
            "Install the program again, or choose a run of your own.",
        )
    return run_info(folder)


def find_finished(home: Home, run: str | None) -> RunInfo:
    """The finished run of that name, or the one that ships.

    Args:
        home: Where the runs are.
        run: The run's name; None for the one that ships.

    Raises:
        RunError: There is none, or it is not finished.
    """
    return require_finished(open_run(home, DEFAULT_RUN if run is None else run))


def own_folder(home: Home, run: str) -> Path:
    """The folder of the run of that name among the user's own, whatever its record holds.

    Raises:
        RunError: There is none, or it is the one that ships, or it lies elsewhere.
    """
    folder = _folder_of(home, run)
    if folder == resource(DEFAULT_RUN):
        raise RunError("The model that ships stays as it is.", "Choose a run of your own.")
    if folder.parent != home.runs.absolute():
        raise RunError(
            f"{run} lies outside the home folder.",
            "Add it to your runs first, or see to its folder yourself.",
        )
    return folder


def require_finished(info: RunInfo) -> RunInfo:
    """Refuse a run that has no model yet.

    Raises:
        RunError: It is unfinished.
    """
    if _has_model(info):
        return info
    raise RunError(
        f"The run {info.run} is not finished: it has no model yet.",
        "Resume it, or choose a finished run.",
    )


def _has_model(info: RunInfo) -> bool:
    return info.state == FINISHED and (info.folder / ONNX_FILE).is_file()
