"""Many small grey images, of which only those in sight are made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QIcon, QImage, QPixmap
from PySide6.QtWidgets import QFrame, QListView, QWidget

from catdog_gui import theme

if TYPE_CHECKING:
    from training.inference.unit import Floats

_TILE_PX = 56
_WHITE = 255
_Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()


def grey_image(numbers: Floats) -> QImage:
    """Numbers as a grey image: the least is black, the largest white, whatever they are.

    Args:
        numbers: float32 (rows, columns).
    """
    least, most = float(numbers.min()), float(numbers.max())
    shares = (numbers - least) / ((most - least) or 1.0)
    rows, columns = numbers.shape
    greys = (shares * _WHITE).round().astype("uint8")
    image = QImage(greys.tobytes(), columns, rows, columns, QImage.Format.Format_Grayscale8)
    return image.copy()  # the copy owns its bytes


class MapsModel(QAbstractListModel):
    """One row a map: its image, and its number from 1."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._maps: Floats | None = None

    def set_maps(self, maps: Floats | None) -> None:
        """Show these, float32 (rows, columns, maps); None shows nothing."""
        self.beginResetModel()
        self._maps = maps
        self.endResetModel()

    def rowCount(self, parent: _Index = _NO_PARENT) -> int:  # noqa: N802 - Qt's name
        """How many maps there are."""
        return 0 if parent.isValid() or self._maps is None else int(self._maps.shape[2])

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Image, number, or both in words for a screen reader."""
        if not index.isValid() or self._maps is None:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return f"{index.row() + 1:,}"
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"Map {index.row() + 1:,}"
            case Qt.ItemDataRole.DecorationRole:
                return _icon_of(self._maps[..., index.row()])
        return None


class MapsView(QListView):
    """Shows maps, or slices of a kernel.

    Signals:
        map_chosen: The map that is looked at now, from 0.
    """

    map_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._maps = MapsModel(self)
        self.setModel(self._maps)
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setIconSize(QSize(_TILE_PX, _TILE_PX))
        line_px = self.fontMetrics().height()
        self.setGridSize(QSize(_TILE_PX + theme.SPACE_12, _TILE_PX + line_px + theme.SPACE_12))
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.selectionModel().currentChanged.connect(self._on_current_changed)

    def show_maps(self, maps: Floats | None) -> None:
        """Show these; see `MapsModel.set_maps`."""
        self._maps.set_maps(maps)

    def choose(self, channel: int) -> None:
        """Look at a map as the user would."""
        self.setCurrentIndex(self._maps.index(channel))

    def _on_current_changed(self, current: QModelIndex) -> None:
        if current.isValid():
            self.map_chosen.emit(current.row())


def _icon_of(numbers: Floats) -> QIcon:
    pixmap = QPixmap.fromImage(grey_image(numbers)).scaled(
        _TILE_PX,
        _TILE_PX,
        Qt.AspectRatioMode.KeepAspectRatio,
        Qt.TransformationMode.FastTransformation
        if numbers.shape[0] < _TILE_PX
        else Qt.TransformationMode.SmoothTransformation,
    )
    icon = QIcon(pixmap)
    icon.addPixmap(pixmap, QIcon.Mode.Selected)  # else a chosen map would be tinted
    return icon
