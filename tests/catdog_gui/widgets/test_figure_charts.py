"""The charts in the window: words until they are counted, and a theme that they follow."""

import pytest
from PySide6.QtGui import QColor, QPalette

from catdog_gui.widgets.figure_charts import FigureCharts, load_charts
from training.cancellation import CancelToken
from training.dataset.picture import Split
from training.dataset.picture_filter import Figures

_FIGURES = Figures({("cat", Split.TRAIN): 3, ("dog", None): 2}, {(20, 10): 5}, {("cat", 9): 5})
_NONE = Figures({}, {}, {})


@pytest.fixture
def charts(qtbot):
    load_charts(lambda _: None, CancelToken())
    charts = FigureCharts()
    qtbot.addWidget(charts)
    charts.resize(640, 420)
    charts.show()
    return charts


def test_words_stand_there_until_there_are_figures(charts):
    assert charts.words() == "Counting…"
    charts.show_figures(_FIGURES)
    assert charts.words() == ""
    assert charts.accessibleDescription() == "3 cats, train; 2 dogs, in no split"
    charts.clear()
    assert charts.words() == "Counting…"


def test_where_nothing_matches_it_says_so(charts):
    charts.show_figures(_FIGURES)
    charts.show_figures(_NONE)
    assert charts.words() == "No pictures match."


def test_another_theme_draws_them_anew(charts, qtbot):
    charts.show_figures(_FIGURES)
    before = charts.grab().toImage().pixelColor(60, 60)
    dark = QPalette(charts.palette())
    dark.setColor(QPalette.ColorRole.Base, QColor("#101214"))
    charts.setPalette(dark)
    qtbot.waitUntil(lambda: charts.grab().toImage().pixelColor(5, 200) != before)
