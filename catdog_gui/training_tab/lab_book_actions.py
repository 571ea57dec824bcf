"""What can be done with runs: a table, and the menu that is made of it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu

from catdog_gui import theme
from catdog_gui.training_tab.lab_book_words import NOT_TRAINED_HERE
from training.runs.comparing import MOST_CURVES
from training.runs.lab_book import RunInfo
from training.runs.run_folder import DAMAGED, FINISHED, IMPORTED, UNFINISHED


@dataclass(frozen=True)
class Choice:
    """What the user has selected, and whether runs can be worked on now.

    Attributes:
        runs: From top to bottom.
        can_work: False while one is trained or a model is written.
    """

    runs: Sequence[RunInfo] = ()
    can_work: bool = True

    @property
    def one(self) -> RunInfo | None:
        """The run, where it is one alone."""
        return self.runs[0] if len(self.runs) == 1 else None

    @property
    def is_one(self) -> bool:
        """Whether it is one run alone."""
        return self.one is not None

    @property
    def is_finished(self) -> bool:
        """Whether it is one run alone that has a model."""
        return self.one is not None and self.one.state == FINISHED

    @property
    def can_resume(self) -> bool:
        """Whether it is one run alone that can learn on."""
        return self.can_work and self.one is not None and self.one.state == UNFINISHED

    @property
    def is_imported(self) -> bool:
        """Whether it is one run alone whose model came as a file."""
        return self.one is not None and self.one.preset == IMPORTED

    @property
    def can_repeat(self) -> bool:
        """Whether it is one run alone that was trained here, as its record says."""
        is_known = self.one is not None and self.one.state != DAMAGED
        return self.can_work and is_known and not self.is_imported

    @property
    def can_export(self) -> bool:
        """Whether its model can be written for another program."""
        return self.can_work and self.is_finished

    @property
    def has_curves(self) -> bool:
        """Whether its curves can be written for another program."""
        return self.can_work and self.one is not None and self.one.epochs > 0

    @property
    def can_compare(self) -> bool:
        """Whether curves can be laid over one another."""
        are_sound = all(info.state != DAMAGED for info in self.runs)
        return are_sound and 2 <= len(self.runs) <= MOST_CURVES


@dataclass(frozen=True)
class RunAction:
    """An entry of the menu.

    Attributes:
        key: Names it.
        words: On it.
        icon: A file of `resources/icons/` without its suffix.
        is_live: Whether it can be done with a choice.
        hindrance: Why it cannot, where that is not plain to see; empty else.
        shortcut: The key that does it in the table.
        ends_group: Whether a line follows.
    """

    key: str
    words: str
    icon: str
    is_live: Callable[[Choice], bool]
    shortcut: str = ""
    ends_group: bool = False
    hindrance: Callable[[Choice], str] = lambda _: ""


def _says_imported(choice: Choice) -> str:
    return NOT_TRAINED_HERE if choice.is_imported else ""


RUN_ACTIONS = (
    RunAction("resume", "Resume", "play", lambda it: it.can_resume),
    RunAction(
        "more_epochs",
        "Resume with more epochs…",
        "play",
        lambda it: it.can_repeat,
        hindrance=_says_imported,
    ),
    RunAction(
        "repeat",
        "Repeat this run",
        "repeat",
        lambda it: it.can_repeat,
        hindrance=_says_imported,
    ),
    RunAction("compare", "Compare", "compare", lambda it: it.can_compare),
    RunAction("judge", "Judge…", "check", lambda it: it.is_finished, ends_group=True),
    RunAction("rename", "Rename", "rename", lambda it: it.is_one, "F2"),
    RunAction("card", "Model card", "info", lambda it: it.is_finished, ends_group=True),
    RunAction("share", "Share…", "share", lambda it: it.is_finished),
    RunAction("export", "Save as cats_and_dogs.h5…", "save", lambda it: it.can_export),
    RunAction("event_file", "Save curves for TensorBoard…", "save", lambda it: it.has_curves),
    RunAction("add", "Add a model…", "add", lambda _: True, ends_group=True),
    RunAction("delete", "Delete", "trash", lambda it: it.can_work and bool(it.runs), "Del"),
)


def build_actions(parent: QObject, menu: QMenu) -> Mapping[str, QAction]:
    """Make the entries, by their keys, and put them into a menu."""
    menu.setToolTipsVisible(True)
    made = {}
    for row in RUN_ACTIONS:
        action = QAction(theme.icon(row.icon), row.words, parent)
        if row.shortcut:
            action.setShortcut(QKeySequence(row.shortcut))
        menu.addAction(action)
        if row.ends_group:
            menu.addSeparator()
        made[row.key] = action
    return made


def settle_actions(actions: Mapping[str, QAction], choice: Choice) -> None:
    """Switch which entries are live, and say why one is not."""
    for row in RUN_ACTIONS:
        actions[row.key].setEnabled(row.is_live(choice))
        actions[row.key].setToolTip(row.hindrance(choice))
