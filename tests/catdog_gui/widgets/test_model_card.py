"""The model card's window: it can be read, selected, copied, and closed by keys."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton, QTextBrowser, QWidget

from catdog_gui.widgets.model_card import ModelCardDialog, show_model_card

CARD = "# A card\n\n## Figures\n\n| figure | validation |\n| --- | --- |\n| accuracy | 0.9 |\n"


@pytest.fixture
def window(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    return window


@pytest.fixture
def dialog(window):
    show_model_card(window, CARD)
    return window.findChild(ModelCardDialog)


def _button(dialog, words):
    return next(each for each in dialog.findChildren(QPushButton) if each.text() == words)


def test_it_shows_the_card_as_a_page(dialog):
    page = dialog.findChild(QTextBrowser)
    assert page.accessibleName() == "Model card"
    assert "A card\nFigures" in page.toPlainText()
    assert "#" not in page.toPlainText()
    assert page.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByKeyboard


def test_the_copy_is_the_markdown_and_says_so(qtbot, dialog):
    qtbot.mouseClick(_button(dialog, "Copy"), Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == CARD
    assert _button(dialog, "Copied").isVisible()


@pytest.mark.parametrize("key", [Qt.Key.Key_Escape, Qt.Key.Key_Return])
def test_it_is_closed_by_keys_and_leaves_nothing(qtbot, window, dialog, key):
    qtbot.keyClick(dialog, key)
    qtbot.waitUntil(lambda: window.findChild(ModelCardDialog) is None)
