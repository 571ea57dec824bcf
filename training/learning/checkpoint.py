"""All that a run needs to go on, in one file that is written whole or not at all."""

import contextlib
import dataclasses
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import keras
import numpy as np

from training.errors import NotANumberError, RunError
from training.events import EpochEnded
from training.learning.checkpoint_file import (
    EPOCH_ENTRY,
    POSITION_ENTRY,
    Array,
    damage_told,
    read_arrays,
    write_arrays,
)
from training.learning.pace import Pace, batches_at, change_pace, is_gathered
from training.runs.run_folder import CHECKPOINT_FOLDER, PREVIOUS_STATE_FILE, STATE_FILE

BEST_FILE = "best.npz"
PREVIOUS_BEST_FILE = "best.prev.npz"

_MODEL, _OPTIMIZER, _GATHERED, _METRICS = "model", "optimizer", "gathered", "metrics"
_HISTORY_ENTRY, _PACE_ENTRY = "history", "pace"


@dataclass(frozen=True)
class Position:
    """Where a run stands inside an epoch.

    Attributes:
        step: Steps of the epoch that are learned; 0 at its beginning.
        seconds: What they took.
        metrics: What the training metrics have gathered in them, an array a variable.
    """

    step: int = 0
    seconds: float = 0.0
    metrics: tuple[Array, ...] = ()


@dataclass(frozen=True)
class Checkpoint:
    """A checkpoint that was read and found whole.

    Attributes:
        history: The epochs that are done.
        position: How far the next one is.
        is_previous: Whether it is the one before the newest, which cannot be read.
        pace: The pace that it was written at; None in those of older versions.
        entries: The arrays of the file.
    """

    history: tuple[EpochEnded, ...]
    position: Position
    is_previous: bool
    pace: Pace | None
    entries: Mapping[str, Array] = dataclasses.field(repr=False)

    def position_at(self, pace: Pace) -> Position:
        """The position, in steps of a run that goes on at some pace."""
        if self.pace is None:
            return self.position
        step = batches_at(self.position.step, self.pace.accumulation, pace.accumulation)
        return dataclasses.replace(self.position, step=step)

    def restore(self, network: keras.Model, pace: Pace) -> None:
        """Put weights, optimizer and random states back into a compiled network of its kind.

        Args:
            network: It was compiled for the pace.
            pace: The one to go on at.

        Raises:
            RunError: The checkpoint belongs to another network.
        """
        optimizer = network.optimizer
        optimizer.build(network.trainable_variables)
        _assign(_MODEL, network.variables, self.entries)
        _assign(_OPTIMIZER, _settled(optimizer), self.entries)
        if f"{_GATHERED}/0" in self.entries:
            _assign(_GATHERED, list(filter(is_gathered, optimizer.variables)), self.entries)
        if self.pace is not None:
            change_pace(optimizer.variables, self.pace, pace)


def save_state(
    folder: Path,
    network: keras.Model,
    history: Sequence[EpochEnded],
    position: Position = Position(),
    *,
    pace: Pace | None = None,
) -> None:
    """Write weights, optimizer, the states of the random generators, history and position.

    The checkpoint that was there becomes the previous one. The order of the pictures needs no
    saving: it follows from the seed and the step.

    Args:
        folder: The run's.
        network: Compiled, and it has learned so far and no further.
        history: The epochs that are done.
        position: How far the next one is.
        pace: The run's; it goes on as it is unless given.

    Raises:
        NotANumberError: A weight, or what the optimizer knows of it, is no number; the checkpoint
            that was there stays.
        OSError: The disk is full, say; the checkpoint that was there is still whole.
    """
    gathered = filter(is_gathered, network.optimizer.variables)
    entries = _entries(_MODEL, network.variables)
    entries |= _entries(_OPTIMIZER, _settled(network.optimizer))
    entries |= _entries(_GATHERED, list(gathered))
    _require_numbers(entries.values(), epoch=len(history))
    entries |= _entries(_METRICS, position.metrics)
    entries[_HISTORY_ENTRY] = _as_bytes([dataclasses.asdict(epoch) for epoch in history])
    entries[POSITION_ENTRY] = _as_bytes({"step": position.step, "seconds": position.seconds})
    if pace is not None:
        entries[_PACE_ENTRY] = _as_bytes(dataclasses.asdict(pace))
    write_arrays(_file(folder, STATE_FILE), entries, previous=_file(folder, PREVIOUS_STATE_FILE))


