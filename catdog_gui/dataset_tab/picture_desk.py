"""A grid of pictures, the large one over it, and the decisions about those that are selected."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from catdog_gui.dataset_tab.found import Decision
from catdog_gui.dataset_tab.put_right import PutRightActions, build_bar
from catdog_gui.widgets.captioned import Captioned
from catdog_gui.widgets.picture_preview import PicturePreview
from catdog_gui.widgets.thumbnail_view import ThumbnailView
from training.dataset.picture import Picture


class PictureDesk(QObject):
    """Ties them together, for whoever lays them out.

    Args:
        cover: What the large picture covers.

    Attributes:
        view: The grid.
        preview: The large picture.
        put_right: The decisions, undo and redo.

    Signals:
        shown_large: The `Picture` that is looked at large.
        decided: A `Decision` that the user took, and the ids of the pictures that it is about.
    """

    shown_large = Signal(object)
    decided = Signal(object, object)

    def __init__(self, cover: QWidget, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.view = ThumbnailView()
        self.preview = PicturePreview(cover)
        self.put_right = PutRightActions(self.view, self.preview, parent=self)
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        over = QVBoxLayout(self.preview)
        over.addWidget(build_bar(self.put_right.decisions), 0, Qt.AlignmentFlag.AlignHCenter)
        over.addStretch()
        self._connect()

    def current_id(self) -> int | None:
        """The id of the current picture."""
        row = self.view.currentIndex().row()
        return self.view.id_of(row) if row >= 0 else None

    def rows_of(self, ids: Iterable[int]) -> Sequence[int]:
        """The rows of those pictures that are shown."""
        rows = (self.view.row_of(each) for each in ids)
        return [row for row in rows if row is not None]

    def go_to(self, row: int) -> None:
        """Make a picture the current one, and the large one where one is."""
        self.view.look_at(row)
        if self.preview.tile() is not None:
            self._show_large(row)

    def go_on(self) -> None:
        """Go to the next picture, unless several are selected."""
        if len(self.view.selected_rows()) == 1:
            self._on_preview_step_requested(1)

    def replace(self, pictures: Sequence[Picture]) -> None:
        """Show what pictures are now, each where it is: the user sees what was done."""
        self.view.replace(pictures)
        if self.preview.tile() is not None and self.current_id() in {p.id for p in pictures}:
            self._show_large(self.view.currentIndex().row())

    def forget_thumbnails(self) -> None:
        """The files may be others by now."""
        self.view.forget_thumbnails()
        self.preview.forget_pictures()

    def build_foot(self, caption: QLabel) -> QWidget:
        """A row with a caption, the decisions, and undo and redo."""
        actions = self.put_right
        return Captioned(caption, build_bar(actions.decisions, (actions.undo, actions.redo)))

    def _show_large(self, row: int) -> None:
        tile = self.view.tile(row)
        self.preview.show_tile(tile, self.view.thumbnail(row))
        self.shown_large.emit(tile.picture)

    def _on_view_preview_requested(self, row: int) -> None:
        self.view.look_at(row)  # alone: a decision is about what is seen
        self._show_large(row)

    def _on_preview_step_requested(self, step: int) -> None:
        row = self.view.currentIndex().row() + step
        if 0 <= row < self.view.count():
            self.go_to(row)

    def _on_actions_decided(self, decision: Decision) -> None:
        self.decided.emit(decision, [self.view.id_of(row) for row in self.view.selected_rows()])

    def _on_view_selection_changed(self) -> None:
        rows = self.view.selected_rows()
        self.put_right.set_chosen(any(self.view.tile(row).has_pixels for row in rows))

    def _connect(self) -> None:
        self.view.preview_requested.connect(self._on_view_preview_requested)
        self.preview.step_requested.connect(self._on_preview_step_requested)
        self.preview.closed.connect(self.view.setFocus)
        self.view.selection_changed.connect(self._on_view_selection_changed)
        self.put_right.decided.connect(self._on_actions_decided)
