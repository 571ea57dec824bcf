"""The pictures of a dataset, with what narrows them down."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QLabel,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from catdog_gui import theme
from catdog_gui.dataset_tab.filter_bar import FilterBar
from catdog_gui.dataset_tab.found import Corrected, Found, Journal
from catdog_gui.dataset_tab.found_words import caption_words
from catdog_gui.dataset_tab.picture_desk import PictureDesk
from catdog_gui.dataset_tab.picture_filter import Leaks, Look, PictureFilter, Problem
from catdog_gui.dataset_tab.remarks import remarks_for, renewed
from catdog_gui.widgets.elided_label import ElidedLabel
from catdog_gui.widgets.figure_charts import FigureCharts
from catdog_gui.widgets.thumbnail_model import Remarks
from training.dataset.finding import FindingKind
from training.dataset.pages import PicturePages
from training.dataset.picture import Picture


class Gallery(QWidget):
    """Filters, the grid with what puts pictures right, charts, and a large picture over `cover`.

    Args:
        cover: What the large picture covers.

    Attributes:
        leaks: Which pictures leak.
        journal: What can be undone and redone.

    Signals:
        look_requested: The user wants to see what `look` says.
        figures_requested: The user wants that in charts.
        details_requested: The user wants to know more of a `Picture`.
        decided: A `Decision` that the user took, and the ids of the pictures that it is about.
        undo_requested, redo_requested: The user wants to take a step back, or to do it again.
    """

    look_requested = Signal()
    figures_requested = Signal()
    details_requested = Signal(object)
    decided = Signal(object, object)
    undo_requested = Signal()
    redo_requested = Signal()

    def __init__(self, cover: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.leaks: Leaks = {}
        self.journal = Journal()
        self._is_split = True
        self._found = Found()
        self._remarks: Remarks = {}
        self._shown: Look | None = None
        self._sought: Sequence[int] | None = None
        self.bar = FilterBar()
        self._desk = PictureDesk(cover, self)
        self.view, self.preview = self._desk.view, self._desk.preview
        self.put_right = self._desk.put_right
        self.charts = FigureCharts()
        self.nothing = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        self.caption = ElidedLabel()
        self._body = QStackedWidget()
        self._dress()
        self._lay_out()
        self._connect()

    @property
    def kind(self) -> FindingKind | None:
        """The kind of finding whose pictures are shown; None where it is not one alone."""
        problem = self._problem()
        return problem if isinstance(problem, FindingKind) else None

    def look(self) -> Look:
        """What is looked at, and in which order."""
        return self.bar.look()

    def show_pictures(self, pictures: PicturePages, look: Look) -> None:
        """Show what was looked for, and go on where the user was.

        Args:
            pictures: As many as there are; only those in sight are read.
            look: What they were chosen by.
        """
        current = self._desk.current_id()
        keeps_place, self._shown = look == self._shown, look
        if not keeps_place:
            self.preview.close_picture()
        problem = look[0].problem
        self._remarks = remarks_for(self._found, problem, self.journal.first_labels)
        self.view.set_notes(self.leaks, self._remarks)
        self.view.set_detailed(problem is not None)
        self.view.set_pictures(pictures, keep_place=keeps_place)
        self.nothing.setText(_nothing_words(look[0], is_split=self._is_split))
        self.caption.setText(caption_words(len(pictures), problem))
        self._settle()
        self._go_on_at(current)

    def clear(self) -> None:
        """Show no pictures; the filters stay."""
        self._shown, self.leaks, self._found = None, {}, Found()
        self.preview.close_picture()
        self.view.set_pictures(PicturePages())
        self.charts.clear()
        self.nothing.clear()
        self.caption.clear()
        self._settle()

    def set_leaks(self, leaks: Leaks) -> None:
        """Say which pictures leak; those in sight stay there."""
        self.leaks = leaks
        self.view.set_notes(leaks, self._remarks)

    def set_split(self, is_split: bool) -> None:  # noqa: FBT001 - a setter's one value
        """Say whether the dataset is split."""
        self._is_split = is_split

    def set_found(self, found: Found) -> None:
        """Say what checks found; pictures that are in sight stay there."""
        self._found = found

    def set_journal(self, journal: Journal) -> None:
        """Say what can be undone, and what pictures were labelled before."""
        self.journal = journal
        self.put_right.set_journal(journal)

    def set_changeable(self, can_change: bool) -> None:  # noqa: FBT001 - a setter's one value
        """Say whether the pictures can be put right now."""
        self.put_right.set_changeable(can_change)

    def show_corrected(self, corrected: Corrected) -> None:
        """Show what pictures are now, each where it is: the user sees what was done."""
        pictures = corrected.pictures
        self.set_journal(corrected.journal)
        self._remarks = renewed(self._remarks, corrected, self._problem())
        self.view.set_notes(self.leaks, self._remarks)
        self._desk.replace(pictures)

    def look_at_first_of(self, pictures: Sequence[Picture]) -> None:
        """Bring the first of some pictures into sight, where the filters let one pass."""
        self._sought = [picture.id for picture in pictures]
        if any(self.view.row_of(each) is None for each in self._sought):
            self.look_requested.emit()
        else:
            self._go_on_at(None)

    def go_on(self) -> None:
        """Go to the next picture, unless several are selected."""
        self._desk.go_on()

    def show_problem(self, problem: Problem | FindingKind) -> None:
        """Show the pictures with a problem, of all classes and splits; the first is selected."""
        self._sought = ()
        self.bar.show_problem(problem)

    def forget_thumbnails(self) -> None:
        """The files may be others by now."""
        self._desk.forget_thumbnails()

    def _go_on_at(self, current: int | None) -> None:
        """Go to what is sought: the first of some pictures, or of all; else to the current one."""
        sought, self._sought = self._sought, None
        wanted = [current] if sought is None else sought
        shown = self._desk.rows_of(each for each in wanted if each is not None)
        if sought is not None and not sought and self.view.count():
            shown = [0]
            self.view.setFocus()
        if shown:
            self._desk.go_to(min(shown))
        else:
            self.preview.close_picture()

    def _problem(self) -> Problem | FindingKind | None:
        return self._shown[0].problem if self._shown is not None else None

    def _settle(self) -> None:
        """Charts, pictures, or why there are none."""
        has_pictures, shows_charts = self.view.count() > 0, self.bar.charts.isChecked()
        widget = self.charts if shows_charts else self.view if has_pictures else self.nothing
        self._body.setCurrentWidget(widget)
        self._foot.setVisible(not shows_charts)

    def _on_bar_changed(self) -> None:
        self.look_requested.emit()
        if self.bar.charts.isChecked():
            self.figures_requested.emit()

    def _on_bar_charts_switched(self, is_on: bool) -> None:  # noqa: FBT001 - Qt's signal
        self._settle()
        if is_on:
            self.figures_requested.emit()

    def _dress(self) -> None:
        theme.caption(self.caption)
        self.caption.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def _lay_out(self) -> None:
        for widget in (self.view, self.nothing, self.charts):
            self._body.addWidget(widget)
        self._foot = self._desk.build_foot(self.caption)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE_8)
        column.addWidget(self.bar)
        column.addWidget(self._body, 1)
        column.addWidget(self._foot)

    def _connect(self) -> None:
        self.bar.changed.connect(self._on_bar_changed)
        self.bar.charts_switched.connect(self._on_bar_charts_switched)
        self._desk.shown_large.connect(self.details_requested)
        self._desk.decided.connect(self.decided)
        self.put_right.undo_requested.connect(self.undo_requested)
        self.put_right.redo_requested.connect(self.redo_requested)


def _nothing_words(wanted: PictureFilter, *, is_split: bool) -> str:
    if wanted == PictureFilter(problem=Problem.ANY):
        return "No pictures have problems."
    is_early = wanted.split is not None and not is_split
    return "No pictures match. They are not split yet." if is_early else "No pictures match."
