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
class Unit:
    """One number of a layer's maps, and what made it.

    Attributes:
        field: The pixels that it can see, see `Box`.
        window: What the layer before gave in its window, float32 (rows, columns, channels): zeros
            where the window hangs over the edge.
        weights: Of a convolution, the same shape; None where the layer has none.
        bias: Of a convolution; 0.0 where there is none.
        total: Of a convolution the sum of window times weights, plus the bias; of a pooling layer
            the largest number or the mean, as it does.
        value: `total` after the activation: what the layer gives.
        kept: Of a pooling layer that keeps the largest: its row and column in the window.
        activation: Keras' name of a convolution's; empty where there is none.
    """

    field: Box
    window: Floats
    weights: Floats | None
    bias: float
    total: float
    value: float
    kept: tuple[int, int] | None = None
    activation: str = ""
