"""What narrows the gallery down, and puts it in order."""

from collections.abc import Iterable, Mapping

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from catdog_gui import theme
from catdog_gui.dataset_tab.found_words import KIND_WORDS
from catdog_gui.dataset_tab.picture_filter import Look, Order, PictureFilter, Problem
from catdog_gui.widgets.segments import Segments, build_toggle
from training.dataset.finding import FindingKind
from training.dataset.picture import CLASSES, Split

_LABELS = (None, *CLASSES)
_SPLITS = (None, *Split)
_PROBLEM_WORDS: Mapping[Problem | FindingKind | None, str] = {
    None: "Used pictures",
    Problem.ANY: "With problems",
    Problem.QUARANTINED: "Quarantined",
    Problem.EXCLUDED: "Excluded",
    Problem.LEAK: "Leaks",
    Problem.DISMISSED: "Dismissed",
    **{kind: words.many.capitalize() for kind, words in KIND_WORDS.items()},
}
_ORDER_WORDS: Mapping[Order, str] = {
    Order.USUAL: "Usual order",
    Order.SUSPICION: "Most suspicious first",
    Order.NAME: "By name",
    Order.NUMBER: "By number",
    Order.SIZE: "Largest files first",
}
_PROBLEMS, _ORDERS = tuple(_PROBLEM_WORDS), tuple(_ORDER_WORDS)
_SEARCH_AFTER_MS = 120  # a pause in typing
_LEAST_SEARCH_PX = 120
_FIND_KEYS = (QKeySequence.StandardKey.Find, "/")


class FilterBar(QWidget):
    """Class, split, what is looked at, order, a part of the name; and a switch to the charts.

    Signals:
        changed: Something else is to be looked at, or in another order.
        charts_switched: Whether the charts are wanted instead of the pictures.
    """

    changed = Signal()
    charts_switched = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.label = Segments(("All", "Cats", "Dogs"), "Class")
        self.split = Segments(("All", "Train", "Validation", "Test"), "Split")
        self.problem = _choice("What is shown", _PROBLEM_WORDS.values())
        self.order = _choice("Order", _ORDER_WORDS.values())
        self.search = QLineEdit()
        self.charts = build_toggle("Charts")
        self._search_timer = QTimer(self, singleShot=True, interval=_SEARCH_AFTER_MS)
        self._dress()
        self._lay_out()
        self._connect()

    def look(self) -> Look:
        """What is looked at, and in which order."""
        wanted = PictureFilter(
            label=_LABELS[self.label.place],
            split=_SPLITS[self.split.place],
            problem=_PROBLEMS[self.problem.currentData()],
            text=self.search.text().strip(),
        )
        return wanted, _ORDERS[self.order.currentData()]

    def show_problem(self, problem: Problem | FindingKind | None) -> None:
        """Look at the pictures with a problem, of all classes and splits, in the usual order."""
        self.label.choose(0)
        self.split.choose(0)
        self.order.setCurrentIndex(0)
        self.search.clear()
        self._search_timer.stop()
        self.problem.setCurrentIndex(self.problem.findData(_PROBLEMS.index(problem)))
        self.changed.emit()

    def _dress(self) -> None:
        self.problem.insertSeparator(_PROBLEMS.index(FindingKind.DAMAGED))
        self.problem.setToolTip("Used pictures, those left out, or what a check found")
        self.order.setToolTip("Which pictures come first")
        self.search.setPlaceholderText("Search")
        self.search.setToolTip("A part of the name ( / )")
        self.search.setAccessibleName("Search by name")
        self.search.setClearButtonEnabled(True)
        self.search.addAction(theme.icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self.search.setMinimumWidth(_LEAST_SEARCH_PX)
        self.charts.setToolTip("Classes, splits, widths, heights and files of what is shown")

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE_8)
        for widgets in (
            (self.label, self.split, None, self.charts),
            (self.problem, self.order, self.search),
        ):
            row = QHBoxLayout()
            row.setSpacing(theme.SPACE_12)
            for widget in widgets:
                if widget is None:
                    row.addStretch()
                else:
                    row.addWidget(widget, int(widget is self.search))
            column.addLayout(row)

    def _connect(self) -> None:
        for segments in (self.label, self.split):
            segments.chosen.connect(lambda _: self.changed.emit())
        for choice in (self.problem, self.order):
            choice.activated.connect(lambda _: self.changed.emit())
        self.search.textChanged.connect(lambda _: self._search_timer.start())
        self._search_timer.timeout.connect(self.changed)
        self.charts.toggled.connect(self.charts_switched)
        for keys in _FIND_KEYS:
            QShortcut(QKeySequence(keys), self).activated.connect(self._go_to_search)

    def _go_to_search(self) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()


def _choice(name: str, words: Iterable[str]) -> QComboBox:
    choice = QComboBox()
    for place, word in enumerate(words):  # as data: a separator has a place of its own
        choice.addItem(word, place)
    choice.setAccessibleName(name)
    return choice
