"""The tab's top lines: which model, how to bring pictures, and the threshold."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QMenu,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from catdog_gui import theme
from catdog_gui.prediction_tab.controls import Controls
from catdog_gui.widgets.threshold_bar import ThresholdBar

_NO_RUN = "No model yet"
_NOT_LISTED = "Listing the models"
_LEAST_COMBO_CHARACTERS = 30


class Header(QWidget):
    """Model, card, Judge, Open, Paste, Folder, a menu with what is needed less often; threshold.

    Pasting by keys works while the tab is in sight.

    Args:
        can_judge: Whether a run can be judged in this program.

    Signals:
        run_chosen: The user chose the run in that row.
        card_requested: The user wants to read the chosen run's model card.
        judge_requested: The user wants to know how good the chosen run is.
        threshold_chosen: The user moved the threshold to this.
        open_requested, paste_requested, folder_requested, clear_requested, save_requested: The
            user wants to choose pictures, to paste, to choose a folder, to empty the list, to
            save it.
        sort_requested: The user wants the pictures in folders by verdict: True for links.
        submission_requested: The user wants to write a file for Kaggle; its entry is hidden.
        watch_requested: The user wants a folder watched.
        add_model_requested: The user wants to add a model that somebody gave them.
    """

    run_chosen = Signal(int)
    card_requested = Signal()
    judge_requested = Signal()
    threshold_chosen = Signal(float)
    open_requested = Signal()
    paste_requested = Signal()
    folder_requested = Signal()
    clear_requested = Signal()
    save_requested = Signal()
    sort_requested = Signal(bool)
    submission_requested = Signal()
    watch_requested = Signal()
    add_model_requested = Signal()

    def __init__(self, *, can_judge: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runs = QComboBox()
        self._runs.setAccessibleName("Model")
        self._runs.setToolTip("The run whose model gives the verdicts")
        self._runs.setMinimumContentsLength(_LEAST_COMBO_CHARACTERS)
        self._runs.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._runs.activated.connect(self.run_chosen)
        self.threshold = ThresholdBar()
        self.threshold.threshold_chosen.connect(self.threshold_chosen)
        self.card_action = self._action("Model card", "info", self.card_requested)
        self.judge_action = self._action("Judge…", "check", self.judge_requested)
        self.judge_action.setVisible(can_judge)
        self.open_action = self._action("Open…", "image", self.open_requested)
        self.paste_action = self._action("Paste", "paste", self.paste_requested)
        self.folder_action = self._action("Folder…", "folder", self.folder_requested)
        self.watch_action = self._action("Watch a folder…", "repeat", self.watch_requested)
        self.clear_action = self._action("Clear list", "discard", self.clear_requested)
        self.save_action = self._action("Export…", "save", self.save_requested)
        self.copy_action = self._action("Copy into folders by verdict…", "folder")
        self.link_action = self._action("Link into folders by verdict…", "folder")
        self.copy_action.triggered.connect(lambda: self.sort_requested.emit(False))  # noqa: FBT003
        self.link_action.triggered.connect(lambda: self.sort_requested.emit(True))  # noqa: FBT003
        self.submission_action = self._action(
            "Kaggle submission…", "finish", self.submission_requested
        )
        self.submission_action.setVisible(False)
        self.add_model_action = self._action("Add a model…", "add", self.add_model_requested)
        self._set_tips()
        self._lay_out()
        self._runs.addItem(_NOT_LISTED)

    def set_runs(self, words: Sequence[str], chosen: int) -> None:
        """Offer runs.

        Args:
            words: A line for each run.
            chosen: The row that is chosen.
        """
        self._runs.clear()
        self._runs.addItems(list(words) or [_NO_RUN])
        self._runs.setCurrentIndex(chosen)

    def set_controls(self, controls: Controls) -> None:
        """Switch what is live."""
        for part in (self._runs, self.card_action, self.judge_action, self.threshold):
            part.setEnabled(controls.can_choose_run)
        self.clear_action.setEnabled(controls.can_clear)
        for action in (self.save_action, self.copy_action, self.link_action):
            action.setEnabled(controls.can_save)

    def _action(self, words: str, icon: str, asked: SignalInstance | None = None) -> QAction:
        action = QAction(theme.icon(icon), words, self)
        action.setIconText(words)  # else Qt takes the dots away from buttons
        if asked is not None:
            action.triggered.connect(asked)
        self.addAction(action)
        return action

    def _set_tips(self) -> None:
        self.paste_action.setShortcut(QKeySequence(QKeySequence.StandardKey.Paste))
        open_key = _words_of(QKeySequence(QKeySequence.StandardKey.Open))  # the menu's entry has it
        paste_key = _words_of(self.paste_action.shortcut())
        self.card_action.setToolTip("What the model is for, how good it is, and its limits")
        self.judge_action.setToolTip("How good the model is on labelled pictures, and its mistakes")
        self.open_action.setToolTip(f"Choose pictures ({open_key})")
        self.paste_action.setToolTip(f"Take a picture or files from the clipboard ({paste_key})")
        self.folder_action.setToolTip("Choose a folder; folders inside it count too")

    def _lay_out(self) -> None:
        label = QLabel("Model")
        label.setBuddy(self._runs)
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE_8)
        row.addWidget(label)
        row.addWidget(self._runs)
        row.addWidget(_button_for(self.card_action))
        if self.judge_action.isVisible():
            row.addWidget(_button_for(self.judge_action))
        row.addStretch()
        for action in (self.open_action, self.paste_action, self.folder_action):
            row.addWidget(_button_for(action))
        row.addWidget(self._menu_button())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE_8)
        column.addLayout(row)
        column.addWidget(self.threshold)

    def _menu_button(self) -> QToolButton:
        menu = QMenu(self)
        menu.addAction(self.watch_action)
        menu.addAction(self.clear_action)
        menu.addSeparator()
        for action in (self.save_action, self.copy_action, self.link_action):
            menu.addAction(action)
        menu.addAction(self.submission_action)
        menu.addSeparator()
        menu.addAction(self.add_model_action)
        button = QToolButton()
        button.setIcon(theme.icon("more"))
        button.setToolTip("More")
        button.setAccessibleName("More")
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        button.setMenu(menu)
        button.setStyleSheet("QToolButton::menu-indicator { image: none }")
        return button


def _button_for(action: QAction) -> QToolButton:
    button = QToolButton()
    button.setDefaultAction(action)
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    return button


def _words_of(keys: QKeySequence) -> str:
    return keys.toString(QKeySequence.SequenceFormat.NativeText)
