"""A bar that is divided in proportion, such as cats and dogs."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPalette
from PySide6.QtWidgets import QSizePolicy, QWidget

_HEIGHT_PX = 10
_GAP_PX = 2.0
_LEAST_PX = 3.0  # wherever it begins, two whole pixels of it are seen
_EMPTY_ALPHA = 30


@dataclass(frozen=True)
class Share:
    """One part of a bar.

    Attributes:
        words: What it is, such as "cats".
        count: How much of it there is; at least 0.
        colour: Gives its colour, which follows light and dark.
    """

    words: str
    count: int
    colour: Callable[[], QColor]


class ShareBar(QWidget):
    """Paints counts side by side; the numbers belong beside it, in words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shares: tuple[Share, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_shares(self, shares: Sequence[Share]) -> None:
        """Show other counts."""
        self._shares = tuple(shares)
        self.setAccessibleName(", ".join(f"{each.count:,} {each.words}" for each in shares))
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As wide as there is room, and thin."""
        return QSize(100, _HEIGHT_PX)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802 - Qt's form
        """Paint the parts; an empty groove where there is nothing."""
        area = QRectF(self.rect())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        rounded = QPainterPath()
        rounded.addRoundedRect(area, area.height() / 2, area.height() / 2)
        painter.setClipPath(rounded)
        shown = [share for share in self._shares if share.count]
        shades = [share.colour() for share in shown] or [self._groove()]
        parts = _parts(area, [share.count for share in shown] or [1])
        for part, shade in zip(parts, shades, strict=True):
            painter.fillRect(part, shade)
        painter.end()

    def _groove(self) -> QColor:
        groove = self.palette().color(QPalette.ColorRole.Text)
        groove.setAlpha(_EMPTY_ALPHA)
        return groove


def _parts(area: QRectF, counts: Sequence[int]) -> list[QRectF]:
    """Divide an area by counts above 0, with gaps between; even a small count can be seen."""
    room = area.width() - _GAP_PX * (len(counts) - 1)
    widths = [max(_LEAST_PX, room * count / sum(counts)) for count in counts]
    scale = room / sum(widths)
    parts: list[QRectF] = []
    left = area.left()
    for width in (each * scale for each in widths):
        parts.append(QRectF(left, area.top(), width, area.height()))
        left += width + _GAP_PX
    return parts
