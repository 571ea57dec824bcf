"""Where pictures can be dropped, and what a drop or the clipboard brings."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QMimeData, QRectF, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QImage,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QWidget

from catdog_gui import theme

_RADIUS_PX = 12.0
_LINE_PX = 2.0
_TINT_ALPHA = 28
_QUIET_ALPHA = 140
_DASHES = [4.0, 3.0]  # in line widths


@dataclass(frozen=True)
class Dropped:
    """What a drop or the clipboard brings.

    Attributes:
        paths: Files and folders on this machine.
        image: A picture without a file; only where there are no paths.
    """

    paths: tuple[Path, ...]
    image: QImage | None = None


def has_pictures(data: QMimeData) -> bool:
    """Whether `pictures_in` finds anything; cheap, also for a large picture."""
    return data.hasImage() or any(url.isLocalFile() for url in data.urls())


def has_web_address(data: QMimeData) -> bool:
    """Whether it is only where a picture is: a browser's drag of a link, or of some pictures."""
    return bool(data.urls()) and not has_pictures(data)


def pictures_in(data: QMimeData) -> Dropped | None:
    """Take files and folders, else image data.

    Args:
        data: Of a drop or the clipboard.

    Returns:
        What it brings; None where it holds neither, such as text or a web address.
    """
    paths = tuple(Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile())
    if paths:
        return Dropped(paths)
    image = QImage(data.imageData()) if data.hasImage() else QImage()
    return None if image.isNull() else Dropped((), image)


class ImageDrop(QWidget):
    """A place for widgets that takes pictures dropped on it or on any of them.

    While a drag with pictures is over it, it is outlined and tinted. It only ever copies: a file
    manager that offers to move is told so, and deletes nothing.

    Args:
        takes_addresses: Whether web addresses are taken too, so that it can be said why nothing
            comes of them.

    Signals:
        pictures_dropped: A `Dropped`.
        address_dropped: A web address was dropped, and no picture.
    """

    pictures_dropped = Signal(object)
    address_dropped = Signal()

    def __init__(self, *, takes_addresses: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._takes_addresses = takes_addresses
        self.setAcceptDrops(True)
        self._outline = _Outline(self)

    def set_inviting(self, is_inviting: bool) -> None:  # noqa: FBT001 - a setter's one value
        """Show the dashed outline also while nothing is dragged."""
        self._outline.set_dashed(is_inviting)

    def is_highlighted(self) -> bool:
        """Whether a drag with pictures is over it."""
        return self._outline.is_highlighted

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 - Qt's name
        """Take a drag that has pictures."""
        data = event.mimeData()
        if has_pictures(data) or (self._takes_addresses and has_web_address(data)):
            self._outline.set_highlighted(True)
            _accept_as_copy(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:  # noqa: N802 - Qt's name
        """Keep saying that it would be a copy."""
        _accept_as_copy(event)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:  # noqa: ARG002, N802 - Qt's form
        """Back to rest."""
        self._outline.set_highlighted(False)

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt's name
        """Hand on what was dropped."""
        self._outline.set_highlighted(False)
        dropped = pictures_in(event.mimeData())
        if dropped is not None:
            _accept_as_copy(event)
            self.pictures_dropped.emit(dropped)
        elif self._takes_addresses and has_web_address(event.mimeData()):
            _accept_as_copy(event)
            self.address_dropped.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Keep the outline on top of everything inside."""
        super().resizeEvent(event)
        self._outline.setGeometry(self.rect())
        self._outline.raise_()


class _Outline(QWidget):
    """Lies over the drop area's widgets and lets every click through."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.is_highlighted = False
        self._is_dashed = False
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def set_dashed(self, is_dashed: bool) -> None:  # noqa: FBT001 - a setter's one value
        self._is_dashed = is_dashed
        self._settle()

    def set_highlighted(self, is_highlighted: bool) -> None:  # noqa: FBT001 - as above
        self.is_highlighted = is_highlighted
        self._settle()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802 - Qt's form
        margin = theme.SPACE_4 + _LINE_PX / 2
        area = QRectF(self.rect()).adjusted(margin, margin, -margin, -margin)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(self._pen())
        if self.is_highlighted:
            tint = self.palette().color(QPalette.ColorRole.Highlight)
            tint.setAlpha(_TINT_ALPHA)
            painter.setBrush(tint)
        painter.drawRoundedRect(area, _RADIUS_PX, _RADIUS_PX)
        painter.end()

    def _settle(self) -> None:
        self.setVisible(self._is_dashed or self.is_highlighted)
        self.raise_()
        self.update()

    def _pen(self) -> QPen:
        if self.is_highlighted:
            return QPen(self.palette().color(QPalette.ColorRole.Highlight), _LINE_PX)
        colour = self.palette().color(QPalette.ColorRole.Text)
        colour.setAlpha(_QUIET_ALPHA)
        pen = QPen(colour, _LINE_PX)
        pen.setDashPattern(_DASHES)
        return pen


def _accept_as_copy(event: QDropEvent) -> None:
    event.setDropAction(Qt.DropAction.CopyAction)
    event.accept()
