"""A network from inside: its maps for one picture, and how each single number in them came about.

What is told of a unit is computed here in NumPy, from what the layer before gave, as the notebook
writes it down (section 2): the sum of inputs times weights over the window, plus the bias.
"""

from collections.abc import Mapping
from typing import Any

import keras
import numpy as np

from training.dataset.decode import Pixels
from training.errors import RunError
from training.events import LayerFacts
from training.inference.unit import Box, Floats, Unit
from training.learning.models import layer_facts

_PLACES = 3
_POOLING = (keras.layers.MaxPooling2D, keras.layers.AveragePooling2D)
_ACTIVATIONS: Mapping[str, Any] = {
    "linear": lambda total: total,
    "relu": lambda total: max(0.0, total),
    "sigmoid": lambda total: 1 / (1 + np.exp(-total)),
}


class Inside:
    """One picture on its way through a network.

    Args:
        network: From uint8 (n, side, side, 3) to p_dog.
        pixels: The picture, uint8 (side, side, 3), values in [0, 255].
    """

    def __init__(self, network: keras.Model, pixels: Pixels) -> None:
        self._network = network
        self._side = (int(pixels.shape[0]), int(pixels.shape[1]))
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
    def side(self) -> tuple[int, int]:
        """Rows and columns of the picture, in the network's pixels: what a unit's field counts."""
        return self._side

    @property
    def facts(self) -> tuple[LayerFacts, ...]:
        """All layers after the input, those without maps too, from the picture on."""
        return tuple(each for each in layer_facts(self._network) if each.kind != "InputLayer")

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

    def tells_units(self, layer: str) -> bool:
        """Whether `unit` can say what made the numbers of a layer."""
        found = self._layers[layer]
        return isinstance(found, _POOLING) or (
            isinstance(found, keras.layers.Conv2D) and _is_told_of(found)
        )

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
        if isinstance(found, _POOLING):
            return self._pooled(found, field, (row, column), channel)
        raise RunError(f"The layer {layer} has no window to look into.", "Choose a convolution.")

    def _convolved(
        self, layer: keras.layers.Conv2D, field: Box, place: tuple[int, int], channel: int
    ) -> Unit:
        if not _is_told_of(layer):
            raise RunError(f"How {layer.name} computes is not told of here.", "Choose another.")
        window = self._window(layer, place)
        weights = np.asarray(layer.kernel)[..., channel]
        bias = float(layer.bias[channel]) if layer.use_bias else 0.0
        total = float(np.sum(window.astype(np.float64) * weights)) + bias
        activation = keras.activations.serialize(layer.activation)
        value = float(_ACTIVATIONS[activation](total))
        return Unit(field, window, weights, bias, total, value, activation=activation)

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


def _is_told_of(layer: keras.layers.Conv2D) -> bool:
    return layer.groups == 1 and keras.activations.serialize(layer.activation) in _ACTIVATIONS


def _has_places(layer: keras.Layer) -> bool:
    return len(layer.output.shape[1:]) == _PLACES


def _ends(layer: keras.Layer) -> tuple[keras.KerasTensor, ...]:
    """The layer's output, and its input where it has one."""
    given = layer.input
    return (layer.output, *(given if isinstance(given, list) else [given]))
