"""A method becomes Keras objects: the optimizer, its learning rate's course, the loss."""

import math
from collections.abc import Callable, Mapping
from typing import Any

import keras

from training.config import TrainingConfig
from training.learning.methods import Method, Span
from training.method_settings import CONSTANT

LOG_LOSS = "log_loss"
"""The loss without label smoothing, as Keras reports it among the metrics."""

_WITHOUT_DECAY = ("bias", "gamma", "beta")


def _rmsprop(rate: Any, method: Method) -> keras.optimizers.Optimizer:  # noqa: ANN401, ARG001
    return keras.optimizers.RMSprop(learning_rate=rate)


def _adam(rate: Any, method: Method) -> keras.optimizers.Optimizer:  # noqa: ANN401, ARG001
    return keras.optimizers.Adam(learning_rate=rate)


def _adamw(rate: Any, method: Method) -> keras.optimizers.Optimizer:  # noqa: ANN401
    optimizer = keras.optimizers.AdamW(learning_rate=rate, weight_decay=method.weight_decay)
    optimizer.exclude_from_weight_decay(var_names=list(_WITHOUT_DECAY))
    return optimizer


OPTIMIZERS: Mapping[str, Callable[[Any, Method], keras.optimizers.Optimizer]] = {
    "rmsprop": _rmsprop,
    "adam": _adam,
    "adamw": _adamw,
}


class Course(keras.optimizers.schedules.LearningRateSchedule):  # type: ignore[misc]
    """The learning rate of each step of one phase: a rise, then the run's half cosine.

    Args:
        peak: The phase's learning rate before the cosine.
        warm_up: Steps of the rise.
        first_step: Steps of the run before the phase.
        steps: Steps of the whole run.
    """

    def __init__(self, peak: float, *, warm_up: int, first_step: int, steps: int) -> None:
        super().__init__()
        self._peak = peak
        self._warm_up = warm_up
        self._first_step = first_step
        self._steps = steps

    def __call__(self, step: Any) -> Any:  # noqa: ANN401 - a tensor of the back end
        """The learning rate of a step, counted from the phase's first."""
        step = keras.ops.cast(step, "float32")
        progress = keras.ops.minimum((step + self._first_step) / self._steps, 1.0)
        rise = keras.ops.minimum((step + 1) / max(1, self._warm_up), 1.0)
        return self._peak * rise * (1 + keras.ops.cos(math.pi * progress)) / 2

    def get_config(self) -> dict[str, float]:
        """See Keras."""
        return {
            "peak": self._peak,
            "warm_up": self._warm_up,
            "first_step": self._first_step,
            "steps": self._steps,
        }


def _log_loss(labels: Any, p_dog: Any) -> Any:  # noqa: ANN401 - tensors of the back end
    return keras.losses.binary_crossentropy(keras.ops.reshape(labels, (-1, 1)), p_dog)


def compile_learner(
    network: keras.Model, config: TrainingConfig, method: Method, span: Span
) -> None:
    """Give a network what it learns by in one phase."""
    rate = config.learning_rate * span.phase.rate
    course: Course | float = rate
    if method.schedule != CONSTANT:
        course = Course(
            rate,
            warm_up=method.warm_up,
            first_step=span.first * config.steps_per_epoch,
            steps=config.epochs * config.steps_per_epoch,
        )
    smooth = method.label_smoothing
    network.compile(
        optimizer=OPTIMIZERS[method.optimizer](course, method),
        loss=keras.losses.BinaryCrossentropy(label_smoothing=smooth)
        if smooth
        else "binary_crossentropy",
        metrics=["accuracy", keras.metrics.MeanMetricWrapper(_log_loss, name=LOG_LOSS)]
        if smooth
        else ["accuracy"],
    )
