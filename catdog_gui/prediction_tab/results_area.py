"""The results: a grid and a table over one list, with one order, one filter, one selection."""

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QLabel, QStackedWidget, QVBoxLayout, QWidget

from catdog_gui import theme
from catdog_gui.prediction_tab.filter_bar import FilterBar
from catdog_gui.prediction_tab.result import Result
from catdog_gui.prediction_tab.results_model import ResultsModel
from catdog_gui.prediction_tab.results_table import ResultsTable
from catdog_gui.prediction_tab.results_view import ResultsView
from catdog_gui.prediction_tab.shown_results import Kind, ShownResults
from catdog_gui.prediction_tab.words import shown_words
from catdog_gui.widgets.tile_painting import PixmapOf


class ResultsArea(QWidget):
    """Shows a `ResultsModel`.

    Args:
        pixmap_of: Gives thumbnails; see `CardDelegate`.

    Signals:
        result_shown: The current row's `Result` whenever it changes; None where there is none.
        copy_requested: The user wants the selected `Result`s, a tuple, on the clipboard.
        reveal_requested: The user wants to see where the picture of that path lies.
    """

    result_shown = Signal(object)
    copy_requested = Signal(object)
    reveal_requested = Signal(object)

    def __init__(self, pixmap_of: PixmapOf, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._filters = FilterBar()
        self._grid = ResultsView(pixmap_of)
        self._table = ResultsTable()
        self._nothing = QLabel("No picture fits.", alignment=Qt.AlignmentFlag.AlignCenter)
        self._views = QStackedWidget()
        self._shown = ShownResults(self)
        self._grid.setModel(self._shown)
        self._table.show_results(self._shown)
        self._table.setSelectionModel(self._grid.selectionModel())
        self.copy_action = QAction(theme.icon("copy"), "Copy", self)
        self.reveal_action = QAction(theme.icon("folder"), "Show in the file manager", self)
        self._offer_actions()
        self._lay_out()
        self._connect()
        self._settle()

    def show_results(self, results: ResultsModel) -> None:
        """Show the pictures of a model, from now on."""
        self._shown.set_results(results)
        results.rowsInserted.connect(self._on_results_rows_inserted)
        results.came_again.connect(self._look_at)
        results.modelReset.connect(self._filters.reset)

    def selected(self) -> tuple[Result, ...]:
        """The selected pictures, in the order in which they are shown."""
        rows = sorted(self._grid.selectionModel().selectedRows(), key=lambda index: index.row())
        return tuple(filter(None, map(self._shown.result_at, rows)))

    def refresh_thumbnails(self) -> None:
        """More of them may be loaded now."""
        self._grid.viewport().update()

    def _on_filters_narrowed(self, kind: Kind, words: str) -> None:
        looked_at = self._shown.result_at(self._grid.currentIndex())
        self._shown.narrow(kind, words)
        if self._shown.result_at(self._grid.currentIndex()) != looked_at or looked_at is None:
            self._grid.setCurrentIndex(self._shown.index(0, 0))
        self._settle()

    def _on_shown_data_changed(self, first: QModelIndex, last: QModelIndex) -> None:
        if first.row() <= self._grid.currentIndex().row() <= last.row():
            self._tell_current()

    def _on_results_rows_inserted(self, _parent: QModelIndex, first: int, last: int) -> None:
        """Look at what came first, and at a picture that came alone."""
        if first == last or not self._grid.currentIndex().isValid():
            self._look_at(first)

    def _look_at(self, row: int) -> None:
        """Look also at a picture that was dropped again, else the drop seems to do nothing."""
        index = self._shown.index_of(row)
        if index.isValid():
            self._grid.setCurrentIndex(index)

    def _tell_current(self) -> None:
        self.result_shown.emit(self._shown.result_at(self._grid.currentIndex()))

    def _settle(self) -> None:
        """Show the chosen view, or that nothing fits, and how many pictures do."""
        shown, pictures = self._shown.rowCount(), self._shown.pictures
        view = (self._grid, self._table)[self._filters.views.place]
        self._views.setCurrentWidget(self._nothing if pictures and not shown else view)
        self._filters.show_count(shown_words(shown, pictures) if self._shown.is_narrowed else "")
        if not shown:
            self.result_shown.emit(None)

    def _on_copy_action_triggered(self) -> None:
        self.copy_requested.emit(self.selected())

    def _on_reveal_action_triggered(self) -> None:
        result = self._shown.result_at(self._grid.currentIndex())
        if result is not None:
            self.reveal_requested.emit(result.path)

    def _offer_actions(self) -> None:
        """In the menu of a right click, and by keys while a view has the focus."""
        self.copy_action.setShortcut(QKeySequence(QKeySequence.StandardKey.Copy))
        for action in (self.copy_action, self.reveal_action):
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        for view in (self._grid, self._table):
            view.addActions([self.copy_action, self.reveal_action])
            view.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)

    def _connect(self) -> None:
        self.copy_action.triggered.connect(self._on_copy_action_triggered)
        self.reveal_action.triggered.connect(self._on_reveal_action_triggered)
        self._filters.view_chosen.connect(lambda _: self._settle())
        self._filters.narrowed.connect(self._on_filters_narrowed)
        self._grid.selectionModel().currentRowChanged.connect(lambda *_: self._tell_current())
        self._shown.dataChanged.connect(self._on_shown_data_changed)
        for changed in (self._shown.rowsInserted, self._shown.rowsRemoved, self._shown.modelReset):
            changed.connect(lambda *_: self._settle())

    def _lay_out(self) -> None:
        for view in (self._grid, self._table, self._nothing):
            self._views.addWidget(view)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE_8)
        column.addWidget(self._filters)
        column.addWidget(self._views, 1)
