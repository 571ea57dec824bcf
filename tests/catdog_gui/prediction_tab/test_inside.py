"""The network from inside: what the window shows is what NumPy makes of the notebook's formula."""

import re

import keras
import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget

from catdog_gui.language import Language
from catdog_gui.prediction_tab.layer_words import OTHER, words_of
from catdog_gui.prediction_tab.look import Look
from catdog_gui.prediction_tab.map_picture import MapPicture
from catdog_gui.prediction_tab.maps_view import MapsView, grey_image
from catdog_gui.prediction_tab.results_view import ResultsView
from tests.catdog_gui.prediction_tab.sight import SIDE, Sight
from training.dataset.decode import load_pixels
from training.errors import RunError
from training.learning.models import build_notebook, build_notebook_described, build_scratch

FIELDS = {0: 3, 1: 8, 2: 18}
"""What a unit of each convolution sees along a side: 3; 2 * (3 - 1) + 4; 4 * (3 - 1) + 10."""


@pytest.fixture(scope="module")
def notebook():
    keras.utils.set_random_seed(1)
    return build_notebook(SIDE)


@pytest.fixture
def sight(qtbot, tmp_path, notebook):
    sight = Sight(qtbot, tmp_path, notebook)
    yield sight
    assert sight.jobs.cancel_all_and_wait(limit_ms=20_000)


def given_to(network, layer, picture):
    """What comes into a layer, and what it gives."""
    pixels = load_pixels(picture, SIDE)[np.newaxis]
    before, after = keras.Model(network.input, [layer.input, layer.output]).predict_on_batch(pixels)
    return np.asarray(before)[0], np.asarray(after)[0]


@pytest.mark.parametrize("number", FIELDS)
def test_the_numbers_of_a_unit_are_those_of_the_notebooks_formula(sight, notebook, number):
    layer = [each for each in notebook.layers if isinstance(each, keras.layers.Conv2D)][number]
    before, after = given_to(notebook, layer, sight.picture)
    row, column, channel = 3, 5, 7
    window = before[row : row + 3, column : column + 3].astype(np.float64)
    kernel, bias = (np.asarray(each, np.float64) for each in layer.get_weights())
    parts = (window * kernel[..., channel]).sum(axis=(0, 1))
    total = parts.sum() + bias[channel]  # formula (1), before sigma

    sight.open()
    sight.choose(layer.name)
    sight.click(channel, row, column)

    weightiest = np.argsort(-np.abs(parts))[:3]
    expected = [each for at in weightiest for each in (window[..., at], kernel[..., at, channel])]
    assert len(sight.tables) == len(expected)
    for shown, computed in zip(sight.tables, expected, strict=True):
        assert np.abs(shown - computed).max() <= 0.0006
    assert f"(the bias) = {total:.3f}, after ReLU {max(0.0, total):.3f}." in sight.plain
    assert float(after[row, column, channel]) == pytest.approx(max(0.0, total), abs=1e-4)
    jump, field = 2**number, FIELDS[number]
    assert (
        f"It sees {field} x {field} pixels: rows {row * jump + 1} to {row * jump + field}, "
        f"columns {column * jump + 1} to {column * jump + field}."
    ) in sight.plain


def test_the_field_is_framed_on_the_picture_and_goes_with_the_look(sight, notebook):
    sight.open()
    sight.choose(conv_names(notebook)[1])
    sight.click(0, 4, 6)
    frame = sight.page.panel._picture._field
    expected = (12 / SIDE, 8 / SIDE, 8 / SIDE, 8 / SIDE)
    assert frame.getRect() == pytest.approx(expected)
    sight.choose(flat_name(notebook))
    assert sight.page.panel._picture._field is None


def conv_names(network):
    return [each.name for each in network.layers if isinstance(each, keras.layers.Conv2D)]


def flat_name(network):
    return next(each.name for each in network.layers if isinstance(each, keras.layers.Flatten))


