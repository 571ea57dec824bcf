"""The picture that is looked at, with what is laid over it."""

from pathlib import Path

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPalette, QPen, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from catdog_gui.prediction_tab.card import paint_picture
from catdog_gui.widgets.tile_painting import PixmapOf, place_of

_LEAST_PICTURE = QSize(200, 140)
_MOST_SCALE = 2.0
_LEAST_FIELD_PX = 6.0  # a smaller frame could not be seen
_FIELD_PX, _HALO_PX = 2.0, 4.0


class PictureView(QWidget):
    """Paints a picture whole, in a square that gives way where there is no room for it.

    Args:
        pixmap_of: Gives the large picture, or None until it is loaded.
    """

    def __init__(self, pixmap_of: PixmapOf) -> None:
        super().__init__()
        self._pixmap_of = pixmap_of
        self._path: Path | None = None
        self._heat: QImage | None = None
        self._opacity = 1.0
        self._field: QRectF | None = None
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setMinimumSize(_LEAST_PICTURE)

    def show_path(self, path: Path | None) -> None:
        """Show a picture as it is; nothing where there is none."""
        if path != self._path:
            self._heat = self._field = None
        self._path = path
        self.update()

    def set_heat(self, heat: QImage | None) -> None:
        """Lay a heat-map's paint over the whole picture, whatever its size; None takes it away."""
        self._heat = heat
        self.update()

    def set_opacity(self, opacity: float) -> None:
        """How opaque the strongest place of the paint is, in [0, 1]."""
        self._opacity = opacity
        self.update()

    def set_field(self, field: QRectF | None) -> None:
        """Frame a part of the picture, in shares of its sides; None takes the frame away."""
        self._field = field
        self.update()

    def heightForWidth(self, width: int) -> int:  # noqa: N802 - Qt's name
        """A square."""
        return width

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802 - Qt's form
        """Paint the picture, then what lies over it."""
        if self._path is None:
            return
        painter = QPainter(self)
        painter.setRenderHints(
            QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
        )
        pixmap = _enlarged(self._pixmap_of(self._path), self.size())
        paint_picture(painter, self.rect(), pixmap, palette=self.palette())
        if pixmap is not None and not pixmap.isNull():
            self._paint_over(painter, QRectF(place_of(self.rect(), pixmap)))
        painter.end()

    def _paint_over(self, painter: QPainter, place: QRectF) -> None:
        if self._heat is not None:
            painter.setOpacity(self._opacity)
            painter.drawImage(place, self._heat)
            painter.setOpacity(1.0)
        if self._field is not None:
            paint_marking(painter, _part_of(place, self._field), self.palette())


def _part_of(place: QRectF, shares: QRectF) -> QRectF:
    part = QRectF(
        place.left() + shares.left() * place.width(),
        place.top() + shares.top() * place.height(),
        max(_LEAST_FIELD_PX, shares.width() * place.width()),
        max(_LEAST_FIELD_PX, shares.height() * place.height()),
    )
    return part & place if part.intersects(place) else part


def paint_marking(painter: QPainter, frame: QRectF, palette: QPalette) -> None:
    """Paint a frame in the accent, with a light edge so that it can be told from any picture."""
    colour = palette.color(QPalette.ColorRole.Highlight)
    for shade, width in ((QColor(255, 255, 255, 200), _HALO_PX), (colour, _FIELD_PX)):
        painter.setPen(QPen(shade, width))
        painter.setBrush(QColor(0, 0, 0, 0))
        painter.drawRect(frame)


def _enlarged(pixmap: QPixmap | None, room: QSize) -> QPixmap | None:
    """A small picture at most doubled: larger it would only be a blur."""
    if pixmap is None or pixmap.isNull():
        return pixmap
    shown = pixmap.deviceIndependentSize()
    scale = min(room.width() / shown.width(), room.height() / shown.height(), _MOST_SCALE)
    if scale <= 1:
        return pixmap
    larger = QPixmap(pixmap)
    larger.setDevicePixelRatio(pixmap.devicePixelRatio() / scale)
    return larger
