"""F1: each part of the window leads to the page of the guide that is about it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from catdog_gui.dataset_tab.kaggle_panel import KagglePanel
from catdog_gui.guide.pages import PAGES
from catdog_gui.guide.window import GuideWindow
from catdog_gui.help_here import PLACES
from catdog_gui.main_window import MainWindow
from catdog_gui.prediction_tab.detail_panel import DetailPanel
from catdog_gui.training_tab.lab_book import LabBook
from catdog_gui.training_tab.progress_line import ProgressLine
from catdog_gui.widgets.device_line import DeviceLine
from catdog_gui.wiring import TabName
from training.dataset.sample import draw_picture


@pytest.fixture
def open_window(qtbot):
    def open_one(home) -> MainWindow:
        window = MainWindow(home, ask=lambda *_: True)
        qtbot.addWidget(window)
        window.show()
        qtbot.waitUntil(lambda: not window.jobs.running, timeout=20_000)
        return window

    return open_one


@pytest.fixture
def window(open_window, home):
    return open_window(home)


@pytest.fixture
def working(open_window, sample_home):
    return open_window(sample_home)


def page_after_f1(window) -> str:
    """The guide's page after F1; the guide is closed again, so that the window is in front."""
    window.actions_by_key["window.help"].trigger()
    guide = window.guide
    assert guide.isVisible()
    guide.close()
    return guide.view.page


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.kind.__name__)
def test_each_row_of_the_table_names_a_page(place):
    assert place.page in PAGES


@pytest.mark.parametrize(
    ("tab", "page"),
    [
        (TabName.DATASET, "first-steps"),
        (TabName.TRAINING, "first-steps"),
        (TabName.PREDICTION, "verdicts"),
    ],
)
def test_a_tab_that_is_still_empty_leads_to_where_one_begins(window, tab, page):
    window.tabs.show(tab)
    assert page_after_f1(window) == page


@pytest.mark.parametrize(
    ("tab", "page"),
    [
        (TabName.DATASET, "check"),
        (TabName.TRAINING, "settings"),
        (TabName.PREDICTION, "verdicts"),
    ],
)
def test_a_tab_that_has_pictures_leads_to_what_is_done_there(working, tab, page):
    working.tabs.show(tab)
    assert page_after_f1(working) == page


def test_kaggles_form_leads_to_kaggle(window, no_token):
    window.actions_by_key["dataset.kaggle"].trigger()
    assert window.findChild(KagglePanel).isVisible()
    assert page_after_f1(window) == "kaggle"


def test_the_form_of_a_submission_does_too(working):
    working.actions_by_key["prediction.submission"].trigger()
    assert page_after_f1(working) == "kaggle"


def test_a_training_leads_to_long_trainings(working):
    working.tabs.show(TabName.TRAINING)
    working.findChild(ProgressLine).show()
    assert page_after_f1(working) == "long-trainings"


def test_the_keyboard_in_the_lab_book_leads_to_it(working):
    working.tabs.show(TabName.TRAINING)
    focus_inside(working.findChild(LabBook))
    assert page_after_f1(working) == "lab-book"


def test_the_keyboard_beside_the_large_picture_leads_to_why(qtbot, working, tmp_path):
    draw_picture("cat", 1, seed=1).save(tmp_path / "cat.jpg")
    working.open_files([tmp_path / "cat.jpg"])
    panel = working.findChild(DetailPanel)
    qtbot.waitUntil(panel.isVisible)
    assert page_after_f1(working) == "verdicts"
    focus_inside(panel)
    assert page_after_f1(working) == "why"


def test_what_is_told_of_the_device_leads_to_gpus(window):
    window.findChild(DeviceLine).click()
    assert page_after_f1(window) == "gpu"


def test_f1_in_the_judging_window_leads_to_judging(qtbot, working):
    working.actions_by_key["prediction.judge"].trigger()
    judging = working.tabs.judging.controller.page
    qtbot.waitUntil(lambda: QApplication.activeWindow() is judging)
    qtbot.keyClick(judging, Qt.Key.Key_F1)
    guide = working.guide
    assert guide.isVisible()
    assert guide.view.page == "judging"


@pytest.mark.qt_log_ignore("This plugin does not support raise", extend=True)  # offscreen
def test_f1_in_the_guide_stays_where_it_is(qtbot, window):
    window.open_guide("gpu")
    guide = window.guide
    qtbot.waitUntil(lambda: QApplication.activeWindow() is guide)
    qtbot.keyClick(guide.view, Qt.Key.Key_F1)
    assert guide.view.page == "gpu"


def test_the_menu_opens_the_guide_itself_at_its_beginning(window):
    window.tabs.show(TabName.PREDICTION)
    window.actions_by_key["window.guide"].trigger()
    assert window.guide.view.page == PAGES[0]


def test_there_is_one_guide_however_often_it_is_asked_for(window):
    window.open_guide("why")
    window.guide.close()
    window.open_guide("gpu")
    assert len(window.findChildren(GuideWindow)) == 1


def focus_inside(widget) -> None:
    """Put the keyboard into the first part of it that takes it."""
    next(each for each in widget.findChildren(QWidget) if takes_focus(each)).setFocus()


def takes_focus(widget) -> bool:
    has_policy = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
    return widget.isVisible() and widget.isEnabled() and has_policy
