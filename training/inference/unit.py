"""One number of a network's maps, as facts: what it can see, and what made it."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Box:
    """A rectangle of places, ends included; of the picture: in pixels of the network's input."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def size(self) -> tuple[int, int]:
        """Rows and columns."""
        return self.bottom - self.top + 1, self.right - self.left + 1

    def within(self, rows: int, columns: int) -> "Box":
        """The part of it that lies inside so many rows and columns."""
        return Box(
            max(0, self.top),
            max(0, self.left),
            min(rows - 1, self.bottom),
            min(columns - 1, self.right),
        )

    def joined(self, other: "Box") -> "Box":
        """The smallest box that holds both."""
        return Box(
            min(self.top, other.top),
            min(self.left, other.left),
            max(self.bottom, other.bottom),
            max(self.right, other.right),
        )


@dataclass(frozen=True)
class Weighted:
    """A sum of products: of a convolution of any kind, and of a dense layer.

    Attributes:
        window: What the layer before gave in its window, float32 (rows, columns, channels): zeros
            where the window hangs over the edge. Of a dense layer: one place.
        weights: Of the same shape. Of a separable convolution the products of its two kernels.
        bias: 0.0 where there is none.
        total: The sum of window times weights, plus the bias.
        activation: Keras' name of what becomes of `total`.
        first: Which map before is the window's first one, from 0.
    """

    window: Floats
    weights: Floats
    bias: float
    total: float
    activation: str
    first: int = 0


@dataclass(frozen=True)
class Pooled:
    """The mean or the largest of a window.

    Attributes:
        window: What its map before gave there, float32 (rows, columns): the part that is no edge.
        kept: Row and column of the largest, where that is kept; None for the mean.
    """

    window: Floats
    kept: tuple[int, int] | None = None


@dataclass(frozen=True)
class Normalised:
    """(given - mean) / spread * scale + shift, as batch normalisation does once it has learned.

    Ioffe and Szegedy, "Batch Normalization", 2015, section 3.1.

    Attributes:
        given: The number at its place before.
        mean: Of its map, in training.
        spread: Of its map, in training: the root of the variance and Keras' epsilon.
        scale: Learned; 1.0 where the layer has none.
        shift: Learned; 0.0 where the layer has none.
    """

    given: float
    mean: float
    spread: float
    scale: float
    shift: float


@dataclass(frozen=True)
class Rectified:
    """Not below 0, as ReLU gives it.

    Attributes:
        given: The number at its place before.
        most: What is above this becomes this; None without such a bound.
    """

    given: float
    most: float | None = None


@dataclass(frozen=True)
class Added:
    """The sum of what stands at its place in several maps.

    Attributes:
        parts: One from each road that meets here.
    """

    parts: tuple[float, ...]


Making = Weighted | Pooled | Normalised | Rectified | Added


@dataclass(frozen=True)
class Unit:
    """One number of a layer's maps, and what made it.

    Attributes:
        field: The pixels that it can see, see `Box`.
        making: What made it.
        value: What `making` comes to: what the layer gives.
    """

    field: Box
    making: Making
    value: float