def test_the_maps_shown_are_the_networks_each_from_black_to_white(sight, notebook):
    sight.open()
    layer = notebook.get_layer(conv_names(notebook)[0])
    _, after = given_to(notebook, layer, sight.picture)
    maps = sight.page.inside.findChild(MapsView).model()
    assert maps.rowCount() == after.shape[2]
    numbers = after[..., int(after.std(axis=(0, 1)).argmax())]
    image = grey_image(numbers)
    greys = np.array(image.constBits()).reshape(image.height(), image.bytesPerLine())
    shares = (numbers - numbers.min()) / (numbers.max() - numbers.min())
    assert np.abs(greys[:, : numbers.shape[1]] / 255 - shares).max() < 0.003


def test_pooling_says_what_it_kept(sight, notebook):
    layer = next(each for each in notebook.layers if isinstance(each, keras.layers.MaxPooling2D))
    before, _ = given_to(notebook, layer, sight.picture)
    sight.open()
    sight.choose(layer.name)
    sight.click(2, 5, 6)
    window = before[10:12, 12:14, 2]
    row, column = np.unravel_index(window.argmax(), window.shape)
    (kept,) = re.findall(r"<b><u>(.*?)</u></b>", sight.told)
    assert kept == f"{window[row, column]:.3f}"
    assert f"It keeps the largest, {window.max():.3f}, and drops the rest." in sight.plain


def test_a_map_without_light_is_black_and_breaks_nothing():
    image = grey_image(np.zeros((3, 4), np.float32))
    assert (image.width(), image.height()) == (4, 3)
    assert image.pixelColor(2, 1).value() == 0


def test_the_kernel_of_a_map_is_shown_in_slices_one_for_each_map_before(sight, notebook, qtbot):
    sight.open()
    sight.choose(conv_names(notebook)[1])
    shown = sight.page.inside._shown
    qtbot.mouseClick(shown.button(1), Qt.MouseButton.LeftButton)
    maps = sight.page.inside.findChild(MapsView).model()
    assert maps.rowCount() == 16
    assert "kernel of map 1" in sight.page.inside._caption.text()
    qtbot.mouseClick(shown.button(0), Qt.MouseButton.LeftButton)
    assert maps.rowCount() == 32


def test_a_layer_without_maps_has_its_caption_alone(sight, notebook):
    sight.open()
    sight.choose(flat_name(notebook))
    inside = sight.page.inside
    assert "It gives no maps to look at." in inside._caption.text()
    assert not inside.findChild(MapsView).isVisible()


def test_arrow_keys_go_from_place_to_place_and_stop_at_the_edge(sight, notebook, qtbot):
    sight.open()
    sight.click(0, 0, 1)
    picture = sight.page.inside.findChild(MapPicture)
    for _ in range(3):
        qtbot.keyClick(picture, Qt.Key.Key_Left)
    qtbot.keyClick(picture, Qt.Key.Key_Down)
    sight.wait()
    assert "Map 1, row 2, column 1:" in sight.plain


def test_a_network_that_cannot_be_had_is_a_sentence(sight):
    sight.error = RunError("The run has no model.keras.", "Choose another run.")
    sight.open()
    assert sight.page.inside.words() == "The run has no model.keras. Choose another run."
    sight.error = None
    sight.page.inside.closed.emit()
    assert sight.page.panel.look is Look.PICTURE
    sight.open()
    assert sight.page.inside.findChild(QListWidget).count() == len(sight.network.layers) - 1


def test_the_network_takes_the_place_of_the_list_and_gives_it_back(sight):
    sight.open()
    assert sight.page.inside.isVisible()
    sight.page.inside._back.click()
    assert not sight.page.inside.isVisible()
    assert sight.page.findChild(ResultsView).isVisible()


@pytest.mark.parametrize("build", [build_notebook, build_notebook_described, build_scratch])
def test_every_kind_of_layer_has_words_of_its_own(build):
    kinds = {type(layer).__name__ for layer in build(80).layers} - {"InputLayer"}
    for language in Language:
        unknown = {kind for kind in kinds if words_of(kind, language).caption == OTHER[language]}
        assert unknown == set()
        assert words_of("Sharpening", language).title == "Sharpening"
