"""Which labels are suspicious, and which pictures show neither class, told from frozen features.

Two questions that need different answers. *Does it look like the other class?* is asked of a
logistic regression that learned from the other pictures (cross-validated), and the pictures are
ranked by the probability that it gives to their own label, as confident learning does (Northcutt,
Jiang and Chuang, "Confident Learning: Estimating Uncertainty in Dataset Labels", 2021). *Does it
look like any of them?* is asked by the distance to its nearest neighbours (Sun and others,
"Out-of-Distribution Detection with Deep Nearest Neighbors", 2022).
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from training.cancellation import CancelToken
from training.inference.familiarity import unit_length

LEAST_PICTURES = 20
"""Of each class, below which nothing can be learned from the others."""

_FOLDS = 5
_DIRECTIONS = 256
_REGULARISATION = 0.01  # weak labels want a smooth border
_MOST_ROUNDS = 1000
_FITTED_ON = 10_000  # pictures that the principal directions are taken from, at most
_NEIGHBOUR = 10
_COMPARED_WITH = 25_000  # pictures among which neighbours are sought, at most
_BLOCK = 1000
_FENCE = 1.5  # Tukey's, in quartile distances: what lies beyond is an outlier

Floats = npt.NDArray[np.float32]
Targets = npt.NDArray[np.int8]


@dataclass(frozen=True)
class Suspicions:
    """What is suspicious about each picture.

    Attributes:
        p_dog: What a classifier says that did not learn from it, float32 (n,), in [0, 1].
        distance: To its tenth nearest neighbour, 1 - cosine, float32 (n,), in [0, 2].
    """

    p_dog: Floats
    distance: Floats

    @property
    def usual_distance(self) -> float:
        """The median."""
        return float(np.median(self.distance))

    @property
    def far(self) -> float:
        """The distance from which on a picture is an outlier (Tukey, 1977)."""
        lower, upper = np.percentile(self.distance, (25, 75))
        return float(upper + _FENCE * (upper - lower))


def find_suspicions(
    features: Floats, targets: Targets, *, seed: int, token: CancelToken
) -> Suspicions:
    """Look at each picture with what was learned from the others.

    Args:
        features: Of different contents, float32 (n, features).
        targets: 0 for cat, 1 for dog, int8 (n,); `LEAST_PICTURES` of each at least.
        seed: Decides the folds, and what a very large dataset is compared with.
        token: Checked for each fold, and each block of pictures.

    Raises:
        Cancelled: The user cancelled.
    """
    directions = unit_length(features)
    dice = np.random.default_rng(seed)
    p_dog = _cross_validated(_condensed(directions, dice), targets, seed=seed, token=token)
    return Suspicions(p_dog, _distance_to_neighbours(directions, dice, token))


def _condensed(directions: Floats, dice: np.random.Generator) -> Floats:
    """The principal directions alone: a fifth of the time, and no less is found."""
    from sklearn.decomposition import PCA

    some = dice.permutation(len(directions))[:_FITTED_ON]
    count = min(_DIRECTIONS, len(some) - 1, directions.shape[1])
    principal = PCA(count, svd_solver="covariance_eigh").fit(directions[some])
    return np.asarray(principal.transform(directions), dtype=np.float32)


def _cross_validated(
    condensed: Floats, targets: Targets, *, seed: int, token: CancelToken
) -> Floats:
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import StratifiedKFold
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    p_dog = np.empty(len(targets), dtype=np.float32)
    folds = StratifiedKFold(_FOLDS, shuffle=True, random_state=seed)
    for others, these in folds.split(condensed, targets):
        token.raise_if_cancelled()
        learner = make_pipeline(
            StandardScaler(), LogisticRegression(C=_REGULARISATION, max_iter=_MOST_ROUNDS)
        )
        learner.fit(condensed[others], targets[others])
        p_dog[these] = learner.predict_proba(condensed[these])[:, 1]
    return p_dog


def _distance_to_neighbours(
    directions: Floats, dice: np.random.Generator, token: CancelToken
) -> Floats:
    among = np.sort(dice.permutation(len(directions))[:_COMPARED_WITH])
    compared = directions[among].T
    place_of = np.full(len(directions), -1)
    place_of[among] = np.arange(len(among))
    nearest = min(_NEIGHBOUR, len(among) - 1)
    distance = np.empty(len(directions), dtype=np.float32)
    for start in range(0, len(directions), _BLOCK):
        token.raise_if_cancelled()
        cosines = directions[start : start + _BLOCK] @ compared
        itself = place_of[start : start + _BLOCK]
        rows = np.flatnonzero(itself >= 0)
        cosines[rows, itself[rows]] = -np.inf
        ranked = np.partition(cosines, -nearest, axis=1)
        distance[start : start + _BLOCK] = 1 - ranked[:, -nearest]
    return distance
