"""A grid of equal cells whose places are computed: a million cost what ten do."""

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QCursor, QPainter, QPaintEvent, QRegion, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyleOptionViewItem, QWidget

_Index = QModelIndex | QPersistentModelIndex
_Action = QAbstractItemView.CursorAction
_Hint = QAbstractItemView.ScrollHint

_FIRST_CELL = QSize(128, 128)
"""Until a view says its own: with small ones a thousand rows were in sight before it is laid out,
and all of them would be read."""


class CardGrid(QAbstractItemView):
    """Shows a list from left to right and line by line, each row painted by the delegate.

    `QListView` keeps a place for each row, which takes seconds for a million of them, again with
    each new width.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cell = _FIRST_CELL
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)

    def gridSize(self) -> QSize:  # noqa: N802 - as in QListView
        """The size of a cell, in pixels."""
        return self._cell

    def setGridSize(self, cell: QSize) -> None:  # noqa: N802 - as in QListView
        """Give each cell another size; the first row in sight stays in sight."""
        first = self.visible_rows().start
        self._cell = cell
        self.updateGeometries()
        self.verticalScrollBar().setValue(first // self.columns * cell.height())
        self.viewport().update()

    @property
    def columns(self) -> int:
        """How many cells fit beside one another; at least 1."""
        return max(1, self.viewport().width() // self._cell.width())

    def count(self) -> int:
        """How many rows there are."""
        return self.model().rowCount() if self.model() is not None else 0

    def visible_rows(self) -> range:
        """The rows that are in sight, wholly or in part."""
        return self._rows_within(self.viewport().rect())

    def visualRect(self, index: _Index) -> QRect:  # noqa: N802 - Qt's name
        """Where a row is, in the viewport's pixels."""
        if not index.isValid():
            return QRect()
        line, column = divmod(index.row(), self.columns)
        left, top = column * self._cell.width(), line * self._cell.height()
        return QRect(QPoint(left, top - self.verticalOffset()), self._cell)

    def indexAt(self, place: QPoint) -> QModelIndex:  # noqa: N802 - Qt's name
        """Which row is there."""
        column = place.x() // self._cell.width()
        line = (place.y() + self.verticalOffset()) // self._cell.height()
        row = line * self.columns + column
        is_there = 0 <= column < self.columns and 0 <= row < self.count()
        return self.model().index(row, 0) if is_there else QModelIndex()

    def scrollTo(self, index: _Index, hint: _Hint = _Hint.EnsureVisible) -> None:  # noqa: N802
        """Bring a row into sight, by as little as that takes unless the hint says otherwise."""
        area, bar = self.visualRect(index), self.verticalScrollBar()
        above, below = area.top(), area.bottom() + 1 - self.viewport().height()
        match hint:
            case _Hint.PositionAtTop:
                bar.setValue(bar.value() + above)
            case _Hint.PositionAtBottom:
                bar.setValue(bar.value() + below)
            case _Hint.PositionAtCenter:
                bar.setValue(bar.value() + (above + below) // 2)
            case _ if above < 0:
                bar.setValue(bar.value() + above)
            case _ if below > 0:
                bar.setValue(bar.value() + min(below, above))

    def keyboardSearch(self, search: str) -> None:  # noqa: N802 - Qt's name
        """Nothing: it would read every row, and there is a field to search in."""

    def moveCursor(self, action: _Action, modifiers: Qt.KeyboardModifier) -> QModelIndex:  # noqa: ARG002, N802 - Qt's form
        """The row that a key leads to from the current one."""
        count, row = self.count(), self.currentIndex().row()
        if not count:
            return QModelIndex()
        if row < 0:
            return self.model().index(0, 0)
        return self.model().index(self._row_after(row, action, last=count - 1), 0)

    def horizontalOffset(self) -> int:  # noqa: N802 - Qt's name
        """It never scrolls sideways."""
        return 0

    def verticalOffset(self) -> int:  # noqa: N802 - Qt's name
        """How far it is scrolled, in pixels."""
        return self.verticalScrollBar().value()

    def isIndexHidden(self, index: _Index) -> bool:  # noqa: ARG002, N802 - Qt's form
        """No row is."""
        return False

    def setSelection(  # noqa: N802 - Qt's name
        self, rect: QRect, command: QItemSelectionModel.SelectionFlag
    ) -> None:
        """Select from one corner's row to the other's, line by line as one reads."""
        first, last = self._ends_of(rect.normalized())
        chosen = QItemSelection()
        if first <= last:
            chosen.select(self.model().index(first, 0), self.model().index(last, 0))
        self.selectionModel().select(chosen, command)

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:  # noqa: N802
        """Where the selected rows in sight are."""
        region = QRegion()
        for row in self.visible_rows():
            index = self.model().index(row, 0)
            if selection.contains(index):
                region += self.visualRect(index)
        return region

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the rows in sight."""
        painter = QPainter(self.viewport())
        option = QStyleOptionViewItem()
        self.initViewItemOption(option)
        usual = option.state & ~QStyle.StateFlag.State_MouseOver
        hovered = self._hovered_row()
        for row in self._rows_within(event.rect()):
            index = self.model().index(row, 0)
            option.rect = self.visualRect(index)
            option.state = usual
            if self.selectionModel().isSelected(index):
                option.state |= QStyle.StateFlag.State_Selected
            if row == hovered:
                option.state |= QStyle.StateFlag.State_MouseOver
            self.itemDelegate().paint(painter, option, index)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """As many columns as fit."""
        super().resizeEvent(event)
        self.updateGeometries()

    def updateGeometries(self) -> None:  # noqa: N802 - Qt's name
        """Tell the scroll bar how much there is."""
        lines = -(-self.count() // self.columns)
        room = self.viewport().height()
        self.verticalScrollBar().setPageStep(room)
        self.verticalScrollBar().setRange(0, max(0, lines * self._cell.height() - room))
        super().updateGeometries()

    def _rows_within(self, area: QRect) -> range:
        """The rows of the lines that reach into an area of the viewport."""
        height, columns = self._cell.height(), self.columns
        first = max(0, area.top() + self.verticalOffset()) // height
        last = (area.bottom() + self.verticalOffset()) // height
        return range(min(self.count(), first * columns), min(self.count(), (last + 1) * columns))

    def _row_after(self, row: int, action: _Action, *, last: int) -> int:
        page = max(1, self.viewport().height() // self._cell.height()) * self.columns
        steps = {
            _Action.MoveLeft: -1,
            _Action.MovePrevious: -1,
            _Action.MoveRight: 1,
            _Action.MoveNext: 1,
            _Action.MoveUp: -self.columns,
            _Action.MoveDown: self.columns,
            _Action.MovePageUp: -page,
            _Action.MovePageDown: page,
            _Action.MoveHome: -row,
            _Action.MoveEnd: last - row,
        }
        wanted = row + steps[action]
        if action in {_Action.MoveUp, _Action.MoveDown}:  # along the column, or not at all
            return wanted if 0 <= wanted <= last else row
        return min(max(wanted, 0), last)

    def _ends_of(self, rect: QRect) -> tuple[int, int]:
        """The first and the last row between two corners, of which one is the current row's."""
        start, end = self._row_near(rect.topLeft()), self._row_near(rect.bottomRight())
        if self.currentIndex().row() not in {start, end}:
            start, end = self._row_near(rect.topRight()), self._row_near(rect.bottomLeft())
        return min(start, end), min(max(start, end), self.count() - 1)

    def _row_near(self, place: QPoint) -> int:
        column = min(max(place.x() // self._cell.width(), 0), self.columns - 1)
        line = max(0, place.y() + self.verticalOffset()) // self._cell.height()
        return line * self.columns + column

    def _hovered_row(self) -> int:
        if not self.viewport().underMouse():
            return -1
        return self.indexAt(self.viewport().mapFromGlobal(QCursor.pos())).row()
