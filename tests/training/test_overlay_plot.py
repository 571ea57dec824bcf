"""Curves of several runs in one drawing: each named at its end, told apart without colour."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_hex, to_rgb

from training.events import EpochEnded
from training.plots.overlay import LOOKS, RunCurve, overlay_figure
from training.plots.spreading import spread
from training.plots.style import DARK, LIGHT

APART = 14.0

# Machado, Oliveira and Fernandes, IEEE TVCG 15 (2009), severity 1.0; on linear RGB
PROTANOPIA = np.array(
    [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ]
)
DEUTERANOPIA = np.array(
    [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ]
)
TO_XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
WHITE = np.array([0.9505, 1.0, 1.089])
JUST_TOLD_APART = 10.0  # several times the difference in CIELAB that is just noticed


def history(length, *, best=0.9):
    return [
        EpochEnded(n, 0.6, 0.6, 0.7 - n / 100, best - 0.3 / (n + 1), 10.0, 190.0)
        for n in range(length)
    ]


def draw(curves, style=LIGHT, size=(9, 3.4)):
    figure, artists = overlay_figure(curves, style)
    figure.set_size_inches(size)
    FigureCanvasAgg(figure)
    artists.fit()
    figure.canvas.draw()
    return figure, artists


def names(axes):
    """The texts at the curves' ends, without the signs before them."""
    signs = {look.sign for look in LOOKS}
    return [text for text in axes.texts if text.get_text() not in signs]


def seven(length=20):
    return [RunCurve(f"run {n} of this book", history(length)) for n in range(len(LOOKS))]


@pytest.mark.parametrize("size", [(9, 3.4), (6, 2.4)])
def test_each_curve_has_its_name_beside_the_drawing_and_no_two_overlap(size):
    figure, _ = draw(seven(), size=size)
    for axes in figure.axes:
        boxes = [name.get_window_extent() for name in names(axes)]
        assert len(boxes) == len(LOOKS)
        assert all(box.x0 > axes.bbox.x1 for box in boxes)
        assert all(box.x1 <= figure.bbox.x1 for box in boxes)
        pairs = itertools.combinations(boxes, 2)
        assert not any(a.y0 < b.y1 - 1 and b.y0 < a.y1 - 1 for a, b in pairs)


def test_a_name_that_no_other_is_near_stands_at_the_height_of_its_end():
    figure, _ = draw([RunCurve("high", history(9)), RunCurve("low", history(9, best=0.6))])
    axes = figure.axes[0]
    for name, line in zip(names(axes), axes.lines, strict=True):
        _, end = axes.transData.transform(line.get_xydata()[-1])
        box = name.get_window_extent()
        assert (box.y0 + box.y1) / 2 == pytest.approx(end, abs=2)


def test_the_second_drawing_leaves_the_names_of_the_first_their_room():
    figure, _ = draw(seven())
    first, second = figure.axes
    ticks = [tick.label1.get_window_extent().x0 for tick in second.yaxis.get_major_ticks()]
    assert max(name.get_window_extent().x1 for name in names(first)) < min(ticks)


def test_curves_differ_in_colour_dashes_and_marker_each():
    for what in ("colour", "dashes", "marker", "sign"):
        assert len({getattr(look, what) for look in LOOKS}) == len(LOOKS)


@pytest.mark.parametrize("sight", [np.eye(3), PROTANOPIA, DEUTERANOPIA])
@pytest.mark.parametrize("style", [LIGHT, DARK])
def test_a_colour_blind_person_can_tell_the_colours_apart(style, sight):
    seen = [lab(look.colour or style.foreground, sight) for look in LOOKS]
    least = min(np.linalg.norm(a - b) for a, b in itertools.combinations(seen, 2))
    assert least > JUST_TOLD_APART


def lab(colour, sight):
    rgb = np.array(to_rgb(colour))
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    xyz = TO_XYZ @ np.clip(sight @ linear, 0, 1) / WHITE
    f = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def test_runs_without_epochs_or_figures_have_no_name_to_point_at():
    broken = [EpochEnded(0, math.nan, 0.5, math.nan, 0.5, 10.0, 190.0)]
    figure, _ = draw(
        [RunCurve("none", ()), RunCurve("broken", broken), RunCurve("one", history(1))]
    )
    accuracy, loss = figure.axes
    assert [name.get_text() for name in names(accuracy)] == ["broken", "one"]
    assert [name.get_text() for name in names(loss)] == ["one"]


def test_nothing_at_all_can_be_drawn():
    figure, _ = draw([])
    assert names(figure.axes[0]) == []


def test_another_style_changes_the_words_and_leaves_the_colours_of_the_curves():
    figure, artists = draw(seven())
    before = [to_hex(line.get_color()) for line in figure.axes[0].lines[:-1]]
    artists.set_style(DARK)
    assert [to_hex(line.get_color()) for line in figure.axes[0].lines[:-1]] == before
    assert to_hex(figure.axes[0].lines[-1].get_color()) == DARK.foreground.lower()
    assert to_hex(names(figure.axes[0])[0].get_color()) == DARK.foreground.lower()


PLACES = st.lists(st.floats(-50, 350), max_size=8)


@given(PLACES, st.floats(60, 300))
def test_labels_are_moved_apart_in_their_order_and_inside(places, high):
    moved = spread(places, apart=APART, low=0.0, high=high)
    room = min(APART, high / max(1, len(places) - 1))
    ordered = sorted(zip(places, moved, strict=True))
    assert all(b[1] - a[1] >= room - 1e-6 for a, b in itertools.pairwise(ordered) if a[0] < b[0])
    heights = sorted(moved)
    assert all(b - a >= room - 1e-6 for a, b in itertools.pairwise(heights))
    assert all(-1e-6 <= place <= high + 1e-6 for place in moved)


@given(st.lists(st.integers(0, 20).map(lambda n: n * APART), unique=True, max_size=8))
def test_labels_that_do_not_overlap_stay_where_they_are(places):
    assert spread(places, apart=APART, low=0.0, high=20 * APART) == pytest.approx(places)


def test_labels_of_one_height_share_the_move_between_them():
    assert spread([50, 50, 50], apart=10, low=0, high=100) == pytest.approx([40, 50, 60])
    assert sorted(spread([0, 0], apart=10, low=0, high=100)) == pytest.approx([0, 10])
