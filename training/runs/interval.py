"""How far a share that was counted on some pictures can be trusted."""

import math
from dataclasses import dataclass
from statistics import NormalDist


@dataclass(frozen=True)
class Interval:
    """From where to where a share may lie, both in [0, 1]."""

    low: float
    high: float


def wilson(right: int, pictures: int, *, level: float = 0.95) -> Interval:
    """The interval of a share by its score test (Wilson, "Probable Inference", JASA 22, 1927).

    Unlike the share plus and minus two standard deviations it stays in [0, 1] and holds for shares
    near 1, which is where good models are.

    Args:
        right: How many of the pictures count, at most all of them.
        pictures: How many there are, at least 1.
        level: Of a hundred such intervals, so many hundredths have the true share in them.
    """
    z = NormalDist().inv_cdf((1 + level) / 2)
    share, spread = right / pictures, z * z / pictures
    middle = (share + spread / 2) / (1 + spread)
    reach = z / (1 + spread) * math.sqrt(share * (1 - share) / pictures + spread / (4 * pictures))
    return Interval(max(0.0, middle - reach), min(1.0, middle + reach))
