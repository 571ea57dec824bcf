"""A run's history as event files, which TensorBoard draws; without TensorBoard's package."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from training import atomic
from training.cancellation import CancelToken
from training.errors import RunError
from training.events import EpochEnded, EventSink
from training.learning.devices import load_tensorflow
from training.runs.history import read_history
from training.runs.run_folder import read_record

if TYPE_CHECKING:
    import tensorflow as tf

SCALARS = ("loss", "accuracy", "val_loss", "val_accuracy")
"""What is written of each epoch, by Keras' names."""

_FORMAT = "brain.Event:2"
"""The first event of a file says so (TensorFlow, `core/util/events_writer.cc`)."""


@dataclass(frozen=True)
class EventFile:
    """What was written.

    Attributes:
        path: The file.
        epochs: How many epochs are in it.
    """

    path: Path
    epochs: int


def write_event_file(
    folder: Path, output: Path, *, emit: EventSink, token: CancelToken
) -> EventFile:
    """Write a run's history where TensorBoard finds it: `tensorboard --logdir OUTPUT`.

    The file lies in a folder of the run's name, so that several runs lie side by side; written
    again, it takes its own place. Steps are epochs, 0-based as in Keras. An event's time is that
    of the run's beginning and its epochs' own durations; breaks are not in it.

    Args:
        folder: The run's.
        output: The folder to write into; it is made where it is missing.
        emit: Told that TensorFlow is loaded.
        token: Checked once it is.

    Raises:
        Cancelled: The user cancelled; nothing is written.
        RunError: The run has no epochs, or its record or history is damaged.
        OSError: The file cannot be written.
    """
    began = _began(folder)
    history = read_history(folder)
    if not history:
        raise RunError(
            f"The run {folder.name} has no epochs to write.", "Choose one that has learned."
        )
    load_tensorflow(emit)
    token.raise_if_cancelled()
    target = output / folder.name / f"events.out.tfevents.{began:.0f}.catdog"
    target.parent.mkdir(parents=True, exist_ok=True)
    with atomic.replacing(target) as temporary:
        _write(temporary, began, history)
    return EventFile(target, len(history))


def _began(folder: Path) -> float:
    """When the run began, in seconds since 1970."""
    created = read_record(folder).created
    try:
        return datetime.fromisoformat(created).timestamp()
    except (ValueError, OverflowError, OSError) as error:
        raise RunError(
            f"The run {folder.name} does not say when it began.", "Choose another run."
        ) from error


def _write(path: Path, began: float, history: tuple[EpochEnded, ...]) -> None:
    import tensorflow as tf

    with tf.io.TFRecordWriter(str(path)) as records:
        for event in _events(began, history):
            records.write(event.SerializeToString())


def _events(began: float, history: tuple[EpochEnded, ...]) -> "Iterator[tf.compat.v1.Event]":
    import tensorflow as tf

    yield tf.compat.v1.Event(wall_time=began, file_version=_FORMAT)
    wall_time = began
    for epoch in history:
        wall_time += epoch.seconds
        values = [
            tf.compat.v1.Summary.Value(tag=name, simple_value=getattr(epoch, name))
            for name in SCALARS
        ]
        summary = tf.compat.v1.Summary(value=values)
        yield tf.compat.v1.Event(wall_time=wall_time, step=epoch.epoch, summary=summary)
