"""Grid and table over one list, with real events."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit

from catdog_gui import theme
from catdog_gui.prediction_tab.filter_bar import FilterBar
from catdog_gui.prediction_tab.result_columns import P_DOG, VERDICT
from catdog_gui.prediction_tab.results_area import ResultsArea
from catdog_gui.prediction_tab.results_model import ResultsModel
from catdog_gui.prediction_tab.results_table import ResultsTable
from catdog_gui.prediction_tab.results_view import ResultsView
from tests.catdog_gui.prediction_tab.played import played_verdict

NAMES = ("cat.1.jpg", "dog.1.jpg", "chair.jpg", "notes.txt", "cat.2.jpg")


@pytest.fixture
def model():
    return ResultsModel()


@pytest.fixture
def area(qtbot, model):
    area = ResultsArea(lambda _path: None)
    qtbot.addWidget(area)
    area.resize(900, 500)
    area.show_results(model)
    area.show()
    _read(model, *NAMES)
    return area


def _read(model, *names):
    paths = [Path("/p", name) for name in names]
    model.add(paths)
    for path in paths:
        model.set_verdict(played_verdict(path))


def _choose(area, view):
    area.findChild(FilterBar).views.button(view).click()
    return area.findChild((ResultsView, ResultsTable)[view])


def _show_kind(area, place):
    area.findChild(FilterBar).kinds.button(place).click()


def _names(results):
    return [result.name for result in results]


def test_the_table_stands_where_the_grid_was(area):
    assert area.findChild(ResultsView).isVisible()
    assert _choose(area, 1).isVisible()
    assert not area.findChild(ResultsView).isVisible()
    assert _choose(area, 0).isVisible()


def test_what_is_selected_in_the_grid_is_selected_in_the_table_and_back(area):
    grid, table = area.findChild(ResultsView), area.findChild(ResultsTable)
    grid.setCurrentIndex(grid.model().index(1, 0))
    assert [index.row() for index in table.selectionModel().selectedRows()] == [1]
    table.selectRow(3)
    assert grid.currentIndex().row() == 3
    assert _names(area.selected()) == ["notes.txt"]
    grid.selectAll()
    assert _names(area.selected()) == list(NAMES)


def test_a_click_on_a_heading_sorts_grid_and_table_alike(area, qtbot):
    table = _choose(area, 1)
    headings = table.horizontalHeader()
    middle = headings.sectionViewportPosition(P_DOG) + headings.sectionSize(P_DOG) // 2
    point = headings.rect().center()
    point.setX(middle)
    orders = []
    for _ in range(3):
        qtbot.mouseClick(headings.viewport(), Qt.MouseButton.LeftButton, pos=point)
        grid = area.findChild(ResultsView)
        orders.append(grid.model().index(0, 0).data())
    assert orders == ["cat.1.jpg", "dog.1.jpg", "cat.1.jpg"]


def test_a_kind_is_shown_alone_and_counted(area):
    _show_kind(area, 1)
    table = _choose(area, 1)
    assert table.model().rowCount() == 2
    assert area.findChild(FilterBar).count() == "2 of 5 shown"
    _show_kind(area, 0)
    assert area.findChild(FilterBar).count() == ""


def test_the_count_follows_verdicts_that_come(area, model):
    _show_kind(area, 1)
    _read(model, "cat.3.jpg", "dog.3.jpg")
    assert area.findChild(FilterBar).count() == "3 of 7 shown"


def test_a_search_waits_for_a_pause_in_typing(area, qtbot):
    search = area.findChild(QLineEdit)
    qtbot.keyClicks(search, "chair")
    grid = area.findChild(ResultsView)
    assert grid.model().rowCount() == len(NAMES)
    qtbot.waitUntil(lambda: grid.model().rowCount() == 1)


def test_where_nothing_fits_it_is_said_and_nothing_is_looked_at(area, qtbot):
    area.findChild(QLineEdit).setText("horse")
    nothing = next(label for label in area.findChildren(QLabel) if "fits" in label.text())
    with qtbot.waitSignal(area.result_shown) as shown:
        qtbot.waitUntil(nothing.isVisible)
    assert shown.args == [None]
    area.findChild(QLineEdit).clear()
    qtbot.waitUntil(area.findChild(ResultsView).isVisible)
    assert _names(area.selected()) == ["cat.1.jpg"]


def test_a_picture_that_comes_while_others_are_shown_leaves_the_look_where_it_is(area, model):
    _show_kind(area, 2)
    _read(model, "cat.9.jpg")
    assert _names(area.selected()) == ["dog.1.jpg"]


def test_a_cleared_list_is_shown_whole_the_next_time(area, model):
    _show_kind(area, 2)
    model.clear()
    _read(model, "cat.1.jpg")
    assert area.findChild(ResultsView).model().rowCount() == 1
    assert area.findChild(FilterBar).kinds.place == 0


def test_a_verdict_has_its_icon_and_its_colour_in_the_table(area):
    table = _choose(area, 1)
    cell = table.visualRect(table.model().index(1, VERDICT))
    image = table.viewport().grab(cell).toImage()
    across, down = range(image.width()), range(image.height())
    colours = {image.pixelColor(x, y).name() for x in across for y in down}
    assert theme.colour("dog", text=True).name() in colours


@pytest.mark.parametrize("view", [0, 1])
def test_selected_rows_are_copied_by_keys_in_the_order_shown(area, qtbot, view):
    shown = _choose(area, view)
    shown.model().sort(P_DOG, Qt.SortOrder.DescendingOrder)
    shown.setFocus()
    qtbot.keyClick(shown, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    with qtbot.waitSignal(area.copy_requested) as asked:
        qtbot.keyClick(shown, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    names = [shown.model().index(row, 0).data() for row in range(len(NAMES))]
    assert _names(asked.args[0]) == names
    assert names != list(NAMES)


def test_where_the_current_picture_lies_can_be_asked_for(area, qtbot):
    table = _choose(area, 1)
    table.selectRow(2)
    with qtbot.waitSignal(area.reveal_requested) as asked:
        area.reveal_action.trigger()
    assert asked.args == [Path("/p/chair.jpg")]
