"""The drawings of a report: on Axes that are given, and as a part of a page."""

import re
from functools import partial
from xml.etree import ElementTree as ET

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from training.inference.figures import Curve, ReliabilityBin, Share
from training.plots.inline import colour_variables, inline_svg
from training.plots.judging import (
    draw_confidences,
    draw_confusion,
    draw_precision_recall,
    draw_reliability,
    draw_roc,
)
from training.plots.style import DARK, LIGHT

CURVE = Curve((0.0, 0.1, 1.0), (0.0, 0.9, 1.0), 0.9123)
FALLING = Curve((1.0, 0.5, 0.0), (0.5, 0.9, 1.0), 0.8765)
BINS = (
    ReliabilityBin(7 / 15, 8 / 15, 0.52, Share(4, 10)),
    ReliabilityBin(14 / 15, 1.0, 0.99, Share(99, 100)),
)
CONFUSION = ((1_234, 6), (20, 1_180))
DRAWINGS = {
    "confusion": partial(draw_confusion, confusion=CONFUSION, threshold=0.5),
    "roc": partial(draw_roc, curve=CURVE),
    "precision": partial(draw_precision_recall, curves=[FALLING, FALLING]),
    "reliability": partial(draw_reliability, bins=BINS, ece=0.0123),
    "confidences": partial(draw_confidences, right=[1, 0, 9], wrong=[2, 1, 0]),
}


@pytest.fixture
def axes():
    figure = Figure(figsize=(4.6, 3.6), layout="constrained")
    FigureCanvasAgg(figure)
    return figure.add_subplot()


def words_of(axes):
    return [each.get_text() for each in axes.texts]


def test_a_cell_says_its_count_and_its_share_of_the_row(axes):
    draw_confusion(axes, CONFUSION, threshold=0.5, style=LIGHT)
    assert words_of(axes) == ["1,234", "99.5 %", "6", "0.5 %", "20", "1.7 %", "1,180", "98.3 %"]
    cells = [each for each in axes.patches if isinstance(each, Rectangle)]
    strongest = max(cells, key=lambda each: each.get_alpha())
    assert (strongest.get_x(), strongest.get_y()) == (0, 0)


@pytest.mark.parametrize("style", [LIGHT, DARK])
@pytest.mark.parametrize("confusion", [((9, 0), (0, 9)), ((0, 9), (9, 0))])
def test_words_in_a_cell_can_be_read_however_coloured_it_is(axes, style, confusion):
    draw_confusion(axes, confusion, threshold=0.5, style=style)
    for cell in axes.patches:
        *colour, alpha = cell.get_facecolor()
        mixed = [
            alpha * one + (1 - alpha) * behind
            for one, behind in zip(colour, to_rgb(style.background), strict=True)
        ]
        assert contrast(mixed, to_rgb(style.foreground)) >= 4.5  # WCAG 2.2, level AA


def contrast(one, other):
    low, high = sorted(map(luminance, (one, other)))
    return (high + 0.05) / (low + 0.05)


def luminance(colour):
    linear = [
        (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4) for part in colour
    ]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def test_curves_are_named_where_they_are_drawn(axes):
    draw_roc(axes, CURVE, style=LIGHT)
    assert list(axes.lines[1].get_xdata()) == list(CURVE.across)
    assert "area 0.9123" in words_of(axes)
    draw_precision_recall(axes, [FALLING, FALLING], style=LIGHT)
    assert [words.split(":")[0] for words in words_of(axes)] == ["cats", "dogs"]
    assert {line.get_linestyle() for line in axes.lines} == {"-", "--"}


def test_each_bin_is_a_dot_with_its_interval(axes):
    draw_reliability(axes, BINS, ece=0.0123, style=LIGHT)
    _, *bars, dots = axes.lines
    assert list(dots.get_ydata()) == [0.4, 0.99]
    for bar, each in zip(bars, BINS, strict=True):
        assert list(bar.get_ydata()) == [each.right.interval.low, each.right.interval.high]
    assert "calibration error 0.0123" in words_of(axes)


def test_right_ones_stand_above_the_line_and_wrong_ones_below_it(axes):
    draw_confidences(axes, [1, 0, 9], [2, 1, 0], style=LIGHT)
    heights = [bar.get_height() for bar in axes.patches]
    assert heights == pytest.approx([0.1, 0, 0.9, -2 / 3, -1 / 3, 0])
    low, high = axes.get_ylim()
    assert low == -high
    assert words_of(axes) == ["10 right", "3 wrong"]


def test_without_a_mistake_there_is_still_a_drawing(axes):
    draw_confidences(axes, [0, 4], [0, 0], style=LIGHT)
    draw_confusion(axes, ((3, 0), (0, 0)), threshold=0.5, style=LIGHT)
    axes.figure.canvas.draw()


@pytest.mark.parametrize("name", DRAWINGS)
@pytest.mark.parametrize("style", [LIGHT, DARK])
def test_all_words_stand_inside_in_the_styles_colours(axes, name, style):
    DRAWINGS[name](axes, style=style)
    axes.figure.canvas.draw()
    assert axes.get_title(loc="left")
    for words in axes.texts:
        box = words.get_window_extent()
        assert axes.bbox.x0 - 1 <= box.x0 < box.x1 <= axes.bbox.x1 + 1
        assert axes.bbox.y0 - 1 <= box.y0 < box.y1 <= axes.bbox.y1 + 1
        assert words.get_color() in {style.foreground, style.quiet}


@pytest.mark.parametrize("name", DRAWINGS)
def test_drawing_again_replaces_what_was_there(axes, name):
    DRAWINGS[name](axes, style=LIGHT)
    before = len(axes.lines), len(axes.texts), len(axes.patches)
    DRAWINGS[name](axes, style=DARK)
    assert (len(axes.lines), len(axes.texts), len(axes.patches)) == before


@pytest.mark.parametrize("name", DRAWINGS)
def test_in_a_page_a_drawing_asks_for_nothing_and_takes_the_pages_colours(name):
    svg = inline_svg(partial(DRAWINGS[name], style=LIGHT), name=name, words='a "drawing" <')
    root = ET.fromstring(svg)
    assert root.get("aria-label") == 'a "drawing" <'
    assert not re.search(r"https?:|<style|<text|<image|<!|#[0-9a-f]{6}", svg)
    used = set(re.findall(r"var\((--\w+)\)", svg))
    assert {"--foreground", "--background"} <= used <= set(colour_variables(DARK))
    names = [each.get("id") for each in root.iter() if each.get("id")]
    assert len(names) == len(set(names))
    assert all(each.startswith(f"{name}-") for each in names)
    links = set(re.findall(r'href="#([^"]+)"|url\(#([^)]+)\)', svg))
    assert {one or other for one, other in links} <= set(names)
