"""A table that is only looked at: rows are chosen, cells are never edited."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QTableWidget, QTableWidgetItem, QWidget

_TO_THE_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True)
class Column:
    """A column's title, what it means, and whether it holds numbers."""

    title: str
    help_text: str
    is_number: bool = False


class FactsTable(QTableWidget):
    """Rows of words under titles.

    Args:
        columns: From left to right.
    """

    def __init__(self, columns: Sequence[Column], parent: QWidget | None = None) -> None:
        super().__init__(0, len(columns), parent)
        self._numbers: Collection[int] = {
            place for place, column in enumerate(columns) if column.is_number
        }
        for place, column in enumerate(columns):
            title = QTableWidgetItem(column.title)
            title.setToolTip(column.help_text)
            self.setHorizontalHeaderItem(place, title)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.verticalHeader().hide()

    def fill_row(self, row: int, cells: Sequence[str], *, help_text: str = "") -> None:
        """Write a row; numbers stand to the right."""
        for place, words in enumerate(cells):
            item = QTableWidgetItem(words)
            item.setToolTip(help_text)
            if place in self._numbers:
                item.setTextAlignment(_TO_THE_RIGHT)
            self.setItem(row, place, item)
