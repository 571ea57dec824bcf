"""A run's folder: the settings, the history and the files of one training, read and written."""

import dataclasses
import json
import shutil
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from training import atomic
from training.config import TrainingConfig
from training.errors import RunError
from training.home import Home
from training.resources import resource
from training.runs.judgement import Judgement

SCHEMA_VERSION = 1
RECORD_FILE = "run.json"
KERAS_FILE = "model.keras"
ONNX_FILE = "model.onnx"
CENTRES_FILE = "familiar.npz"
CHECKPOINT_FOLDER = "checkpoint"
STATE_FILE = "state.npz"
PREVIOUS_STATE_FILE = "state.prev.npz"

DEFAULT_RUN = "default"
"""The name of the run that ships with the program."""

FINISHED = "finished"
UNFINISHED = "unfinished"


@dataclass(frozen=True)
class RunRecord:
    """What `run.json` holds.

    Attributes:
        config: What the run was asked to do.
        created: When it began, ISO 8601 with the offset from UTC.
        fingerprint: The dataset's, see `Catalog.fingerprint`.
        class_names: The classes, in the order of the network's targets.
        preprocessing: The decode that its pictures came through.
        versions: The version of each library that has a say in the result.
        state: `FINISHED` once its model is saved and checked, else `UNFINISHED`.
        epochs_done: Epochs that its history holds.
        best_epoch: 0-based epoch whose weights the model has; None until there is one.
        metrics: Figures by split, such as `{"validation": {"accuracy": 0.81}}`.
        files: The sha256 of each file that the run is made of.
        judgement: How far its answers can be believed; None until it is finished, and in runs of
            versions before this was measured.
        start_sha256: Of the file that it starts from, a run's model or a user's weights; empty
            for none.
        device: What it computed on last, in words; empty in runs of older versions.
        seconds: Wall time of its epochs so far, breaks left out.
        ended: Why it learns no further, the name of a member of `training.runs.curve.Ended`; empty
            while it is unfinished, and in runs of older versions.
        schema: The version of this form.
    """

    config: TrainingConfig
    created: str
    fingerprint: str
    class_names: tuple[str, ...]
    preprocessing: str
    versions: Mapping[str, str]
    state: str = UNFINISHED
    epochs_done: int = 0
    best_epoch: int | None = None
    metrics: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)
    judgement: Judgement | None = None
    start_sha256: str = ""
    device: str = ""
    seconds: float = 0.0
    ended: str = ""
    schema: int = SCHEMA_VERSION


@dataclass(frozen=True)
class RunInfo:
    """A run in one line, for lists.

    Attributes:
        run: The folder's name under `runs/`.
        folder: The folder.
        preset: The preset's key.
        dataset: The dataset's name.
        state: `FINISHED` or `UNFINISHED`.
        epochs: Epochs done.
        epochs_planned: Epochs that it was asked for.
        best_epoch: 0-based; None until there is one.
        val_accuracy: Of the best epoch's weights on all validation pictures, in [0, 1].
        test_accuracy: In [0, 1]; None until the run is evaluated on its test split.
        created: When it began, ISO 8601.
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


def create_run(home: Home, record: RunRecord) -> Path:
    """Make the folder of a new run and write its record.

    Returns:
        The folder, named by the time and the preset.
    """
    stem = f"{time.strftime('%Y%m%d-%H%M%S')}_{record.config.preset}"
    home.runs.mkdir(parents=True, exist_ok=True)
    for number in range(1, 1000):
        folder = home.runs / (stem if number == 1 else f"{stem}-{number}")
        try:
            folder.mkdir()
        except FileExistsError:
            continue
        try:
            (folder / CHECKPOINT_FOLDER).mkdir()
            write_record(folder, record)
        except OSError:  # the disk is full, say: a folder without a record is no run
            shutil.rmtree(folder, ignore_errors=True)
            raise
        return folder
    raise RunError("The runs folder has too many runs of this second.", "Try again.")


def write_record(folder: Path, record: RunRecord) -> None:
    """Replace the run's record, whole or not at all."""
    atomic.write_text(folder / RECORD_FILE, json.dumps(dataclasses.asdict(record), indent=2))


