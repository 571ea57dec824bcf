"""Paints one picture of a gallery as a card."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QPainter,
    QPainterPath,
    QPalette,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from catdog_gui import theme
from catdog_gui.palettes import text_on
from catdog_gui.widgets.thumbnail_model import TILE_ROLE, GroupPlace, Tile

LEAST_WIDTH_PX = 144
LEAST_DETAILED_WIDTH_PX = 236
PICTURE_HEIGHT_PX = 116

_REASON_LINES = 2
_RADIUS_PX = 8.0
_ICON_PX = 16
_LARGE_ICON_PX = 32
_CAPTION_SCALE = 0.9
_BACKDROP_ALPHA = 16
_EDGE_ALPHA = 45
_HOVERED_EDGE_ALPHA = 110
_SELECTED_PX = 2.0
_GROUP_LINE_PX = 2
_BAND_ALPHA = 28
_LEFT_OUT_OPACITY = 0.45

PixmapOf = Callable[[Path], QPixmap | None]
"""Gives a picture's thumbnail; a null one where there is none, None until it is loaded."""

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_WRAPPED = Qt.AlignmentFlag.AlignTop.value | Qt.TextFlag.TextWordWrap.value


@dataclass(frozen=True)
class TileAreas:
    """Where the parts of a card go, from top to bottom."""

    card: QRect
    picture: QRect
    mark: QRect
    name: QRect
    reason: QRect


def tile_height(line_px: int, *, is_detailed: bool) -> int:
    """The height of a card, its margins included.

    Args:
        line_px: Height of a line of text.
        is_detailed: Whether the reason stands below the name.
    """
    lines = 2 + _REASON_LINES * is_detailed
    text = theme.SPACE_4 + lines * line_px + is_detailed * theme.SPACE_4
    return 2 * theme.SPACE_4 + 2 * theme.SPACE_8 + PICTURE_HEIGHT_PX + text


def areas_of(cell: QRect, line_px: int) -> TileAreas:
    """Divide a cell of the grid among the parts of its card.

    Args:
        cell: The cell.
        line_px: Height of a line of text.
    """
    gap = theme.SPACE_4
    card = cell.adjusted(gap, gap, -gap, -gap)
    inside = card.adjusted(theme.SPACE_8, theme.SPACE_8, -theme.SPACE_8, -theme.SPACE_8)
    left, width = inside.left(), inside.width()
    mark_top = inside.top() + PICTURE_HEIGHT_PX + gap
    reason_top = mark_top + 2 * line_px + gap
    return TileAreas(
        card=card,
        picture=QRect(left, inside.top(), width, PICTURE_HEIGHT_PX),
        mark=QRect(left, mark_top, width, line_px),
        name=QRect(left, mark_top + line_px, width, line_px),
        reason=QRect(left, reason_top, width, _REASON_LINES * line_px),
    )


class _IconCache:
    """Icons as pixels, which are drawn ten times as fast as their lines are rendered."""

    def __init__(self) -> None:
        self._pixmaps: dict[tuple[str, str, int, float], QPixmap] = {}

    def paint(self, painter: QPainter, area: QRect, meaning: str, *, size_px: int) -> None:
        """Paint the icon of a meaning, in its colour, into the area's middle."""
        square = QRect(0, 0, size_px, size_px)
        square.moveCenter(area.center())
        painter.drawPixmap(square, self._pixmap(painter, meaning, size_px))

    def _pixmap(self, painter: QPainter, meaning: str, size_px: int) -> QPixmap:
        ratio = painter.device().devicePixelRatioF()
        key = (meaning, theme.colour(meaning, text=True).name(), size_px, ratio)
        if key not in self._pixmaps:
            icon = theme.icon(meaning, meaning=meaning)
            self._pixmaps[key] = icon.pixmap(QSize(size_px, size_px), ratio)
        return self._pixmaps[key]


