"""Each number of a layer is told as NumPy computes it."""

from pathlib import Path

import keras
import numpy as np
import pytest
from keras import layers

from tests.training.learning.looked_into import build_mobile_net, build_motley
from training.dataset.decode import pixels_of
from training.dataset.sample import draw_picture
from training.inference.unit import Added, Normalised, Pooled, Rectified, Weighted
from training.learning.inside import Inside

KINDS = {
    "Conv2D": Weighted,
    "DepthwiseConv2D": Weighted,
    "SeparableConv2D": Weighted,
    "Dense": Weighted,
    "MaxPooling2D": Pooled,
    "AveragePooling2D": Pooled,
    "GlobalAveragePooling2D": Pooled,
    "GlobalMaxPooling2D": Pooled,
    "BatchNormalization": Normalised,
    "ReLU": Rectified,
    "Activation": Rectified,
    "Add": Added,
}


@pytest.fixture(scope="module")
def motley() -> keras.Model:
    return build_motley()


def given_and_made(
    network: keras.Model, picture: np.ndarray, name: str
) -> tuple[list[np.ndarray], np.ndarray]:
    """What comes into a layer, and what Keras makes of it; numbers alone as maps of one place."""
    layer = network.get_layer(name)
    given = layer.input if isinstance(layer.input, list) else [layer.input]
    answers = keras.Model(network.input, [*given, layer.output]).predict_on_batch(
        picture[np.newaxis]
    )
    maps = [each[0] if each.ndim == 4 else each[0][np.newaxis, np.newaxis] for each in answers]
    return maps[:-1], maps[-1]


def by_numpy(layer: keras.Layer, given: list[np.ndarray], row: int, column: int, at: int) -> float:
    """One number of a layer, written down anew from Keras' description of it."""
    before = given[0].astype(np.float64)
    weights = [np.asarray(each, np.float64) for each in layer.get_weights()]
    kind = type(layer).__name__
    if kind == "Add":
        return float(sum(each[row, column, at] for each in given))
    if kind in ("ReLU", "Activation"):
        most = getattr(layer, "max_value", None)
        return float(np.clip(before[row, column, at], 0.0, np.inf if most is None else most))
    if kind == "BatchNormalization":
        mean, variance = (float(each[at]) for each in weights[-2:])
        share = (before[row, column, at] - mean) / np.sqrt(variance + layer.epsilon)
        gamma, beta = (float(each[at]) for each in weights[:-2]) if layer.scale else (1.0, 0.0)
        return float(share * gamma + beta)
    if kind.startswith("Global"):
        return float((np.max if "Max" in kind else np.mean)(before[..., at]))
    if kind == "Dense":
        total = before[row, column] @ weights[0][:, at] + weights[1][at]
        return float(1 / (1 + np.exp(-total)))
    if kind.endswith("Pooling2D"):
        seen = before[row * 2 : row * 2 + 2, column * 2 : column * 2 + 2, at]
        return float(seen.max() if kind == "MaxPooling2D" else seen.mean())
    return summed(layer, before, weights, row, column, at)


