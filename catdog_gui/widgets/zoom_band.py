"""A rectangle that is dragged over another widget."""

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QRubberBand, QWidget

_LEAST_PX = 6


class ZoomBand(QObject):
    """While it is on, dragging over a widget chooses a part of it.

    Args:
        over: The widget; it gets no mouse events, whether the band is on or off.

    Signals:
        chosen: The `QRect` that was dragged, in the widget's pixels.
    """

    chosen = Signal(QRect)

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self._over = over
        self._start: QPoint | None = None
        self._band = QRubberBand(QRubberBand.Shape.Rectangle, over)
        over.installEventFilter(self)
        self.set_on(is_on=False)

    def set_on(self, *, is_on: bool) -> None:
        """Take the mouse, or leave it to what lies below the widget, such as a page to scroll."""
        self._over.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents, not is_on)
        self._is_on = is_on
        self._start = None
        self._band.hide()
        self._over.setCursor(Qt.CursorShape.CrossCursor if is_on else Qt.CursorShape.ArrowCursor)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Follow the mouse."""
        if not self._is_on or not isinstance(event, QMouseEvent):
            return super().eventFilter(watched, event)
        position = event.position().toPoint()
        kind = event.type()
        if kind == QEvent.Type.MouseButtonPress and event.button() == Qt.MouseButton.LeftButton:
            self._begin(position)
        elif kind == QEvent.Type.MouseMove and self._start is not None:
            self._band.setGeometry(self._area(self._start, position))
        elif kind == QEvent.Type.MouseButtonRelease and self._start is not None:
            self._end(self._start, position)
        return True

    def _begin(self, position: QPoint) -> None:
        self._start = position
        self._band.setGeometry(QRect(position, QSize()))
        self._band.show()

    def _end(self, start: QPoint, position: QPoint) -> None:
        self._start = None
        self._band.hide()
        area = self._area(start, position)
        if min(area.width(), area.height()) >= _LEAST_PX:
            self.chosen.emit(area)

    def _area(self, start: QPoint, position: QPoint) -> QRect:
        return QRect(start, position).normalized().intersected(self._over.rect())
