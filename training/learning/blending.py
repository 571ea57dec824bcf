"""Weights between those that a fine-tuning began with and those that it ended with.

Wortsman and others, "Robust fine-tuning of zero-shot models" (2022): on the straight line between
the two there are weights that are better on pictures like the training's and on others alike.
"""

from collections.abc import Callable, Sequence
from typing import Any

import keras
import numpy as np
import numpy.typing as npt

SHARES = (1.0, 0.75, 0.5, 0.25)
"""How much of what was learned may be taken, in [0, 1]; the rest is what it began with."""

Weights = Sequence[npt.NDArray[Any]]


def choose_blend(
    network: keras.Model, begun_with: Weights, loss_of: Callable[[keras.Model], float]
) -> float:
    """Give a network the blend with the lowest loss.

    Args:
        network: It has the weights that were learned, and gets the blended ones.
        begun_with: The network's weights, in the order of its `variables`, before.
        loss_of: Says how good the network is now, on pictures that it did not learn from.

    Returns:
        The share of the learned weights, one of `SHARES`.
    """
    learned = [np.asarray(variable) for variable in network.variables]
    losses = []
    for share in SHARES:
        _assign(network, begun_with, learned, share)
        losses.append(loss_of(network))
    best = SHARES[int(np.argmin(losses))]
    _assign(network, begun_with, learned, best)
    return best


def _assign(network: keras.Model, begun_with: Weights, learned: Weights, share: float) -> None:
    for variable, before, after in zip(network.variables, begun_with, learned, strict=True):
        if np.issubdtype(after.dtype, np.floating):  # not the states of random generators
            variable.assign(before * (1 - share) + after * share)
