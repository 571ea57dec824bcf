"""Above the results: as what they are shown, which of them, and how many those are."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QWidget

from catdog_gui import theme
from catdog_gui.prediction_tab.shown_results import Kind
from catdog_gui.widgets.segments import Segments

_SEARCH_AFTER_MS = 120  # a pause in typing
_WIDEST_SEARCH_PX = 240


class FilterBar(QWidget):
    """Grid or table, a kind of verdict, a part of the name.

    Signals:
        view_chosen: The place of the view: 0 for the grid, 1 for the table.
        narrowed: The user wants to see another `Kind`, or other names: kind and words.
    """

    view_chosen = Signal(int)
    narrowed = Signal(object, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.views = Segments(("Grid", "Table"), "View")
        self.kinds = Segments([kind.value for kind in Kind], "Shown")
        self.search = QLineEdit()
        self._count = QLabel()
        self._timer = QTimer(self, singleShot=True, interval=_SEARCH_AFTER_MS)
        self._dress()
        self._lay_out()
        self.views.chosen.connect(self.view_chosen)
        self.kinds.chosen.connect(lambda _: self._tell())
        self.search.textChanged.connect(lambda _: self._timer.start())
        self._timer.timeout.connect(self._tell)

    def show_count(self, words: str) -> None:
        """Say how many pictures are shown."""
        self._count.setText(words)

    def count(self) -> str:
        """What is said of how many pictures are shown."""
        return self._count.text()

    def reset(self) -> None:
        """Back to all pictures."""
        self.kinds.choose(0)
        self.search.clear()
        self._tell()

    def _tell(self) -> None:
        self._timer.stop()
        self.narrowed.emit(list(Kind)[self.kinds.place], self.search.text())

    def _dress(self) -> None:
        self.search.setPlaceholderText("Search")
        self.search.setToolTip("A part of the name")
        self.search.setAccessibleName("Search by name")
        self.search.setClearButtonEnabled(True)
        self.search.addAction(theme.icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self.search.setMaximumWidth(_WIDEST_SEARCH_PX)
        theme.caption(self._count)

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SPACE_12)
        for widget in (self.views, self.kinds, self._count):
            row.addWidget(widget)
        row.addStretch()
        row.addWidget(self.search, 1)
