"""The table of the lab book: rows are chosen, stars clicked, titles edited in place."""

from collections.abc import Collection

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from catdog_gui.training_tab.lab_book_model import (
    CREATED,
    RUN_COLUMNS,
    STAR,
    TITLE,
    FoundRuns,
    RunsModel,
)
from training.runs.lab_book import RunInfo

_WIDTHS_PX = {
    "dataset": 96,
    "epochs": 82,
    "validation": 88,
    "log_loss": 74,
    "test": 66,
    "duration": 92,
    "device": 110,
    "created": 128,
}
_STAR_PX, _ICON_PX, _ROW_EDGE_PX = 30, 16, 8
_LEAST_TITLE_PX = 190
_Selection = QItemSelectionModel.SelectionFlag


class RunsTable(QTableView):
    """Shows the runs, newest first until the user wants another order.

    Signals:
        chosen_changed: Another run is the current one, or others are selected.
        star_requested: The name of the run that the user wants to mark, or no longer.
    """

    chosen_changed = Signal()
    star_requested = Signal(str)

    def __init__(self, runs: RunsModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.found = FoundRuns(runs, self)
        self._runs = runs
        self.setModel(self.found)
        self._dress()
        self.clicked.connect(self._on_clicked)
        self.selectionModel().selectionChanged.connect(lambda *_: self.chosen_changed.emit())
        self.selectionModel().currentRowChanged.connect(lambda *_: self.chosen_changed.emit())

    @property
    def chosen(self) -> tuple[RunInfo, ...]:
        """The selected runs, from top to bottom."""
        rows = sorted(self.selectionModel().selectedRows(), key=lambda index: index.row())
        return tuple(self.found.run_at(index) for index in rows)

    def choose(self, run: str) -> None:
        """Select one run alone; none where there is no such row."""
        row = self._runs.row_of(run)
        index = self.found.mapFromSource(self._runs.index(row or 0, TITLE))
        if row is None or not index.isValid():
            self.clearSelection()
            self.setCurrentIndex(QModelIndex())
            return
        self.selectionModel().setCurrentIndex(index, _Selection.ClearAndSelect | _Selection.Rows)
        self.scrollTo(index)

    def select_also(self, names: Collection[str]) -> None:
        """Select these runs too."""
        for row in range(self.found.rowCount()):
            index = self.found.index(row, TITLE)
            if self.found.run_at(index).run in names:
                chosen = QItemSelection(index, index)
                self.selectionModel().select(chosen, _Selection.Select | _Selection.Rows)

    def rename(self, run: str) -> None:
        """Let the user edit the title of a run, in its place."""
        row = self._runs.row_of(run)
        if row is not None:
            index = self.found.mapFromSource(self._runs.index(row, TITLE))
            if index.isValid():
                self.setCurrentIndex(index)
                self.edit(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Space marks the current run; all else is as in any table."""
        if event.key() == Qt.Key.Key_Space and self.currentIndex().isValid():
            self.star_requested.emit(self.found.run_at(self.currentIndex()).run)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """The title takes what room the figures leave; where that is little, the table scrolls."""
        super().resizeEvent(event)
        header = self.horizontalHeader()
        others = header.length() - header.sectionSize(TITLE)
        header.resizeSection(TITLE, max(_LEAST_TITLE_PX, self.viewport().width() - others))

    def _on_clicked(self, index: QModelIndex) -> None:
        if index.column() == STAR:
            self.star_requested.emit(self.found.run_at(index).run)

    def _dress(self) -> None:
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.DoubleClicked)  # F2 is in the menu
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)  # Tab leads out of the table; the arrows move inside
        self.setIconSize(QSize(_ICON_PX, _ICON_PX))
        self.setAccessibleName("Lab book")
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + _ROW_EDGE_PX)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._dress_header()

    def _dress_header(self) -> None:
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setMinimumSectionSize(_STAR_PX)
        for place, column in enumerate(RUN_COLUMNS):
            header.resizeSection(place, _WIDTHS_PX.get(column.key, _STAR_PX))
        header.setSectionResizeMode(STAR, QHeaderView.ResizeMode.Fixed)
        header.setSortIndicator(CREATED, Qt.SortOrder.DescendingOrder)
        self.setSortingEnabled(True)
