"""What the page's menu and its bottom line offer, with real events."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QToolButton

from catdog_gui.prediction_tab.controls import PredictionState, controls_for
from catdog_gui.prediction_tab.page import PredictionPage
from catdog_gui.prediction_tab.watch_line import WatchLine

RESULTS = controls_for(PredictionState(runs=1, pictures=1, read=1))


@pytest.fixture
def page(qtbot):
    page = PredictionPage()
    qtbot.addWidget(page)
    page.set_controls(controls_for(PredictionState(runs=1, pictures=0, read=0)))
    page.show()
    return page


@pytest.mark.parametrize(("action", "is_link"), [("copy_action", False), ("link_action", True)])
def test_the_menu_sorts_pictures_as_copies_or_links(page, qtbot, action, is_link):
    assert not getattr(page._header, action).isEnabled()
    page.set_controls(RESULTS)
    with qtbot.waitSignal(page.sort_requested) as asked:
        getattr(page._header, action).trigger()
    assert asked.args == [is_link]


def test_a_text_is_put_on_the_clipboard(page):
    page.set_clipboard("cat.jpg\tCat")
    assert QGuiApplication.clipboard().text() == "cat.jpg\tCat"


def test_a_watched_folder_is_named_and_can_be_left(page, qtbot, tmp_path):
    with qtbot.waitSignal(page.watch_requested):
        page._header.watch_action.trigger()
    line = page.findChild(WatchLine)
    page.set_watched(tmp_path / "camera")
    assert line.words() == "Watching camera: new pictures are classified as they come."
    with qtbot.waitSignal(page.unwatch_requested):
        qtbot.mouseClick(line.findChild(QToolButton), Qt.MouseButton.LeftButton)
    page.set_watched(None)
    assert line.words() == ""
