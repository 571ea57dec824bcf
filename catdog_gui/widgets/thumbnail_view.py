"""The gallery's grid: as smooth with a million pictures as with ten."""

from collections.abc import Iterable, Mapping

from PySide6.QtCore import QEvent, QItemSelectionModel, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QFrame, QWidget

from catdog_gui.widgets.card_grid import CardGrid
from catdog_gui.widgets.thumbnail_loader import ThumbnailLoader
from catdog_gui.widgets.thumbnail_model import Remarks, ThumbnailModel, Tile
from catdog_gui.widgets.tile_painting import (
    LEAST_DETAILED_WIDTH_PX,
    LEAST_WIDTH_PX,
    PICTURE_HEIGHT_PX,
    TileDelegate,
    tile_height,
)
from training.dataset.pages import PicturePages
from training.dataset.picture import Picture

_THUMBNAIL_PX = 160
_PREVIEW_KEYS = {Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter}


class ThumbnailView(CardGrid):
    """Shows pictures of a catalogue as cards that share out the width evenly.

    Only the cards in sight are painted and only their thumbnails decoded, beside the window.

    Signals:
        preview_requested: The user wants to see that row's picture large.
        selection_changed: Other cards are selected, or none.
    """

    preview_requested = Signal(int)
    selection_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._loader = ThumbnailLoader(_THUMBNAIL_PX, self)
        self._model = ThumbnailModel(self)
        self._delegate = TileDelegate(self._loader.pixmap, self)
        self._is_detailed = False
        self.setModel(self._model)
        self.setItemDelegate(self._delegate)
        self._dress()
        self._loader.loaded.connect(self._on_loader_loaded)
        self.verticalScrollBar().valueChanged.connect(self._drop_unseen)
        self.selectionModel().selectionChanged.connect(lambda *_: self.selection_changed.emit())
        self._model.modelReset.connect(self.selection_changed)
        self.doubleClicked.connect(lambda index: self.preview_requested.emit(index.row()))

    def set_pictures(self, pictures: PicturePages, *, keep_place: bool = False) -> None:
        """Show other pictures; see `ThumbnailModel.set_pictures`.

        Args:
            pictures: The pictures.
            keep_place: Whether the view stays where it is; else it begins with the first one.
        """
        place = self.verticalScrollBar().value()
        self._model.set_pictures(pictures)
        self.updateGeometries()  # the view itself would wait for the next turn of the event loop
        self.verticalScrollBar().setValue(place if keep_place else 0)
        self._drop_unseen()

    def set_notes(self, leaks: Mapping[int, str], remarks: Remarks) -> None:
        """Say what there is to say of pictures; see `ThumbnailModel.set_notes`."""
        self._model.set_notes(leaks, remarks)
        self.viewport().update()

    def replace(self, pictures: Iterable[Picture]) -> None:
        """Show what some pictures are now; see `ThumbnailModel.replace`.

        The cards stay where they are: it is only painted anew what is in sight.
        """
        self._model.replace(pictures)
        self.viewport().update()

    def set_detailed(self, is_detailed: bool) -> None:  # noqa: FBT001 - a setter's one value
        """Show under each picture what is wrong with it, on wider cards."""
        if is_detailed != self._is_detailed:
            self._is_detailed = is_detailed
            self._share_out_width()

    def forget_thumbnails(self) -> None:
        """Decode every picture anew: the files may be others by now."""
        self._loader.forget()
        self.viewport().update()

    def tile(self, row: int) -> Tile:
        """What is shown in a row."""
        return self._model.tile(row)

    def thumbnail(self, row: int) -> QPixmap | None:
        """A row's small picture, if it is decoded."""
        tile = self.tile(row)
        return self._loader.pixmap(tile.picture.path) if tile.has_pixels else None

    def look_at(self, row: int) -> None:
        """Make a row the current one, select it alone, and bring it into sight."""
        index = self._model.index(row)
        select = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.selectionModel().setCurrentIndex(index, select)
        self.scrollTo(index)

    def row_of(self, picture: int) -> int | None:
        """The row of the picture with that id; None where it is not shown."""
        return self._model.row_of(picture)

    def id_of(self, row: int) -> int:
        """The id of a row's picture."""
        return self._model.id_of(row)

    def selected_rows(self) -> list[int]:
        """The selected rows, ascending."""
        selection = self.selectionModel().selection()
        ranges = [selection.at(place) for place in range(selection.count())]
        return sorted(row for each in ranges for row in range(each.top(), each.bottom() + 1))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Space and Return show the current picture large."""
        if event.key() in _PREVIEW_KEYS and self.currentIndex().isValid():
            self.preview_requested.emit(self.currentIndex().row())
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """As many columns as fit."""
        self._share_out_width()
        super().resizeEvent(event)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """A larger font needs taller cards."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._share_out_width()

    def _share_out_width(self) -> None:
        least = LEAST_DETAILED_WIDTH_PX if self._is_detailed else LEAST_WIDTH_PX
        width = self.viewport().width()
        columns = max(1, width // least)
        height = tile_height(self.fontMetrics().height(), is_detailed=self._is_detailed)
        grid = QSize(max(1, width // columns), height)
        if grid != self.gridSize():
            self._delegate.set_detailed(is_detailed=self._is_detailed)
            self.setGridSize(grid)

    def _drop_unseen(self) -> None:
        self._loader.keep_only({self.tile(row).picture.path for row in self.visible_rows()})

    def _on_loader_loaded(self, path: object) -> None:
        for row in self.visible_rows():
            if self.tile(row).picture.path == path:
                self.update(self._model.index(row))

    def _dress(self) -> None:
        self.verticalScrollBar().setSingleStep(PICTURE_HEIGHT_PX // 2)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(CardGrid.SelectionMode.ExtendedSelection)
        self.setMouseTracking(True)  # the card under the pointer is outlined
        self.setAccessibleName("Pictures")
