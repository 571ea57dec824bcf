"""A network from inside: its maps for one picture, and how each single number in them came about.

What is told of a unit is computed here in NumPy, from what the layer before gave, as the notebook
writes it down (section 2): the sum of inputs times weights over the window, plus the bias.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import keras
import numpy as np
import numpy.typing as npt

from training.dataset.decode import Pixels
from training.errors import RunError

Floats = npt.NDArray[np.float32]

_PLACES = 3
_ACTIVATIONS: Mapping[str, Any] = {
    "linear": lambda total: total,
    "relu": lambda total: max(0.0, total),
    "sigmoid": lambda total: 1 / (1 + np.exp(-total)),
}


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
    """

    field: Box
    window: Floats
    weights: Floats | None
    bias: float
    total: float
    value: float
    kept: tuple[int, int] | None = None


class Inside:
    """One picture on its way through a network.

    Args:
        network: From uint8 (n, side, side, 3) to p_dog.
        pixels: The picture, uint8 (side, side, 3), values in [0, 255].
    """

    def __init__(self, network: keras.Model, pixels: Pixels) -> None:
        self._side = pixels.shape[:2]
        self._layers = {
            layer.name: layer
            for layer in network.layers
            if not isinstance(layer, keras.layers.InputLayer) and _has_places(layer)
        }
        wanted = {id(tensor): tensor for layer in self._layers.values() for tensor in _ends(layer)}
        asked = keras.Model(network.input, list(wanted.values()))
        answers = asked.predict_on_batch(pixels[np.newaxis])
        self._maps = dict(zip(wanted, (np.asarray(each)[0] for each in answers), strict=True))

    @property
    def layers(self) -> tuple[str, ...]:
        """The layers that have maps, from the picture on."""
        return tuple(self._layers)

    def maps(self, layer: str) -> Floats:
        """What a layer makes of the picture, float32 (rows, columns, channels)."""
        return np.asarray(self._maps[id(self._layers[layer].output)], dtype=np.float32)

    def kernels(self, layer: str) -> Floats | None:
        """A convolution's weights, float32 (rows, columns, channels before, channels)."""
        found = self._layers[layer]
        return np.asarray(found.kernel) if isinstance(found, keras.layers.Conv2D) else None

    def unit(self, layer: str, row: int, column: int, channel: int) -> Unit:
        """One number of a layer's maps.

        Args:
            layer: A convolution or a pooling layer.
            row: Of the map.
            column: Of the map.
            channel: Which map.

        Raises:
            RunError: The layer is neither, or has an activation that is not told of.
        """
        found = self._layers[layer]
        field = self._field(found.output, Box(row, column, row, column)).within(*self._side)
        if isinstance(found, keras.layers.Conv2D):
            return self._convolved(found, field, (row, column), channel)
        if isinstance(found, keras.layers.MaxPooling2D | keras.layers.AveragePooling2D):
            return self._pooled(found, field, (row, column), channel)
        raise RunError(f"The layer {layer} has no window to look into.", "Choose a convolution.")

    def _convolved(
        self, layer: keras.layers.Conv2D, field: Box, place: tuple[int, int], channel: int
    ) -> Unit:
        activation = keras.activations.serialize(layer.activation)
        if activation not in _ACTIVATIONS or layer.groups != 1:
            raise RunError(f"How {layer.name} computes is not told of here.", "Choose another.")
        window = self._window(layer, place)
        weights = np.asarray(layer.kernel)[..., channel]
        bias = float(layer.bias[channel]) if layer.use_bias else 0.0
        total = float(np.sum(window.astype(np.float64) * weights)) + bias
        value = float(_ACTIVATIONS[activation](total))
        return Unit(field, window, weights, bias, total, value)

    def _pooled(self, layer: keras.Layer, field: Box, place: tuple[int, int], channel: int) -> Unit:
        is_largest = isinstance(layer, keras.layers.MaxPooling2D)
        window = self._window(layer, place)[..., channel : channel + 1]
        inside = self._window(layer, place, ones=True)[..., 0] > 0
        seen = window[..., 0]
        total = float(seen[inside].max() if is_largest else seen[inside].mean())
        kept = None
        if is_largest:
            best = int(np.argmax(np.where(inside, seen, -np.inf)))
            kept = divmod(best, seen.shape[1])
        return Unit(field, window, None, 0.0, total, total, kept)

    def _window(self, layer: keras.Layer, place: tuple[int, int], *, ones: bool = False) -> Floats:
        """What a unit's window holds; zeros beyond the edge."""
        before = np.asarray(self._maps[id(layer.input)], dtype=np.float32)
        if ones:
            before = np.ones_like(before[..., :1])
        box = _window_box(layer, Box(*place, *place), before.shape[:2])
        held = box.within(*before.shape[:2])
        window = np.zeros(
            (box.bottom - box.top + 1, box.right - box.left + 1, before.shape[2]), np.float32
        )
        window[
            held.top - box.top : held.bottom - box.top + 1,
            held.left - box.left : held.right - box.left + 1,
        ] = before[held.top : held.bottom + 1, held.left : held.right + 1]
        return window

    def _field(self, tensor: keras.KerasTensor, box: Box) -> Box:
        """The pixels that a box of a layer's places sees, beyond the edge too."""
        history = tensor._keras_history  # noqa: SLF001 - Keras has no public name for it
        layer = history.operation
        given = layer._inbound_nodes[history.node_index].input_tensors  # noqa: SLF001 - likewise
        if not given:
            return box
        boxes = [self._field(each, _window_box(layer, box, each.shape[1:3])) for each in given]
        joined = boxes[0]
        for each in boxes[1:]:
            joined = joined.joined(each)
        return joined


def _window_box(layer: keras.Layer, box: Box, size: tuple[int, int]) -> Box:
    """The places of the layer before that a box of a layer's places looks at.

    Args:
        layer: Any; those without a window look at the same places.
        box: Places of the layer.
        size: Rows and columns of the layer before.
    """
    kernel = getattr(layer, "kernel_size", None) or getattr(layer, "pool_size", None)
    if kernel is None:
        return box
    strides = layer.strides
    same = layer.padding == "same"
    before = [
        _padding(side, window, stride) if same else 0
        for side, window, stride in zip(size, kernel, strides, strict=True)
    ]
    return Box(
        box.top * strides[0] - before[0],
        box.left * strides[1] - before[1],
        box.bottom * strides[0] - before[0] + kernel[0] - 1,
        box.right * strides[1] - before[1] + kernel[1] - 1,
    )


def _padding(side: int, window: int, stride: int) -> int:
    """Zeros before the first place under "same" padding, as TensorFlow lays them."""
    out = -(-side // stride)
    return max(0, (out - 1) * stride + window - side) // 2


def _has_places(layer: keras.Layer) -> bool:
    return len(layer.output.shape[1:]) == _PLACES


def _ends(layer: keras.Layer) -> tuple[keras.KerasTensor, ...]:
    """The layer's output, and its input where it has one."""
    given = layer.input
    return (layer.output, *(given if isinstance(given, list) else [given]))
