"""What made a number of a layer's maps, computed in NumPy from what the layers before gave.

For a convolution that is the notebook's formula (section 1): the sum of inputs times weights over
the window, plus the bias. Depthwise, separable and dense layers are the same sum with other
windows and weights.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import keras
import numpy as np
from keras import layers

from training.inference.unit import (
    Added,
    Box,
    Floats,
    Making,
    Normalised,
    Pooled,
    Rectified,
    Weighted,
)
from training.learning.fields import window_of

_SIX = 6.0
_ACTIVATIONS: Mapping[str, Callable[[float], float]] = {
    "linear": lambda total: total,
    "relu": lambda total: max(0.0, total),
    "relu6": lambda total: min(_SIX, max(0.0, total)),
    "sigmoid": lambda total: float(1 / (1 + np.exp(-total))),
}
_RECTIFIERS: Mapping[str, float | None] = {"relu": None, "relu6": _SIX}


@dataclass(frozen=True)
class Spot:
    """One number of maps: its row, its column and its map, from 0."""

    row: int
    column: int
    channel: int


def is_told_of(layer: keras.Layer) -> bool:
    """Whether `making_of` knows how a layer makes its numbers."""
    kind = _KINDS.get(type(layer))
    return kind is not None and kind.is_told(layer)


def making_of(layer: keras.Layer, given: Sequence[Floats], spot: Spot) -> tuple[Making, float]:
    """What made a number, and what it comes to.

    Args:
        layer: One that `is_told_of`.
        given: What each layer before it gave, float32 (rows, columns, channels); numbers without
            places are maps of one place.
        spot: Which number of the layer.
    """
    making = _KINDS[type(layer)].making(layer, given, spot)
    return making, value_of(making)


def value_of(making: Making) -> float:
    """What it comes to."""
    match making:
        case Weighted(total=total, activation=activation):
            return _ACTIVATIONS[activation](total)
        case Pooled(window, kept):
            return float(window.mean(dtype=np.float64) if kept is None else window[kept])
        case Normalised(given, mean, spread, scale, shift):
            return (given - mean) / spread * scale + shift
        case Rectified(given, most):
            return max(0.0, given if most is None else min(most, given))
        case Added(parts):
            return sum(parts)


def kernel_of(layer: keras.Layer) -> Floats | None:
    """A convolution's weights, float32 (rows, columns, maps that one looks at, maps).

    Of a separable one the products of its two kernels, which it computes one after the other.
    """
    match layer:
        case layers.Conv2D():
            return np.asarray(layer.kernel)
        case layers.DepthwiseConv2D():
            kernel = np.asarray(layer.kernel)
            return kernel.reshape(*kernel.shape[:2], 1, -1)
        case layers.SeparableConv2D():
            each = np.asarray(layer.depthwise_kernel)
            across = np.asarray(layer.pointwise_kernel).reshape(*each.shape[2:], -1)
            return np.asarray(np.einsum("rcim,imo->rcio", each, across), dtype=np.float32)
    return None


def _convolved(layer: keras.Layer, given: Sequence[Floats], spot: Spot) -> Weighted:
    weights = kernel_of(layer)
    assert weights is not None
    held = _box_of(layer, given[0], spot)
    return _weighted(layer, _cut(given[0], held), weights[..., spot.channel], spot.channel)


def _convolved_alone(layer: keras.Layer, given: Sequence[Floats], spot: Spot) -> Weighted:
    """Depthwise: of the maps before, each makes `depth_multiplier` maps of its own."""
    weights = kernel_of(layer)
    assert weights is not None
    first = spot.channel // layer.depth_multiplier
    before = given[0][..., first : first + 1]
    window = _cut(before, _box_of(layer, before, spot))
    return _weighted(layer, window, weights[..., spot.channel], spot.channel, first)


def _dense(layer: keras.Layer, given: Sequence[Floats], spot: Spot) -> Weighted:
    window = given[0][spot.row : spot.row + 1, spot.column : spot.column + 1]
    weights = np.asarray(layer.kernel)[np.newaxis, np.newaxis, :, spot.channel]
    return _weighted(layer, window, weights, spot.channel)


def _weighted(
    layer: keras.Layer, window: Floats, weights: Floats, channel: int, first: int = 0
) -> Weighted:
    bias = float(layer.bias[channel]) if layer.use_bias else 0.0
    total = float(np.sum(window.astype(np.float64) * weights)) + bias
    return Weighted(window, weights, bias, total, _activation_of(layer), first)


def _largest(layer: keras.Layer, given: Sequence[Floats], spot: Spot) -> Pooled:
    window = _pool(layer, given, spot).window
    row, column = np.unravel_index(int(window.argmax()), window.shape)
    return Pooled(window, (int(row), int(column)))


def _pool(layer: keras.Layer, given: Sequence[Floats], spot: Spot) -> Pooled:
    rows, columns, _ = given[0].shape
    held = _box_of(layer, given[0], spot).within(rows, columns)
    return Pooled(given[0][held.top : held.bottom + 1, held.left : held.right + 1, spot.channel])


def _normalised(layer: keras.Layer, given: Sequence[Floats], spot: Spot) -> Normalised:
    channel = spot.channel
    return Normalised(
        given=_same_place(given[0], spot),
        mean=float(layer.moving_mean[channel]),
        spread=float(np.sqrt(float(layer.moving_variance[channel]) + layer.epsilon)),
        scale=float(layer.gamma[channel]) if layer.scale else 1.0,
        shift=float(layer.beta[channel]) if layer.center else 0.0,
    )


def _rectified(layer: keras.Layer, given: Sequence[Floats], spot: Spot) -> Rectified:
    most = layer.max_value if isinstance(layer, layers.ReLU) else _RECTIFIERS[_activation_of(layer)]
    return Rectified(_same_place(given[0], spot), None if most is None else float(most))


def _added(_layer: keras.Layer, given: Sequence[Floats], spot: Spot) -> Added:
    return Added(tuple(_same_place(each, spot) for each in given))


def _same_place(before: Floats, spot: Spot) -> float:
    return float(before[spot.row, spot.column, spot.channel])


def _box_of(layer: keras.Layer, before: Floats, spot: Spot) -> Box:
    place = Box(spot.row, spot.column, spot.row, spot.column)
    return window_of(layer, place, (before.shape[0], before.shape[1]))


def _cut(before: Floats, box: Box) -> Floats:
    """What lies in a box; zeros beyond the edge."""
    rows, columns, channels = before.shape
    held = box.within(rows, columns)
    window = np.zeros((*box.size, channels), np.float32)
    window[
        held.top - box.top : held.bottom - box.top + 1,
        held.left - box.left : held.right - box.left + 1,
    ] = before[held.top : held.bottom + 1, held.left : held.right + 1]
    return window


def _activation_of(layer: keras.Layer) -> str:
    return str(keras.activations.serialize(layer.activation))


def _is_plain_sum(layer: keras.Layer) -> bool:
    """Neither in groups nor with holes in its kernel, and with an activation that is known."""
    is_whole = getattr(layer, "groups", 1) == 1
    has_no_holes = set(getattr(layer, "dilation_rate", (1,))) == {1}
    return is_whole and has_no_holes and _activation_of(layer) in _ACTIVATIONS


def _always(_layer: keras.Layer) -> bool:
    return True


@dataclass(frozen=True)
class _Kind:
    """One kind of layer: how it makes a number, and whether a layer of it is told of."""

    making: Callable[[keras.Layer, Sequence[Floats], Spot], Making]
    is_told: Callable[[keras.Layer], bool] = _always


_KINDS: Mapping[type, _Kind] = {
    layers.Conv2D: _Kind(_convolved, _is_plain_sum),
    layers.SeparableConv2D: _Kind(_convolved, _is_plain_sum),
    layers.DepthwiseConv2D: _Kind(_convolved_alone, _is_plain_sum),
    layers.Dense: _Kind(_dense, _is_plain_sum),
    layers.MaxPooling2D: _Kind(_largest),
    layers.GlobalMaxPooling2D: _Kind(_largest),
    layers.AveragePooling2D: _Kind(_pool),
    layers.GlobalAveragePooling2D: _Kind(_pool),
    layers.BatchNormalization: _Kind(_normalised),
    layers.ReLU: _Kind(_rectified, lambda layer: not (layer.negative_slope or layer.threshold)),
    layers.Activation: _Kind(_rectified, lambda layer: _activation_of(layer) in _RECTIFIERS),
    layers.Add: _Kind(_added, lambda layer: len({tuple(each.shape) for each in layer.input}) == 1),
}
