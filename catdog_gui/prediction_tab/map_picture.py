"""One map, large, of which a place can be chosen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from catdog_gui.prediction_tab.maps_view import grey_image
from catdog_gui.prediction_tab.picture_view import paint_marking

if TYPE_CHECKING:
    from training.inference.unit import Floats

_SIDE = QSize(160, 160)
_LEAST_MARK_PX = 5.0
_KEYS: Mapping[int, tuple[int, int]] = {
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
}


class MapPicture(QWidget):
    """Paints a map's numbers as squares; a click or the arrow keys choose one.

    Signals:
        place_chosen: Row and column, from 0.
    """

    place_chosen = Signal(int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image: QImage | None = None
        self._place: tuple[int, int] | None = None
        self.setFixedSize(_SIDE)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def show_map(self, numbers: Floats | None) -> None:
        """Show a map, float32 (rows, columns), without a place; None shows nothing."""
        self._image = None if numbers is None else grey_image(numbers)
        self._place = None
        self.update()

    def mark(self, row: int, column: int) -> None:
        """Frame a place."""
        self._place = (row, column)
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Choose the place that is clicked."""
        if self._image is None:
            return
        area = self._area(self._image)
        column = int((event.position().x() - area.left()) / area.width() * self._image.width())
        row = int((event.position().y() - area.top()) / area.height() * self._image.height())
        self._choose(row, column)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Choose the next place in an arrow's direction."""
        step = _KEYS.get(event.key())
        if step is None or self._place is None:
            super().keyPressEvent(event)
            return
        self._choose(self._place[0] + step[0], self._place[1] + step[1])

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802 - Qt's form
        """Paint the map and the frame."""
        if self._image is None:
            return
        painter = QPainter(self)
        area = self._area(self._image)
        painter.drawImage(area, self._image)
        if self._place is not None:
            paint_marking(
                painter, _square_of(area, self._image.size(), self._place), self.palette()
            )
        painter.end()

    def _choose(self, row: int, column: int) -> None:
        assert self._image is not None
        row = min(max(row, 0), self._image.height() - 1)
        column = min(max(column, 0), self._image.width() - 1)
        self.mark(row, column)
        self.place_chosen.emit(row, column)

    def _area(self, image: QImage) -> QRectF:
        """As large as fits, in the map's own proportions."""
        size = image.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        area = QRectF(0, 0, size.width(), size.height())
        area.moveCenter(QRectF(self.rect()).center())
        return area


def _square_of(area: QRectF, size: QSize, place: tuple[int, int]) -> QRectF:
    width, height = area.width() / size.width(), area.height() / size.height()
    row, column = place
    centre = area.topLeft() + QPointF((column + 0.5) * width, (row + 0.5) * height)
    square = QRectF(0, 0, max(_LEAST_MARK_PX, width), max(_LEAST_MARK_PX, height))
    square.moveCenter(centre)
    return square
