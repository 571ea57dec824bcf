"""What a run starts from, where that is a file: another run's model, or weights of the user's own.

A copy of it goes into the run's checkpoint folder, so that the run can go on after the file is
moved, changed or deleted.
"""

import dataclasses
import shutil
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from training import atomic
from training.config import SIZE_OF_SOURCE, TrainingConfig
from training.dataset.catalog import CLASSES
from training.dataset.decode import PREPROCESSING_ID
from training.errors import ConfigError, RunError
from training.home import Home
from training.learning.choices import START_FROM, WEIGHTS_FILE
from training.runs.lab_book import find_finished
from training.runs.run_folder import CHECKPOINT_FOLDER, KERAS_FILE, read_record

_KERAS_3_SUFFIX, _SUFFIX = ".weights.h5", ".h5"
_KEPT_STEM = "start"


@dataclass(frozen=True)
class Start:
    """What a run starts from.

    Attributes:
        config: The run's settings, with what follows from the start filled in.
        file: The file; None where the run needs none.
        sha256: Of its bytes; empty where there is none.
    """

    config: TrainingConfig
    file: Path | None = None
    sha256: str = ""


def find_start(config: TrainingConfig, takes: Collection[str], home: Home) -> Start:
    """Find what a new run starts from.

    Args:
        config: The settings, checked.
        takes: Which settings the preset looks at, see `training.learning.choices`.
        home: Where the runs are.

    Raises:
        ConfigError: The file of weights is not there or is none, or another image size was asked
            for than the source has.
        RunError: There is no such run, it is not finished, or it is of another kind.
    """
    if START_FROM in takes:
        return _from_run(config, home)
    if config.weights_file:
        return _from_weights(config)
    return Start(config)


def keep_start(start: Start, folder: Path) -> None:
    """Copy what a run starts from into the run's folder.

    Raises:
        OSError: The disk is full, say.
    """
    if start.file is not None:
        shutil.copyfile(start.file, _kept_file(start.config, folder))


def kept_start(config: TrainingConfig, folder: Path) -> Path | None:
    """The copy that `keep_start` made; None for a run that needs none.

    Raises:
        RunError: It is gone.
    """
    if not config.weights_file and not config.start_from:
        return None
    file = _kept_file(config, folder)
    if not file.is_file():
        raise RunError(
            f"The run {folder.name} has lost the file that it started from ({file.name}).",
            "Start a new run.",
        )
    return file


def _from_run(config: TrainingConfig, home: Home) -> Start:
    info = find_finished(home, config.start_from or None)
    record, file = read_record(info.folder), info.folder / KERAS_FILE
    if not file.is_file():
        raise RunError(
            f"The run {info.run} has no {KERAS_FILE} to go on from.", "Choose another run."
        )
    if tuple(record.class_names) != CLASSES or record.preprocessing != PREPROCESSING_ID:
        raise RunError(
            f"The run {info.run} learned from pictures that were read otherwise, or of other "
            "classes, than this version's.",
            "Choose a run of this version.",
        )
    size = record.config.image_size
    if config.image_size not in (SIZE_OF_SOURCE, size):
        raise ConfigError(
            "image_size",
            f"The network of the run {info.run} takes pictures of {size} x {size} pixels.",
            "Leave the image size out: it goes on with its own.",
        )
    settled = dataclasses.replace(config, start_from=info.run, image_size=size)
    return Start(settled, file, atomic.sha256_of(file))


def _from_weights(config: TrainingConfig) -> Start:
    file = Path(config.weights_file).expanduser().absolute()
    if file.suffix != _SUFFIX:
        raise ConfigError(
            WEIGHTS_FILE,
            f"“{file.name}” is no file of weights that Keras reads.",
            f"Choose one whose name ends in {_SUFFIX}.",
        )
    if not file.is_file():
        raise ConfigError(
            WEIGHTS_FILE,
            f"There is no file of weights {file}.",
            "Choose the file again, or leave it out: then Keras' weights are used.",
        )
    settled = dataclasses.replace(config, weights_file=str(file))
    return Start(settled, file, atomic.sha256_of(file))


def _kept_file(config: TrainingConfig, folder: Path) -> Path:
    """Keras chooses how it reads a file by its suffix."""
    suffix = Path(KERAS_FILE).suffix
    if config.weights_file:
        suffix = _KERAS_3_SUFFIX if config.weights_file.endswith(_KERAS_3_SUFFIX) else _SUFFIX
    return folder / CHECKPOINT_FOLDER / f"{_KEPT_STEM}{suffix}"
