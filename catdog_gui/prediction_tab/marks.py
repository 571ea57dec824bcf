"""A verdict as a word with an icon and a colour, so that none of the three stands alone."""

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPalette

from catdog_gui import theme
from catdog_gui.prediction_tab.result import Result
from catdog_gui.prediction_tab.words import verdict_words

_FAILED = "warning"
_ICONS: Mapping[str, str] = {
    "cat": "cat",
    "dog": "dog",
    "neither": "neither",
    _FAILED: "warning",
}


@dataclass(frozen=True)
class Mark:
    """What stands below a picture.

    Attributes:
        words: The verdict, or what became of the picture.
        meaning: A colour with meaning of `theme`; empty while there is no verdict.
    """

    words: str
    meaning: str

    def icon(self) -> QIcon:
        """The meaning's icon in the meaning's colour; empty while there is no verdict."""
        if not self.meaning:
            return QIcon()
        return theme.icon(_ICONS[self.meaning], meaning=self.meaning)

    def plain_icon(self) -> QIcon:
        """The meaning's icon in the colour of the words around it, for a selected row."""
        return theme.icon(_ICONS[self.meaning]) if self.meaning else QIcon()

    def text_colour(self) -> QColor:
        """The meaning's colour, dark or bright enough to be read."""
        if not self.meaning:
            return QGuiApplication.palette().color(QPalette.ColorRole.PlaceholderText)
        return theme.colour(self.meaning, text=True)


def mark_of(result: Result) -> Mark:
    """The mark of a row."""
    words = verdict_words(result.verdict, is_reading=result.is_reading)
    if result.verdict is None:
        return Mark(f"{words} …" if result.is_reading else words, "")
    return Mark(words, result.verdict.verdict or _FAILED)
