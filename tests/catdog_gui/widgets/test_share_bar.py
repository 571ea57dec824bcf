"""A bar that is divided in proportion."""

import pytest
from PySide6.QtGui import QColor

from catdog_gui.widgets.share_bar import Share, ShareBar

_RED, _BLUE, _GREEN = QColor("#ff0000"), QColor("#0000ff"), QColor("#00ff00")


@pytest.fixture
def bar(qtbot):
    bar = ShareBar()
    qtbot.addWidget(bar)
    bar.resize(200, 10)
    return bar


def _pixels(bar, shade):
    image = bar.grab().toImage()
    return sum(image.pixelColor(x, 5) == shade for x in range(image.width()))


def test_the_parts_have_the_widths_of_their_counts(bar):
    bar.set_shares([Share("cats", 300, lambda: _RED), Share("dogs", 100, lambda: _BLUE)])
    assert _pixels(bar, _RED) == pytest.approx(148, abs=3)
    assert _pixels(bar, _BLUE) == pytest.approx(50, abs=3)


def test_even_a_small_part_can_be_seen(bar):
    shares = [
        Share("a", 1_000_000, lambda: _RED),
        Share("b", 1, lambda: _GREEN),
        Share("c", 0, lambda: _BLUE),
        Share("d", 1_000_000, lambda: _RED),
    ]
    bar.set_shares(shares)
    assert _pixels(bar, _GREEN) >= 1
    assert _pixels(bar, _BLUE) == 0


@pytest.mark.parametrize("shares", [[], [Share("cats", 0, lambda: _RED)]])
def test_where_there_is_nothing_an_empty_groove_is_painted(bar, shares):
    bar.set_shares(shares)
    assert _pixels(bar, _RED) == 0


def test_a_screen_reader_hears_the_numbers(bar):
    bar.set_shares([Share("cats", 12_000, lambda: _RED), Share("dogs", 3, lambda: _BLUE)])
    assert bar.accessibleName() == "12,000 cats, 3 dogs"
