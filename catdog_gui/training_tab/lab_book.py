"""The lab book: every run in a line, what the user says of it, and what can be done with it."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from catdog_gui import theme
from catdog_gui.training_tab import lab_book_words as words
from catdog_gui.training_tab.lab_book_actions import Choice, build_actions, settle_actions
from catdog_gui.training_tab.lab_book_model import RunsModel
from catdog_gui.training_tab.lab_book_table import RunsTable
from catdog_gui.training_tab.notes_pane import NotesPane
from training.runs.comparing import MOST_CURVES
from training.runs.lab_book import RunInfo
from training.runs.trash import Trashed

_SEARCH_AFTER_MS = 120  # a pause in typing
_SEARCH_PX = 200
_MOST_TRASHED = 15


class LabBook(QWidget):
    """The runs, newest first until the user sorts them.

    Signals:
        run_chosen: The name of the run that the user wants to look at.
        resume_requested, more_epochs_requested, repeat_requested, share_requested,
            export_requested, event_file_requested, card_requested, judge_requested: The name of the
            run that the user wants to go on with, to let learn for longer than was planned, to
            have in the form again, to have written as one file, as an .h5 file or for TensorBoard,
            whose model card to read, or that they want judged.
        compare_requested, delete_requested: The names of the runs, as a tuple.
        restore_requested: The name in the trash of the run that the user wants back.
        add_requested: The user wants to add a model from elsewhere.
        star_requested: The name of the run that the user wants to mark, or no longer.
        title_given, notes_given: A run's name, and what the user says of it.
    """

    run_chosen = Signal(str)
    resume_requested = Signal(str)
    more_epochs_requested = Signal(str)
    repeat_requested = Signal(str)
    share_requested = Signal(str)
    export_requested = Signal(str)
    event_file_requested = Signal(str)
    card_requested = Signal(str)
    judge_requested = Signal(str)
    compare_requested = Signal(object)
    delete_requested = Signal(object)
    restore_requested = Signal(str)
    add_requested = Signal()
    star_requested = Signal(str)
    title_given = Signal(str, str)
    notes_given = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runs = RunsModel(self)
        self._can_work = True
        self._shown = ""
        self.table = RunsTable(self._runs)
        self.search = QLineEdit()
        self.notes = NotesPane()
        self.menu = QMenu(self)
        self.actions_by_key = build_actions(self, self.menu)
        self.trash_menu = self.menu.addMenu(theme.icon("trash"), "Deleted runs")
        self.compare_button = QPushButton(theme.icon("compare"), "Compare")
        self.notes_button = QPushButton(theme.icon("notes"), "Notes")
        self.more_button = QToolButton()
        self.nothing = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        self._asked_by_key = {
            "resume": self.resume_requested,
            "more_epochs": self.more_epochs_requested,
            "repeat": self.repeat_requested,
            "share": self.share_requested,
            "export": self.export_requested,
            "event_file": self.event_file_requested,
            "card": self.card_requested,
            "judge": self.judge_requested,
        }
        self._rows = QStackedWidget()
        self._search_timer = QTimer(self, singleShot=True, interval=_SEARCH_AFTER_MS)
        self._dress()
        self._lay_out()
        self._connect()
        self.set_runs((), "")
        self.set_trash(())

    @property
    def chosen(self) -> RunInfo | None:
        """The run that is chosen alone."""
        return self._choice().one

    def set_runs(self, runs: Sequence[RunInfo], chosen: str) -> None:
        """Show runs, without telling; where some of them are selected, they stay so.

        Args:
            runs: In any order.
            chosen: The name of the one to choose; none where there is no such run.
        """
        self._shown = chosen
        several = {info.run for info in self.table.chosen}
        with QSignalBlocker(self.table):
            self._runs.set_runs(runs)
            self.table.choose(chosen)
            if len(several) > 1 and chosen in several:
                self.table.select_also(several)
        self._settle()

    def show_run(self, info: RunInfo) -> None:
        """Show the new facts of one of the runs; the others stay."""
        self._runs.show_run(info)
        self._settle()

    def set_trash(self, trashed: Sequence[Trashed]) -> None:
        """Offer the runs that were deleted last, to be restored.

        Args:
            trashed: Deleted last first.
        """
        self.trash_menu.clear()
        for each in trashed[:_MOST_TRASHED]:
            action = self.trash_menu.addAction(words.trashed_words(each))
            action.triggered.connect(lambda *_, run=each.run: self.restore_requested.emit(run))
        self.trash_menu.setEnabled(bool(trashed))

    def set_can_work(self, can_work: bool) -> None:  # noqa: FBT001 - a setter's one value
        """Whether runs can be resumed, written and deleted now."""
        self._can_work = can_work
        self._settle()

    def _choice(self) -> Choice:
        return Choice(self.table.chosen, self._can_work)

    def _settle(self) -> None:
        choice = self._choice()
        settle_actions(self.actions_by_key, choice)
        self.compare_button.setEnabled(choice.can_compare)
        self.compare_button.setToolTip(words.compare_help(len(choice.runs), MOST_CURVES))
        self.notes.show_run(choice.one)
        self.nothing.setText(words.nothing_words(self.table.found.words))
        self._rows.setCurrentIndex(0 if self.table.found.rowCount() else 1)

    def _on_table_chosen_changed(self) -> None:
        self._settle()
        run = self.chosen
        if run is not None and run.run != self._shown:
            self._shown = run.run
            self.run_chosen.emit(run.run)

    def _on_search_due(self) -> None:
        self.table.found.set_words(self.search.text().strip())
        self._settle()

    def _on_notes_toggled(self, is_on: bool) -> None:  # noqa: FBT001 - Qt's signal
        self.notes.setVisible(is_on)
        if is_on:
            self.notes.text.setFocus()

    def _on_table_menu_requested(self, place: QPoint) -> None:
        self.menu.popup(self.table.viewport().mapToGlobal(place))

    def _on_action_triggered(self, key: str) -> None:
        choice = self._choice()
        names = tuple(info.run for info in choice.runs)
        match key:
            case "add":
                self.add_requested.emit()
            case "compare":
                self.compare_requested.emit(names)
            case "delete":
                self.delete_requested.emit(names)
            case "rename":
                self.table.rename(names[0])
            case _:
                self._asked_by_key[key].emit(names[0])

    def _connect(self) -> None:
        self.table.chosen_changed.connect(self._on_table_chosen_changed)
        self.table.customContextMenuRequested.connect(self._on_table_menu_requested)
        self.table.star_requested.connect(self.star_requested)
        self._runs.title_given.connect(self.title_given)
        self.notes.notes_given.connect(self.notes_given)
        self.search.textChanged.connect(self._search_timer.start)
        self._search_timer.timeout.connect(self._on_search_due)
        self.notes_button.toggled.connect(self._on_notes_toggled)
        self.compare_button.clicked.connect(self.actions_by_key["compare"].trigger)
        for key, action in self.actions_by_key.items():
            action.triggered.connect(lambda *_, key=key: self._on_action_triggered(key))

    def _dress(self) -> None:
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        for action in self.actions_by_key.values():
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            self.table.addAction(action)
        self.search.setPlaceholderText("Search runs")
        self.search.setAccessibleName("Search runs")
        self.search.setToolTip("Words of title, preset, dataset, notes or name")
        self.search.setClearButtonEnabled(True)
        self.search.setFixedWidth(_SEARCH_PX)
        self.notes_button.setCheckable(True)
        self.notes_button.setToolTip("What you write of the chosen run")
        self.more_button.setIcon(theme.icon("more"))
        self.more_button.setToolTip("What can be done with the chosen run")
        self.more_button.setAccessibleName("More")
        self.more_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.more_button.setMenu(self.menu)
        self.more_button.setStyleSheet("QToolButton::menu-indicator { image: none; }")
        self.nothing.setTextFormat(Qt.TextFormat.PlainText)
        self.nothing.setForegroundRole(self.palette().ColorRole.PlaceholderText)

    def _lay_out(self) -> None:
        title = QLabel("Lab book")
        theme.strong(title)
        top = QHBoxLayout()
        top.setSpacing(theme.SPACE_8)
        top.addWidget(title)
        top.addStretch()
        for part in (self.search, self.compare_button, self.notes_button, self.more_button):
            top.addWidget(part)
        self._rows.addWidget(self.table)
        self._rows.addWidget(self.nothing)
        self.notes.hide()
        below = QHBoxLayout()
        below.setSpacing(theme.SPACE_12)
        below.addWidget(self._rows, 1)
        below.addWidget(self.notes)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE_4)
        column.addLayout(top)
        column.addLayout(below, 1)
