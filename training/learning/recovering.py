"""What a training recovers from by itself: it goes on from its last checkpoint, set otherwise."""

import dataclasses
import gc
import math
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from training.config import TrainingConfig
from training.errors import NotANumberError, OutOfMemoryError, TrainingError
from training.events import Noticed
from training.learning.breaking_off import told_in_words
from training.learning.pace import batches_at
from training.learning.recipes import Tools
from training.runs.run_folder import RunRecord, has_checkpoint, read_record, write_record

LOWERED_TO = 0.1
"""What is left of the learning rate. It is a step of the scale on which rates are looked for, and
what Keras' own `ReduceLROnPlateau` does unless told otherwise; half of a rate that is too high is
often too high still, and there is one try."""

Learned = TypeVar("Learned")


@dataclass(frozen=True)
class Recovery:
    """A row: a fault, and how a training goes on after it.

    Attributes:
        name: What the run's record calls it.
        fault: What broke the training off.
        most: How often one run recovers so; then the fault ends it, in its own words.
        change: Gives the settings to go on with; None where there are none.
        words: Says what is otherwise now, from the settings before and after.
    """

    name: str
    fault: type[TrainingError]
    most: int
    change: Callable[[TrainingConfig], TrainingConfig | None]
    words: Callable[[TrainingConfig, TrainingConfig], str]


def recovering(
    attempt: Callable[[TrainingConfig], Learned], config: TrainingConfig, folder: Path, tools: Tools
) -> Learned:
    """Try to learn until it succeeds, or until nothing is left to recover from.

    Args:
        attempt: Learns with the settings that it is given, from the last checkpoint on. It must
            leave nothing behind that holds a network: the next one needs the memory.
        config: The run's settings.
        folder: Its folder.
        tools: Who is told, and the user's wish to end it.

    Returns:
        What the attempt returned.

    Raises:
        Cancelled: The user ended it.
        TrainingError: It cannot go on; its last checkpoint can be resumed.
    """
    while True:
        try:
            with told_in_words(folder):
                return attempt(config)
        except TrainingError as error:
            config = _recover(error, config, folder, tools)
        # The error is gone now, and with it all that its traceback held. Keras' clear_session
        # would free no more, and would forget the precision that the run computes with.
        gc.collect()
        tools.token.raise_if_cancelled()


def halved(config: TrainingConfig) -> TrainingConfig | None:
    """Settings with batches of half the size, twice as many, and as many pictures a change.

    Where the size is odd, the number of pictures a change stays as near as it can.

    Returns:
        None for batches of one picture.
    """
    size = config.batch_size // 2
    if size == 0:
        return None
    old = config.accumulation
    new = round(config.batch_size * old / size)
    return dataclasses.replace(
        config,
        batch_size=size,
        accumulation=new,
        steps_per_epoch=batches_at(config.steps_per_epoch, old, new),
        validation_steps=math.ceil(config.validation_steps * config.batch_size / size),
    )


def lowered(config: TrainingConfig) -> TrainingConfig:
    """Settings with a lower learning rate."""
    return dataclasses.replace(config, learning_rate=config.learning_rate * LOWERED_TO)


def _halved_words(old: TrainingConfig, new: TrainingConfig) -> str:
    before, after = (one.batch_size * one.accumulation for one in (old, new))
    nearly = "" if before == after else f", {after:,} pictures instead of {before:,}"
    return (
        f"The batches have {new.batch_size:,} pictures now instead of {old.batch_size:,}; the "
        f"weights change after every {new.accumulation:,} of them{nearly}."
    )


def _lowered_words(old: TrainingConfig, new: TrainingConfig) -> str:
    return f"The learning rate is {new.learning_rate:g} now instead of {old.learning_rate:g}."


RECOVERIES = (
    Recovery("memory", OutOfMemoryError, 5, halved, _halved_words),
    Recovery("number", NotANumberError, 1, lowered, _lowered_words),
)
"""All else ends a training or pauses it, see `training.learning.breaking_off`."""


def _recover(
    error: TrainingError, config: TrainingConfig, folder: Path, tools: Tools
) -> TrainingConfig:
    """The settings to go on with, which the run's record has from now on.

    Raises:
        TrainingError: The very error, where no row helps.
    """
    record = read_record(folder)
    row = _row_for(error, record)
    changed = row.change(config) if row is not None else None
    if row is None or changed is None:
        raise error
    recovered = (*record.recovered, row.name)
    with told_in_words(folder):
        write_record(folder, dataclasses.replace(record, config=changed, recovered=recovered))
    tools.emit(Noticed(f"{error.message} {_whence(folder)} {row.words(config, changed)}"))
    return changed


def _row_for(error: TrainingError, record: RunRecord) -> Recovery | None:
    rows = (row for row in RECOVERIES if isinstance(error, row.fault))
    return next((row for row in rows if record.recovered.count(row.name) < row.most), None)


def _whence(folder: Path) -> str:
    if has_checkpoint(folder):
        return "The training goes on from its last checkpoint."
    return "The training begins again."
