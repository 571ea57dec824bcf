"""Runs side by side: the window says what differs, and ties rows to curves."""

import dataclasses

import pytest

from catdog_gui.training_tab.comparison_window import ComparisonWindow
from catdog_gui.training_tab.lab_book_jobs import ComparedRuns
from catdog_gui.training_tab.lab_book_words import curve_labels
from tests.training.runs.making import epochs, info
from training.learning.presets import training_config
from training.plots.overlay import LOOKS
from training.runs.comparing import MOST_CURVES, Comparison, Row, differences

CONFIG = training_config("notebook", "kaggle")
RUNS = (
    info("one", title="Grey cats", seconds=61.0),
    info("two", title="A title that goes on and on about how it came to be"),
)


@pytest.fixture
def window(qtbot):
    settings = differences([CONFIG, dataclasses.replace(CONFIG, seed=2, learning_rate=0.0005)])
    figures = (Row("val_accuracy", (0.8, None)), Row("seconds", (61.0, None)))
    compared = ComparedRuns(Comparison(RUNS, settings, figures), [epochs(5), epochs(3)])
    window = ComparisonWindow(compared)
    window.show()
    yield window
    window.close()


def rows(window):
    table = window.table
    return [
        [table.item(row, column).text() for column in range(table.columnCount())]
        for row in range(table.rowCount())
    ]


def test_settings_that_differ_stand_above_the_figures(window):
    assert rows(window) == [
        ["Learning rate", f"{CONFIG.learning_rate:.4g}", "0.0005"],
        ["Seed", "1", "2"],
        ["Validation accuracy", "80.0 %", "—"],
        ["Duration", "1 min 1 s", "—"],
    ]
    assert window.windowTitle() == "Compare 2 runs"


def test_a_column_has_the_sign_and_the_name_of_its_curve(window):
    titles = [window.table.horizontalHeaderItem(place) for place in (1, 2)]
    assert [title.text()[0] for title in titles] == [look.sign for look in LOOKS[:2]]
    assert titles[0].text() == f"{LOOKS[0].sign} Grey cats"
    assert "two" in titles[1].toolTip()
    assert "Grey cats" in window.plot.accessibleDescription()


def test_the_curves_follow_the_theme(window, qapp):
    figure = window.plot._canvas.figure
    palette = window.plot.palette()
    palette.setColor(palette.ColorRole.Base, "#102030")
    window.plot.setPalette(palette)
    assert tuple(round(part * 255) for part in figure.get_facecolor()[:3]) == (16, 32, 48)


def test_a_title_stays_where_only_others_are_alike():
    preset = info("two"), info("three", created="2026-01-03T10:00:00+00:00")
    first, *others = curve_labels([RUNS[0], *preset])
    assert first == "Grey cats"
    assert [label[-11:] for label in others] == ["01-01 10:00", "01-03 10:00"]


def test_labels_are_short_and_no_two_are_alike():
    alike = [info(str(n), title="The same") for n in range(MOST_CURVES)]
    for runs in (RUNS, alike):
        labels = curve_labels(runs)
        assert len(set(labels)) == len(runs)
        assert max(map(len, labels)) <= 28
