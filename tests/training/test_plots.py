import dataclasses
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.text import Text

from training.events import EpochEnded
from training.plots.history import history_figure
from training.plots.style import DARK, LIGHT
from training.runs.history import best_epoch


def epoch(number, val_accuracy=0.75, val_loss=0.6, *, accuracy=0.7, loss=0.65):
    return EpochEnded(number, loss, accuracy, val_loss, val_accuracy, 9.0, 200.0)


def history(length):
    return [epoch(each, 0.5 + 0.4 * each / 100, 0.7 - each / 200) for each in range(length)]


@pytest.fixture
def figure():
    made, artists = history_figure(LIGHT)
    made.set_size_inches(8, 3)
    FigureCanvasAgg(made)
    made.artists_under_test = artists
    return made


def draw(figure):
    figure.artists_under_test.fit()
    figure.canvas.draw()


def curves(axes):
    return {line.get_label(): line for line in axes.lines}


def tick_words(axis):
    low, high = sorted(axis.get_view_interval())
    return [
        tick.label1.get_text() for tick in axis.get_major_ticks() if low <= tick.get_loc() <= high
    ]


def title_of(axes):
    return next(
        each for each in axes.findobj(Text) if each.get_text() == axes.get_title(loc="left")
    )


def label_of(axes):
    return axes.texts[0]


def test_training_is_dots_and_validation_a_line(figure):
    figure.artists_under_test.show(history(9))
    for axes in figure.axes:
        training, validation = curves(axes)["Training"], curves(axes)["Validation"]
        assert (training.get_marker(), training.get_linestyle()) == ("o", "None")
        assert (validation.get_marker(), validation.get_linestyle()) == ("", "-")
        assert [each.get_text() for each in axes.get_legend().get_texts()] == [
            "Training",
            "Validation",
        ]


def test_epochs_count_from_one_and_accuracy_is_in_percent(figure):
    figure.artists_under_test.show(history(12))
    draw(figure)
    accuracy, loss = figure.axes
    assert [axes.get_title(loc="left") for axes in (accuracy, loss)] == ["Accuracy", "Loss"]
    assert list(curves(loss)["Validation"].get_xdata()) == list(range(1, 13))
    assert tick_words(accuracy.xaxis) == ["5", "10", "15"]
    assert tick_words(accuracy.yaxis) == ["50 %", "60 %", "70 %", "80 %", "90 %", "100 %"]


def test_a_narrow_range_of_accuracies_gets_no_decimals_that_say_nothing(figure):
    figure.artists_under_test.show([epoch(0)])
    draw(figure)
    words = tick_words(figure.axes[0].yaxis)
    assert words
    assert not [word for word in words if ".0" in word]


def test_one_epoch_can_be_seen(figure):
    figure.artists_under_test.show([epoch(0)])
    draw(figure)
    for axes in figure.axes:
        assert curves(axes)["Validation"].get_marker() == "_"
        assert tick_words(axes.xaxis) == ["1", "2", "3", "4", "5"]


def test_more_epochs_give_the_same_artists_other_figures(figure):
    artists = figure.artists_under_test
    artists.show(history(3))
    draw(figure)
    before = [each for axes in figure.axes for each in axes.get_children()]
    artists.show(history(40))
    draw(figure)
    assert [each for axes in figure.axes for each in axes.get_children()] == before
    assert len(curves(figure.axes[0])["Training"].get_xdata()) == 40


def test_the_best_epoch_has_the_highest_accuracy_then_the_lower_loss():
    rows = [epoch(0, 0.8, 0.5), epoch(1, 0.9, 0.7), epoch(2, 0.9, 0.6), epoch(3, 0.7, 0.1)]
    assert best_epoch(rows) is rows[2]


def test_an_epoch_without_finite_figures_is_never_the_best():
    assert best_epoch([epoch(0, 0.9, math.nan), epoch(1, 0.6, 0.7)]).epoch == 1
    assert best_epoch([epoch(0, 0.9, math.inf)]) is None
    assert best_epoch([]) is None


def test_the_best_epoch_is_ringed_and_named(figure):
    figure.artists_under_test.show([epoch(0, 0.8, 0.5), epoch(1, 0.9, 0.25), epoch(2, 0.7, 0.1)])
    accuracy, loss = figure.axes
    assert label_of(accuracy).get_text() == "Best: epoch 2, 90.0 %"
    assert label_of(loss).get_text() == "Best: epoch 2, 0.250"
    assert [list(line.get_xdata()) for line in accuracy.lines][2] == [2]


def test_no_epoch_is_ringed_where_there_is_none(figure):
    figure.artists_under_test.show(history(3))
    figure.artists_under_test.show([])
    draw(figure)
    for axes in figure.axes:
        assert not label_of(axes).get_visible()
        assert all(len(line.get_xdata()) == 0 for line in axes.lines)


