"""Our line icons: drawn from SVG at any size, in the colour of the text around them."""

import functools
from collections.abc import Callable

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QGuiApplication,
    QIcon,
    QIconEngine,
    QImage,
    QPainter,
    QPalette,
    QPixmap,
)
from PySide6.QtSvg import QSvgRenderer

from training.resources import resource

_CURRENT_COLOUR = b"currentColor"

Tint = Callable[[], QColor]


def line_icon(name: str, *, tint: Tint | None = None) -> QIcon:
    """An icon that is painted anew in the palette's colours each time it is shown.

    Args:
        name: A file of `resources/icons/` without its suffix.
        tint: Gives the colour; unless given, the palette's text colour for the icon's mode.
    """
    return QIcon(_LineIcon(name, tint))


class _LineIcon(QIconEngine):
    def __init__(self, name: str, tint: Tint | None) -> None:
        super().__init__()
        self._name = name
        self._tint = tint

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:  # noqa: ARG002
        """Draw the lines inside a square in the middle of `rect`."""
        side = min(rect.width(), rect.height())
        square = QRectF(0, 0, side, side)
        square.moveCenter(QRectF(rect).center())
        renderer = QSvgRenderer(QByteArray(_svg(self._name, self._shade(mode).name())))
        renderer.render(painter, square)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        """The icon as pixels, on nothing."""
        image = QImage(size, QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        self.paint(painter, QRect(0, 0, size.width(), size.height()), mode, state)
        painter.end()
        return QPixmap.fromImage(image)

    def clone(self) -> QIconEngine:
        """A twin for a copy of the icon."""
        return _LineIcon(self._name, self._tint)

    def _shade(self, mode: QIcon.Mode) -> QColor:
        palette = QGuiApplication.palette()
        if mode == QIcon.Mode.Disabled:
            return palette.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.WindowText)
        if self._tint is not None:
            return self._tint()
        selected = mode == QIcon.Mode.Selected
        role = QPalette.ColorRole.HighlightedText if selected else QPalette.ColorRole.WindowText
        return palette.color(role)


@functools.lru_cache(maxsize=256)
def _svg(name: str, shade: str) -> bytes:
    drawing = resource("icons", f"{name}.svg").read_bytes()
    return drawing.replace(_CURRENT_COLOUR, shade.encode())