class TileDelegate(QStyledItemDelegate):
    """Paints the `Tile` of a row: thumbnail, class, split, name, and what is wrong with it.

    Args:
        pixmap_of: Asked for a thumbnail whenever a card is painted, so only for visible ones.
    """

    def __init__(self, pixmap_of: PixmapOf, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pixmap_of = pixmap_of
        self._icons = _IconCache()
        self._is_detailed = False

    def set_detailed(self, *, is_detailed: bool) -> None:
        """Whether the reason stands below the name; the cards have room for it by `tile_height`."""
        self._is_detailed = is_detailed

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Paint the row's card."""
        tile: Tile = index.data(TILE_ROLE)
        areas = areas_of(option.rect, option.fontMetrics.height())
        painter.save()
        painter.setRenderHints(
            QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
        )
        if tile.remark.group is not None:
            _paint_band(painter, option.rect, tile.remark.group, palette=option.palette)
        paint_frame(painter, areas.card, option)
        self._paint_picture(painter, areas.picture, tile, palette=option.palette)
        self._paint_mark(painter, areas.mark, tile, option=option)
        painter.setFont(_caption_font(option.font))
        painter.setPen(option.palette.color(QPalette.ColorRole.PlaceholderText))
        painter.drawText(areas.name, _LEFT, _elided(painter, tile.name, areas.name.width()))
        if self._is_detailed:
            painter.setPen(option.palette.color(QPalette.ColorRole.Text))
            painter.drawText(areas.reason, _WRAPPED, _fitted(painter, tile.reason, areas.reason))
        painter.restore()

    def _paint_picture(
        self, painter: QPainter, area: QRect, tile: Tile, *, palette: QPalette
    ) -> None:
        paint_backdrop(painter, area, palette)
        pixmap = self._pixmap_of(tile.picture.path) if tile.has_pixels else QPixmap()
        if pixmap is None:
            return
        if pixmap.isNull():
            self._icons.paint(painter, area, "warning", size_px=_LARGE_ICON_PX)
            return
        painter.save()
        rounded = QPainterPath()
        rounded.addRoundedRect(QRectF(area), theme.SPACE_4, theme.SPACE_4)
        painter.setClipPath(rounded)
        painter.setOpacity(1.0 if tile.takes_part else _LEFT_OUT_OPACITY)
        paint_pixmap(painter, area, pixmap)
        painter.restore()
        if tile.remark.group is not None:
            group = tile.remark.group
            _paint_pill(painter, area, group.words, meaning="good" if group.is_kept else "neither")
        elif tile.leak:
            _paint_pill(painter, area, "Leak", meaning="warning")

    def _paint_mark(
        self, painter: QPainter, line: QRect, tile: Tile, *, option: QStyleOptionViewItem
    ) -> None:
        icon = QRect(line.left(), line.top(), _ICON_PX, line.height())
        self._icons.paint(painter, icon, tile.meaning, size_px=_ICON_PX)
        bold = QFont(option.font)
        bold.setWeight(QFont.Weight.DemiBold)
        painter.setFont(bold)
        painter.setPen(theme.colour(tile.meaning, text=True))
        words = line.adjusted(_ICON_PX + theme.SPACE_4, 0, 0, 0)
        painter.drawText(words, _LEFT, tile.mark)
        painter.setFont(_caption_font(option.font))
        painter.setPen(option.palette.color(QPalette.ColorRole.Text))
        painter.drawText(line, _RIGHT, tile.split)


def paint_pixmap(painter: QPainter, area: QRect, pixmap: QPixmap) -> None:
    """Paint a picture whole, as large as fits and no larger than it is, in the area's middle."""
    painter.drawPixmap(place_of(area, pixmap), pixmap)


def place_of(area: QRect, pixmap: QPixmap) -> QRect:
    """Where `paint_pixmap` paints a picture."""
    shown = pixmap.deviceIndependentSize().toSize()
    if shown.width() > area.width() or shown.height() > area.height():
        shown.scale(area.size(), Qt.AspectRatioMode.KeepAspectRatio)
    target = QRect(QPoint(0, 0), shown)
    target.moveCenter(area.center())
    return target


def paint_backdrop(painter: QPainter, area: QRect, palette: QPalette) -> None:
    """Paint what a picture lies on, so that its own edges can be told."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(_faint(palette, _BACKDROP_ALPHA))
    painter.drawRoundedRect(area, theme.SPACE_4, theme.SPACE_4)


def paint_frame(painter: QPainter, card: QRect, option: QStyleOptionViewItem) -> None:
    """Paint a card's sheet and its edge, which says whether it is hovered or selected."""
    is_hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
    edge_alpha = _HOVERED_EDGE_ALPHA if is_hovered else _EDGE_ALPHA
    pen = QPen(_faint(option.palette, edge_alpha), 1.0)
    if option.state & QStyle.StateFlag.State_Selected:
        pen = QPen(option.palette.color(QPalette.ColorRole.Highlight), _SELECTED_PX)
    painter.setPen(pen)
    painter.setBrush(option.palette.color(QPalette.ColorRole.Base))
    painter.drawRoundedRect(QRectF(card).adjusted(0.5, 0.5, -0.5, -0.5), _RADIUS_PX, _RADIUS_PX)


def _paint_band(painter: QPainter, cell: QRect, group: GroupPlace, *, palette: QPalette) -> None:
    """Tell a group from the next one: every other one has a ground, each begins with a line."""
    painter.setPen(Qt.PenStyle.NoPen)
    if group.number % 2 == 0:
        painter.fillRect(cell, _faint(palette, _BAND_ALPHA))
    if group.place == 1:
        line = QRect(cell.left(), cell.top() + theme.SPACE_8, _GROUP_LINE_PX, cell.height())
        line.setBottom(cell.bottom() - theme.SPACE_8)
        painter.fillRect(line, _faint(palette, _HOVERED_EDGE_ALPHA))


def _paint_pill(painter: QPainter, area: QRect, words: str, *, meaning: str) -> None:
    width = painter.fontMetrics().horizontalAdvance(words) + 2 * theme.SPACE_8
    pill = QRectF(0, 0, width, painter.fontMetrics().height() + 2)
    pill.moveTopLeft(area.topLeft() + QPoint(theme.SPACE_4, theme.SPACE_4))
    fill = theme.colour(meaning)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(fill)
    painter.drawRoundedRect(pill, pill.height() / 2, pill.height() / 2)
    painter.setPen(text_on(fill))
    painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, words)


def _caption_font(font: QFont) -> QFont:
    small = QFont(font)
    small.setPointSizeF(font.pointSizeF() * _CAPTION_SCALE)
    return small


def _elided(painter: QPainter, words: str, width: int) -> str:
    return painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideMiddle, width)


def _fitted(painter: QPainter, words: str, area: QRect) -> str:
    """As much of a sentence as fits; its tooltip has the rest."""
    metrics = QFontMetrics(painter.font())
    room = int(area.width() * (_REASON_LINES - 0.3))  # words that wrap leave the line's end empty
    return metrics.elidedText(words, Qt.TextElideMode.ElideRight, room)


def _faint(palette: QPalette, alpha: int) -> QColor:
    colour = palette.color(QPalette.ColorRole.Text)
    colour.setAlpha(alpha)
    return colour
