"""One line that says which folder is watched, with a way to end it."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from catdog_gui import theme
from catdog_gui.prediction_tab.words import watched_words
from catdog_gui.widgets.elided_label import ElidedLabel


class WatchLine(QWidget):
    """Hidden while no folder is watched.

    Signals:
        stop_requested: The user wants it watched no longer.
    """

    stop_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = ElidedLabel()
        self.stop_button = QToolButton()
        self.stop_button.setText("Stop watching")
        self.stop_button.clicked.connect(lambda *_: self.stop_requested.emit())
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SPACE_12)
        row.addWidget(self._words, 1)
        row.addWidget(self.stop_button)
        self.show_folder(None)

    def show_folder(self, folder: Path | None) -> None:
        """Say which folder is watched; None for none."""
        self.setVisible(folder is not None)
        if folder is not None:
            self._words.setText(watched_words(folder))

    def words(self) -> str:
        """What is said; empty while no folder is watched."""
        return "" if self.isHidden() else self._words.text()