@pytest.mark.parametrize("best", [0, 20, 39])
@pytest.mark.parametrize("top", [0.55, 0.999])
def test_the_best_epochs_name_stays_inside(figure, best, top):
    rows = [epoch(each, 0.5, 0.7) for each in range(40)]
    rows[best] = epoch(best, top, 1.1)
    figure.artists_under_test.show(rows)
    draw(figure)
    for axes in figure.axes:
        words, inside = label_of(axes).get_window_extent(), axes.bbox
        assert inside.x0 - 2 <= words.x0
        assert words.x1 <= inside.x1 + 2
        assert inside.y0 - 2 <= words.y0
        assert words.y1 <= inside.y1 + 2


def test_limits_stay_while_a_few_epochs_come(figure):
    limits = set()
    for length in (21, 22, 23, 24, 25):
        figure.artists_under_test.show(history(length))
        limits.add(tuple((axes.get_xlim(), axes.get_ylim()) for axes in figure.axes))
    assert len(limits) == 1


SHARES = st.floats(0, 1)
LOSSES = st.floats(0, 1e30) | st.sampled_from([math.nan, math.inf])


@given(st.lists(st.tuples(SHARES, SHARES, LOSSES, LOSSES), max_size=30))
def test_whatever_the_figures_all_that_are_finite_are_within_the_limits(rows):
    figure, artists = history_figure(LIGHT)
    artists.show(
        [
            epoch(number, val_accuracy, val_loss, accuracy=accuracy, loss=loss)
            for number, (accuracy, val_accuracy, loss, val_loss) in enumerate(rows)
        ]
    )
    for axes in figure.axes:
        (left, right), (bottom, top) = axes.get_xlim(), axes.get_ylim()
        for line in axes.lines:
            shown = [each for each in line.get_xydata() if math.isfinite(each[1])]
            assert all(left < x < right and bottom <= y <= top for x, y in shown)


def test_a_zoomed_view_stays_until_it_is_reset(figure):
    artists, (accuracy, loss) = figure.artists_under_test, figure.axes
    artists.show(history(20))
    whole = accuracy.get_xlim(), accuracy.get_ylim()
    other = loss.get_xlim(), loss.get_ylim()
    artists.zoom(accuracy, across=(3, 8), upward=(0.6, 0.7))
    artists.show(history(20))
    assert (accuracy.get_xlim(), accuracy.get_ylim()) == ((3, 8), (0.6, 0.7))
    assert (loss.get_xlim(), loss.get_ylim()) == other
    artists.reset_view()
    assert (accuracy.get_xlim(), accuracy.get_ylim()) == whole


def test_a_view_never_zooms_out_of_the_whole(figure):
    artists, (accuracy, _) = figure.artists_under_test, figure.axes
    artists.show(history(20))
    whole = accuracy.get_xlim()
    artists.zoom(accuracy, across=(-50, 500), upward=(0.6, 0.7))
    assert accuracy.get_xlim() == whole


def test_another_style_colours_what_is_there(figure):
    artists, (accuracy, _) = figure.artists_under_test, figure.axes
    artists.show(history(5))
    artists.set_style(DARK)
    draw(figure)
    assert figure.get_facecolor() == pytest.approx(rgba(DARK.background))
    assert curves(accuracy)["Training"].get_color() == DARK.training
    assert label_of(accuracy).get_color() == DARK.foreground


@pytest.mark.parametrize("style", [LIGHT, DARK], ids=["light", "dark"])
def test_curves_stand_out_and_words_can_be_read(style):
    for shade in (style.training, style.validation):
        assert contrast(shade, style.background) >= 3
    for shade in (style.foreground, style.quiet):
        assert contrast(shade, style.background) >= 4.5


@pytest.mark.parametrize("size", [(8, 3), (6, 2.5), (5, 2), (16, 9)])
def test_words_stay_in_the_figure_and_apart(figure, size):
    figure.set_size_inches(size)
    figure.artists_under_test.show(history(60))
    draw(figure)
    for axes in figure.axes:
        extent = axes.get_tightbbox()
        assert extent.x0 >= 0
        assert extent.y0 >= 0
        assert extent.x1 <= figure.bbox.x1
        assert extent.y1 <= figure.bbox.y1
        assert (
            not axes.get_legend().get_window_extent().overlaps(title_of(axes).get_window_extent())
        )
    accuracy, loss = (axes.get_tightbbox() for axes in figure.axes)
    assert accuracy.x1 <= loss.x0


def rgba(shade):
    return (*(int(shade[at : at + 2], 16) / 255 for at in (1, 3, 5)), 1.0)


def contrast(one, other):
    dim, bright = sorted(luminance(shade) for shade in (one, other))
    return (bright + 0.05) / (dim + 0.05)


def luminance(shade):
    parts = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in rgba(shade)[:3]
    )
    return sum(part * weight for part, weight in zip(parts, (0.2126, 0.7152, 0.0722), strict=True))


def test_a_style_names_fonts_that_are_there(figure):
    figure.artists_under_test.set_style(dataclasses.replace(LIGHT, fonts=("DejaVu Serif",)))
    draw(figure)
    assert label_of(figure.axes[0]).get_fontfamily() == ["DejaVu Serif"]
