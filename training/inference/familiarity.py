"""The third verdict: how unlike the pictures that a network learned from a picture is.

A picture's features (what the network's last layer decides by) are compared with the centres of
clusters of the training pictures' features, by the angle between them: nearest-neighbour distance
on unit-length features (Sun and others, "Out-of-Distribution Detection with Deep Nearest
Neighbors", 2022), with clusters for neighbours, so that no picture and little data has to be
kept. A picture that the network cannot tell (p_dog near 1/2) counts as stranger than its distance.
"""

import io
from pathlib import Path

import numpy as np
import numpy.typing as npt

from training import atomic
from training.errors import RunError
from training.runs import run_folder
from training.runs.judgement import NeitherRule

CENTRES_FILE = run_folder.CENTRES_FILE

Floats = npt.NDArray[np.float32]

_LEAST_LENGTH = 1e-12


class Familiarity:
    """Says how strange pictures are.

    Args:
        centres: Cluster centres of unit length, float32 (k, features).
        rule: What follows from a distance.
    """

    def __init__(self, centres: Floats, rule: NeitherRule) -> None:
        self._centres = centres
        self._rule = rule

    def p_neither(self, features: Floats, p_dog: Floats) -> Floats:
        """Confidence that pictures are neither; from 1/2 on that is the verdict.

        Args:
            features: float32 (n, features).
            p_dog: float32 (n,), in [0, 1].

        Returns:
            float32 (n,), in [0, 1].
        """
        strange = strangeness(self._centres, features, p_dog, self._rule.doubt_weight)
        beyond = (strange - self._rule.limit) / self._rule.limit
        return np.asarray(1 / (1 + np.exp(-self._rule.sharpness * beyond)), dtype=np.float32)


def strangeness(centres: Floats, features: Floats, p_dog: Floats, doubt_weight: float) -> Floats:
    """Distance to the nearest cluster, 1 - cosine in [0, 2], and what doubt adds to it.

    Args:
        centres: float32 (k, features), of unit length.
        features: float32 (n, features).
        p_dog: float32 (n,), in [0, 1].
        doubt_weight: What a p_dog of 1/2 adds.

    Returns:
        float32 (n,).
    """
    # Not @: BLAS has threads of its own, which wait for one another where several threads ask
    cosines = np.einsum("nf,kf->nk", unit_length(features), centres)
    distance = 1 - cosines.max(axis=1)
    doubt = 1 - np.abs(2 * p_dog - 1)
    return np.asarray(distance + doubt_weight * doubt, dtype=np.float32)


def unit_length(features: Floats) -> Floats:
    """Features scaled to length 1; those of length 0 stay so. Shape (n, features)."""
    lengths = np.linalg.norm(features, axis=1, keepdims=True)
    return np.asarray(features / np.maximum(lengths, _LEAST_LENGTH), dtype=np.float32)


def write_centres(file: Path, centres: Floats) -> None:
    """Write cluster centres, in half precision, whole or not at all."""
    with atomic.replacing(file) as temporary, temporary.open("wb") as target:
        np.savez_compressed(target, centres=centres.astype(np.float16))


def read_centres(file: Path) -> Floats:
    """Read what `write_centres` wrote, of unit length again.

    Raises:
        RunError: The file is missing or damaged.
    """
    try:
        with np.load(io.BytesIO(file.read_bytes()), allow_pickle=False) as stored:
            return unit_length(stored["centres"].astype(np.float32))
    except Exception as error:  # a damaged zip raises whatever its bytes come to
        raise RunError(
            f"What the run {file.parent.name} knows of its training pictures is damaged.",
            "Choose another run.",
        ) from error
