"""The coach's line: it says what it is given, and a long sentence takes lines, not width."""

import pytest
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication

from catdog_gui.palettes import build_palette
from catdog_gui.training_tab.coach_line import CoachLine
from training.runs.coach import Advice
from training.runs.coach_rules import RULES, Tone

LONGEST = max((rule.sentence for rule in RULES), key=len)
ADVICE = Advice("overfitting", Tone.WARNING, LONGEST, "Finish now keeps epoch 24.")


@pytest.fixture
def line(qtbot):
    line = CoachLine()
    qtbot.addWidget(line)
    return line


def test_it_is_hidden_while_there_is_nothing_to_say(line):
    assert line.isHidden()
    line.show_advice(ADVICE)
    assert line.sentence() == f"Coach: {LONGEST}"
    assert line.next_step() == "Finish now keeps epoch 24."
    line.show_advice(None)
    assert (line.isHidden(), line.sentence()) == (True, "")


def test_without_a_next_step_there_is_no_empty_line(line):
    line.show_advice(ADVICE)
    line.show_advice(Advice("ended", Tone.GOOD, "Stopped."))
    assert line.next_step() == ""
    assert line._next_step.isHidden()


def test_a_reader_of_the_screen_hears_sentence_and_step(line):
    line.show_advice(ADVICE)
    assert line.accessibleName() == f"Coach: {LONGEST} Finish now keeps epoch 24."


def test_a_long_sentence_takes_lines_and_no_width(line):
    line.show_advice(ADVICE)
    assert line.minimumSizeHint().width() < 300
    assert line.heightForWidth(400) > line.heightForWidth(1200)


@pytest.mark.parametrize("tone", Tone)
def test_each_tone_has_an_icon_of_its_own(line, tone):
    def drawn(one):
        line.show_advice(Advice("key", one, "A sentence."))
        return line._icon.pixmap().toImage()

    others = [drawn(other) for other in Tone if other is not tone]
    assert drawn(tone) not in others


def test_the_icon_follows_light_and_dark(qtbot, line):
    app, before = QApplication.instance(), QApplication.palette()
    line.show_advice(ADVICE)
    line.show()
    try:
        drawn = []
        for dark in (False, True):
            palette = build_palette(dark=dark, accent=None)
            app.setPalette(palette)
            shade = palette.color(QPalette.ColorRole.Window)
            qtbot.waitUntil(
                lambda shade=shade: line.palette().color(QPalette.ColorRole.Window) == shade
            )
            drawn.append(line._icon.pixmap().toImage())
        assert drawn[0] != drawn[1]
    finally:
        app.setPalette(before)
