"""The charts of a dataset, drawn without a window."""

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import PathCollection

from training.dataset.picture import Split
from training.dataset.picture_filter import Figures
from training.plots.dataset_figures import draw_figures, figures_figure
from training.plots.style import DARK, LIGHT

_FIGURES = Figures(
    places={("cat", Split.TRAIN): 1_200, ("dog", Split.TRAIN): 3, ("dog", None): 40},
    sides={(200, 150): 1_000, (3000, 4000): 243},
    sizes={("cat", 40): 1_200, ("dog", 4_000): 43},
)


def _drawn(figures, style=LIGHT):
    figure = figures_figure()
    draw_figures(figure, figures, style=style)
    FigureCanvasAgg(figure).draw()
    return {axes.get_label(): axes for axes in figure.axes} | {
        axes.get_title(loc="left"): axes for axes in figure.axes
    }


def test_each_split_that_has_pictures_has_a_bar_a_class_with_its_number():
    axes = _drawn(_FIGURES)["Classes and splits"]
    assert [label.get_text() for label in axes.get_yticklabels()] == ["Training", "In none"]
    assert [bar.get_width() for bar in axes.patches] == [1_200, 0, 3, 40]
    assert {"1,200", "40"} <= {text.get_text() for text in axes.texts}


def test_the_sizes_of_files_tell_the_classes_apart_without_colour():
    axes = _drawn(_FIGURES)["File sizes"]
    cats, dogs = axes.patches
    assert sum(cats.get_data().values) == 1_200
    assert sum(dogs.get_data().values) == 43
    assert cats.get_linestyle() != dogs.get_linestyle()


def test_the_most_frequent_shape_is_named_and_has_the_largest_dot():
    axes = _drawn(_FIGURES)["Widths and heights"]
    (dots,) = (each for each in axes.collections if isinstance(each, PathCollection))
    assert list(dots.get_sizes()) == sorted(dots.get_sizes(), reverse=True)
    assert [text.get_text() for text in axes.texts] == ["200 x 150: 1,000"]


@pytest.mark.parametrize("sides", [{}, {(7, 7): 1}, {(1, 1): 1, (30_000, 20): 1}])
def test_any_shapes_can_be_drawn_and_have_marks(sides):
    axes = _drawn(Figures({("cat", None): 1}, sides, {("cat", 0): 1}))["Widths and heights"]
    low, high = axes.get_xlim()
    assert sum(low <= mark <= high for mark in axes.get_xticks()) >= 2


def test_drawing_again_replaces_what_was_there_in_other_colours():
    figure = figures_figure()
    draw_figures(figure, _FIGURES, style=LIGHT)
    draw_figures(figure, _FIGURES, style=DARK)
    (places, *_) = figure.axes
    assert len(places.patches) == 4
    assert figure.get_facecolor() != (1.0, 1.0, 1.0, 1.0)
