"""What the window says of numbers that are no plain convolution's is what NumPy makes of them."""

import re

import keras
import numpy as np
import pytest
from keras import layers

from catdog_gui.prediction_tab.maps_view import MapsView
from tests.catdog_gui.prediction_tab.sight import SIDE, Sight
from training.dataset.decode import load_pixels

ROW, COLUMN, MAP = 4, 5, 3


@pytest.fixture(scope="module")
def network():
    keras.utils.set_random_seed(1)
    pictures = keras.Input((SIDE, SIDE, 3), dtype="uint8")
    maps = layers.Rescaling(1 / 127.5, offset=-1)(pictures)
    maps = layers.Conv2D(4, 3, strides=4, padding="same")(maps)
    road = layers.DepthwiseConv2D(3, padding="same", name="alone")(maps)
    road = layers.BatchNormalization(name="normal")(road)
    road = layers.ReLU(max_value=6.0, name="capped")(road)
    maps = layers.Activation("relu", name="rectified")(layers.Add(name="sum")([maps, road]))
    maps = layers.AveragePooling2D(2, name="mean")(maps)
    numbers = layers.GlobalAveragePooling2D(name="numbers")(maps)
    hidden = layers.Dense(8, activation="relu", name="hidden")(numbers)
    network = keras.Model(pictures, layers.Dense(1, activation="sigmoid")(hidden))
    generator = np.random.default_rng(4)
    network.get_layer("normal").set_weights(
        [generator.uniform(0.5, 2, 4).astype("float32") for _ in range(4)]
    )
    return network


@pytest.fixture
def sight(qtbot, tmp_path, network):
    sight = Sight(qtbot, tmp_path, network)
    sight.open()
    yield sight
    assert sight.jobs.cancel_all_and_wait(limit_ms=20_000)


def gives(network, name, picture):
    """What a layer gives, and what comes into it."""
    layer = network.get_layer(name)
    given = layer.input if isinstance(layer.input, list) else [layer.input]
    pixels = load_pixels(picture, SIDE)[np.newaxis]
    *before, after = keras.Model(network.input, [*given, layer.output]).predict_on_batch(pixels)
    return after[0].astype(float), [each[0].astype(float) for each in before]


def click(sight, name):
    sight.choose(name)
    sight.click(MAP, ROW, COLUMN)
    after, before = gives(sight.network, name, sight.picture)
    return after[ROW, COLUMN, MAP], before


def test_a_depthwise_convolution_shows_its_one_map_and_kernel(sight, network):
    value, (before,) = click(sight, "alone")
    window = before[ROW - 1 : ROW + 2, COLUMN - 1 : COLUMN + 2, MAP]
    kernel, bias = network.get_layer("alone").get_weights()
    total = float((window * kernel[..., MAP, 0]).sum() + bias[MAP])
    shown, weights = sight.tables
    assert np.abs(shown - window).max() <= 0.0006
    assert np.abs(weights - kernel[..., MAP, 0]).max() <= 0.0006
    assert "Map 4 before adds" in sight.plain
    assert "other" not in sight.plain
    assert f"(the bias) = {total:.3f}." in sight.plain
    assert total == pytest.approx(value, abs=1e-4)
    # rows 3 to 5 of a convolution whose rows begin 4 pixels apart, with no zeros before the first
    assert "It sees 11 x 11 pixels: rows 13 to 23, columns 17 to 27." in sight.plain


def test_a_normalisation_shows_its_equation(sight, network):
    value, (before,) = click(sight, "normal")
    layer = network.get_layer("normal")
    scale, shift, mean, variance = (float(each[MAP]) for each in layer.get_weights())
    given, spread = before[ROW, COLUMN, MAP], np.sqrt(variance + layer.epsilon)
    said = [float(each) for each in re.findall(r"-?\d+\.\d{3}", sight.plain)][-6:]
    assert said == pytest.approx(
        [given, mean, spread, scale, shift, (given - mean) / spread * scale + shift], abs=0.0006
    )
    assert said[-1] == pytest.approx(value, abs=0.001)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("capped", "what is above 6 becomes 6: it gives {:.3f}."),
        ("rectified", "What is below 0 becomes 0: it gives {:.3f}."),
    ],
)
def test_a_rectifier_says_what_it_was_given(sight, name, words):
    value, (before,) = click(sight, name)
    given = before[ROW, COLUMN, MAP]
    assert f"The number before is {given:.3f}." in sight.plain
    assert words.format(value) in sight.plain


def test_a_sum_of_roads_shows_a_number_from_each(sight):
    value, (one, other) = click(sight, "sum")
    said = [float(each) for each in re.findall(r"-?\d+\.\d{3}", sight.plain)][-3:]
    assert said == pytest.approx(
        [one[ROW, COLUMN, MAP], other[ROW, COLUMN, MAP], value], abs=0.0006
    )


def test_pooling_by_the_mean_shows_its_window(sight):
    value, (before,) = click(sight, "mean")
    (window,) = sight.tables
    expected = before[2 * ROW : 2 * ROW + 2, 2 * COLUMN : 2 * COLUMN + 2, MAP]
    assert np.abs(window - expected).max() <= 0.0006
    assert f"It gives their mean, {value:.3f}." in sight.plain


def test_the_mean_of_a_map_is_one_number_of_a_row(sight):
    sight.choose("numbers")
    after, (before,) = gives(sight.network, "numbers", sight.picture)
    assert not sight.page.inside.findChild(MapsView).isVisible()
    assert "Its numbers have no places in the picture" in sight.page.inside._caption.text()
    sight.click_place(1, 1)  # four numbers lie in two rows
    assert f"Number 4: {after[3]:.3f}. It sees 64 x 64 pixels" in sight.plain
    assert np.abs(sight.tables[0] - before[..., 3]).max() <= 0.0006


def test_a_dense_number_is_the_sum_over_all_before(sight, network):
    sight.choose("hidden")
    after, (before,) = gives(network, "hidden", sight.picture)
    sight.click_place(1, 2)  # eight numbers lie in two rows: the seventh
    weights, bias = network.get_layer("hidden").get_weights()
    parts = before * weights[:, 6]
    weightiest = int(np.argmax(np.abs(parts)))
    assert f"Number 7: {after[6]:.3f}." in sight.plain
    assert f"Number {weightiest + 1} before adds {parts[weightiest]:.3f}:" in sight.plain
    assert "The other number before adds" in sight.plain
    assert f"(the bias) = {parts.sum() + bias[6]:.3f}, after ReLU" in sight.plain
    shown = np.array([float(table[0, 0]) for table in sight.tables[:2]])
    assert shown == pytest.approx([before[weightiest], weights[weightiest, 6]], abs=0.0006)
