"""Paints one picture of the list as a card."""

from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPainterPath, QPalette, QPixmap
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from catdog_gui import theme
from catdog_gui.prediction_tab.marks import Mark, mark_of
from catdog_gui.prediction_tab.result import Result
from catdog_gui.prediction_tab.results_model import RESULT_ROLE
from catdog_gui.prediction_tab.words import share_words
from catdog_gui.widgets.confidence_bar import paint_confidence
from catdog_gui.widgets.tile_painting import PixmapOf, paint_backdrop, paint_frame, paint_pixmap

LEAST_WIDTH_PX = 176
PICTURE_HEIGHT_PX = 136

_ICON_PX = 16
_NO_PICTURE_PX = 32


@dataclass(frozen=True)
class CardAreas:
    """Where the parts of a card go, from top to bottom."""

    card: QRect
    picture: QRect
    verdict: QRect
    confidence: QRect
    name: QRect


def card_height(line_px: int) -> int:
    """The height of a card, its margins included.

    Args:
        line_px: Height of a line of text.
    """
    text = 3 * (line_px + theme.SPACE_4) + theme.SPACE_4
    return 2 * theme.SPACE_4 + PICTURE_HEIGHT_PX + text + 2 * theme.SPACE_8


def areas_of(cell: QRect, line_px: int) -> CardAreas:
    """Divide a cell of the grid among the parts of its card.

    Args:
        cell: The cell.
        line_px: Height of a line of text.
    """
    gap = theme.SPACE_4
    card = cell.adjusted(gap, gap, -gap, -gap)
    inside = card.adjusted(theme.SPACE_8, theme.SPACE_8, -theme.SPACE_8, -theme.SPACE_8)
    top = inside.top() + PICTURE_HEIGHT_PX + 2 * gap

    def line(number: int) -> QRect:
        return QRect(inside.left(), top + number * (line_px + gap), inside.width(), line_px)

    return CardAreas(
        card=card,
        picture=QRect(inside.left(), inside.top(), inside.width(), PICTURE_HEIGHT_PX),
        verdict=line(0),
        confidence=line(1),
        name=line(2),
    )


class CardDelegate(QStyledItemDelegate):
    """Paints the `Result` of a row: thumbnail, verdict, confidence, name.

    Args:
        pixmap_of: Asked for a thumbnail whenever a card is painted, so only for visible ones.
    """

    def __init__(self, pixmap_of: PixmapOf, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pixmap_of = pixmap_of
        self._icons: dict[tuple[str, str, float], QPixmap] = {}
        self._size = QSize(LEAST_WIDTH_PX, PICTURE_HEIGHT_PX)

    def set_card_size(self, size: QSize) -> None:
        """Say how large every card is, its margins included."""
        self._size = size

    def sizeHint(  # noqa: N802 - Qt's name
        self,
        option: QStyleOptionViewItem,  # noqa: ARG002 - Qt's form
        index: QModelIndex | QPersistentModelIndex,  # noqa: ARG002
    ) -> QSize:
        """All cards are of one size."""
        return self._size

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Paint the row's card."""
        result: Result = index.data(RESULT_ROLE)
        areas = areas_of(option.rect, option.fontMetrics.height())
        painter.save()
        painter.setRenderHints(
            QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
        )
        paint_frame(painter, areas.card, option)
        paint_picture(painter, areas.picture, self._pixmap_of(result.path), palette=option.palette)
        mark = mark_of(result)
        ratio = painter.device().devicePixelRatioF()
        _paint_mark(painter, areas.verdict, mark, icon=self._icon_of(mark, ratio), font=option.font)
        _paint_second_line(painter, areas.confidence, result, option=option)
        painter.setFont(option.font)
        painter.setPen(option.palette.color(QPalette.ColorRole.PlaceholderText))
        _write(painter, areas.name, result.name, elide=Qt.TextElideMode.ElideMiddle)
        painter.restore()

    def _icon_of(self, mark: Mark, ratio: float) -> QPixmap:
        """Kept as pixels: rendering its lines for each card would take most of a frame."""
        key = (mark.meaning, mark.text_colour().name(), ratio)
        if key not in self._icons:
            self._icons[key] = mark.icon().pixmap(QSize(_ICON_PX, _ICON_PX), ratio)
        return self._icons[key]


def paint_picture(
    painter: QPainter, area: QRect, pixmap: QPixmap | None, *, palette: QPalette
) -> None:
    """Paint a picture whole, in the middle of a backdrop that shows where its edges are.

    Args:
        painter: Smooth, as for every picture.
        area: Where to paint; a larger picture is made to fit, a smaller one keeps its size.
        pixmap: None until it is loaded, null where there is none to show.
        palette: Of the widget that is painted on.
    """
    paint_backdrop(painter, area, palette)
    if pixmap is None:
        return
    painter.save()
    rounded = QPainterPath()
    rounded.addRoundedRect(QRectF(area), theme.SPACE_4, theme.SPACE_4)
    painter.setClipPath(rounded)
    if pixmap.isNull():
        _paint_no_picture(painter, area)
    else:
        paint_pixmap(painter, area, pixmap)
    painter.restore()


def _paint_no_picture(painter: QPainter, area: QRect) -> None:
    square = QRect(0, 0, _NO_PICTURE_PX, _NO_PICTURE_PX)
    square.moveCenter(area.center())
    theme.icon("warning", meaning="warning").paint(painter, square)


def _paint_mark(painter: QPainter, line: QRect, mark: Mark, *, icon: QPixmap, font: QFont) -> None:
    square = QRect(line.left(), 0, _ICON_PX, _ICON_PX)
    square.moveCenter(QPoint(square.center().x(), line.center().y()))
    painter.drawPixmap(square, icon)
    bold = QFont(font)
    bold.setWeight(QFont.Weight.DemiBold)
    painter.setFont(bold)
    painter.setPen(mark.text_colour())
    words = line.adjusted(_ICON_PX + theme.SPACE_8, 0, 0, 0)
    _write(painter, words, mark.words, elide=Qt.TextElideMode.ElideRight)


def _paint_second_line(
    painter: QPainter, line: QRect, result: Result, *, option: QStyleOptionViewItem
) -> None:
    painter.setFont(option.font)
    verdict = result.verdict
    if verdict is None:
        return
    if verdict.verdict is None or verdict.confidence is None:
        painter.setPen(option.palette.color(QPalette.ColorRole.Text))
        _write(painter, line, verdict.error or "", elide=Qt.TextElideMode.ElideRight)
        return
    paint_confidence(
        painter,
        QRectF(line),
        verdict=verdict.verdict,
        confidence=verdict.confidence,
        number=share_words(verdict.confidence),
        palette=option.palette,
    )


def _write(painter: QPainter, line: QRect, words: str, *, elide: Qt.TextElideMode) -> None:
    shown = painter.fontMetrics().elidedText(words, elide, line.width())
    painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
