"""The pictures of a dataset, with what narrows them down."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from catdog_gui import theme
from catdog_gui.dataset_tab.picture_filter import Leaks, PictureFilter, Problem, select
from catdog_gui.dataset_tab.words import counted
from catdog_gui.widgets.picture_preview import PicturePreview
from catdog_gui.widgets.segments import Segments, build_toggle
from catdog_gui.widgets.thumbnail_view import ThumbnailView
from training.dataset.picture import CLASSES, Picture, Split

_LABELS = (None, *CLASSES)
_SPLITS = (None, *Split)
_SEARCH_AFTER_MS = 120  # a pause in typing
_WIDEST_SEARCH_PX = 220


class Gallery(QWidget):
    """Filters, search, the grid, and a large picture over `cover`.

    Args:
        cover: What the large picture covers.
    """

    def __init__(self, cover: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pictures: Sequence[Picture] = ()
        self._leaks: Leaks = {}
        self._problem: Problem | None = None
        self.label = Segments(("All", "Cats", "Dogs"), "Class")
        self.split = Segments(("All", "Train", "Validation", "Test"), "Split")
        self.problems = build_toggle("Problems")
        self.search = QLineEdit()
        self.view = ThumbnailView()
        self.preview = PicturePreview(cover)
        self.nothing = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        self.caption = QLabel()
        self._body = QStackedWidget()
        self._search_timer = QTimer(self, singleShot=True, interval=_SEARCH_AFTER_MS)
        self._dress()
        self._lay_out()
        self._connect()

    def show_pictures(self, pictures: Sequence[Picture], leaks: Leaks) -> None:
        """Show a dataset's pictures; the filters stay.

        Args:
            pictures: All of them, also those that take no part.
            leaks: See `find_leaks`.
        """
        self._pictures, self._leaks = pictures, leaks
        self._narrow()

    def show_problem(self, problem: Problem) -> None:
        """Show the pictures with a problem, of all classes and splits."""
        self.label.choose(0)
        self.split.choose(0)
        self.search.clear()
        self._search_timer.stop()
        self._set_problem(problem)

    def forget_thumbnails(self) -> None:
        """The files may be others by now."""
        self.view.forget_thumbnails()
        self.preview.forget_pictures()

    def filter(self) -> PictureFilter:
        """What is looked at."""
        return PictureFilter(
            label=_LABELS[self.label.place],
            split=_SPLITS[self.split.place],
            problem=self._problem,
            text=self.search.text().strip(),
        )

    def _set_problem(self, problem: Problem | None) -> None:
        self._problem = problem
        self.problems.setChecked(problem is not None)
        self._narrow()

    def _narrow(self) -> None:
        shown = select(self._pictures, self._leaks, self.filter())
        self.preview.close_picture()
        self.view.set_detailed(self._problem is not None)
        self.view.set_pictures(shown, self._leaks)
        self._body.setCurrentIndex(int(not shown))
        self.nothing.setText(self._nothing_words())
        self.caption.setText(f"{counted(len(shown), 'picture')} · Space shows one large")
        self.caption.setVisible(bool(shown))

    def _nothing_words(self) -> str:
        if not self._pictures:
            return ""
        if self.filter() == PictureFilter(problem=Problem.ANY):
            return "No pictures have problems."
        is_split = any(picture.split is not None for picture in self._pictures)
        return "No pictures match." if is_split else "No pictures match. They are not split yet."

    def _show_large(self, row: int) -> None:
        self.preview.show_tile(self.view.tile(row), self.view.thumbnail(row))

    def _on_preview_step_requested(self, step: int) -> None:
        row = self.view.currentIndex().row() + step
        if 0 <= row < self.view.count():
            self.view.look_at(row)
            self._show_large(row)

    def _on_problems_clicked(self, is_on: bool) -> None:  # noqa: FBT001 - Qt's signal
        self._set_problem(Problem.ANY if is_on else None)

    def _dress(self) -> None:
        self.problems.setToolTip("Quarantined and excluded pictures, and leaks")
        self.search.setPlaceholderText("Search")
        self.search.setToolTip("A part of the name")
        self.search.setAccessibleName("Search by name")
        self.search.setClearButtonEnabled(True)
        self.search.addAction(theme.icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self.search.setMaximumWidth(_WIDEST_SEARCH_PX)
        theme.caption(self.caption)

    def _lay_out(self) -> None:
        filters = QHBoxLayout()
        filters.setSpacing(theme.SPACE_12)
        for widget in (self.label, self.split, self.problems):
            filters.addWidget(widget)
        filters.addStretch()
        filters.addWidget(self.search, 1)
        self._body.addWidget(self.view)
        self._body.addWidget(self.nothing)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE_8)
        column.addLayout(filters)
        column.addWidget(self._body, 1)
        column.addWidget(self.caption)

    def _connect(self) -> None:
        self.label.chosen.connect(lambda _: self._narrow())
        self.split.chosen.connect(lambda _: self._narrow())
        self.problems.clicked.connect(self._on_problems_clicked)
        self.search.textChanged.connect(lambda _: self._search_timer.start())
        self._search_timer.timeout.connect(self._narrow)
        self.view.preview_requested.connect(self._show_large)
        self.preview.step_requested.connect(self._on_preview_step_requested)
        self.preview.closed.connect(self.view.setFocus)
