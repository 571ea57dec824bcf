"""The threshold: slider and number go together, verdicts follow, and nothing is read again."""

import math

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDoubleSpinBox, QLabel, QSlider, QToolButton

from catdog_gui.prediction_tab import model_choosing
from catdog_gui.settings import PREDICTION_THRESHOLD
from catdog_gui.widgets.threshold_bar import ThresholdBar, usable_threshold
from training.runs.judgement import BINS, Judgement

COUNTED = Judgement(1.0, None, cats=(9, *[0] * (BINS - 2), 1), dogs=(*[0] * (BINS - 1), 10))


@pytest.fixture
def bar(qtbot):
    bar = ThresholdBar()
    qtbot.addWidget(bar)
    bar.show()
    return bar


@pytest.fixture
def told(bar):
    told = []
    bar.threshold_chosen.connect(told.append)
    return told


def _slider(bar):
    return bar.findChild(QSlider)


def _number(bar):
    return bar.findChild(QDoubleSpinBox)


def _reset(bar):
    return bar.findChild(QToolButton)


def test_the_slider_moves_the_number_in_hundredths_by_keys(bar, told, qtbot):
    qtbot.keyClick(_slider(bar), Qt.Key.Key_Right)
    assert _number(bar).value() == pytest.approx(0.51)
    qtbot.keyClick(_slider(bar), Qt.Key.Key_PageUp)
    assert told == [0.51, 0.61]


def test_the_number_moves_the_slider_and_is_told_once(bar, told, qtbot):
    qtbot.keyClick(_number(bar), Qt.Key.Key_Down)
    assert _slider(bar).value() == 49
    assert told == [0.49]


def test_the_way_back_is_live_only_where_there_is_one(bar, told, qtbot):
    assert not _reset(bar).isEnabled()
    _slider(bar).setValue(80)
    qtbot.mouseClick(_reset(bar), Qt.MouseButton.LeftButton)
    assert told == [0.8, 0.5]
    assert not _reset(bar).isEnabled()


def test_showing_a_threshold_tells_nobody(bar, told):
    bar.set_threshold(0.7)
    assert (_slider(bar).value(), _number(bar).value()) == (70, 0.7)
    assert told == []
    assert _reset(bar).isEnabled()


def test_every_part_has_a_name_and_can_be_reached_by_keys(bar):
    for part in (_slider(bar), _number(bar), _reset(bar)):
        assert part.accessibleName()
        assert part.focusPolicy() & Qt.FocusPolicy.TabFocus


def test_its_words_are_shown(bar):
    bar.set_words("At 0.50: 1 of 10.")
    assert "At 0.50: 1 of 10." in {label.text() for label in bar.findChildren(QLabel)}


@pytest.mark.parametrize("damaged", [-1.0, 0.0, 1.0, 7.0, math.nan])
def test_a_remembered_threshold_that_cannot_be_is_the_usual_one(damaged):
    assert usable_threshold(damaged) == 0.5


def test_moving_it_judges_again_without_reading(bench):
    bench.classify("cat.jpg", "dog.jpg", "chair.jpg", "notes.txt")
    bench.fire("threshold_chosen", 0.98)
    assert bench.results == {
        "cat.jpg": "cat",
        "dog.jpg": "cat",
        "chair.jpg": "neither",
        "notes.txt": "error",
    }
    assert bench.summary == "4 pictures: 2 cats, 1 neither, 1 could not be read."
    assert len(bench.oracle.calls) == 1


def test_pictures_that_come_later_are_judged_by_it_too(bench):
    bench.fire("threshold_chosen", 0.02)
    bench.classify("cat.jpg")
    assert bench.results == {"cat.jpg": "dog"}


def test_it_is_remembered(bench):
    bench.fire("threshold_chosen", 0.7)
    assert bench.settings.get(PREDICTION_THRESHOLD) == 0.7
    bench.start()
    bench.page.set_threshold.assert_called_once_with(0.7)
    bench.classify("dog.jpg")
    bench.fire("threshold_chosen", 0.98)
    assert bench.results == {"dog.jpg": "cat"}


def test_its_cost_is_told_for_the_chosen_run_and_follows_it(bench, monkeypatch):
    monkeypatch.setattr(model_choosing, "judgement_of", lambda run: COUNTED)
    bench.start()
    told = bench.page.set_model_words
    assert told.call_args.args[0].startswith("At 0.50: 1 of 10 validation cats")
    bench.fire("threshold_chosen", 0.7)
    assert told.call_args.args[0].startswith("At 0.70: 1 of 10")
    monkeypatch.setattr(model_choosing, "judgement_of", lambda run: None)
    bench.fire("run_chosen", 1)
    assert told.call_args.args[0] == "This model cannot say “neither”."


def test_without_a_run_there_is_nothing_to_say(without_run):
    assert without_run.page.set_model_words.call_args.args == ("",)
