"""What is shown of a network from inside, as facts."""

from __future__ import annotations

from dataclasses import dataclass
from math import isqrt
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF

from training.events import LayerFacts

if TYPE_CHECKING:
    from training.inference.unit import Floats, Unit, Weighted


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
        maps: Its maps, float32 (rows, columns, channels); numbers without places are maps of one
            place; None where there is nothing to see.
        kernels: A convolution's weights, float32 (rows, columns, maps that one looks at, maps).
        tells_units: Whether it can be asked what made one of its numbers.
    """

    facts: LayerFacts
    maps: Floats | None = None
    kernels: Floats | None = None
    tells_units: bool = False

    @property
    def is_sheet(self) -> bool:
        """Whether its maps are of one place each, and are looked at best all on one sheet."""
        return self.maps is not None and self.maps.shape[:2] == (1, 1)

    @property
    def sheet(self) -> Floats:
        """The numbers of maps of one place, row by row, float32 (rows, columns).

        As near to a square as is filled to the last place.
        """
        assert self.maps is not None
        count = self.maps.shape[2]
        rows = next(each for each in range(isqrt(count), 0, -1) if count % each == 0)
        return self.maps.reshape(rows, count // rows)

    def place_at(self, row: int, column: int, channel: int) -> Place:
        """The number at a place of a map, or of the sheet."""
        if self.is_sheet:
            return Place(self.facts.name, 0, 0, row * self.sheet.shape[1] + column)
        return Place(self.facts.name, row, column, channel)


@dataclass(frozen=True)
class UnitLook:
    """One number and what made it.

    Attributes:
        place: Which.
        unit: What made it.
        side: Rows and columns of the picture, in the network's pixels.
        has_places: Whether it stands in a map; else it is one of a layer's numbers.
    """

    place: Place
    unit: Unit
    side: tuple[int, int]
    has_places: bool = True

    @property
    def field_shares(self) -> QRectF:
        """What the unit sees, in shares of the picture's sides."""
        field, (rows, columns) = self.unit.field, self.side
        height, width = field.size
        return QRectF(field.left / columns, field.top / rows, width / columns, height / rows)


@dataclass(frozen=True)
class Term:
    """What one map before adds to a sum.

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


def terms_of(made: Weighted) -> tuple[Term, ...]:
    """The parts of a sum, the weightiest first; all of them and the bias are `made.total`."""
    totals = (made.window.astype("float64") * made.weights).sum(axis=(0, 1))
    terms = (
        Term(made.first + place, made.window[..., place], made.weights[..., place], float(total))
        for place, total in enumerate(totals)
    )
    return tuple(sorted(terms, key=lambda term: -abs(term.total)))
