"""Rows of pictures of equal size: each row begins with one as it is, and goes on with others."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPainterPath, QPaintEvent, QPalette
from PySide6.QtWidgets import QSizePolicy, QWidget

from catdog_gui import theme

if TYPE_CHECKING:
    from training.dataset.decode import Pixels

_RADIUS_PX = 4.0
_LEAST_SIDE_PX = 40


class PictureGrid(QWidget):
    """Draws square pictures as large as all of them fit.

    Args:
        first: The words above the first column.
        others: The words above the others.
    """

    def __init__(self, first: str, others: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._titles = (first, others)
        self._rows: Sequence[Sequence[QImage]] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    @property
    def rows(self) -> Sequence[Sequence[QImage]]:
        """What is shown."""
        return self._rows

    def set_rows(self, rows: Sequence[Sequence[Pixels]]) -> None:
        """Show pictures.

        Args:
            rows: Each row has as many; uint8 (side, side, 3).
        """
        self._rows = [[_image_of(pixels) for pixels in row] for row in rows]
        self.update()

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Room for small ones."""
        return QSize(6 * _LEAST_SIDE_PX, 3 * _LEAST_SIDE_PX)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802 - Qt's form
        """Paint the titles and the pictures."""
        if not self._rows or not self._rows[0]:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        self._paint_titles(painter)
        for row, pictures in enumerate(self._rows):
            for column, picture in enumerate(pictures):
                _paint_picture(painter, self.cell(row, column), picture)
        painter.end()

    def cell(self, row: int, column: int) -> QRectF:
        """Where a picture is painted."""
        side, top = self._side(), self._title_height()
        left = column * (side + theme.SPACE_8) + (theme.SPACE_8 if column else 0)
        return QRectF(left, top + row * (side + theme.SPACE_8), side, side)

    def _side(self) -> float:
        columns, rows = len(self._rows[0]), len(self._rows)
        across = (self.width() - columns * theme.SPACE_8) / columns
        down = (self.height() - self._title_height() - (rows - 1) * theme.SPACE_8) / rows
        return max(_LEAST_SIDE_PX, min(across, down))

    def _title_height(self) -> int:
        return self.fontMetrics().height() + theme.SPACE_4

    def _paint_titles(self, painter: QPainter) -> None:
        painter.setPen(self.palette().color(QPalette.ColorRole.PlaceholderText))
        height = float(self._title_height())
        first, others = self.cell(0, 0), self.cell(0, 1)
        place = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
        words = self.fontMetrics().elidedText(
            self._titles[0], Qt.TextElideMode.ElideRight, int(first.width())
        )
        painter.drawText(QRectF(first.left(), 0, first.width(), height), place, words)
        room = QRectF(others.left(), 0, self.width() - others.left(), height)
        painter.drawText(room, place, self._titles[1])


def _image_of(pixels: Pixels) -> QImage:
    height, width, channels = pixels.shape
    form = QImage.Format.Format_RGB888
    view = QImage(pixels.tobytes(), width, height, channels * width, form)
    return view.copy()  # the view does not own its pixels


def _paint_picture(painter: QPainter, cell: QRectF, picture: QImage) -> None:
    sheet = QPainterPath()
    sheet.addRoundedRect(cell, _RADIUS_PX, _RADIUS_PX)
    painter.save()
    painter.setClipPath(sheet)
    painter.drawImage(cell, picture)
    painter.restore()
