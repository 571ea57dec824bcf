"""The tab's top line: which model, and how to bring pictures."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QMenu, QToolButton, QWidget

from catdog_gui import theme
from catdog_gui.prediction_tab.controls import Controls

_NO_RUN = "No model yet"
_LEAST_COMBO_CHARACTERS = 30


class Header(QWidget):
    """Model, Open, Paste, Folder, and a menu with what is needed less often.

    Pasting by keys works while the tab is in sight.

    Signals:
        run_chosen: The user chose the run in that row.
        open_requested, paste_requested, folder_requested, clear_requested, save_requested: The
            user wants to choose pictures, to paste, to choose a folder, to empty the list, to
            save it.
    """

    run_chosen = Signal(int)
    open_requested = Signal()
    paste_requested = Signal()
    folder_requested = Signal()
    clear_requested = Signal()
    save_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runs = QComboBox()
        self._runs.setAccessibleName("Model")
        self._runs.setToolTip("The run whose model gives the verdicts")
        self._runs.setMinimumContentsLength(_LEAST_COMBO_CHARACTERS)
        self._runs.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._runs.activated.connect(self.run_chosen)
        self.open_action = self._action("Open…", "image", self.open_requested)
        self.paste_action = self._action("Paste", "paste", self.paste_requested)
        self.folder_action = self._action("Folder…", "folder", self.folder_requested)
        self.clear_action = self._action("Clear list", "discard", self.clear_requested)
        self.save_action = self._action("Save as CSV…", "save", self.save_requested)
        self._set_tips()
        self._lay_out()
        self.set_runs([], 0)

    def set_runs(self, words: Sequence[str], chosen: int) -> None:
        """Offer runs, newest first.

        Args:
            words: A line for each run.
            chosen: The row that is chosen.
        """
        self._runs.clear()
        self._runs.addItems(list(words) or [_NO_RUN])
        self._runs.setCurrentIndex(chosen)

    def set_controls(self, controls: Controls) -> None:
        """Switch what is live."""
        self._runs.setEnabled(controls.can_choose_run)
        self.clear_action.setEnabled(controls.can_clear)
        self.save_action.setEnabled(controls.can_save)

    def _action(self, words: str, icon: str, asked: SignalInstance) -> QAction:
        action = QAction(theme.icon(icon), words, self)
        action.setIconText(words)  # else Qt takes the dots away from buttons
        action.triggered.connect(asked)
        self.addAction(action)
        return action

    def _set_tips(self) -> None:
        self.paste_action.setShortcut(QKeySequence(QKeySequence.StandardKey.Paste))
        open_key = _words_of(QKeySequence(QKeySequence.StandardKey.Open))  # the menu's entry has it
        paste_key = _words_of(self.paste_action.shortcut())
        self.open_action.setToolTip(f"Choose pictures ({open_key})")
        self.paste_action.setToolTip(f"Take a picture or files from the clipboard ({paste_key})")
        self.folder_action.setToolTip("Choose a folder; folders inside it count too")

    def _lay_out(self) -> None:
        label = QLabel("Model")
        label.setBuddy(self._runs)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SPACE_8)
        row.addWidget(label)
        row.addWidget(self._runs)
        row.addStretch()
        for action in (self.open_action, self.paste_action, self.folder_action):
            row.addWidget(_button_for(action))
        row.addWidget(self._menu_button())

    def _menu_button(self) -> QToolButton:
        menu = QMenu(self)
        menu.addAction(self.clear_action)
        menu.addAction(self.save_action)
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