def read_checkpoint(folder: Path) -> Checkpoint:
    """The newest checkpoint of a run, or where that is damaged the one before it.

    Raises:
        RunError: There is none, or none that can be read.
    """
    try:
        return _checkpoint(_file(folder, STATE_FILE), is_previous=False)
    except RunError:
        previous = _file(folder, PREVIOUS_STATE_FILE)
        if not previous.is_file():
            raise
        return _checkpoint(previous, is_previous=True)


def drop_damaged(folder: Path) -> None:
    """Let the previous checkpoint take the place of a damaged one, which the next would keep."""
    _file(folder, PREVIOUS_STATE_FILE).replace(_file(folder, STATE_FILE))


def save_best(folder: Path, network: keras.Model, epoch: int) -> None:
    """Write the weights alone, as the best so far; those before them are kept as well.

    Args:
        folder: The run's.
        network: It has learned that epoch and nothing since.
        epoch: 0-based.
    """
    entries = _entries(_MODEL, network.variables) | {EPOCH_ENTRY: np.asarray(epoch)}
    write_arrays(_file(folder, BEST_FILE), entries, previous=_file(folder, PREVIOUS_BEST_FILE))


def restore_best(folder: Path, network: keras.Model, epoch: int | None) -> bool:
    """Put the best weights back.

    A run that went on from its previous checkpoint may have gone back behind its best epoch; then
    the best before that one counts.

    Args:
        folder: The run's.
        network: Of the run's kind.
        epoch: 0-based best epoch; None where none is done.

    Returns:
        Whether there were any; if not, the network is as it was.

    Raises:
        RunError: They are damaged.
    """
    if epoch is None:
        return False
    for name in (BEST_FILE, PREVIOUS_BEST_FILE):
        with contextlib.suppress(RunError):
            entries = read_arrays(_file(folder, name))
            if int(entries.get(EPOCH_ENTRY, epoch)) == epoch:  # older versions named none
                _assign(_MODEL, network.variables, entries)
                return True
    raise RunError(f"The best weights of the run {folder.name} are damaged.", "Start a new run.")


def _file(folder: Path, name: str) -> Path:
    return folder / CHECKPOINT_FOLDER / name


def _checkpoint(file: Path, *, is_previous: bool) -> Checkpoint:
    entries = read_arrays(file)
    with damage_told(file):
        place = _from_bytes(entries[POSITION_ENTRY]) if POSITION_ENTRY in entries else {}
        return Checkpoint(
            history=tuple(EpochEnded(**row) for row in _from_bytes(entries[_HISTORY_ENTRY])),
            position=Position(**place, metrics=tuple(_group(_METRICS, entries))),
            is_previous=is_previous,
            pace=Pace(**_from_bytes(entries[_PACE_ENTRY])) if _PACE_ENTRY in entries else None,
            entries=entries,
        )


def _settled(optimizer: keras.Optimizer) -> list[Any]:
    """An optimizer's variables without those that hold gradients until their change is due."""
    return [variable for variable in optimizer.variables if not is_gathered(variable)]


def _as_bytes(facts: object) -> Array:
    return np.frombuffer(json.dumps(facts).encode(), dtype=np.uint8)


def _from_bytes(entry: Array) -> Any:  # noqa: ANN401 - whatever JSON holds
    return json.loads(entry.tobytes().decode())


def _entries(group: str, variables: Sequence[Any]) -> dict[str, Array]:
    return {f"{group}/{place}": np.asarray(each) for place, each in enumerate(variables)}


def _group(group: str, entries: Mapping[str, Array]) -> Iterator[Array]:
    place = 0
    while (value := entries.get(f"{group}/{place}")) is not None:
        yield value
        place += 1


def _require_numbers(arrays: Iterable[Array], *, epoch: int) -> None:
    for array in arrays:
        if array.dtype.kind == "f" and not np.isfinite(array).all():
            raise NotANumberError(
                f"A weight is no longer a number in epoch {epoch + 1}.",
                "Choose a smaller learning rate; what was learned before is kept.",
            )


def _assign(group: str, variables: Sequence[Any], entries: Mapping[str, Array]) -> None:
    values = [entries.get(f"{group}/{place}") for place in range(len(variables))]
    for variable, value in zip(variables, values, strict=True):
        if value is None or value.shape != tuple(variable.shape):
            raise RunError(
                "The checkpoint belongs to another network than the run's settings say.",
                "Start a new run.",
            )
    for variable, value in zip(variables, values, strict=True):
        variable.assign(value)
