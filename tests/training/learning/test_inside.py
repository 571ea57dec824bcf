"""What is told of a network from inside is what happens in it."""

from pathlib import Path

import keras
import numpy as np
import pytest
from keras import layers

from training.dataset.decode import pixels_of
from training.dataset.sample import draw_picture
from training.errors import RunError
from training.inference.unit import Added, Box, Normalised, Pooled, Rectified, Weighted
from training.learning.backbone import build_backbone
from training.learning.backbones import BACKBONES, DEFAULT_BACKBONE
from training.learning.inside import Inside
from training.learning.models import build_notebook, build_notebook_described, build_scratch
from training.learning.weights import MOBILENET_V2


@pytest.fixture(scope="module")
def pixels() -> np.ndarray:
    return pixels_of(draw_picture("cat", 1, seed=4), 150)


@pytest.fixture(scope="module")
def notebook() -> keras.Model:
    keras.utils.set_random_seed(1)
    return build_notebook(150)


@pytest.fixture(scope="module")
def inside(notebook: keras.Model, pixels: np.ndarray) -> Inside:
    return Inside(notebook, pixels)


def convolutions(network: keras.Model) -> list[str]:
    return [each.name for each in network.layers if isinstance(each, keras.layers.Conv2D)]


def poolings(network: keras.Model) -> list[str]:
    return [each.name for each in network.layers if isinstance(each, keras.layers.MaxPooling2D)]


def test_the_maps_are_those_of_the_network(
    inside: Inside, notebook: keras.Model, pixels: np.ndarray
) -> None:
    for name in convolutions(notebook):
        alone = keras.Model(notebook.input, notebook.get_layer(name).output)
        assert np.array_equal(inside.maps(name), alone.predict_on_batch(pixels[np.newaxis])[0])
        kernels = inside.kernels(name)
        assert kernels is not None
        assert kernels.shape == notebook.get_layer(name).kernel.shape
    assert inside.kernels(poolings(notebook)[0]) is None


def test_a_unit_of_each_of_three_layers_is_the_sum_that_the_notebook_writes_down(
    inside: Inside, notebook: keras.Model
) -> None:
    generator = np.random.default_rng(2)
    for name in convolutions(notebook):
        maps = inside.maps(name)
        for _ in range(20):
            row, column, channel = (int(generator.integers(each)) for each in maps.shape)
            unit = inside.unit(name, row, column, channel)
            made = unit.making
            assert isinstance(made, Weighted)
            by_hand = made.bias
            for i in range(made.window.shape[0]):
                for j in range(made.window.shape[1]):
                    by_hand += float(made.window[i, j] @ made.weights[i, j])
            assert made.total == pytest.approx(by_hand, abs=1e-5)
            assert unit.value == pytest.approx(max(0.0, by_hand), abs=1e-5)
            assert unit.value == pytest.approx(float(maps[row, column, channel]), abs=1e-4)


def test_pooling_says_which_number_it_kept(inside: Inside, notebook: keras.Model) -> None:
    for name in poolings(notebook):
        maps = inside.maps(name)
        unit = inside.unit(name, 3, 2, 1)
        assert isinstance(unit.making, Pooled)
        assert unit.making.kept is not None
        assert unit.value == float(unit.making.window.max()) == float(maps[3, 2, 1])
        assert unit.making.window[unit.making.kept] == unit.value


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


@pytest.fixture(scope="module")
def motley() -> keras.Model:
    """A network with one layer, or two, of each kind that is told of."""
    keras.utils.set_random_seed(3)
    pictures = keras.Input((20, 20, 3), dtype="uint8")
    maps = layers.Rescaling(1 / 127.5, offset=-1)(pictures)
    maps = layers.Conv2D(4, 3, strides=2, padding="same", use_bias=False)(maps)
    maps = layers.BatchNormalization(name="normal")(maps)
    maps = layers.ReLU(max_value=6.0)(maps)
    road = layers.DepthwiseConv2D(3, padding="same", depth_multiplier=2, name="alone")(maps)
    road = layers.ReLU()(layers.BatchNormalization(scale=False, center=False)(road))
    road = layers.Conv2D(4, 1, name="across")(road)
    maps = layers.Activation("relu")(layers.Add()([maps, road]))
    maps = layers.ZeroPadding2D(((1, 2), (1, 2)))(maps)
    maps = layers.DepthwiseConv2D(3, strides=2, name="alone_in_steps")(maps)
    maps = layers.SeparableConv2D(
        5, 3, padding="same", depth_multiplier=2, activation="relu", name="separable"
    )(maps)
    maps = layers.AveragePooling2D(2)(layers.MaxPooling2D(2, strides=2)(maps))
    numbers = layers.Concatenate()(
        [layers.GlobalAveragePooling2D()(maps), layers.GlobalMaxPooling2D()(maps)]
    )
    network = keras.Model(pictures, layers.Dense(1, activation="sigmoid")(numbers))
    generator = np.random.default_rng(4)
    for layer in network.layers:
        if layer.name == "normal":
            layer.set_weights([generator.uniform(0.5, 2, 4).astype("float32") for _ in range(4)])
    return network


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


def mobile_net(shared_data: Path, side: int) -> keras.Model:
    file = shared_data.parent / "keras-cache" / "models" / MOBILENET_V2.name
    if not file.is_file():
        pytest.skip("the ImageNet weights (shared/keras-cache) are not on this machine")
    return build_backbone(BACKBONES[DEFAULT_BACKBONE], side, file)


