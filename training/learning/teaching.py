"""A method becomes Keras objects: the optimizer, its learning rate's course, the loss."""

import math
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import keras

from training.config import TrainingConfig
from training.learning.methods import Method, Span
from training.method_settings import CONSTANT, COSINE

LOG_LOSS = "log_loss"
"""The loss without label smoothing and weights, as Keras reports it among the metrics."""

_WITHOUT_DECAY = ("bias", "gamma", "beta")
_MOMENTUM = 0.9


def _adamw(*, weight_decay: float | None, **others: Any) -> keras.optimizers.Optimizer:  # noqa: ANN401
    return keras.optimizers.AdamW(weight_decay=weight_decay or 0.0, **others)


OPTIMIZERS: Mapping[str, Callable[..., keras.optimizers.Optimizer]] = {
    "rmsprop": keras.optimizers.RMSprop,
    "adam": keras.optimizers.Adam,
    "adamw": _adamw,
    "sgd": partial(keras.optimizers.SGD, momentum=_MOMENTUM, nesterov=True),
}
"""RMSprop (Hinton, Coursera lecture 6e, 2012); Adam (Kingma and Ba, 2015); AdamW (Loshchilov and
Hutter, 2019); gradient descent with Nesterov's momentum of 0.9 (Sutskever and others, 2013). Keras
decouples the weight decay of each from its gradients, as AdamW does."""


class Course(keras.optimizers.schedules.LearningRateSchedule):  # type: ignore[misc]
    """The learning rate of each step of one phase: a rise, then level or along a half cosine.

    The rise is that of Goyal and others, "Accurate, Large Minibatch SGD" (2017), the cosine that of
    Loshchilov and Hutter, "SGDR" (2017), without restarts.

    Args:
        peak: The phase's learning rate before the cosine.
        warm_up: Steps of the rise.
        first_step: Steps of the run before the phase.
        steps: Steps of the whole run, along which the cosine falls; None for a rate that stays.
        accumulation: Batches in a step: Keras counts these, where it gathers their gradients.
    """

    def __init__(
        self,
        peak: float,
        *,
        warm_up: int,
        first_step: int = 0,
        steps: int | None = None,
        accumulation: int = 1,
    ) -> None:
        super().__init__()
        self._peak = peak
        self._warm_up = warm_up
        self._first_step = first_step
        self._steps = steps
        self._accumulation = accumulation

    def __call__(self, batch: Any) -> Any:  # noqa: ANN401 - a tensor of the back end
        """The learning rate of the step that a batch is in, both counted from the phase's first."""
        step = keras.ops.cast(keras.ops.floor_divide(batch, self._accumulation), "float32")
        rise = keras.ops.minimum((step + 1) / max(1, self._warm_up), 1.0)
        if self._steps is None:
            return self._peak * rise
        progress = keras.ops.minimum((step + self._first_step) / self._steps, 1.0)
        return self._peak * rise * (1 + keras.ops.cos(math.pi * progress)) / 2

    def get_config(self) -> dict[str, float | None]:
        """See Keras."""
        return {
            "peak": self._peak,
            "warm_up": self._warm_up,
            "first_step": self._first_step,
            "steps": self._steps,
        }


def _log_loss(labels: Any, p_dog: Any) -> Any:  # noqa: ANN401 - tensors of the back end
    return keras.losses.binary_crossentropy(keras.ops.reshape(labels, (-1, 1)), p_dog)


def _accuracy(labels: Any, p_dog: Any) -> Any:  # noqa: ANN401 - tensors of the back end
    """Of blended labels, the one that weighs more is the right one."""
    is_dog = keras.ops.reshape(labels, (-1, 1)) > 1 / 2
    return keras.ops.cast(keras.ops.equal(is_dog, p_dog > 1 / 2), "float32")


def compile_learner(
    network: keras.Model, config: TrainingConfig, method: Method, span: Span
) -> None:
    """Give a network what it learns by in one phase.

    Whatever it learns by, log loss and accuracy are reported as they are without smoothed labels
    and weights. Blended labels are the truth of blended pictures: the training loss is that
    against them, which no network brings to nothing, and the training accuracy asks for the class
    that weighs more.
    """
    smooth = method.label_smoothing
    network.compile(
        optimizer=_optimizer(config, method, span),
        loss=keras.losses.BinaryCrossentropy(label_smoothing=smooth)
        if smooth
        else "binary_crossentropy",
        metrics=_metrics(config, method),
        jit_compile=False,  # beside a GPU Keras would compile for the CPU too: a quarter as fast
    )


def peak_rate(config: TrainingConfig, span: Span) -> float:
    """The learning rate of a phase before it rises or falls."""
    return config.learning_rate * span.phase.rate


def _optimizer(config: TrainingConfig, method: Method, span: Span) -> keras.optimizers.Optimizer:
    optimizer = OPTIMIZERS[method.optimizer](
        learning_rate=_course(config, method, span),
        weight_decay=method.weight_decay or None,
        gradient_accumulation_steps=config.accumulation if config.accumulation > 1 else None,
    )
    optimizer.exclude_from_weight_decay(var_names=list(_WITHOUT_DECAY))
    return optimizer


def _course(config: TrainingConfig, method: Method, span: Span) -> Course | float:
    peak = peak_rate(config, span)
    gathered = config.accumulation
    if method.schedule == COSINE:
        return Course(
            peak,
            warm_up=method.warm_up,
            first_step=span.first * config.steps_per_epoch // gathered,
            steps=config.epochs * config.steps_per_epoch // gathered,
            accumulation=gathered,
        )
    if method.schedule == CONSTANT and method.warm_up:
        return Course(peak, warm_up=method.warm_up, accumulation=gathered)
    return peak  # what `PlateauRate` changes


def _metrics(config: TrainingConfig, method: Method) -> list[Any]:
    mean = keras.metrics.MeanMetricWrapper
    is_blended = method.augmentation.mixup > 0
    accuracy = mean(_accuracy, name="accuracy") if is_blended else "accuracy"
    if method.label_smoothing or config.balance_classes:
        return [accuracy, mean(_log_loss, name=LOG_LOSS)]
    return [accuracy]
