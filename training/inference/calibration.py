"""Confidence that means something: one temperature, fitted on validation pictures.

Guo and others, "On Calibration of Modern Neural Networks" (2017): a network's logits divided by
one number, chosen for the lowest log loss, make its probabilities as often right as they say,
and change no verdict at the threshold of 1/2. The truth counts as a little short of certain (Platt,
"Probabilistic Outputs for Support Vector Machines", 1999): with few pictures, all of them right,
no finite temperature would be low enough otherwise.
"""

import numpy as np
import numpy.typing as npt

LEAST_TEMPERATURE, MOST_TEMPERATURE = 0.05, 20.0

_CLIP = 1e-7  # what float32 still tells from certainty

Floats = npt.NDArray[np.float64]


def fit_temperature(labels: npt.ArrayLike, p_dog: npt.ArrayLike) -> float:
    """The temperature with the lowest log loss.

    Args:
        labels: 0 for cat, 1 for dog; shape (n,).
        p_dog: Probabilities of dog before calibration, in [0, 1]; shape (n,).

    Returns:
        Above 1 where the probabilities were too sure, below 1 where they were not sure enough;
        between `LEAST_TEMPERATURE` and `MOST_TEMPERATURE`.
    """
    from scipy.optimize import minimize_scalar

    truth = np.asarray(labels, dtype=np.float64)
    dogs = truth.sum()
    targets = np.where(truth == 1, (dogs + 1) / (dogs + 2), 1 / (len(truth) - dogs + 2))
    odds = logits(p_dog)

    def log_loss(log_temperature: float) -> float:
        scaled = odds / np.exp(log_temperature)
        return float(
            (targets * np.logaddexp(0, -scaled) + (1 - targets) * np.logaddexp(0, scaled)).mean()
        )

    bounds = (np.log(LEAST_TEMPERATURE), np.log(MOST_TEMPERATURE))
    found = minimize_scalar(log_loss, bounds=bounds, method="bounded")
    return float(np.exp(found.x))


def at_temperature(p_dog: npt.ArrayLike, temperature: float) -> Floats:
    """Probabilities after calibration.

    Args:
        p_dog: Probabilities of dog before calibration, in [0, 1]; shape (n,).
        temperature: See `fit_temperature`.

    Returns:
        float64 (n,), in [0, 1].
    """
    return np.asarray(1 / (1 + np.exp(-logits(p_dog) / temperature)))


def logits(p_dog: npt.ArrayLike) -> Floats:
    """The logarithms of the odds, clipped to what float32 can tell; shape (n,)."""
    chance = np.clip(np.asarray(p_dog, dtype=np.float64), _CLIP, 1 - _CLIP)
    return np.asarray(np.log(chance) - np.log1p(-chance))
