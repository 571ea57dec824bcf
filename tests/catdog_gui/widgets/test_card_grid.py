"""A grid of a million cells knows where each is without laying any of them out."""

import pytest
from PySide6.QtCore import QAbstractListModel, QItemSelectionModel, QModelIndex, QPoint, QSize, Qt
from PySide6.QtWidgets import QAbstractItemView

from catdog_gui.widgets.card_grid import CardGrid

_MILLION = 1_000_000
Hint = QAbstractItemView.ScrollHint


class Numbers(QAbstractListModel):
    """So many rows, each of which is counted when it is asked for."""

    def __init__(self, count):
        super().__init__()
        self.count, self.asked = count, set()

    def rowCount(self, parent=QModelIndex()):  # noqa: B008, N802 - Qt's name
        return 0 if parent.isValid() else self.count

    def data(self, index, role=Qt.ItemDataRole.DisplayRole):
        self.asked.add(index.row())
        return str(index.row()) if role == Qt.ItemDataRole.DisplayRole else None


@pytest.fixture
def grid(qtbot):
    grid = CardGrid()
    qtbot.addWidget(grid)
    grid.numbers = Numbers(_MILLION)
    grid.setModel(grid.numbers)
    grid.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
    grid.setGridSize(QSize(100, 80))
    grid.resize(430, 330)
    grid.show()
    return grid


def _index(grid, row):
    return grid.model().index(row, 0)


def test_of_a_million_only_those_in_sight_are_asked_for(grid):
    grid.scrollTo(_index(grid, _MILLION - 1))
    grid.numbers.asked.clear()
    grid.grab()
    assert grid.numbers.asked == set(grid.visible_rows())
    assert _MILLION - 1 in grid.numbers.asked


def test_what_is_at_a_place_is_the_row_whose_rectangle_holds_it(grid):
    grid.verticalScrollBar().setValue(12_345)
    for row in grid.visible_rows():
        centre = grid.visualRect(_index(grid, row)).center()
        assert grid.indexAt(centre).row() == row
    beside = QPoint(grid.columns * 100 + 5, 10)
    assert not grid.indexAt(beside).isValid()


def test_the_bar_ends_with_the_last_line(grid):
    grid.scrollToBottom()
    last = grid.visualRect(_index(grid, _MILLION - 1))
    assert last.bottom() == grid.viewport().height() - 1


@pytest.mark.parametrize(
    ("hint", "edge"),
    [(Hint.PositionAtTop, "top"), (Hint.PositionAtBottom, "bottom"), (Hint.EnsureVisible, "top")],
)
def test_a_row_is_brought_into_sight(grid, hint, edge):
    grid.scrollToBottom()
    grid.scrollTo(_index(grid, 500_000), hint)
    area = grid.visualRect(_index(grid, 500_000))
    place = area.top() if edge == "top" else area.bottom() + 1 - grid.viewport().height()
    assert place == 0


def test_keys_go_along_lines_and_columns_and_stop_at_the_ends(grid, qtbot):
    Key = Qt.Key  # noqa: N806 - an alias of a class
    for key, row in (
        (Key.Key_Right, 1),
        (Key.Key_Down, 1 + grid.columns),
        (Key.Key_Left, grid.columns),
        (Key.Key_Up, 0),
        (Key.Key_Up, 0),
        (Key.Key_End, _MILLION - 1),
        (Key.Key_Down, _MILLION - 1),
        (Key.Key_Home, 0),
        (Key.Key_PageDown, grid.viewport().height() // 80 * grid.columns),
    ):
        if grid.currentIndex().row() < 0:
            grid.setCurrentIndex(_index(grid, 0))
        qtbot.keyClick(grid, key)
        assert grid.currentIndex().row() == row


def test_shift_selects_as_one_reads(grid, qtbot):
    def click(row, held=Qt.KeyboardModifier.NoModifier):
        place = grid.visualRect(_index(grid, row)).center()
        qtbot.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, held, place)

    for first, last in ((1, 6), (3, 8), (6, 1), (2, 2)):
        click(first)
        click(last, Qt.KeyboardModifier.ShiftModifier)
        chosen = sorted(index.row() for index in grid.selectedIndexes())
        assert chosen == list(range(min(first, last), max(first, last) + 1))


def test_a_letter_reads_no_row(grid, qtbot):
    grid.numbers.asked.clear()
    qtbot.keyClicks(grid, "q")
    assert len(grid.numbers.asked) < 100


def test_an_empty_grid_bears_everything(grid, qtbot):
    grid.setModel(Numbers(0))
    qtbot.keyClick(grid, Qt.Key.Key_Down)
    grid.selectionModel().select(QModelIndex(), QItemSelectionModel.SelectionFlag.ClearAndSelect)
    assert not grid.indexAt(QPoint(5, 5)).isValid()
    assert list(grid.visible_rows()) == []
