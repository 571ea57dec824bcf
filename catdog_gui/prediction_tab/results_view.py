"""The grid of cards."""

from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QSize,
    Qt,
)
from PySide6.QtGui import QPalette, QResizeEvent
from PySide6.QtWidgets import QFrame, QListView, QWidget

from catdog_gui.prediction_tab.card import LEAST_WIDTH_PX, CardDelegate, card_height
from catdog_gui.widgets.tile_painting import PixmapOf

_BATCH_CARDS = 500


class ResultsView(QListView):
    """Shows results as cards that share out the width evenly.

    Only the cards in sight are painted, and all have one size, so that thousands cost nothing.

    Args:
        pixmap_of: Gives thumbnails; see `CardDelegate`.
    """

    def __init__(self, pixmap_of: PixmapOf, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cards = CardDelegate(pixmap_of, self)
        self.setItemDelegate(self._cards)
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self.setUniformItemSizes(True)
        self.setLayoutMode(QListView.LayoutMode.Batched)
        self.setBatchSize(_BATCH_CARDS)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.viewport().setBackgroundRole(QPalette.ColorRole.Window)
        self.setAccessibleName("Pictures with their verdicts")

    def selectionCommand(  # noqa: N802 - Qt's name
        self, index: QModelIndex | QPersistentModelIndex, event: QEvent | None = None
    ) -> QItemSelectionModel.SelectionFlag:
        """Cards stand for whole rows, so that the table shows the same selection."""
        return super().selectionCommand(index, event) | QItemSelectionModel.SelectionFlag.Rows

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """As many columns as fit."""
        width = self.viewport().width() - 1  # a row that is full to the last pixel is wrapped
        columns = max(1, width // LEAST_WIDTH_PX)
        card = QSize(width // columns, card_height(self.fontMetrics().height()))
        self._cards.set_card_size(card)
        self.setGridSize(card)
        super().resizeEvent(event)
