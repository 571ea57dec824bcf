"""A row of buttons of which one is pressed."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QToolButton, QWidget

_STYLE = """
QToolButton {
    border: 1px solid palette(dark); background: palette(button); color: palette(button-text);
    padding: 3px 9px; margin-right: -1px;
}
QToolButton:hover { background: palette(midlight); }
QToolButton:focus { border-color: palette(highlight); }
QToolButton:disabled { color: palette(dark); }
QToolButton:checked {
    background: palette(highlight); border-color: palette(highlight);
    color: palette(highlighted-text);
}
"""
_FIRST = "QToolButton { border-top-left-radius: 4px; border-bottom-left-radius: 4px; }"
_LAST = """
QToolButton {
    border-top-right-radius: 4px; border-bottom-right-radius: 4px; margin-right: 0px;
}
"""


class Segments(QWidget):
    """Lets the user choose one of a few words that are all in sight.

    Args:
        words: The choices; the first is chosen.
        name: What is chosen, for a screen reader.

    Signals:
        chosen: The place of the choice, whenever the user changes it.
    """

    chosen = Signal(int)

    def __init__(self, words: Sequence[str], name: str, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for place, word in enumerate(words):
            button = build_toggle(word, is_first=place == 0, is_last=place == len(words) - 1)
            self._group.addButton(button, place)
            row.addWidget(button)
        self.set_words(words, name)
        self.choose(0)
        self._group.idClicked.connect(self.chosen)

    @property
    def place(self) -> int:
        """The place of the choice."""
        return self._group.checkedId()

    def set_words(self, words: Sequence[str], name: str) -> None:
        """Say the same choices in other words; see the class."""
        for place, word in enumerate(words):
            self.button(place).setText(word)
            self.button(place).setAccessibleName(f"{name}: {word}")

    def choose(self, place: int) -> None:
        """Press one of the buttons, without telling."""
        self._group.button(place).setChecked(True)

    def button(self, place: int) -> QAbstractButton:
        """One of the buttons."""
        return self._group.button(place)


def build_toggle(word: str, *, is_first: bool = True, is_last: bool = True) -> QToolButton:
    """A button that stays pressed, rounded where no other one follows."""
    button = QToolButton()
    button.setText(word)
    button.setCheckable(True)
    button.setStyleSheet(_STYLE + _FIRST * is_first + _LAST * is_last)
    return button
