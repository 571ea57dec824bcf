"""All that a run needs to go on, in one file that is written whole or not at all."""

import dataclasses
import json
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import keras
import numpy as np

from training import atomic
from training.errors import RunError
from training.events import EpochEnded
from training.runs.run_folder import CHECKPOINT_FOLDER, STATE_FILE

BEST_FILE = "best.npz"

_HISTORY_ENTRY = "history"
_MODEL, _OPTIMIZER = "model", "optimizer"


def save_state(folder: Path, network: keras.Model, history: Sequence[EpochEnded]) -> None:
    """Write weights, optimizer, the states of the random generators, and the history.

    The order of the pictures needs no saving: it follows from the seed and the step.

    Raises:
        OSError: The disk is full, say; the checkpoint that was there is still whole.
    """
    entries = _entries(_MODEL, network.variables)
    entries |= _entries(_OPTIMIZER, network.optimizer.variables)
    text = json.dumps([dataclasses.asdict(epoch) for epoch in history])
    entries[_HISTORY_ENTRY] = np.frombuffer(text.encode(), dtype=np.uint8)
    _write(folder / CHECKPOINT_FOLDER / STATE_FILE, entries)


def saved_history(folder: Path) -> tuple[EpochEnded, ...]:
    """The epochs that the checkpoint counts as done.

    Raises:
        RunError: There is no checkpoint, or it is damaged.
    """
    text = _read(folder / CHECKPOINT_FOLDER / STATE_FILE)[_HISTORY_ENTRY].tobytes().decode()
    return tuple(EpochEnded(**row) for row in json.loads(text))


def restore_state(folder: Path, network: keras.Model) -> None:
    """Put back what `save_state` wrote into a compiled network of the same kind.

    Raises:
        RunError: There is no checkpoint, it is damaged, or it belongs to another network.
    """
    network.optimizer.build(network.trainable_variables)
    entries = _read(folder / CHECKPOINT_FOLDER / STATE_FILE)
    _assign(_MODEL, network.variables, entries)
    _assign(_OPTIMIZER, network.optimizer.variables, entries)


def save_best(folder: Path, network: keras.Model) -> None:
    """Write the weights alone, as the best so far."""
    _write(folder / CHECKPOINT_FOLDER / BEST_FILE, _entries(_MODEL, network.variables))


def restore_best(folder: Path, network: keras.Model) -> bool:
    """Put the best weights back.

    Returns:
        Whether there were any; if not, the network is as it was.

    Raises:
        RunError: They are damaged.
    """
    file = folder / CHECKPOINT_FOLDER / BEST_FILE
    if not file.is_file():
        return False
    _assign(_MODEL, network.variables, _read(file))
    return True


def _entries(group: str, variables: Sequence[Any]) -> dict[str, np.ndarray[Any, Any]]:
    return {f"{group}/{place}": np.asarray(each) for place, each in enumerate(variables)}


def _write(file: Path, entries: dict[str, np.ndarray[Any, Any]]) -> None:
    with atomic.replacing(file) as temporary, temporary.open("wb") as target:
        np.savez(target, **entries)  # type: ignore[arg-type]


def _read(file: Path) -> dict[str, np.ndarray[Any, Any]]:
    try:
        with np.load(file, allow_pickle=False) as stored:
            return {name: stored[name] for name in stored.files}
    except FileNotFoundError as error:
        raise RunError(
            f"The run {file.parent.parent.name} has no checkpoint to go on from.",
            "Start a new run.",
        ) from error
    except (OSError, ValueError, EOFError, zipfile.BadZipFile) as error:
        raise RunError(
            f"The checkpoint of the run {file.parent.parent.name} is damaged.",
            "Start a new run.",
        ) from error


def _assign(group: str, variables: Sequence[Any], entries: dict[str, np.ndarray[Any, Any]]) -> None:
    values = [entries.get(f"{group}/{place}") for place in range(len(variables))]
    for variable, value in zip(variables, values, strict=True):
        if value is None or value.shape != tuple(variable.shape):
            raise RunError(
                "The checkpoint belongs to another network than the run's settings say.",
                "Start a new run.",
            )
    for variable, value in zip(variables, values, strict=True):
        variable.assign(value)
