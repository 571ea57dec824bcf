"""The third verdict is grey, has its own symbol, and says what it means."""

import pytest
from PIL import Image
from PySide6.QtWidgets import QLabel

from catdog_gui import theme
from catdog_gui.prediction_tab.controls import PredictionState, controls_for
from catdog_gui.prediction_tab.marks import mark_of
from catdog_gui.prediction_tab.page import PredictionPage
from catdog_gui.prediction_tab.result import Result
from catdog_gui.prediction_tab.results_model import ResultsModel
from catdog_gui.prediction_tab.results_view import ResultsView
from catdog_gui.prediction_tab.words import NEITHER_WORDS
from catdog_gui.widgets.confidence_bar import ConfidenceBar
from training.events import Verdict

RESULTS = controls_for(PredictionState(runs=1, pictures=1, read=1))


@pytest.fixture
def chair(tmp_path):
    path = tmp_path / "chair.png"
    Image.new("RGB", (60, 40), "#FFFFFF").save(path)
    return path


@pytest.fixture
def page(qtbot, chair):
    page = PredictionPage()
    model = ResultsModel(page)
    qtbot.addWidget(page)
    page.resize(1000, 640)
    page.set_results(model)
    page.set_controls(RESULTS)
    page.show()
    model.add([chair])
    model.set_verdict(Verdict(str(chair), "neither", 0.97, 0.83, p_neither=0.83))
    return page


def test_its_mark_is_a_word_a_symbol_and_a_colour_of_its_own(page, chair):
    mark = mark_of(Result(chair, Verdict(str(chair), "neither", 0.5, 0.9, p_neither=0.9)))
    assert (mark.words, mark.meaning) == ("Neither", "neither")
    assert not mark.icon().isNull()


def test_the_panel_says_what_it_means_and_what_the_two_would_be(page):
    texts = {label.text() for label in page.findChildren(QLabel) if label.isVisible()}
    assert {"Neither", NEITHER_WORDS, "Were it one of the two: dog 0.97 and cat 0.03."} <= texts
    assert page.findChild(ConfidenceBar).accessibleName() == "Confidence in neither: 0.83"


def test_its_bar_is_grey_on_the_card_and_in_the_panel(page, qtbot):
    view = page.findChild(ResultsView)
    grey = theme.colour("neither")
    assert grey.saturation() < 40

    def colours(image):
        across, down = range(0, image.width(), 2), range(0, image.height(), 2)
        return {image.pixelColor(x, y).name() for x in across for y in down}

    for widget in (view.viewport(), page.findChild(ConfidenceBar)):
        shown = colours(widget.grab().toImage())
        assert grey.name() in shown
        assert not {theme.colour(name).name() for name in ("cat", "dog")} & shown
