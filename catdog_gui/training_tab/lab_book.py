"""The lab book: every run in a line, and what can be done with it."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QSignalBlocker, Qt, Signal, SignalInstance
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QMenu,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from catdog_gui import theme
from catdog_gui.training_tab.words import percent, state_words, when
from catdog_gui.widgets.facts_table import Column, FactsTable
from training.runs.lab_book import RunInfo
from training.runs.run_folder import FINISHED

_COLUMNS = (
    Column("Begun", "When the run began"),
    Column("Preset", "Its network and settings"),
    Column("Dataset", "What it learned from"),
    Column("Epochs", "Epochs done", is_number=True),
    Column("Best", "The epoch whose weights the model has", is_number=True),
    Column("Validation", "Validation accuracy of the model", is_number=True),
    Column("Test", "Test accuracy, once it is measured: catdog evaluate", is_number=True),
    Column("State", "Whether it has a model"),
)
_ELASTIC = (2, 7)
_LEAST_COLUMN_PX = 84
_ROW_EDGE_PX = 8
_NOTHING = "No runs yet: the first one appears here."


class LabBook(QWidget):
    """The runs, newest first.

    Signals:
        run_chosen: The name of the run that the user wants to look at.
        resume_requested, export_requested, delete_requested, card_requested: The name of the run
            that the user wants to go on with, to have written as an .h5 file, to delete, or whose
            model card to read.
    """

    run_chosen = Signal(str)
    resume_requested = Signal(str)
    export_requested = Signal(str)
    delete_requested = Signal(str)
    card_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table = FactsTable(_COLUMNS)
        self.resume_action = self._action("Resume", "play", self.resume_requested)
        self.export_action = self._action(
            "Save as cats_and_dogs.h5…", "save", self.export_requested
        )
        self.delete_action = self._action("Delete run…", "trash", self.delete_requested)
        self.menu = QMenu(self)
        self.card_action = self._action("Model card", "info", self.card_requested)
        self.menu.addActions(
            [self.resume_action, self.card_action, self.export_action, self.delete_action]
        )
        self._nothing = QLabel(_NOTHING, alignment=Qt.AlignmentFlag.AlignCenter)
        self._more = QToolButton()
        self._runs: tuple[RunInfo, ...] = ()
        self._can_work = True
        self._dress()
        self._lay_out()
        self._connect()
        self.set_runs((), "")

    @property
    def chosen(self) -> RunInfo | None:
        """The run in the row that is chosen."""
        row = self.table.currentRow()
        return self._runs[row] if 0 <= row < len(self._runs) else None

    def set_runs(self, runs: Sequence[RunInfo], chosen: str) -> None:
        """Show runs, without telling.

        Args:
            runs: Newest first.
            chosen: The name of the one whose row is marked; none where there is no such run.
        """
        self._runs = tuple(runs)
        with QSignalBlocker(self.table):
            self.table.setRowCount(len(runs))
            for row, info in enumerate(runs):
                self._fill_row(row, info)
            names = [info.run for info in runs]
            self.table.setCurrentCell(names.index(chosen) if chosen in names else -1, 0)
        self.table.setVisible(bool(runs))
        self._nothing.setVisible(not runs)
        self._settle()

    def show_run(self, info: RunInfo) -> None:
        """Show the new figures of one of the runs; the others stay."""
        names = [each.run for each in self._runs]
        if info.run in names:
            row = names.index(info.run)
            self._runs = (*self._runs[:row], info, *self._runs[row + 1 :])
            self._fill_row(row, info)

    def set_can_work(self, can_work: bool) -> None:  # noqa: FBT001 - a setter's one value
        """Whether runs can be resumed, written and deleted now."""
        self._can_work = can_work
        self._settle()

    def _fill_row(self, row: int, info: RunInfo) -> None:
        best = "—" if info.best_epoch is None else f"{info.best_epoch + 1:,}"
        cells = (
            when(info.created),
            info.preset,
            info.dataset,
            f"{info.epochs:,}",
            best,
            percent(info.val_accuracy),
            percent(info.test_accuracy),
            state_words(info),
        )
        self.table.fill_row(row, cells, help_text=info.run)

    def _settle(self) -> None:
        info = self.chosen
        is_finished = info is not None and info.state == FINISHED
        live = self._can_work and info is not None
        self.resume_action.setEnabled(live and not is_finished)
        self.card_action.setEnabled(is_finished)
        self.export_action.setEnabled(live and is_finished)
        self.delete_action.setEnabled(live)
        self._more.setEnabled(live or is_finished)

    def _action(self, words: str, icon: str, asked: SignalInstance) -> QAction:
        action = QAction(theme.icon(icon), words, self)
        action.triggered.connect(lambda *_: self._ask(asked))
        return action

    def _ask(self, asked: SignalInstance) -> None:
        if self.chosen is not None:
            asked.emit(self.chosen.run)

    def _dress(self) -> None:
        self.table.setWordWrap(False)
        row_height = self.table.fontMetrics().height() + _ROW_EDGE_PX
        self.table.verticalHeader().setDefaultSectionSize(row_height)
        header = self.table.horizontalHeader()
        header.setMinimumSectionSize(_LEAST_COLUMN_PX)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        for column in _ELASTIC:
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.table.setAccessibleName("Lab book")
        self._more.setIcon(theme.icon("more"))
        self._more.setToolTip("What can be done with the chosen run")
        self._more.setAccessibleName("More")
        self._more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._more.setMenu(self.menu)
        self._more.setStyleSheet("QToolButton::menu-indicator { image: none; }")
        self._nothing.setForegroundRole(self.palette().ColorRole.PlaceholderText)

    def _lay_out(self) -> None:
        title = QLabel("Lab book")
        theme.strong(title)
        top = QHBoxLayout()
        top.addWidget(title)
        top.addStretch()
        top.addWidget(self._more)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE_4)
        column.addLayout(top)
        column.addWidget(self.table, 1)
        column.addWidget(self._nothing, 1)

    def _connect(self) -> None:
        self.table.itemSelectionChanged.connect(self._on_table_selection_changed)
        self.table.customContextMenuRequested.connect(self._on_table_menu_requested)

    def _on_table_selection_changed(self) -> None:
        self._settle()
        self._ask(self.run_chosen)

    def _on_table_menu_requested(self, place: QPoint) -> None:
        if self.chosen is not None:
            self.menu.popup(self.table.viewport().mapToGlobal(place))
