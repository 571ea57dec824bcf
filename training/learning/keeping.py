"""Checkpoints inside an epoch: when one is due, and going on from one."""

import time
from collections.abc import Callable, Sequence
from typing import Any

import keras
import numpy as np

from training.cancellation import CancelToken
from training.learning.checkpoint import Position

CHECKPOINT_EVERY_S = 300.0
"""The longest time of learning that a kill may cost, in seconds."""


class Keeper(keras.callbacks.Callback):
    """Has a checkpoint written every few minutes inside an epoch, and where a training pauses.

    It acts before a batch, of training or validation: the step before it is whole, and its loss
    is known to be a number. It must stand before the callback that leaves `fit`.

    Args:
        token: A cancel that keeps what is saved is a pause.
        resumed: Where the first epoch goes on.
        save: Writes a checkpoint of where the run is.
        clock: Seconds, monotonic.
    """

    def __init__(
        self,
        token: CancelToken,
        *,
        resumed: Position,
        save: Callable[[Position], None],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__()
        self._token = token
        self._resumed = resumed
        self._save = save
        self._clock = clock
        self._metrics: tuple[Any, ...] = ()
        self._first_step = self._step = self._kept_step = 0
        self._began = self._learned = self._kept = clock()

    def on_epoch_begin(self, epoch: int, logs: object = None) -> None:  # noqa: ARG002
        """Keras has emptied the metrics just now: what they held before a pause is put back."""
        place, self._resumed = self._resumed, Position()
        if place.step:
            fill_metrics(self.model, place.metrics)
        self._first_step = self._step = self._kept_step = place.step
        self._learned = self._kept = self._clock()
        self._began = self._learned - place.seconds

    def on_train_batch_begin(self, batch: int, logs: object = None) -> None:  # noqa: ARG002
        """See the class."""
        if self._is_due():
            self._keep(metrics_of(self.model))

    def on_train_batch_end(self, batch: int, logs: object = None) -> None:  # noqa: ARG002
        """A batch was learned."""
        self._step = self._first_step + batch + 1
        self._learned = self._clock()

    def on_test_begin(self, logs: object = None) -> None:  # noqa: ARG002
        """Keras is about to empty the metrics for the validation."""
        self._metrics = metrics_of(self.model)

    def on_test_batch_begin(self, batch: int, logs: object = None) -> None:  # noqa: ARG002
        """See the class."""
        if self._is_due():
            self._keep(self._metrics)

    def _is_due(self) -> bool:
        if self._step == self._kept_step:  # nothing was learned since
            return False
        is_pausing = self._token.is_cancelled and self._token.keeps_saved
        return is_pausing or self._clock() - self._kept >= CHECKPOINT_EVERY_S

    def _keep(self, metrics: tuple[Any, ...]) -> None:
        self._save(Position(self._step, self._learned - self._began, metrics))
        self._kept_step, self._kept = self._step, self._clock()


def metrics_of(network: keras.Model) -> tuple[Any, ...]:
    """What a network's metrics have gathered, an array a variable.

    Where several devices learn together, each has gathered its own sum of a variable, and the
    array has an axis more, of the devices.
    """
    return tuple(_gathered(_shares(variable)) for variable in network.metrics_variables)


def fill_metrics(network: keras.Model, values: Sequence[Any]) -> None:
    """Put back what `metrics_of` gave; the network need not have seen a batch.

    It may learn on fewer or more devices now.
    """
    nothing = np.zeros((1, 1), dtype=np.float32)
    network.compute_metrics(None, nothing[0], nothing)  # Keras makes them at their first use
    for variable, value in zip(network.metrics_variables, values, strict=True):
        shares = _shares(variable)
        if len(shares) > 1 and value.ndim > len(variable.shape) and len(value) == len(shares):
            for share, part in zip(shares, value, strict=True):
                share.assign(part)
        else:
            variable.assign(value.sum(axis=0) if value.ndim > len(variable.shape) else value)


def _shares(variable: Any) -> Sequence[Any]:  # noqa: ANN401 - Keras' variable
    """TensorFlow's variable on each of the devices that learn together."""
    return getattr(variable.value, "values", (variable.value,))


def _gathered(shares: Sequence[Any]) -> Any:  # noqa: ANN401 - an array
    parts = [np.asarray(share).copy() for share in shares]
    return parts[0] if len(parts) == 1 else np.stack(parts)
