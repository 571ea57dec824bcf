"""Receptive fields: which pixels a place of a layer's maps can see, through the whole network."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import keras
from keras import layers

from training.inference.unit import Box

_PLACES = 4  # axes of a batch of maps

LookedAt = Callable[[Box], Box]
"""From places of a layer to the places of the layer before that they look at."""


@dataclass(frozen=True)
class _Step:
    """One layer or operation: its output, and for each input how its places look at it."""

    output: int
    inputs: tuple[tuple[int, LookedAt], ...]


class Fields:
    """The receptive fields of a network.

    Args:
        network: A functional model with one input and no layer that is used twice.
    """

    def __init__(self, network: keras.Model) -> None:
        self._picture = id(network.input)
        self._steps = [_step_of(each) for each in reversed(network.operations)]

    def of(self, tensor: keras.KerasTensor, box: Box) -> Box:
        """The pixels that some places of a layer's output see, beyond the picture's edge too.

        Roads that part and meet again are followed once each, from the output back: where several
        lead to one place, the smallest box that holds all counts.
        """
        seen = {id(tensor): box}
        for step in self._steps:
            places = seen.get(step.output)
            if places is None:
                continue
            for before, looked_at in step.inputs:
                looked = looked_at(places)
                seen[before] = looked.joined(seen[before]) if before in seen else looked
        return seen[self._picture]


def window_of(
    layer: Any,  # noqa: ANN401 - a layer, or what Keras makes of `a + b`
    box: Box,
    size: tuple[int, int],
) -> Box:
    """The places of the layer before that a box of a layer's places looks at.

    Args:
        layer: Any; of one that this does not know, and that changes the number of places, each
            place counts as looking at all.
        box: Places of the layer; some may lie beyond its edge.
        size: Rows and columns of the layer before.
    """
    if isinstance(layer, _WINDOWED):
        return _windowed(layer, box, size)
    if isinstance(layer, layers.ZeroPadding2D):
        (top, _), (left, _) = layer.padding
        return Box(box.top - top, box.left - left, box.bottom - top, box.right - left)
    return box if size == size_of(layer.output) else Box(0, 0, size[0] - 1, size[1] - 1)


def size_of(tensor: keras.KerasTensor) -> tuple[int, int]:
    """Rows and columns of maps; numbers without places count as one place."""
    return tuple(tensor.shape[1:3]) if len(tensor.shape) == _PLACES else (1, 1)


_WINDOWED = (
    layers.Conv2D,
    layers.DepthwiseConv2D,
    layers.SeparableConv2D,
    layers.MaxPooling2D,
    layers.AveragePooling2D,
)


def _step_of(operation: Any) -> _Step:  # noqa: ANN401 - likewise
    return _Step(id(operation.output), tuple(_looks_of(operation)))


def _looks_of(operation: Any) -> list[tuple[int, LookedAt]]:  # noqa: ANN401 - likewise
    if isinstance(operation, layers.InputLayer):
        return []
    given = operation.input
    return [
        (id(tensor), partial(window_of, operation, size=size_of(tensor)))
        for tensor in (given if isinstance(given, (list, tuple)) else [given])
    ]


def _windowed(layer: keras.Layer, box: Box, size: tuple[int, int]) -> Box:
    kernel = [
        (side - 1) * dilation + 1
        for side, dilation in zip(_kernel_of(layer), _dilation_of(layer), strict=True)
    ]
    strides = layer.strides
    before = [
        _padding(side, window, stride) if layer.padding == "same" else 0
        for side, window, stride in zip(size, kernel, strides, strict=True)
    ]
    return Box(
        box.top * strides[0] - before[0],
        box.left * strides[1] - before[1],
        box.bottom * strides[0] - before[0] + kernel[0] - 1,
        box.right * strides[1] - before[1] + kernel[1] - 1,
    )


def _kernel_of(layer: keras.Layer) -> tuple[int, int]:
    rows, columns = getattr(layer, "kernel_size", None) or layer.pool_size
    return int(rows), int(columns)


def _dilation_of(layer: keras.Layer) -> tuple[int, int]:
    rows, columns = getattr(layer, "dilation_rate", (1, 1))
    return int(rows), int(columns)


def _padding(side: int, window: int, stride: int) -> int:
    """Zeros before the first place under "same" padding, as TensorFlow lays them."""
    out = -(-side // stride)
    return max(0, (out - 1) * stride + window - side) // 2
