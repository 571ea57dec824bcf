"""What the epochs so far say of those to come: when the rate falls, and when a run ends by itself.

Both follow from the history alone, so that a resumed run goes on as it would have. Nothing here
imports Keras, so that the coach can ask.
"""

import math
from collections.abc import Sequence

from training.config import TrainingConfig
from training.events import EpochEnded
from training.learning.methods import Method, phase_starts
from training.runs.curve import LAST_EPOCHS
from training.runs.history import best_epoch

PLATEAU_EPOCHS = LAST_EPOCHS
"""Epochs in a row without a lower validation loss after which the rate falls."""
PLATEAU_FACTOR = 0.5
"""By which it then falls: less than the ten of "Deep Residual Learning" (He and others, 2015) and
of Keras' `ReduceLROnPlateau`, so that a fall by chance costs little and a needed one is repeated
soon."""


def plateau_factor(history: Sequence[EpochEnded], first: int) -> float:
    """By how much the rate has fallen after these epochs; it follows from them alone.

    A phase begins anew with a rate of its own: at its border the pictures' size or what learns
    changes, and with it what a low loss is.

    Args:
        history: The run's epochs, in order; a loss that is no number is no lower one.
        first: 0-based first epoch of the phase.

    Returns:
        A power of `PLATEAU_FACTOR`, in (0, 1].
    """
    lowest, waited, factor = math.inf, 0, 1.0
    for epoch in history[first:]:
        waited = 0 if epoch.val_loss < lowest else waited + 1
        lowest = epoch.val_loss if waited == 0 else lowest
        if waited == PLATEAU_EPOCHS:
            waited, factor = 0, factor * PLATEAU_FACTOR
    return factor


def epochs_without_better(
    history: Sequence[EpochEnded], config: TrainingConfig, method: Method
) -> int:
    """How many of the last epochs in a row are no new best (Prechelt, "Early Stopping", 1998).

    Only those of the run's last phase count: the ends of the others are a part of its plan, and
    after each of them the network learns otherwise.

    Args:
        history: The run's epochs, in order.
        config: The run's settings.
        method: How it is taught.
    """
    before_last_phase = phase_starts(method, config.epochs)[-1] - 1
    best = best_epoch(history)
    best_number = -1 if best is None else best.epoch
    return max(0, len(history) - 1 - max(best_number, before_last_phase))


def is_out_of_patience(
    history: Sequence[EpochEnded], config: TrainingConfig, method: Method
) -> bool:
    """Whether the run ends after these epochs, see `epochs_without_better`."""
    in_vain = epochs_without_better(history, config, method)
    return 0 < config.patience <= in_vain
