"""How large a run's steps are, and how what was saved at one pace goes on at another."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

import keras

from training.config import TrainingConfig

_ITERATION, _RATE, _GATHERED = "iteration", "learning_rate", "gradient_accumulator"
"""Names of Keras' variables; the last is the end of many."""


@dataclass(frozen=True)
class Pace:
    """What a change of the weights comes from.

    Attributes:
        accumulation: Batches whose gradients are gathered before each change of the weights.
        learning_rate: The run's, of which the rate of each change is a share.
    """

    accumulation: int
    learning_rate: float

    @classmethod
    def of(cls, config: TrainingConfig) -> Self:
        """The pace that a run's settings say."""
        return cls(config.accumulation, config.learning_rate)


def batches_at(batches: int, old: int, new: int) -> int:
    """As many batches as bring the same changes of the weights.

    Args:
        batches: How many, where each change took `old` of them.
        old: Batches a change until now.
        new: Batches a change from now on.
    """
    return (batches * new + old // 2) // old  # whole changes become whole ones, exactly


def is_gathered(variable: Any) -> bool:  # noqa: ANN401 - Keras ships no types
    """Whether an optimizer's variable holds gradients that wait for their change."""
    return str(variable.name).endswith(_GATHERED)


def change_pace(variables: Sequence[Any], old: Pace, new: Pace) -> None:
    """Let an optimizer that was saved at one pace go on at another.

    Gradients that wait are the sum over the batches since the last change: over more and smaller
    batches of the same pictures the sum is greater. A rate that is no schedule is a variable.

    Args:
        variables: The optimizer's, as they were saved.
        old: The pace that they were saved at.
        new: The pace to go on at.
    """
    for variable in variables:
        if variable.name == _RATE and old.learning_rate != new.learning_rate:
            variable.assign(variable * (new.learning_rate / old.learning_rate))
    if old.accumulation != new.accumulation:
        _regather(variables, old.accumulation, new.accumulation)


def _regather(variables: Sequence[Any], old: int, new: int) -> None:
    counters = [variable for variable in variables if variable.name == _ITERATION]
    done = max(int(keras.ops.convert_to_numpy(counter)) for counter in counters)
    for counter in counters:  # mixed precision has an idle one besides
        counter.assign(batches_at(int(keras.ops.convert_to_numpy(counter)), old, new))
    waiting = done % old
    if waiting:
        share = batches_at(waiting, old, new) / waiting
        for gathered in filter(is_gathered, variables):
            gathered.assign(gathered * share)
