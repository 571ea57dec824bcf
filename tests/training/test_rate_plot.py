import math

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from training.learning.rate_finder import read_losses, tried_rates
from training.plots.rates import draw_rates
from training.plots.style import DARK, LIGHT

RATES = tried_rates()


def found(*, turn=-3.0, end=100):
    """A loss that falls from 0.7 around a rate, and then blows up."""
    places = [math.log10(rate) for rate in RATES[:end]]
    losses = [0.7 - 0.4 / (1 + math.exp(-4 * (place - turn))) for place in places]
    risen = [
        loss + 8 * max(0.0, place + 1) ** 2 for loss, place in zip(losses, places, strict=True)
    ]
    return read_losses(RATES[:end], risen)


@pytest.fixture
def axes():
    figure = Figure(figsize=(5, 3))
    FigureCanvasAgg(figure)
    return figure.add_subplot()


def words_of(axes):
    return [each.get_text() for each in axes.texts]


def test_losses_are_dots_and_their_means_a_line_over_rates_that_multiply(axes):
    draw_rates(axes, found(), style=LIGHT)
    dots, line, _ = axes.lines
    assert (dots.get_marker(), dots.get_linestyle()) == ("o", "None")
    assert list(dots.get_ydata()) == list(found().losses)
    assert (line.get_marker(), line.get_linestyle()) == ("None", "-")
    assert list(line.get_ydata()) == list(found().smoothed)
    assert axes.get_xscale() == "log"
    assert (axes.get_xlabel(), axes.get_title(loc="left")) == ("Learning rate", "Loss")


@pytest.mark.parametrize(("turn", "side"), [(-5.5, "left"), (-2.0, "right")])
def test_the_suggestion_is_marked_inside_on_the_side_that_has_room(axes, turn, side):
    shown = found(turn=turn)
    draw_rates(axes, shown, style=LIGHT)
    axes.figure.canvas.draw()
    assert list(axes.lines[2].get_xdata()) == [shown.suggestion] * 2
    assert words_of(axes) == [f"Suggested: {shown.suggestion:.2g}"]
    assert axes.texts[0].get_ha() == side
    box = axes.texts[0].get_window_extent()
    assert axes.bbox.x0 <= box.x0 < box.x1 <= axes.bbox.x1


def test_what_blew_up_does_not_press_the_fall_flat(axes):
    draw_rates(axes, found(), style=LIGHT)
    low, high = axes.get_ylim()
    assert low < min(found().smoothed)
    assert found().smoothed[0] < high < max(found().losses)


@pytest.mark.parametrize("end", [0, 1, 30])
def test_without_a_suggestion_nothing_is_marked(axes, end):
    draw_rates(axes, found(end=end), style=LIGHT)
    axes.figure.canvas.draw()
    assert words_of(axes) == []
    assert len(axes.lines) == 2


def test_drawing_again_replaces_what_was_there_colours_too(axes):
    draw_rates(axes, found(turn=-5.0), style=LIGHT)
    draw_rates(axes, found(), style=DARK)
    assert len(axes.lines) == 3
    assert len(axes.texts) == 1
    assert axes.get_facecolor() == pytest.approx((0x1C / 255, 0x1E / 255, 0x21 / 255, 1))
    assert axes.texts[0].get_color() == DARK.foreground
