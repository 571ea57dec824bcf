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

IMPORTED = "imported"
"""Instead of a preset: the run was not trained here, its model came as a file."""

FINISHED = "finished"
UNFINISHED = "unfinished"

DAMAGED = "damaged"
"""Of a run whose record cannot be read; no record says so."""


@dataclass(frozen=True)
class RunRecord:
    """What `run.json` holds.

    Attributes:
        config: What the run was asked to do.
        created: When it began, ISO 8601 with the offset from UTC.
        fingerprint: The split's, see `Catalog.split_fingerprint`.
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
        origin: Where an imported model comes from, in words; empty for one that was trained.
        recovered: What it recovered from by itself, in order: names of rows of
            `training.learning.recovering.RECOVERIES`.
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
    origin: str = ""
    recovered: tuple[str, ...] = ()
    schema: int = SCHEMA_VERSION


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
        values["recovered"] = tuple(values.get("recovered", ()))
        if values.get("judgement") is not None:
            values["judgement"] = Judgement.from_facts(values["judgement"])
        return RunRecord(**values)
    except OSError as error:
        raise RunError(
            f"The run {folder.name} cannot be read ({error.strerror}).", "Choose another run."
        ) from error
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise damaged_record(folder) from error


def damaged_record(folder: Path) -> RunError:
    """What is said of a record that holds what no run has."""
    return RunError(
        f"The record of the run {folder.name} is damaged.", "Choose another run, or delete it."
    )


def has_checkpoint(folder: Path) -> bool:
    """Whether the run can be resumed: something that it learned was written down."""
    files = (STATE_FILE, PREVIOUS_STATE_FILE)
    return any((folder / CHECKPOINT_FOLDER / name).is_file() for name in files)


def record_metrics(folder: Path, split: str, figures: Mapping[str, float]) -> None:
    """Add the figures of one split to the run's record."""
    if folder == resource(DEFAULT_RUN):
        return  # what ships is as it is; its model card has its figures
    record = read_record(folder)
    metrics = {**record.metrics, split: dict(figures)}
    write_record(folder, dataclasses.replace(record, metrics=metrics))


def spoken(run: str) -> str:
    """What a sentence calls the run of that name."""
    return "the model that ships" if run == DEFAULT_RUN else run
