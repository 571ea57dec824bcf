"""A caption has the line beside a widget where there is room for it, else one of its own."""

import pytest
from PySide6.QtWidgets import QPushButton

from catdog_gui.widgets.captioned import Captioned
from catdog_gui.widgets.elided_label import ElidedLabel

WORDS = "1,203 near copies, group by group"


@pytest.fixture
def parts(qtbot):
    caption, button = ElidedLabel(WORDS), QPushButton("Exclude")
    row = Captioned(caption, button)
    qtbot.addWidget(row)
    row.show()
    return row, caption, button


def resize(qtbot, row, width):
    row.resize(width, 80)
    qtbot.waitUntil(lambda: row.width() == width)


def is_whole(caption):
    return caption.width() >= caption.sizeHint().width()


def is_above(caption, button):
    return caption.geometry().bottom() < button.geometry().top()


def test_it_stands_beside_where_there_is_room(qtbot, parts):
    row, caption, button = parts
    resize(qtbot, row, caption.sizeHint().width() + button.sizeHint().width() + 40)
    qtbot.waitUntil(lambda: is_whole(caption) and not is_above(caption, button))
    assert caption.geometry().right() < button.geometry().left()


def test_it_stands_above_where_the_line_is_too_short(qtbot, parts):
    row, caption, button = parts
    resize(qtbot, row, caption.sizeHint().width() + button.sizeHint().width() - 20)
    qtbot.waitUntil(lambda: is_whole(caption) and is_above(caption, button))
    assert button.geometry().right() == row.rect().right()
    assert button.width() == button.sizeHint().width()


def test_it_follows_the_words(qtbot, parts):
    row, caption, button = parts
    resize(qtbot, row, caption.sizeHint().width() + button.sizeHint().width() - 20)
    caption.setText("12 dark")
    qtbot.waitUntil(lambda: is_whole(caption) and not is_above(caption, button))
    caption.setText(WORDS)
    qtbot.waitUntil(lambda: is_whole(caption) and is_above(caption, button))
