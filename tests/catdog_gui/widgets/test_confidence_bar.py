"""The confidence bar's length, colour and words."""

import pytest

from catdog_gui import theme
from catdog_gui.widgets.confidence_bar import ConfidenceBar


@pytest.fixture
def bar(qtbot):
    bar = ConfidenceBar()
    qtbot.addWidget(bar)
    bar.resize(300, 24)
    return bar


def _coloured_pixels(bar, meaning):
    image = bar.grab().toImage()
    wanted = theme.colour(meaning).rgb()
    line = image.height() // 2
    return sum(image.pixelColor(column, line).rgb() == wanted for column in range(image.width()))


@pytest.mark.parametrize("meaning", ["cat", "dog", "neither"])
def test_the_bar_has_the_colour_of_its_verdict(bar, meaning):
    bar.set_confidence(meaning, 0.8, number="0.80")
    assert _coloured_pixels(bar, meaning) > 50


def test_the_bar_grows_with_the_confidence_from_0_to_1(bar):
    lengths = []
    for confidence in (0.25, 0.5, 1.0):
        bar.set_confidence("cat", confidence, number="")
        lengths.append(_coloured_pixels(bar, "cat"))
    quarter, half, whole = lengths
    assert half == pytest.approx(2 * quarter, abs=4)
    assert whole == pytest.approx(2 * half, abs=4)


def test_the_bar_says_its_number_to_a_screen_reader(bar):
    bar.set_confidence("dog", 0.97, number="0.97")
    assert bar.accessibleName() == "Confidence in dog: 0.97"


def test_an_empty_bar_shows_nothing(bar):
    empty = bar.grab().toImage()
    bar.set_confidence("dog", 0.97, number="0.97")
    assert bar.grab().toImage() != empty
    bar.clear()
    assert bar.grab().toImage() == empty
    assert bar.accessibleName() == "No confidence yet"
