"""The pictures of a dataset, with what narrows them down."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QStackedWidget, QVBoxLayout, QWidget

from catdog_gui import theme
from catdog_gui.dataset_tab.charts import Charts
from catdog_gui.dataset_tab.filter_bar import FilterBar
from catdog_gui.dataset_tab.picture_filter import Leaks, Order, PictureFilter, Problem
from catdog_gui.dataset_tab.words import counted
from catdog_gui.widgets.picture_preview import PicturePreview
from catdog_gui.widgets.thumbnail_view import ThumbnailView
from training.dataset.picture import Picture

_Look = tuple[PictureFilter, Order]


class Gallery(QWidget):
    """Filters, search, the grid or the charts, and a large picture over `cover`.

    Args:
        cover: What the large picture covers.

    Signals:
        look_requested: The user wants to see what `look` says.
        figures_requested: The user wants what the filter lets through, in charts.
        details_requested: The user wants to know more of a `Picture`.
    """

    look_requested = Signal()
    figures_requested = Signal()
    details_requested = Signal(object)

    def __init__(self, cover: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._leaks: Leaks = {}
        self._shown: _Look | None = None
        self._is_split = True
        self.bar = FilterBar()
        self.view = ThumbnailView()
        self.charts = Charts()
        self.preview = PicturePreview(cover)
        self.nothing = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        self.caption = QLabel()
        self._body = QStackedWidget()
        self._lay_out()
        self._connect()

    def look(self) -> _Look:
        """What is looked at, and in which order."""
        return self.bar.filter(), self.bar.chosen_order()

    def show_pictures(self, pictures: Sequence[Picture], look: _Look) -> None:
        """Show what was looked for.

        Args:
            pictures: As many as there are; only those in sight are asked for.
            look: What they were chosen by. If it is the same as before, the view stays where it
                is.
        """
        row = self._row_to_keep(pictures) if look == self._shown else None
        if look != self._shown:
            self.preview.close_picture()
        self._shown = look
        self.view.set_detailed(look[0].problem is not None)
        self.view.set_pictures(pictures, self._leaks, keep_row=row)
        self.nothing.setText(self._nothing_words())
        self.caption.setText(f"{counted(len(pictures), 'picture')} · Space shows one large")
        self._settle()
        if self.preview.tile() is not None:
            self._show_large(row)

    def set_leaks(self, leaks: Leaks, *, is_split: bool) -> None:
        """Mark the leaks among what is shown.

        Args:
            leaks: See `find_leaks`.
            is_split: Whether the dataset is split.
        """
        is_other = leaks != self._leaks
        self._leaks, self._is_split = leaks, is_split
        self.view.set_leaks(leaks)
        if is_other and self.bar.filter().problem in {Problem.LEAK, Problem.ANY}:
            self.look_requested.emit()

    def clear(self) -> None:
        """Show no pictures; the filters stay."""
        self._shown, self._leaks = None, {}
        self.preview.close_picture()
        self.view.set_pictures((), {})
        self.charts.clear()
        self.nothing.clear()
        self._settle()

    def show_problem(self, problem: Problem) -> None:
        """Show the pictures with a problem, of all classes and splits."""
        self.bar.charts.setChecked(False)
        self.bar.show_problem(problem)

    def forget_thumbnails(self) -> None:
        """The files may be others by now."""
        self.view.forget_thumbnails()
        self.preview.forget_pictures()

    def _settle(self) -> None:
        """Charts, pictures, or why there are none."""
        has_pictures = self.view.count() > 0
        shows_charts = self.bar.charts.isChecked()
        widget = self.charts if shows_charts else self.view if has_pictures else self.nothing
        self._body.setCurrentWidget(widget)
        self.caption.setVisible(has_pictures and not shows_charts)

    def _nothing_words(self) -> str:
        wanted = self.bar.filter()
        if wanted == PictureFilter(problem=Problem.ANY):
            return "No pictures have problems."
        is_lost = wanted.split is not None and not self._is_split
        return "No pictures match. They are not split yet." if is_lost else "No pictures match."

    def _row_to_keep(self, pictures: Sequence[Picture]) -> int | None:
        """Where the current picture is among others; None where it is not."""
        row = self.view.currentIndex().row()
        if row < 0:
            return None
        current = self.view.tile(row).picture.id
        near = (*range(row, min(row + 1, len(pictures))), *range(max(0, row - 1)))
        return next((each for each in near if pictures[each].id == current), None)

    def _show_large(self, row: int | None) -> None:
        if row is None:
            self.preview.close_picture()
            return
        tile = self.view.tile(row)
        self.preview.show_tile(tile, self.view.thumbnail(row))
        self.details_requested.emit(tile.picture)

    def _on_preview_step_requested(self, step: int) -> None:
        row = self.view.currentIndex().row() + step
        if 0 <= row < self.view.count():
            self.view.look_at(row)
            self._show_large(row)

    def _on_bar_changed(self) -> None:
        self.look_requested.emit()
        if self.bar.charts.isChecked():
            self.figures_requested.emit()

    def _on_bar_charts_switched(self, is_on: bool) -> None:  # noqa: FBT001 - Qt's signal
        self._settle()
        if is_on:
            self.figures_requested.emit()

    def _lay_out(self) -> None:
        theme.caption(self.caption)
        for widget in (self.view, self.nothing, self.charts):
            self._body.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE_8)
        column.addWidget(self.bar)
        column.addWidget(self._body, 1)
        column.addWidget(self.caption)

    def _connect(self) -> None:
        self.bar.changed.connect(self._on_bar_changed)
        self.bar.charts_switched.connect(self._on_bar_charts_switched)
        self.view.preview_requested.connect(self._show_large)
        self.preview.step_requested.connect(self._on_preview_step_requested)
        self.preview.closed.connect(self.view.setFocus)
