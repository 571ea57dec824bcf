"""Training pictures as they are, and as the network may see them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from catdog_gui import theme
from catdog_gui.widgets.picture_grid import PictureGrid

if TYPE_CHECKING:
    from training.dataset.decode import Pixels

_SENTENCE = "Pictures of the training split. The network sees each of them varied anew every time."

_NOT_VARIED = "Pictures of the training split. These settings leave them as they are."


class AugmentationView(QWidget):
    """A sentence, the pictures, and Others.

    Signals:
        shown: The view comes to the front.
        others_requested: The user wants to see other variations.
    """

    shown = Signal()
    others_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sentence = QLabel(wordWrap=True)
        self.others_button = QPushButton("Others")
        self.grid = PictureGrid("As it is", "Varied")
        self._dress()
        self._lay_out()
        self.others_button.clicked.connect(lambda *_: self.others_requested.emit())

    def show_pictures(self, rows: Sequence[Sequence[Pixels]]) -> None:
        """Show pictures.

        Args:
            rows: For each picture: as it is, and then varied several times; uint8
                (side, side, 3).
        """
        is_varied = any((picture != row[0]).any() for row in rows for picture in row[1:])
        self.sentence.setText(_SENTENCE if is_varied else _NOT_VARIED)
        self.grid.set_rows(rows)
        varied = sum(len(row) - 1 for row in rows)
        self.grid.setAccessibleDescription(f"{len(rows)} pictures, varied {varied} times in all.")
        self.others_button.setEnabled(True)

    def show_reason(self, reason: str, *, keeps_pictures: bool = False) -> None:
        """Say why there are no pictures, or why those that are there are of before.

        Args:
            reason: A sentence.
            keeps_pictures: Whether those that are there stay.
        """
        self.sentence.setText(reason)
        if not keeps_pictures:
            self.grid.set_rows(())
        self.others_button.setEnabled(False)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Tell that it is looked at."""
        super().showEvent(event)
        self.shown.emit()

    def _dress(self) -> None:
        theme.caption(self.sentence)
        self.grid.setAccessibleName("Varied training pictures")
        self.others_button.setToolTip("Vary the pictures in other ways")

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(theme.SPACE_12)
        line.addWidget(self.sentence, 1)
        line.addWidget(self.others_button, alignment=Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE_8)
        column.addLayout(line)
        column.addWidget(self.grid, 1)
