"""What is shown of a network from inside, as facts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF

from training.events import LayerFacts

if TYPE_CHECKING:
    from training.inference.unit import Floats, Unit


@dataclass(frozen=True)
class Place:
    """One number of a layer's maps: row and column of a map, and which map; all from 0."""

    layer: str
    row: int
    column: int
    channel: int


@dataclass(frozen=True)
class LayerLook:
    """One layer and what it makes of the picture.

    Attributes:
        facts: The layer.
        maps: Its maps, float32 (rows, columns, channels); None where its numbers have no places.
        kernels: A convolution's weights, float32 (rows, columns, channels before, channels).
        tells_units: Whether it can be asked what made one of its numbers.
    """

    facts: LayerFacts
    maps: Floats | None = None
    kernels: Floats | None = None
    tells_units: bool = False


@dataclass(frozen=True)
class UnitLook:
    """One number and what made it.

    Attributes:
        place: Which.
        unit: What made it.
        side: Rows and columns of the picture, in the network's pixels.
    """

    place: Place
    unit: Unit
    side: tuple[int, int]

    @property
    def field_shares(self) -> QRectF:
        """What the unit sees, in shares of the picture's sides."""
        field, (rows, columns) = self.unit.field, self.side
        return QRectF(
            field.left / columns,
            field.top / rows,
            (field.right - field.left + 1) / columns,
            (field.bottom - field.top + 1) / rows,
        )


@dataclass(frozen=True)
class Term:
    """What one map before adds to a convolution's sum.

    Attributes:
        channel: The map, from 0.
        window: What it gave, float32 (rows, columns).
        weights: The kernel's slice for it, the same shape.
        total: The sum of their products.
    """

    channel: int
    window: Floats
    weights: Floats
    total: float


def terms_of(unit: Unit) -> tuple[Term, ...]:
    """The parts of a convolution's sum, the weightiest first; none for other layers.

    All of them and the bias together are `unit.total`.
    """
    if unit.weights is None:
        return ()
    products = unit.window.astype("float64") * unit.weights
    totals = products.sum(axis=(0, 1))
    terms = (
        Term(channel, unit.window[..., channel], unit.weights[..., channel], float(total))
        for channel, total in enumerate(totals)
    )
    return tuple(sorted(terms, key=lambda term: -abs(term.total)))
