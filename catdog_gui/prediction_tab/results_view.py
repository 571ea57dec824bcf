"""The grid of cards."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QPalette, QResizeEvent
from PySide6.QtWidgets import QFrame, QListView, QWidget

from catdog_gui.prediction_tab.card import LEAST_WIDTH_PX, CardDelegate, card_height
from catdog_gui.prediction_tab.results_model import RESULT_ROLE, Result, ResultsModel
from catdog_gui.widgets.tile_painting import PixmapOf

_BATCH_CARDS = 500


class ResultsView(QListView):
    """Shows a `ResultsModel` as cards that share out the width evenly.

    Only the cards in sight are painted, and all have one size, so that thousands cost nothing.

    Args:
        pixmap_of: Gives thumbnails; see `CardDelegate`.

    Signals:
        result_shown: The current row's `Result` whenever it changes; None where there is none.
    """

    result_shown = Signal(object)

    def __init__(self, pixmap_of: PixmapOf, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cards = CardDelegate(pixmap_of, self)
        self.setItemDelegate(self._cards)
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setLayoutMode(QListView.LayoutMode.Batched)
        self.setBatchSize(_BATCH_CARDS)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.viewport().setBackgroundRole(QPalette.ColorRole.Window)
        self.setAccessibleName("Pictures with their verdicts")

    def show_results(self, model: ResultsModel) -> None:
        """Show the pictures of a model, from now on."""
        self.setModel(model)
        model.dataChanged.connect(self._on_model_data_changed)
        model.modelReset.connect(self._on_model_reset)
        model.rowsInserted.connect(self._on_model_rows_inserted)
        model.came_again.connect(self._on_model_came_again)

    def currentChanged(  # noqa: N802 - Qt's name
        self,
        current: QModelIndex | QPersistentModelIndex,
        previous: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Tell which picture is looked at."""
        super().currentChanged(current, previous)
        self._tell_current()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """As many columns as fit."""
        width = self.viewport().width() - 1  # a row that is full to the last pixel is wrapped
        columns = max(1, width // LEAST_WIDTH_PX)
        card = QSize(width // columns, card_height(self.fontMetrics().height()))
        self._cards.set_card_size(card)
        self.setGridSize(card)
        super().resizeEvent(event)

    def _on_model_data_changed(self, first: QModelIndex, last: QModelIndex) -> None:
        if first.row() <= self.currentIndex().row() <= last.row():
            self._tell_current()

    def _on_model_reset(self) -> None:
        self.result_shown.emit(None)

    def _on_model_rows_inserted(self, _parent: QModelIndex, first: int, last: int) -> None:
        """Look at what came first, and at a picture that came alone."""
        if first == last or not self.currentIndex().isValid():
            self.setCurrentIndex(self.model().index(first, 0))

    def _on_model_came_again(self, row: int) -> None:
        """Look at a picture that was dropped again, else the drop seems to do nothing."""
        self.setCurrentIndex(self.model().index(row, 0))

    def _tell_current(self) -> None:
        result: Result | None = self.currentIndex().data(RESULT_ROLE)
        self.result_shown.emit(result)
