"""How pictures are put right: a table of decisions, each with a key, a button and a menu's row."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from catdog_gui import theme
from catdog_gui.dataset_tab.found import Decision, Journal


@dataclass(frozen=True)
class DecisionRow:
    """A decision, as the user meets it.

    Attributes:
        decision: What it is.
        text: The word on its button.
        icon: One of our icons.
        key: Its key, while the pictures or the large picture have the focus.
        means: What it does, in a sentence.
    """

    decision: Decision
    text: str
    icon: str
    key: str
    means: str


DECISIONS = (
    DecisionRow(Decision.CAT, "Cat", "cat", "C", "It shows a cat"),
    DecisionRow(Decision.DOG, "Dog", "dog", "D", "It shows a dog"),
    DecisionRow(
        Decision.NEITHER, "Neither", "neither", "N", "It shows neither: it is not learned from"
    ),
    DecisionRow(Decision.KEEP, "Keep", "check", "K", "It is right as it is, whatever was found"),
    DecisionRow(Decision.EXCLUDE, "Exclude", "close", "X", "Leave it out; the file stays"),
    DecisionRow(Decision.RESTORE, "Restore", "restore", "U", "Use it again, or list it again"),
)
"""In the order in which they are offered."""


class PutRightActions(QObject):
    """The decisions, and undo and redo, for buttons, menus and keys.

    Args:
        *places: The widgets in which the keys hold; they get the decisions as their actions.

    Signals:
        decided: The `Decision` that the user took.
        undo_requested, redo_requested: The user wants to take a step back, or to do it again.
    """

    decided = Signal(object)
    undo_requested = Signal()
    redo_requested = Signal()

    def __init__(self, *places: QWidget, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.decisions = [self._decision(row) for row in DECISIONS]
        self.undo = QAction(theme.icon("undo"), "Undo", self)
        self.redo = QAction(theme.icon("redo"), "Redo", self)
        self.undo.triggered.connect(lambda *_: self.undo_requested.emit())
        self.redo.triggered.connect(lambda *_: self.redo_requested.emit())
        self._can_change = False
        self._has_chosen = False
        self._journal = Journal()
        self._settle()
        for place in places:
            place.addActions(self.decisions)

    def set_changeable(self, can_change: bool) -> None:  # noqa: FBT001 - a setter's one value
        """Say whether the dataset can be changed now."""
        self._can_change = can_change
        self._settle()

    def set_chosen(self, has_chosen: bool) -> None:  # noqa: FBT001 - a setter's one value
        """Say whether there is any picture to decide about."""
        self._has_chosen = has_chosen
        self._settle()

    def set_journal(self, journal: Journal) -> None:
        """Say what can be undone and redone."""
        self._journal = journal
        self._settle()

    def _settle(self) -> None:
        for action in self.decisions:
            action.setEnabled(self._can_change and self._has_chosen)
        for action, words, keys in (
            (self.undo, self._journal.undo, QKeySequence.StandardKey.Undo),
            (self.redo, self._journal.redo, QKeySequence.StandardKey.Redo),
        ):
            key = QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
            action.setEnabled(self._can_change and bool(words))
            action.setToolTip(f"{action.text()}: {words or 'nothing'} ({key})")

    def _decision(self, row: DecisionRow) -> QAction:
        action = QAction(theme.icon(row.icon, meaning=_meaning(row)), row.text, self)
        action.setShortcut(QKeySequence(row.key))
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.setAutoRepeat(False)  # a key that is held would run through the whole list
        action.setToolTip(f"{row.means} ({row.key})")
        action.triggered.connect(lambda *_: self.decided.emit(row.decision))
        return action


def build_bar(*groups: Sequence[QAction]) -> QWidget:
    """A row of buttons that leave the focus, and so the keys, where they are.

    Args:
        *groups: Their actions; between groups is a gap.
    """
    bar = QWidget()
    row = QHBoxLayout(bar)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(theme.SPACE_4)
    for number, group in enumerate(groups):
        row.addSpacing(theme.SPACE_8 * (number > 0))
        for action in group:
            row.addWidget(_button(action))
    return bar


def _button(action: QAction) -> QToolButton:
    button = QToolButton()
    button.setDefaultAction(action)
    has_key = not action.shortcut().isEmpty()
    style = Qt.ToolButtonStyle
    button.setToolButtonStyle(
        style.ToolButtonTextBesideIcon if has_key else style.ToolButtonIconOnly
    )
    button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return button


def _meaning(row: DecisionRow) -> str:
    return row.icon if row.decision in {Decision.CAT, Decision.DOG, Decision.NEITHER} else ""
