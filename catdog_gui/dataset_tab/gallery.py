"""The pictures of a dataset, with what narrows them down."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from catdog_gui import theme
from catdog_gui.dataset_tab.found import Corrected, Decision, Found, Journal
from catdog_gui.dataset_tab.found_words import caption_words
from catdog_gui.dataset_tab.picture_filter import (
    Leaks,
    PictureFilter,
    Problem,
    select,
)
from catdog_gui.dataset_tab.picture_set import PictureSet
from catdog_gui.dataset_tab.put_right import PutRightActions, build_bar
from catdog_gui.dataset_tab.remarks import remarks_for, renewed
from catdog_gui.widgets.elided_label import ElidedLabel
from catdog_gui.widgets.picture_preview import PicturePreview
from catdog_gui.widgets.segments import Segments, build_toggle
from catdog_gui.widgets.thumbnail_model import Remarks
from catdog_gui.widgets.thumbnail_view import ThumbnailView
from training.dataset.finding import FindingKind
from training.dataset.picture import CLASSES, Picture, Split

_LABELS = (None, *CLASSES)
_SPLITS = (None, *Split)
_SEARCH_AFTER_MS = 120  # a pause in typing
_WIDEST_SEARCH_PX = 220


class Gallery(QWidget):
    """Filters, search, the grid with what puts pictures right, and a large picture over `cover`.

    Args:
        cover: What the large picture covers.

    Signals:
        decided: A `Decision` that the user took, and the ids of the pictures that it is about.
        undo_requested, redo_requested: The user wants to take a step back, or to do it again.
    """

    decided = Signal(object, object)
    undo_requested = Signal()
    redo_requested = Signal()

    def __init__(self, cover: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._all = PictureSet()
        self._found = Found()
        self._journal = Journal()
        self._remarks: Remarks = {}
        self._problem: Problem | FindingKind | None = None
        self.label = Segments(("All", "Cats", "Dogs"), "Class")
        self.split = Segments(("All", "Train", "Validation", "Test"), "Split")
        self.problems = build_toggle("Problems")
        self.search = QLineEdit()
        self.view = ThumbnailView()
        self.preview = PicturePreview(cover)
        self.put_right = PutRightActions(self.view, self.preview, parent=self)
        self.nothing = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        self.caption = ElidedLabel()
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
        self._all = PictureSet(pictures, leaks)
        self.show_again()

    def show_again(self) -> None:
        """Show what passes the filters now, and go on where the user was."""
        row = self.view.currentIndex().row()
        current = self.view.tile(row).picture.id if row >= 0 else None
        self._narrow()
        self._look_at_picture(current)

    def set_found(self, found: Found) -> None:
        """Say what checks found; pictures that are in sight stay there."""
        self._found = found

    @property
    def journal(self) -> Journal:
        """What can be undone and redone."""
        return self._journal

    def set_journal(self, journal: Journal) -> None:
        """Say what can be undone, and what pictures were labelled before."""
        self._journal = journal
        self.put_right.set_journal(journal)

    def set_changeable(self, can_change: bool) -> None:  # noqa: FBT001 - a setter's one value
        """Say whether the pictures can be put right now."""
        self.put_right.set_changeable(can_change)

    def show_corrected(self, corrected: Corrected) -> None:
        """Show what pictures are now, each where it is: the user sees what was done."""
        pictures = corrected.pictures
        self.set_journal(corrected.journal)
        self._all.replace(pictures)
        self._remarks = renewed(self._remarks, pictures, corrected.journal.first_labels)
        rows = self.view.replace(pictures, self._all.leaks, self._remarks)
        row = self.view.currentIndex().row()
        if row in rows and self.preview.tile() is not None:
            self._show_large(row)

    def look_at_first_of(self, pictures: Sequence[Picture]) -> None:
        """Bring the first of some pictures into sight, where the filters let one pass."""
        if any(self.view.row_of(picture.id) is None for picture in pictures):
            self.show_again()
        rows = [self.view.row_of(picture.id) for picture in pictures]
        shown = [row for row in rows if row is not None]
        if shown:
            self._go_to(min(shown))

    def go_on(self) -> None:
        """Go to the next picture, unless several are selected."""
        if len(self.view.selected_rows()) == 1:
            self._on_preview_step_requested(1)

    def show_problem(self, problem: Problem | FindingKind) -> None:
        """Show the pictures with a problem, of all classes and splits; the first is selected."""
        self.label.choose(0)
        self.split.choose(0)
        self.search.clear()
        self._search_timer.stop()
        self._set_problem(problem)
        if self.view.count():
            self.view.look_at(0)
            self.view.setFocus()

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

    def _set_problem(self, problem: Problem | FindingKind | None) -> None:
        self._problem = problem
        self.problems.setChecked(problem is not None)
        self._narrow()

    def _narrow(self) -> None:
        shown = select(self._all.pictures, self._all.leaks, self.filter(), self._found.findings)
        self._remarks = remarks_for(self._found, self._problem, self._journal.first_labels)
        self.preview.close_picture()
        self.view.set_detailed(self._problem is not None)
        self.view.set_pictures(shown, self._all.leaks, self._remarks)
        self._body.setCurrentIndex(int(not shown))
        self.nothing.setText(self._nothing_words())
        self.caption.setText(caption_words(len(shown), self._problem))

    def _nothing_words(self) -> str:
        if not self._all.pictures:
            return ""
        if self.filter() == PictureFilter(problem=Problem.ANY):
            return "No pictures have problems."
        is_split = any(picture.split is not None for picture in self._all.pictures)
        return "No pictures match." if is_split else "No pictures match. They are not split yet."

    def _show_large(self, row: int) -> None:
        self.preview.show_tile(self.view.tile(row), self.view.thumbnail(row))

    def _on_view_preview_requested(self, row: int) -> None:
        self.view.look_at(row)  # alone: a decision is about what is seen
        self._show_large(row)

    def _look_at_picture(self, picture: int | None) -> None:
        row = None if picture is None else self.view.row_of(picture)
        if row is not None:
            self.view.look_at(row)

    def _go_to(self, row: int) -> None:
        self.view.look_at(row)
        if self.preview.tile() is not None:
            self._show_large(row)

    def _on_preview_step_requested(self, step: int) -> None:
        row = self.view.currentIndex().row() + step
        if 0 <= row < self.view.count():
            self._go_to(row)

    def _on_actions_decided(self, decision: Decision) -> None:
        rows = self.view.selected_rows()
        self.decided.emit(decision, [self.view.tile(row).picture.id for row in rows])

    def _on_view_selection_changed(self) -> None:
        rows = self.view.selected_rows()
        self.put_right.set_chosen(any(self.view.tile(row).has_pixels for row in rows))

    def _on_problems_clicked(self, is_on: bool) -> None:  # noqa: FBT001 - Qt's signal
        self._set_problem(Problem.ANY if is_on else None)

    def _dress(self) -> None:
        self.problems.setToolTip(
            "Pictures of which a check found something, quarantined and excluded ones, and leaks"
        )
        self.search.setPlaceholderText("Search")
        self.search.setToolTip("A part of the name")
        self.search.setAccessibleName("Search by name")
        self.search.setClearButtonEnabled(True)
        self.search.addAction(theme.icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self.search.setMaximumWidth(_WIDEST_SEARCH_PX)
        theme.caption(self.caption)
        self.caption.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)

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
        column.addLayout(self._foot())
        over = QVBoxLayout(self.preview)
        over.addWidget(build_bar(self.put_right.decisions), 0, Qt.AlignmentFlag.AlignHCenter)
        over.addStretch()

    def _foot(self) -> QHBoxLayout:
        actions = self.put_right
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE_8)
        row.addWidget(self.caption, 1)
        row.addWidget(build_bar(actions.decisions, (actions.undo, actions.redo)))
        return row

    def _connect(self) -> None:
        self.label.chosen.connect(lambda _: self._narrow())
        self.split.chosen.connect(lambda _: self._narrow())
        self.problems.clicked.connect(self._on_problems_clicked)
        self.search.textChanged.connect(lambda _: self._search_timer.start())
        self._search_timer.timeout.connect(self._narrow)
        self.view.preview_requested.connect(self._on_view_preview_requested)
        self.preview.step_requested.connect(self._on_preview_step_requested)
        self.preview.closed.connect(self.view.setFocus)
        self.view.selection_changed.connect(self._on_view_selection_changed)
        self.put_right.decided.connect(self._on_actions_decided)
        self.put_right.undo_requested.connect(self.undo_requested)
        self.put_right.redo_requested.connect(self.redo_requested)
