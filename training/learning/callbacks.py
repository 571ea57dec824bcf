"""The two callbacks between Keras and a job: one translates, one stops."""

import math
import time
from collections.abc import Callable, Mapping
from typing import Any

import keras

from training.cancellation import CancelToken
from training.errors import NotANumberError
from training.events import EpochEnded, EventSink, Interlude, Stage, StageStarted, StepEnded
from training.learning.checkpoint import Position
from training.learning.teaching import LOG_LOSS
from training.runs.curve import Ended

_TICK_S = 0.05


class FinishNow(Exception):  # noqa: N818 - it is no error: it is what the user asked for
    """Raised inside `fit` to end a training with its best model; says in a sentence why.

    Attributes:
        ended: Why it learns no further.
    """

    ended = Ended.FINISH_NOW


class Stopper(keras.callbacks.Callback):
    """Leaves `fit` before the next batch, of training or validation, when the user says so.

    Keras' own `stop_training` would still run the whole validation and report the partial epoch.
    """

    def __init__(self, token: CancelToken) -> None:
        super().__init__()
        self._token = token

    def on_train_batch_begin(self, batch: int, logs: object = None) -> None:  # noqa: ARG002
        """See the class."""
        self._stop_if_asked()

    def on_test_batch_begin(self, batch: int, logs: object = None) -> None:  # noqa: ARG002
        """See the class."""
        self._stop_if_asked()

    def _stop_if_asked(self) -> None:
        self._token.raise_if_cancelled()
        if self._token.is_finishing:
            raise FinishNow("Training ends here; the best epoch is kept.")


class Translator(keras.callbacks.Callback):
    """Turns what Keras reports into events, and hands each whole epoch on to be kept.

    Args:
        emit: Where the events go.
        training_stage: Told at the first batch's end: until then TensorFlow traces the network.
        pictures_per_epoch: Training pictures in an epoch, repeats included.
        validation_steps: Batches that judge an epoch.
        resumed: Where the first epoch goes on.
        keep: Called with each epoch before it is reported, to write it down.
        clock: Seconds, monotonic.
    """

    def __init__(
        self,
        emit: EventSink,
        training_stage: StageStarted,
        *,
        pictures_per_epoch: int,
        validation_steps: int,
        resumed: Position,
        keep: Callable[[EpochEnded], None],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__()
        self._emit = emit
        self._stage: StageStarted | None = training_stage
        self._pictures_per_epoch = pictures_per_epoch
        self._validation_steps = validation_steps
        self._resumed = resumed
        self._first_step = 0
        self._keep = keep
        self._clock = clock
        self._epoch = 0
        self._began = self._trained = self._told = clock()

    def on_train_begin(self, logs: object = None) -> None:  # noqa: ARG002
        """The network is about to be traced, unless it was for the epoch that was broken off."""
        if self._stage is not None:
            self._emit(StageStarted(Stage.TRACING, interruptible=False))

    def on_epoch_begin(self, epoch: int, logs: object = None) -> None:  # noqa: ARG002
        """An epoch begins."""
        place, self._resumed = self._resumed, Position()
        self._epoch = epoch
        self._first_step = place.step
        self._trained = self._clock()
        self._began = self._trained - place.seconds

    def on_train_batch_end(self, batch: int, logs: Mapping[str, Any] | None = None) -> None:
        """A batch was learned."""
        if self._stage is not None:
            self._emit(self._stage)
            self._stage = None
        logs = logs or {}
        loss = _loss(logs)
        if not math.isfinite(loss):
            raise NotANumberError(
                f"The loss is no longer a number in epoch {self._epoch + 1}.",
                "Choose a smaller learning rate; the epochs before this one are kept.",
            )
        self._trained = self._clock()
        step = self._first_step + batch
        self._emit(StepEnded(self._epoch, step, loss, float(logs["accuracy"])))

    def on_test_begin(self, logs: object = None) -> None:  # noqa: ARG002
        """The epoch is about to be judged."""
        self._tell_validation(0)

    def on_test_batch_end(self, batch: int, logs: object = None) -> None:  # noqa: ARG002
        """A batch was judged; that is told at most twenty times a second."""
        done = batch + 1
        if self._clock() - self._told >= _TICK_S or done == self._validation_steps:
            self._tell_validation(done)

    def on_epoch_end(self, epoch: int, logs: Mapping[str, Any] | None = None) -> None:
        """An epoch was learned and validated."""
        logs = logs or {}
        ended = EpochEnded(
            epoch=epoch,
            loss=_loss(logs),
            accuracy=float(logs["accuracy"]),
            val_loss=_loss(logs, "val_"),
            val_accuracy=float(logs["val_accuracy"]),
            seconds=self._clock() - self._began,
            images_per_second=self._pictures_per_epoch / max(1e-9, self._trained - self._began),
        )
        self._emit(Interlude(Stage.SAVING_CHECKPOINT))
        self._keep(ended)
        self._emit(ended)

    def _tell_validation(self, done: int) -> None:
        self._told = self._clock()
        self._emit(Interlude(Stage.VALIDATING, done, self._validation_steps))


def _loss(logs: Mapping[str, Any], prefix: str = "") -> float:
    """The log loss; where labels are smoothed, Keras' own loss is another figure."""
    return float(logs.get(prefix + LOG_LOSS, logs[f"{prefix}loss"]))
