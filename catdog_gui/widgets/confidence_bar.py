"""A verdict's confidence as a bar with its number."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QSizePolicy, QWidget

from catdog_gui import theme

_WIDEST_NUMBER = "> 0.99"
_TRACK_ALPHA = 40
_BAR_SHARE = 0.5  # of the line's height
_MARK_SHARE = 0.5  # where the model cannot tell: the middle of the scale
_LEAST_WIDTH_PX = 96


def paint_confidence(
    painter: QPainter,
    area: QRectF,
    *,
    verdict: str,
    confidence: float,
    number: str,
    palette: QPalette,
) -> None:
    """Paint the bar and, to its right, the number.

    The scale goes from 0 to 1, a notch at 0.5 marks a toss-up: left of it lies only a verdict that
    the user's threshold prefers to the likelier one. The bar has the verdict's colour; the
    verdict's word stands elsewhere, so that nothing is said by colour alone.

    Args:
        painter: Its font is the number's.
        area: Where to paint; one line of text high at least.
        verdict: "cat", "dog" or "neither".
        confidence: Probability of the verdict, in [0, 1].
        number: The confidence as it is written.
        palette: Of the widget that is painted on.
    """
    gap = float(theme.SPACE_8)
    number_width = QFontMetricsF(painter.font()).horizontalAdvance(_WIDEST_NUMBER)
    line = area.adjusted(0, 0, -number_width - gap, 0)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _paint_bar(painter, _bar_in(line), verdict=verdict, share=confidence, palette=palette)
    painter.setPen(palette.color(QPalette.ColorRole.Text))
    painter.drawText(area, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, number)
    painter.restore()


class ConfidenceBar(QWidget):
    """Shows `paint_confidence` for one verdict; empty until there is one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._verdict = ""
        self._confidence = 0.0
        self._number = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.clear()

    def set_confidence(self, verdict: str, confidence: float, *, number: str) -> None:
        """Show a verdict's confidence; see `paint_confidence` for the values."""
        self._verdict, self._confidence, self._number = verdict, confidence, number
        self.setAccessibleName(f"Confidence in {verdict}: {number}")
        self.update()

    def clear(self) -> None:
        """Show nothing."""
        self._verdict = ""
        self.setAccessibleName("No confidence yet")
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """One line of text high."""
        return QSize(2 * _LEAST_WIDTH_PX, self.fontMetrics().height())

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Wide enough for the number and a bar that can be read."""
        return QSize(_LEAST_WIDTH_PX, self.fontMetrics().height())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802 - Qt's form
        """Paint the bar, if there is a verdict."""
        if not self._verdict:
            return
        painter = QPainter(self)
        paint_confidence(
            painter,
            QRectF(self.rect()),
            verdict=self._verdict,
            confidence=self._confidence,
            number=self._number,
            palette=self.palette(),
        )
        painter.end()


def _bar_in(line: QRectF) -> QRectF:
    height = round(line.height() * _BAR_SHARE)
    return QRectF(line.left(), line.center().y() - height / 2, line.width(), height)


def _paint_bar(
    painter: QPainter, bar: QRectF, *, verdict: str, share: float, palette: QPalette
) -> None:
    track = palette.color(QPalette.ColorRole.Text)
    track.setAlpha(_TRACK_ALPHA)
    radius = bar.height() / 2
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(track)
    painter.drawRoundedRect(bar, radius, radius)
    painter.setBrush(theme.colour(verdict))
    width = max(bar.height(), bar.width() * min(1.0, max(0.0, share)))
    painter.drawRoundedRect(QRectF(bar.left(), bar.top(), width, bar.height()), radius, radius)
    middle = bar.left() + bar.width() * _MARK_SHARE
    painter.setPen(palette.color(QPalette.ColorRole.Base))
    painter.drawLine(QPointF(middle, bar.top()), QPointF(middle, bar.bottom()))
