"""One picture large, over everything else of its tab."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QWidget

from catdog_gui import theme
from catdog_gui.widgets.thumbnail_loader import ThumbnailLoader
from catdog_gui.widgets.thumbnail_model import Tile
from catdog_gui.widgets.tile_painting import paint_pixmap

_LARGE_PX = 1600
_VEIL = QColor(12, 13, 15, 235)
_BRIGHT, _QUIET = QColor("#F2F3F5"), QColor("#B4B8C0")
_ICON_PX = 48
_STEPS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Down: 1,
}
_CLOSING_KEYS = {Qt.Key.Key_Escape, Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter}
_CENTRE = Qt.AlignmentFlag.AlignCenter


class PicturePreview(QWidget):
    """Covers its parent with one picture until Esc, Space or a click; arrow keys go on.

    Signals:
        step_requested: The user wants the next picture (1) or the one before (-1).
        closed: The picture is gone again.
    """

    step_requested = Signal(int)
    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._covered = parent
        self._loader = ThumbnailLoader(_LARGE_PX, self)
        self._tile: Tile | None = None
        self._small: QPixmap | None = None
        self._details: Sequence[str] = ()
        self._loader.loaded.connect(lambda _: self.update())
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Large picture")
        parent.installEventFilter(self)
        self.hide()

    def show_tile(self, tile: Tile, small: QPixmap | None) -> None:
        """Show a picture.

        Args:
            tile: The picture.
            small: Its thumbnail, to show until it is decoded large.
        """
        if self._tile is None or tile.picture.id != self._tile.picture.id:
            self._details = ()
        self._tile, self._small = tile, small
        self._describe()
        self.setGeometry(self._covered.rect())
        self.show()
        self.raise_()
        self.setFocus()
        self.update()

    def show_details(self, picture: int, lines: Sequence[str]) -> None:
        """Tell more of a picture, unless another one is shown by now.

        Args:
            picture: Its id.
            lines: What to tell.
        """
        if self._tile is not None and self._tile.picture.id == picture:
            self._details = lines
            self._describe()
            self.update()

    def details(self) -> Sequence[str]:
        """What more is told of the picture."""
        return self._details

    def tile(self) -> Tile | None:
        """What is shown; None while it is closed."""
        return None if self.isHidden() else self._tile

    def close_picture(self) -> None:
        """Give the tab back; nothing happens while it is closed."""
        if not self.isHidden():
            self.hide()
            self.closed.emit()

    def forget_pictures(self) -> None:
        """Decode every picture anew: the files may be others by now."""
        self._loader.forget()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Close, or go on; no other key reaches what lies below."""
        key = Qt.Key(event.key())
        if key in _CLOSING_KEYS:
            self.close_picture()
        elif key in _STEPS:
            self.step_requested.emit(_STEPS[key])

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: ARG002, N802 - Qt's form
        """A click anywhere closes it."""
        self.close_picture()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Keep covering the parent."""
        if event.type() == QEvent.Type.Resize:
            self.setGeometry(self._covered.rect())
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802 - Qt's form
        """Paint a veil, the picture, and below it what is known of it."""
        if self._tile is None:
            return
        line_px = self.fontMetrics().height()
        inside = self.rect().adjusted(*[theme.SPACE_24] * 2, *[-theme.SPACE_24] * 2)
        words = QRect(inside)
        lines = _lines_of(self._tile, self._details)
        words.setTop(inside.bottom() - len(lines) * (line_px + theme.SPACE_4))
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(self.rect(), _VEIL)
        self._paint_picture(painter, inside.adjusted(0, 0, 0, -words.height() - theme.SPACE_12))
        _paint_words(painter, words, lines)
        painter.end()

    def _describe(self) -> None:
        assert self._tile is not None
        self.setAccessibleDescription(". ".join((self._tile.words, *self._details)))

    def _paint_picture(self, painter: QPainter, area: QRect) -> None:
        pixmap = self._pixmap()
        if pixmap is None:
            return
        if pixmap.isNull():
            square = QRect(0, 0, _ICON_PX, _ICON_PX)
            square.moveCenter(area.center())
            theme.icon("warning", meaning="warning").paint(painter, square)
            return
        paint_pixmap(painter, area, _enlarged(pixmap, area))

    def _pixmap(self) -> QPixmap | None:
        assert self._tile is not None
        if not self._tile.has_pixels:
            return QPixmap()
        large = self._loader.pixmap(self._tile.picture.path)
        return self._small if large is None else large


def _enlarged(pixmap: QPixmap, area: QRect) -> QPixmap:
    """A small picture at most doubled: larger it would only be a blur."""
    shown = pixmap.deviceIndependentSize().toSize()
    wanted = shown.scaled(area.size(), Qt.AspectRatioMode.KeepAspectRatio)
    if wanted.width() <= shown.width():
        return pixmap
    ratio = pixmap.devicePixelRatio()
    larger = pixmap.scaled(
        wanted.boundedTo(shown * 2) * ratio,
        Qt.AspectRatioMode.KeepAspectRatio,
        Qt.TransformationMode.SmoothTransformation,
    )
    larger.setDevicePixelRatio(ratio)
    return larger


def _lines_of(tile: Tile, details: Sequence[str]) -> list[tuple[str, QColor]]:
    """What is told of a picture, each line in its shade."""
    facts = " · ".join(filter(None, (tile.mark, tile.split, tile.measures)))
    reason = [(tile.reason, _BRIGHT)] if tile.reason else []
    return [(tile.picture.name, _BRIGHT), (facts, _QUIET), *reason, *((d, _QUIET) for d in details)]


def _paint_words(painter: QPainter, area: QRect, lines: Sequence[tuple[str, QColor]]) -> None:
    """Line by line; the middle of a long one is left out, for its ends tell more."""
    metrics = painter.fontMetrics()
    for number, (words, shade) in enumerate(lines):
        top = area.top() + number * (metrics.height() + theme.SPACE_4)
        line = QRect(area.left(), top, area.width(), metrics.height())
        shown = metrics.elidedText(words, Qt.TextElideMode.ElideMiddle, area.width())
        painter.setPen(shade)
        painter.drawText(line, _CENTRE, shown)