def test_mobilenets_numbers_are_told_as_numpy_has_them(shared_data: Path) -> None:
    network = mobile_net(shared_data, 72)  # 72, 36, 18, 9, 5, 3: odd sides are padded otherwise
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


def test_mobilenets_fields_follow_its_strides_and_edges(shared_data: Path) -> None:
    network = mobile_net(shared_data, 72)
    picture = np.random.default_rng(8).integers(0, 256, (72, 72, 3), dtype=np.uint8)
    inside = Inside(network, picture)
    # each: what a unit of row 1 sees, from the strides, kernels and edges of zeros before it
    expected = {
        "Conv1": (2, 4),  # rows 2 * 1 to 2 * 1 + 2, zeros after the last row alone
        "expanded_conv_depthwise": (0, 6),  # three of those, from row 0 on
        "block_1_depthwise": (2, 12),  # rows 2 to 4 of them, each of -2 + 2 * row to + 6
    }
    for name, (top, bottom) in expected.items():
        field = inside.unit(name, 1, 1, 0).field
        assert (field.top, field.bottom, field.left, field.right) == (top, bottom, top, bottom)
    whole = next(each for each in inside.facts if each.name == "out_relu")
    steps = [1, 2, 2, 4, *(4, 8, 8), 8, *6 * [16], 16, *3 * [32]]  # between neighbours, in pixels
    assert whole.receptive_field == 1 + 2 * sum(steps) == 491  # each kernel of 3 adds two steps
    see_as_far_as_their_field(network, picture, "block_5_expand")


def see_as_far_as_their_field(network: keras.Model, picture: np.ndarray, name: str) -> None:
    """What lies outside a unit's field does not change it; its outermost pixels do."""
    before = Inside(network, picture)
    row, column = (each // 2 for each in before.maps(name).shape[:2])
    field = before.unit(name, row, column, 0).field
    outside = picture.copy()
    outside[: field.top], outside[field.bottom + 1 :] = 255, 255
    outside[:, : field.left], outside[:, field.right + 1 :] = 255, 255
    after = Inside(network, outside).maps(name)
    assert np.allclose(after[row, column], before.maps(name)[row, column], atol=1e-5)
    smaller = picture.copy()
    smaller[field.top, field.left : field.right + 1] ^= 255
    smaller[field.top : field.bottom + 1, field.left] ^= 255
    changed = Inside(network, smaller).maps(name)
    assert not np.array_equal(changed[row, column], before.maps(name)[row, column])


@pytest.mark.parametrize(
    ("build", "side"), [(build_notebook, 64), (build_notebook_described, 80), (build_scratch, 64)]
)
def test_a_unit_sees_its_field_and_nothing_else(build: object, side: int) -> None:
    keras.utils.set_random_seed(1)
    network = build(side)  # type: ignore[operator]
    picture = np.random.default_rng(3).integers(0, 256, (side, side, 3), dtype=np.uint8)
    see_as_far_as_their_field(network, picture, convolutions(network)[-3])


def test_a_field_is_laid_over_edges_of_zeros(motley: keras.Model) -> None:
    picture = np.random.default_rng(9).integers(0, 256, (20, 20, 3), dtype=np.uint8)
    see_as_far_as_their_field(motley, picture, "alone_in_steps")


def test_where_roads_meet_the_field_is_that_of_all() -> None:
    keras.utils.set_random_seed(5)
    pictures = keras.Input((20, 20, 3), dtype="uint8")
    maps = layers.Rescaling(1 / 255)(pictures)
    wide = layers.Conv2D(3, 5, padding="same")(maps)
    narrow = layers.Conv2D(3, 1)(layers.Conv2D(3, 1)(maps))
    network = keras.Model(pictures, layers.Add(name="sum")([narrow, wide]))
    picture = np.random.default_rng(9).integers(0, 256, (20, 20, 3), dtype=np.uint8)
    see_as_far_as_their_field(network, picture, "sum")


def test_fields_grow_as_the_table_of_layers_says(inside: Inside, notebook: keras.Model) -> None:
    from training.learning.models import describe_network

    fields = {layer.name: layer.receptive_field for layer in describe_network(notebook).layers}
    for name in (*convolutions(notebook), *poolings(notebook)):
        field = inside.unit(name, 1, 1, 0).field
        assert field.bottom - field.top + 1 == field.right - field.left + 1 == fields[name]


def test_a_field_at_the_edge_ends_there() -> None:
    network = build_scratch(64)
    unit = Inside(network, np.zeros((64, 64, 3), np.uint8)).unit(convolutions(network)[0], 0, 0, 0)
    assert unit.field.top == unit.field.left == 0
    assert Box(-3, -1, 9, 2).within(5, 5) == Box(0, 0, 4, 2)


def test_a_layer_that_is_not_told_of_says_so(inside: Inside) -> None:
    rescaling = next(name for name in inside.layers if "rescaling" in name)
    with pytest.raises(RunError, match="not told of"):
        inside.unit(rescaling, 0, 0, 0)


def test_the_facts_name_every_layer_and_which_of_them_tell_of_their_units(
    inside: Inside, notebook: keras.Model
) -> None:
    assert [each.name for each in inside.facts] == [each.name for each in notebook.layers[1:]]
    telling = [name for name in inside.layers if inside.tells_units(name)]
    assert telling == [each.name for each in notebook.layers if type(each).__name__ in KINDS]
