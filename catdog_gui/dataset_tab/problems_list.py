"""What is wrong with a dataset, line by line, and how far it is checked."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from catdog_gui import theme
from catdog_gui.dataset_tab.check_progress import CheckProgress
from catdog_gui.dataset_tab.controls import Controls
from catdog_gui.dataset_tab.found import Found
from catdog_gui.dataset_tab.found_words import (
    KIND_WORDS,
    aftermath_words,
    depth_words,
    dismissed_words,
    keep_one_words,
    kind_words,
)
from catdog_gui.dataset_tab.picture_filter import Problem
from catdog_gui.dataset_tab.problem_button import ProblemButton
from training.dataset.finding import COPY_KINDS, FindingKind
from training.dataset.picture import DatasetInfo

_GRAVE = (FindingKind.DAMAGED, FindingKind.LABEL, FindingKind.NEITHER, *COPY_KINDS)


class ProblemsList(QWidget):
    """A line for each kind of problem that there is; a click shows its pictures.

    Signals:
        problem_requested: The user wants to see the pictures of a `Problem` or `FindingKind`.
        keep_one_requested: The user wants all copies but one of each group excluded.
    """

    problem_requested = Signal(object)
    keep_one_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._info: DatasetInfo | None = None
        self._found = Found()
        self.state = QLabel()
        self.progress = CheckProgress()
        self.rows = {kind: self._row(kind) for kind in KIND_WORDS}
        self.keep_one = QToolButton()
        self.balance = QLabel(wordWrap=True)
        self.dismissed = ProblemButton(icon="check", meaning="")
        self.excluded = ProblemButton(icon="close", meaning="")
        self.aftermath = QLabel(wordWrap=True)
        self._dress()
        self._lay_out()

    def show_info(self, info: DatasetInfo) -> None:
        """Show what the figures tell."""
        self._info = info
        self._settle()

    def show_found(self, found: Found) -> None:
        """Show what checks found."""
        self._found = found
        self._settle()

    def set_controls(self, controls: Controls) -> None:
        """Switch what is live."""
        self.keep_one.setEnabled(controls.can_put_right)

    def _settle(self) -> None:
        if self._info is None:
            return
        for kind, button in self.rows.items():
            count = self._count(kind)
            button.show_count(count, kind_words(kind, count))
        self.keep_one.setText(keep_one_words(self._found))
        self.keep_one.setVisible(bool(self._found.spare))
        self.dismissed.show_count(*dismissed_words(self._found))
        self.excluded.show_count(self._info.excluded, f"{self._info.excluded:,} excluded")
        balance = self._found.of(FindingKind.IMBALANCE)
        for label, words in (
            (self.state, depth_words(self._found)),
            (self.balance, " ".join(finding.reason for finding in balance)),
            (self.aftermath, aftermath_words(self._found, self._info)),
        ):
            label.setText(words)
            label.setVisible(bool(words))

    def _count(self, kind: FindingKind) -> int:
        found = len(self._found.of(kind))
        if kind is FindingKind.DAMAGED and not found and self._info is not None:
            return self._info.quarantined  # the import knows them without a check
        return found

    def _row(self, kind: FindingKind) -> ProblemButton:
        is_grave = kind in _GRAVE
        button = ProblemButton(
            icon="warning" if is_grave else "image", meaning="warning" if is_grave else ""
        )
        button.setToolTip(KIND_WORDS[kind].why)
        button.clicked.connect(self._asks_for(kind))
        return button

    def _asks_for(self, kind: FindingKind) -> Callable[[], None]:
        def ask() -> None:
            is_known = bool(self._found.of(kind))
            self.problem_requested.emit(kind if is_known else Problem.QUARANTINED)

        return ask

    def _dress(self) -> None:
        for label in (self.state, self.balance, self.aftermath):
            theme.caption(label)
        self.keep_one.setToolTip(
            "Of each group of copies and near copies keep the largest picture, of equal ones that "
            "in training, and exclude the others. Your files stay."
        )
        self.keep_one.clicked.connect(lambda *_: self.keep_one_requested.emit())
        self.dismissed.setToolTip("Found, and right all the same; Restore lists them again")
        self.dismissed.clicked.connect(lambda *_: self.problem_requested.emit(Problem.DISMISSED))
        self.excluded.setToolTip("Pictures that are left out on purpose; Restore uses them again")
        self.excluded.clicked.connect(lambda *_: self.problem_requested.emit(Problem.EXCLUDED))

    def _lay_out(self) -> None:
        title = QLabel("Problems")
        theme.strong(title)
        head = QHBoxLayout()
        head.setSpacing(theme.SPACE_8)
        head.addWidget(title)
        head.addWidget(self.state)
        head.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE_4)
        column.addLayout(head)
        column.addWidget(self.progress)
        for kind, button in self.rows.items():
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
            if kind is COPY_KINDS[-1]:
                column.addWidget(self.keep_one, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.balance)
        for button in (self.dismissed, self.excluded):
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.aftermath)
