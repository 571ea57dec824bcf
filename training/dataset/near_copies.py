"""Which pictures are near copies of one another: resized, saved anew, brightened, a little cropped.

Two steps. Each picture's outline is described by its lowest frequencies (a discrete cosine
transform, as a perceptual hash takes it: Zauner, "Implementation and Benchmarking of Perceptual
Image Hash Functions", 2010, but kept as numbers instead of bits), and pairs whose descriptions
point the same way are candidates. Then each pair is laid over one another, shifted and stretched a
little (Lucas and Kanade, "An Iterative Image Registration Technique", 1981), and is taken if what
remains correlates. Measured in `docs/decisions/0021-near-copies-and-corrections.md`.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from training.cancellation import CancelToken
from training.dataset.registration import likeness

CANDIDATE_COSINE = 0.85
LEAST_LIKENESS = 0.95

_FREQUENCIES = 8
_LEAST_SPREAD = 2.0  # grey levels; flatter pictures have no outline to go by
_BLOCK_CELLS = 32_000_000  # of a table of cosines that is in memory at a time, 128 MB
_PAIRS_AT_ONCE = 1000

Greys = npt.NDArray[np.uint8]
Floats = npt.NDArray[np.float32]
Places = npt.NDArray[np.intp]


@dataclass(frozen=True)
class NearCopies:
    """Pictures that belong together.

    Attributes:
        members: The places of its pictures, ascending; two or more.
        likeness: How like each is to the one that it is most like, in [0, 1].
    """

    members: tuple[int, ...]
    likeness: tuple[float, ...]


def find_near_copies(
    outlines: Greys, token: CancelToken, *, on_done: Callable[[int], None] = lambda _: None
) -> list[NearCopies]:
    """Find near copies.

    Args:
        outlines: uint8 (n, side, side), grey levels; of different contents.
        token: Checked for each block of pictures, and of pairs.
        on_done: Told how many more pictures were compared with all others.

    Returns:
        Groups without a common member, in the order of their first one.

    Raises:
        Cancelled: The user cancelled.
    """
    first: list[Places] = []
    second: list[Places] = []
    found: list[Floats] = []
    for one, other in _candidates(outlines, token, on_done):
        alike = likeness(outlines[one], outlines[other])
        is_copy = alike >= LEAST_LIKENESS
        first.append(one[is_copy])
        second.append(other[is_copy])
        found.append(alike[is_copy])
    if not found:
        return []
    return _grouped(
        len(outlines), np.concatenate(first), np.concatenate(second), np.concatenate(found)
    )


def _candidates(
    outlines: Greys, token: CancelToken, on_done: Callable[[int], None]
) -> Iterator[tuple[Places, Places]]:
    """Pairs whose descriptions point the same way, some at a time."""
    described, places = _described(outlines)
    rows = max(1, _BLOCK_CELLS // max(1, len(places)))
    for start in range(0, len(places), rows):
        token.raise_if_cancelled()
        cosines = described[start : start + rows] @ described[start:].T
        one, other = np.nonzero(cosines >= CANDIDATE_COSINE)
        later = other > one
        one, other = places[start + one[later]], places[start + other[later]]
        for at in range(0, len(one), _PAIRS_AT_ONCE):
            token.raise_if_cancelled()
            yield one[at : at + _PAIRS_AT_ONCE], other[at : at + _PAIRS_AT_ONCE]
        on_done(len(cosines))
    on_done(len(outlines) - len(places))


def _described(outlines: Greys) -> tuple[Floats, Places]:
    """Unit vectors, and the places of the pictures that have one."""
    from scipy.fft import dctn

    levels = outlines.astype(np.float32)
    places = np.flatnonzero(levels.std(axis=(1, 2)) >= _LEAST_SPREAD)
    waves = dctn(levels[places], axes=(1, 2), norm="ortho")[:, :_FREQUENCIES, :_FREQUENCIES]
    described = waves.reshape(len(places), _FREQUENCIES**2)[:, 1:]  # without the brightness
    lengths = np.linalg.norm(described, axis=1, keepdims=True)
    return np.asarray(described / np.maximum(lengths, 1e-6), dtype=np.float32), places


def _grouped(count: int, first: Places, second: Places, found: Floats) -> list[NearCopies]:
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    links = coo_array((np.ones(len(first)), (first, second)), shape=(count, count))
    _, group_of = connected_components(links, directed=False)
    best = np.zeros(count, dtype=np.float32)
    np.maximum.at(best, first, found)
    np.maximum.at(best, second, found)
    groups: dict[int, list[int]] = {}
    for place in np.flatnonzero(best).tolist():
        groups.setdefault(int(group_of[place]), []).append(place)
    return [NearCopies(tuple(g), tuple(best[g].tolist())) for g in groups.values()]
