"""The callbacks that go by the epochs so far: a falling rate, and the end of a run in vain."""

from collections.abc import Iterator, Sequence

import keras

from training.config import TrainingConfig
from training.events import EpochEnded
from training.learning.callbacks import FinishNow
from training.learning.checkpoint import Position
from training.learning.methods import Method, Span
from training.learning.patience import (
    epochs_without_better,
    is_out_of_patience,
    plateau_factor,
)
from training.learning.teaching import peak_rate
from training.method_settings import PLATEAU
from training.runs.curve import Ended


class OutOfPatience(FinishNow):
    """Raised inside `fit` where a run has had too many epochs without a better one."""

    ended = Ended.EARLY


class PlateauRate(keras.callbacks.Callback):
    """Sets the rate of each epoch by the epochs before it, so that a resumed run has the same.

    Args:
        peak: The phase's learning rate before it falls.
        warm_up: Steps at the phase's beginning in which it rises from nothing.
        span: The phase.
        steps_per_epoch: Batches in an epoch.
        accumulation: Batches in a step.
        history: The run's epochs so far, as they become more.
        resumed: Where the first epoch goes on.
    """

    def __init__(
        self,
        peak: float,
        *,
        warm_up: int,
        span: Span,
        steps_per_epoch: int,
        accumulation: int,
        history: Sequence[EpochEnded],
        resumed: Position,
    ) -> None:
        super().__init__()
        self._peak = peak
        self._warm_up = warm_up
        self._span = span
        self._steps_per_epoch = steps_per_epoch
        self._accumulation = accumulation
        self._history = history
        self._resumed = resumed
        self._rate, self._first_batch = peak, 0

    def on_epoch_begin(self, epoch: int, logs: object = None) -> None:  # noqa: ARG002
        """The rate of the epoch follows from the history."""
        place, self._resumed = self._resumed, Position()
        self._first_batch = (epoch - self._span.first) * self._steps_per_epoch + place.step
        self._rate = self._peak * plateau_factor(self._history, self._span.first)
        self.model.optimizer.learning_rate = self._rate

    def on_train_batch_begin(self, batch: int, logs: object = None) -> None:  # noqa: ARG002
        """While the phase warms up, each step has a rate of its own."""
        step = (self._first_batch + batch) // self._accumulation + 1
        if step <= self._warm_up:
            self.model.optimizer.learning_rate = self._rate * step / self._warm_up


class Patience(keras.callbacks.Callback):
    """Leaves `fit` before an epoch where those before it were in vain.

    It goes by the history alone: a run that is resumed ends where it would have ended.

    Args:
        config: The run's settings.
        method: How it is taught.
        history: The run's epochs so far, as they become more.
    """

    def __init__(
        self, config: TrainingConfig, method: Method, history: Sequence[EpochEnded]
    ) -> None:
        super().__init__()
        self._config = config
        self._method = method
        self._history = history

    def on_epoch_begin(self, epoch: int, logs: object = None) -> None:  # noqa: ARG002
        """See the class."""
        if is_out_of_patience(self._history, self._config, self._method):
            in_vain = epochs_without_better(self._history, self._config, self._method)
            raise OutOfPatience(
                f"Training ends here: {in_vain:,} epochs in a row were no better than the best "
                "one, which is kept."
            )


def history_callbacks(
    config: TrainingConfig,
    method: Method,
    span: Span,
    history: Sequence[EpochEnded],
    place: Position,
) -> Iterator[keras.callbacks.Callback]:
    """What the epochs so far decide while a phase is learned.

    Args:
        config: The run's settings.
        method: How it is taught.
        span: The phase.
        history: The run's epochs so far, as they become more.
        place: Where the first epoch goes on.
    """
    yield Patience(config, method, history)
    if method.schedule == PLATEAU:
        yield PlateauRate(
            peak_rate(config, span),
            warm_up=method.warm_up,
            span=span,
            steps_per_epoch=config.steps_per_epoch,
            accumulation=config.accumulation,
            history=history,
            resumed=place,
        )
