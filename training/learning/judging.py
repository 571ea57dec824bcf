"""What a finished network is told of itself: a temperature, and what is familiar to it."""

import os
from dataclasses import dataclass

import keras
import numpy as np
import numpy.typing as npt

from training.cancellation import CancelToken
from training.inference.familiarity import strangeness, unit_length
from training.runs.judgement import BINS, NeitherRule

ANSWER_LAYER = "p_dog"
"""The name of every network's last layer."""

FAMILIAR_PICTURES = 4096
"""Training pictures whose features are clustered, at most; more make no better centres."""

_CENTRES = 256
_PICTURES_PER_CENTRE = 8
_LOST = 0.01  # share of the validation pictures that a rule without strange pictures may lose
_DOUBT_WEIGHT = 0.0
_SHARPNESS = 8.0
_LOSSES = (0.0025, 0.005, 0.0075, 0.01, 0.0125, 0.015)
_DOUBT_WEIGHTS = (0.0, 0.02, 0.05, 0.1, 0.2)
_FOUND = 0.97  # share of the strange pictures to find at the least cost
_A_LITTLE_MORE = 1.0001  # of few pictures the strangest one is the quantile, and is not lost

Floats = npt.NDArray[np.float32]


def calibrate(network: keras.Model, temperature: float) -> None:
    """Divide a network's logits by a temperature, in the weights of its last layer.

    So every road to the network, and every export, gives calibrated probabilities.
    """
    answer = network.get_layer(ANSWER_LAYER)
    for weights in (answer.kernel, answer.bias):
        weights.assign(weights / temperature)


def cluster(features: Floats, seed: int, token: CancelToken) -> Floats:
    """Centres of clusters of training pictures.

    Args:
        features: float32 (n, features).
        seed: Decides where the clusters begin.
        token: Checked before and after.

    Returns:
        float32 (k, features), of unit length.

    Raises:
        Cancelled: The user cancelled.
    """
    # else joblib asks a system's command for the cores, and complains where there is none
    os.environ.setdefault("LOKY_MAX_CPU_COUNT", str(os.cpu_count() or 1))
    from sklearn.cluster import MiniBatchKMeans

    token.raise_if_cancelled()
    count = max(1, min(_CENTRES, len(features) // _PICTURES_PER_CENTRE))
    means = MiniBatchKMeans(count, random_state=seed, n_init=1, batch_size=2048)
    means.fit(unit_length(features))
    token.raise_if_cancelled()
    return unit_length(means.cluster_centers_.astype(np.float32))


def rule_from_validation(centres: Floats, features: Floats, p_dog: Floats) -> NeitherRule:
    """When a picture is neither, where no picture of neither is at hand.

    Args:
        centres: See `cluster`.
        features: Of validation pictures, float32 (n, features).
        p_dog: Calibrated, float32 (n,), in [0, 1].
    """
    strange = strangeness(centres, features, p_dog, _DOUBT_WEIGHT)
    limit = float(np.quantile(strange, 1 - _LOST)) * _A_LITTLE_MORE
    return NeitherRule(
        limit=limit,
        doubt_weight=_DOUBT_WEIGHT,
        sharpness=_SHARPNESS,
        centres=len(centres),
        lost=float(np.mean(strange >= limit)),
        tuned_on="a quantile of the validation pictures",
    )


@dataclass(frozen=True)
class Seen:
    """What a network says of some pictures.

    Attributes:
        features: float32 (n, features).
        p_dog: Calibrated, float32 (n,), in [0, 1].
    """

    features: Floats
    p_dog: Floats


def rule_from_strange_pictures(
    centres: Floats, familiar: Seen, strange: Seen, tuned_on: str
) -> NeitherRule:
    """When a picture is neither, where pictures of neither are at hand.

    The rule that loses fewest cats and dogs among those that find `_FOUND` of the strange
    pictures; if none does, the one that finds most of them.

    Args:
        centres: See `cluster`.
        familiar: Validation pictures.
        strange: Pictures that show neither.
        tuned_on: What they are, in words.
    """

    def found_by(doubt_weight: float, lost: float) -> tuple[float, float]:
        inside = strangeness(centres, familiar.features, familiar.p_dog, doubt_weight)
        outside = strangeness(centres, strange.features, strange.p_dog, doubt_weight)
        limit = float(np.quantile(inside, 1 - lost))
        return float(np.mean(outside >= limit)), limit

    tried = [
        (min(found, _FOUND), -lost, found, doubt, limit)
        for lost in _LOSSES
        for doubt in _DOUBT_WEIGHTS
        for found, limit in [found_by(doubt, lost)]
    ]
    *_, doubt_weight, limit = max(tried)
    inside = strangeness(centres, familiar.features, familiar.p_dog, doubt_weight)
    outside = strangeness(centres, strange.features, strange.p_dog, doubt_weight)
    return NeitherRule(
        limit=limit,
        doubt_weight=doubt_weight,
        sharpness=_fit_sharpness((inside - limit) / limit, (outside - limit) / limit),
        centres=len(centres),
        lost=float(np.mean(inside >= limit)),
        tuned_on=tuned_on,
    )


def _fit_sharpness(inside: Floats, outside: Floats) -> float:
    """The steepness with the lowest log loss, both kinds weighing the same."""
    from scipy.optimize import minimize_scalar

    def log_loss(sharpness: float) -> float:
        return float(
            np.logaddexp(0, sharpness * inside).mean()
            + np.logaddexp(0, -sharpness * outside).mean()
        )

    return float(minimize_scalar(log_loss, bounds=(1, 100), method="bounded").x)


def count_answers(labels: npt.ArrayLike, p_dog: npt.ArrayLike) -> tuple[tuple[int, ...], ...]:
    """How many cats, and how many dogs, have a p_dog in each of `BINS` equal bins.

    Args:
        labels: 0 for cat, 1 for dog; shape (n,).
        p_dog: In [0, 1]; shape (n,).
    """
    truth, chance = np.asarray(labels), np.asarray(p_dog, dtype=np.float64)
    places = np.minimum((chance * BINS).astype(np.intp), BINS - 1)
    return tuple(
        tuple(np.bincount(places[truth == label], minlength=BINS).tolist()) for label in (0, 1)
    )