def summed(
    layer: keras.Layer,
    before: np.ndarray,
    weights: list[np.ndarray],
    row: int,
    column: int,
    at: int,
) -> float:
    """Formula (1) of the notebook, on maps with zeros around them where the layer lays them."""
    side, stride = layer.kernel_size[0], layer.strides[0]
    if layer.padding == "same":
        size = before.shape[0]
        beside = max(0, (-(-size // stride) - 1) * stride + side - size)
        edge = (beside // 2, beside - beside // 2)
        before = np.pad(before, (edge, edge, (0, 0)))
    window = before[row * stride : row * stride + side, column * stride : column * stride + side]
    bias = weights[-1][at] if layer.use_bias else 0.0
    match type(layer).__name__:
        case "DepthwiseConv2D":
            source, slot = divmod(at, layer.depth_multiplier)
            return float((window[..., source] * weights[0][..., source, slot]).sum() + bias)
        case "SeparableConv2D":
            alone = np.einsum("rci,rcim->im", window, weights[0]).ravel()
            return max(0.0, float(alone @ weights[1][0, 0, :, at] + bias))
    return float((window * weights[0][..., at]).sum() + bias)


def told_as_numpy_has_it(network: keras.Model, picture: np.ndarray, names: list[str]) -> set[str]:
    """Hold some numbers of layers against NumPy; the kinds that were held."""
    inside, generator, held = Inside(network, picture), np.random.default_rng(5), set()
    for name in names:
        layer = network.get_layer(name)
        given, maps = given_and_made(network, picture, name)
        corners = [(0, 0), (maps.shape[0] - 1, maps.shape[1] - 1)]
        inner = [tuple(int(generator.integers(each)) for each in maps.shape[:2]) for _ in range(4)]
        for row, column in [*corners, *inner]:
            at = int(generator.integers(maps.shape[2]))
            unit = inside.unit(name, row, column, at)
            assert isinstance(unit.making, KINDS[type(layer).__name__])
            by_hand = by_numpy(layer, given, row, column, at)
            assert unit.value == pytest.approx(by_hand, rel=1e-5, abs=1e-5)
            assert unit.value == pytest.approx(float(maps[row, column, at]), rel=1e-4, abs=1e-4)
        held.add(type(layer).__name__)
    return held


def test_every_kind_of_layer_is_told_of_as_numpy_has_it(motley: keras.Model) -> None:
    picture = np.random.default_rng(6).integers(0, 256, (20, 20, 3), dtype=np.uint8)
    shown = Inside(motley, picture)
    names = [name for name in shown.layers if shown.tells_units(name)]
    assert told_as_numpy_has_it(motley, picture, names) == set(KINDS)


def test_a_normalisation_without_scale_and_shift_has_one_and_none(motley: keras.Model) -> None:
    picture = np.random.default_rng(6).integers(0, 256, (20, 20, 3), dtype=np.uint8)
    name = next(
        each.name
        for each in motley.layers
        if isinstance(each, layers.BatchNormalization) and not each.scale
    )
    unit = Inside(motley, picture).unit(name, 2, 3, 4)
    given, maps = given_and_made(motley, picture, name)
    assert isinstance(unit.making, Normalised)
    assert (unit.making.scale, unit.making.shift) == (1.0, 0.0)
    assert unit.making.given == float(given[0][2, 3, 4])
    assert unit.value == pytest.approx(float(maps[2, 3, 4]), abs=1e-5)


def test_a_depthwise_unit_looks_at_one_map_and_says_which(motley: keras.Model) -> None:
    picture = np.full((20, 20, 3), 90, np.uint8)
    inside = Inside(motley, picture)
    unit = inside.unit("alone", 4, 4, 5)
    assert isinstance(unit.making, Weighted)
    assert unit.making.first == 2
    assert unit.making.window.shape == unit.making.weights.shape == (3, 3, 1)
    kernels = inside.kernels("alone")
    assert kernels is not None
    assert np.array_equal(kernels[..., 5], unit.making.weights)


@pytest.mark.slow
def test_mobilenets_numbers_are_told_as_numpy_has_them(shared_data: Path) -> None:
    network = build_mobile_net(
        shared_data, 72
    )  # 72, 36, 18, 9, 5, 3: odd sides are padded otherwise
    picture = pixels_of(draw_picture("dog", 2, seed=7), 72)
    names = [
        *("Conv1", "bn_Conv1", "Conv1_relu", "expanded_conv_depthwise"),
        *("block_1_depthwise", "block_2_add", "block_13_depthwise", "block_13_depthwise_BN"),
        *("block_16_project", "Conv_1", "out_relu", network.layers[-1].name),
    ]
    assert told_as_numpy_has_it(network, picture, names) == {
        *("Conv2D", "DepthwiseConv2D", "BatchNormalization", "ReLU", "Add"),
        "GlobalAveragePooling2D",
    }
