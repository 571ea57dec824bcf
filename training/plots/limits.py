"""From where to where the axes of curves go, in round numbers that stay while a run learns."""

import math
from collections.abc import Iterable, Sequence

Limits = tuple[float, float]
"""From where to where an axis goes."""

_ROUND_EPOCHS = (5, 10, 15, 20, 25, 30, 40)
_ROUND_LOSSES = (0.1, 0.12, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6, 0.8)
_EDGE_SHARE = 0.03


def epoch_limits(numbers: Sequence[int]) -> Limits:
    """From the first epoch to a round number that is not outgrown at once."""
    last = _round_up(max(numbers, default=1), _ROUND_EPOCHS)
    return 0.5, last + max(0.5, last * _EDGE_SHARE / 2)


def accuracy_limits(values: Iterable[float]) -> Limits:
    """From the tenth below the lowest to all: the top is always the same."""
    lowest = min(filter(math.isfinite, values), default=0.5)
    low = min(max(math.floor(lowest * 10), 0), 9) / 10
    edge = (1 - low) * _EDGE_SHARE
    return low - edge, 1 + edge


def loss_limits(values: Iterable[float]) -> Limits:
    """From 0 to a round number above the highest."""
    high = _round_up(max(filter(math.isfinite, values), default=0.7), _ROUND_LOSSES)
    return -high * _EDGE_SHARE, high * (1 + _EDGE_SHARE)


def percent_words(share: float, _place: int | None = None) -> str:
    """A tick in percent, without a decimal that says nothing: "100.0" does not fit there."""
    return f"{round(share * 100, 2):g} %"


def _round_up(value: float, steps: Sequence[float]) -> float:
    """The smallest of the steps, times 1, 10, 100..., that is not below the value."""
    scale = 10.0 ** max(math.floor(math.log10(max(value, steps[0]) / steps[0])), 0)
    larger = (step * scale * ten for ten in (1, 10) for step in steps)
    return next(step for step in larger if step >= value)
