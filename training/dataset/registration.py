"""Lays small grey pictures over one another as well as they will go."""

import numpy as np
import numpy.typing as npt

_ROUNDS = 6
_MOST_MOVE = 0.15  # of half a side, in shift or stretch: more is not "a little cropped"
_DAMPING = 0.32  # keeps a picture without edges from being moved about
_LEAST_SPREAD = 1e-6

Greys = npt.NDArray[np.uint8]
Floats = npt.NDArray[np.float32]


def likeness(first: Greys, second: Greys) -> Floats:
    """How well each pair correlates once the second is shifted and stretched to fit the first.

    Brightness and contrast do not matter; what one of them lacks at its edges is left out.

    Args:
        first: uint8 (n, side, side), grey levels.
        second: uint8 (n, side, side).

    Returns:
        float32 (n,), in [-1, 1]; the best of all rounds.
    """
    fixed, moving = first.astype(np.float32), second.astype(np.float32)
    side = first.shape[1]
    ys, xs = np.meshgrid(*[np.linspace(-1, 1, side, dtype=np.float32)] * 2, indexing="ij")
    moves = np.zeros((len(first), 4), dtype=np.float32)  # stretch and shift, across and down
    best = np.full(len(first), -1.0, dtype=np.float32)
    for _ in range(_ROUNDS):
        across = xs * (1 + moves[:, 0, None, None]) + moves[:, 1, None, None]
        down = ys * (1 + moves[:, 2, None, None]) + moves[:, 3, None, None]
        inside = ((np.abs(across) <= 1) & (np.abs(down) <= 1)).astype(np.float32)
        one = _standardised(fixed, inside)
        other = _standardised(_sampled(moving, across, down), inside)
        best = np.maximum(best, (one * other * inside).sum((1, 2)) / inside.sum((1, 2)))
        moves = np.clip(moves + _step(one, other, inside, xs=xs, ys=ys), -_MOST_MOVE, _MOST_MOVE)
    return best


def _standardised(levels: Floats, inside: Floats) -> Floats:
    """Mean 0 and spread 1 over what is inside."""
    cells = inside.sum((1, 2), keepdims=True)
    centred = levels - (levels * inside).sum((1, 2), keepdims=True) / cells
    spread = np.sqrt((centred**2 * inside).sum((1, 2), keepdims=True) / cells)
    return np.asarray(centred / np.maximum(spread, _LEAST_SPREAD), dtype=np.float32)


def _sampled(levels: Floats, across: Floats, down: Floats) -> Floats:
    """Levels between the pixels, bilinear; positions in [-1, 1], those beyond at the edge."""
    last = levels.shape[1] - 1
    x = np.clip((across + 1) / 2 * last, 0, last - 1e-3)
    y = np.clip((down + 1) / 2 * last, 0, last - 1e-3)
    left, top = x.astype(np.intp), y.astype(np.intp)
    right_share, bottom_share = x - left, y - top
    picture = np.arange(len(levels))[:, None, None]
    upper = _between(levels[picture, top, left], levels[picture, top, left + 1], right_share)
    lower = _between(
        levels[picture, top + 1, left], levels[picture, top + 1, left + 1], right_share
    )
    return _between(upper, lower, bottom_share)


def _between(one: Floats, other: Floats, share: Floats) -> Floats:
    return np.asarray(one + (other - one) * share, dtype=np.float32)


def _step(one: Floats, other: Floats, inside: Floats, *, xs: Floats, ys: Floats) -> Floats:
    """The move that least squares ask for, by the slopes of the picture that is moved."""
    pixel = 2 / (one.shape[1] - 1)
    slope_down, slope_across = np.gradient(other, pixel, axis=(1, 2))
    slopes = np.stack([slope_across * xs, slope_across, slope_down * ys, slope_down], axis=-1)
    slopes = (slopes * inside[..., None]).reshape(len(one), -1, 4)
    missing = ((one - other) * inside).reshape(len(one), -1)
    squares = np.einsum("nij,nik->njk", slopes, slopes) + _DAMPING * np.eye(4, dtype=np.float32)
    return np.linalg.solve(squares, np.einsum("nij,ni->nj", slopes, missing)[..., None])[..., 0]
