"""What is told of a network from inside is what happens in it."""

import keras
import numpy as np
import pytest
from keras import layers

from training.dataset.decode import pixels_of
from training.dataset.sample import draw_picture
from training.errors import RunError
from training.inference.unit import Box, Pooled, Weighted
from training.learning.inside import Inside
from training.learning.models import build_notebook, build_scratch


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
    assert telling == [
        each.name
        for each in notebook.layers
        if isinstance(each, (layers.Conv2D, layers.MaxPooling2D, layers.Dense))
    ]
