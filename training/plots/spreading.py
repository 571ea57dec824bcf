"""Labels that would overlap, moved apart along a line."""

from collections.abc import Sequence


def spread(places: Sequence[float], *, apart: float, low: float, high: float) -> list[float]:
    """Move places apart as little as possible.

    With the i-th smallest place taken down by i times the distance, places that are far enough
    apart never fall; so this is an isotonic regression, solved by pooling adjacent violators
    (Ayer and others, Annals of Mathematical Statistics 26, 1955). The sum of the squared moves is
    the least that there is, and the order stays.

    Args:
        places: Where each would like to be.
        apart: The least distance of two neighbours, above 0; less where the room is not enough.
        low: The lowest place.
        high: The highest place.

    Returns:
        A place for each, in the order of `places`.
    """
    order = sorted(range(len(places)), key=lambda each: places[each])
    apart = min(apart, (high - low) / max(1, len(places) - 1))
    pools: list[tuple[float, int]] = []  # a mean, and of how many
    for rank, each in enumerate(order):
        mean, count = places[each] - rank * apart, 1
        while pools and pools[-1][0] >= mean:
            other, others = pools.pop()
            mean, count = (mean * count + other * others) / (count + others), count + others
        pools.append((mean, count))
    top = max(low, high - apart * (len(places) - 1))
    settled = [min(max(mean, low), top) for mean, count in pools for _ in range(count)]
    found = [0.0] * len(places)
    for rank, each in enumerate(order):
        found[each] = settled[rank] + rank * apart
    return found