def read_record(folder: Path) -> RunRecord:
    """Read the run's record.

    Raises:
        RunError: It is missing, damaged, or written by a newer version of the program.
    """
    try:
        values = json.loads((folder / RECORD_FILE).read_text(encoding="utf-8"))
        schema = int(values["schema"])
        if schema > SCHEMA_VERSION:
            raise RunError(
                f"The run {folder.name} was made by a newer version of the program.",
                "Update the program to open it.",
            )
        values["config"] = TrainingConfig(**values["config"])
        values["class_names"] = tuple(values["class_names"])
        if values.get("judgement") is not None:
            values["judgement"] = Judgement.from_facts(values["judgement"])
        return RunRecord(**values)
    except OSError as error:
        raise RunError(
            f"The run {folder.name} cannot be read ({error.strerror}).", "Choose another run."
        ) from error
    except (ValueError, KeyError, TypeError) as error:
        raise RunError(
            f"The record of the run {folder.name} is damaged.", "Choose another run, or delete it."
        ) from error


def run_info(folder: Path) -> RunInfo:
    """A run's folder in one line.

    Raises:
        RunError: Its record is missing or damaged.
    """
    record = read_record(folder)
    return RunInfo(
        run=folder.name,
        folder=folder,
        preset=record.config.preset,
        dataset=record.config.dataset,
        state=record.state,
        epochs=record.epochs_done,
        epochs_planned=record.config.epochs,
        best_epoch=record.best_epoch,
        val_accuracy=record.metrics.get("validation", {}).get("accuracy"),
        test_accuracy=record.metrics.get("test", {}).get("accuracy"),
        created=record.created,
    )


def has_checkpoint(folder: Path) -> bool:
    """Whether the run can be resumed: something that it learned was written down."""
    files = (STATE_FILE, PREVIOUS_STATE_FILE)
    return any((folder / CHECKPOINT_FOLDER / name).is_file() for name in files)


def list_runs(home: Home) -> list[RunInfo]:
    """All runs whose record can be read, newest first."""
    if not home.runs.is_dir():
        return []
    found = []
    for folder in home.runs.iterdir():
        if folder.name.startswith("."):
            continue  # a run that is being deleted
        try:
            found.append(run_info(folder))
        except RunError:
            continue  # a folder that is no run, or a damaged one: nothing to list
    return sorted(found, key=lambda info: (info.created, info.run), reverse=True)


def open_run(home: Home, run: str) -> RunInfo:
    """The run of that name.

    Args:
        home: Where the runs are.
        run: The folder's name under `runs/`, `DEFAULT_RUN`, or the path of a run's folder.

    Raises:
        RunError: There is none, or its record is damaged.
    """
    if run == DEFAULT_RUN:
        return default_run()
    named = home.runs / run
    folder = named if named.is_dir() else Path(run)
    if not (folder / RECORD_FILE).is_file():
        known = ", ".join(info.run for info in list_runs(home)[:5]) or "none yet"
        raise RunError(f"There is no run “{run}”.", f"The newest runs are: {known}.")
    return run_info(folder.absolute())


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


def record_metrics(folder: Path, split: str, figures: Mapping[str, float]) -> None:
    """Add the figures of one split to the run's record."""
    if folder == resource(DEFAULT_RUN):
        return  # what ships is as it is; its model card has its figures
    record = read_record(folder)
    metrics = {**record.metrics, split: dict(figures)}
    write_record(folder, dataclasses.replace(record, metrics=metrics))


def delete_run(home: Home, run: str) -> None:
    """Delete a run and all its files.

    Raises:
        RunError: There is none of that name under the home's runs.
    """
    if run == DEFAULT_RUN:
        raise RunError("The model that ships is not to be deleted.", "Choose a run of your own.")
    info = open_run(home, run)
    if info.folder.parent != home.runs.absolute():
        raise RunError(f"{run} lies outside the home folder.", "Delete its folder yourself.")
    leaving = info.folder.with_name(f".{info.run}.partial")
    info.folder.rename(leaving)  # from here on it is no run, whatever interrupts
    shutil.rmtree(leaving)
    for abandoned in home.runs.glob(".*.partial"):
        shutil.rmtree(abandoned, ignore_errors=True)


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
