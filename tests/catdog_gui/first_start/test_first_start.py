"""Three cards at the first start; the first thing that is done ends them for ever."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from catdog_gui import app
from catdog_gui.first_start.cards import BeginningCards
from catdog_gui.log import crash_file
from catdog_gui.main_window import MainWindow
from catdog_gui.prediction_tab.controller import PredictionController
from catdog_gui.settings import FIRST_START_SEEN
from catdog_gui.widgets.banner import BannerKind
from catdog_gui.widgets.image_drop import Dropped
from catdog_gui.wiring import TabName
from tests.training.dataset.making import pets, write_folder
from training.dataset.sample import draw_picture


@pytest.fixture
def open_window(qtbot, home):
    """Opens the window as the program does."""

    def open_one() -> MainWindow:
        window = MainWindow(home, ask=lambda *_: True)
        qtbot.addWidget(window)
        window.welcome()
        window.show()
        return window

    return open_one


@pytest.fixture
def window(open_window):
    return open_window()


@pytest.fixture
def picture(tmp_path):
    path = tmp_path / "cat.jpg"
    draw_picture("cat", 1, seed=1).save(path)
    return path


def cards_of(window) -> BeginningCards:
    return window.findChild(BeginningCards)


def is_greeted(window) -> bool:
    cards = cards_of(window)
    return cards is not None and cards.isVisible()


def tab_of(window) -> TabName:
    return list(TabName)[window.tabs.widget.currentIndex()]


def is_over_for_ever(window, open_window) -> bool:
    gone = not is_greeted(window)
    window.close()
    return gone and not is_greeted(open_window())


def test_a_home_where_nothing_was_done_is_greeted_with_the_cards_above_the_tabs(window):
    assert is_greeted(window)
    assert cards_of(window).geometry().bottom() < window.tabs.widget.geometry().top()
    assert window.tabs.widget.isVisible()


def test_try_it_now_leads_to_where_pictures_are_dropped(window, open_window):
    cards_of(window).try_card.click()
    assert tab_of(window) is TabName.PREDICTION
    assert is_over_for_ever(window, open_window)


def test_learn_how_it_works_opens_the_guide_beside_the_tab_where_it_begins(window, open_window):
    window.tabs.show(TabName.TRAINING)
    cards_of(window).learn_card.click()
    assert tab_of(window) is TabName.DATASET
    assert window.guide.isVisible()
    assert window.guide.view.page == "first-steps"
    assert is_over_for_ever(window, open_window)


def test_train_on_real_pictures_leads_to_the_ways_to_bring_them(qtbot, window, open_window):
    qtbot.waitUntil(lambda: not window.jobs.running)
    window.tabs.show(TabName.PREDICTION)
    cards_of(window).train_card.click()
    assert tab_of(window) is TabName.DATASET
    assert QApplication.focusWidget().text() == "From Kaggle…"
    assert is_over_for_ever(window, open_window)


def test_its_cross_ends_it(qtbot, window, open_window):
    qtbot.mouseClick(cards_of(window).close_button, Qt.MouseButton.LeftButton)
    assert is_over_for_ever(window, open_window)


def test_esc_closes_a_message_first_and_then_the_cards(qtbot, window, open_window):
    banner = window.current_banner()
    banner.show_message(BannerKind.INFO, "A note.")
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert banner.isHidden()
    assert is_greeted(window)
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert is_over_for_ever(window, open_window)


def test_the_keyboard_begins_at_the_first_card_and_return_chooses_it(qtbot, window):
    card = cards_of(window).try_card
    qtbot.waitUntil(card.hasFocus)
    qtbot.keyClick(card, Qt.Key.Key_Return)
    assert tab_of(window) is TabName.PREDICTION


def test_a_picture_that_is_dropped_on_the_cards_is_read(qtbot, window, open_window, picture):
    cards_of(window).pictures_dropped.emit(Dropped((picture,)))
    assert tab_of(window) is TabName.PREDICTION
    qtbot.waitUntil(lambda: window.tabs.prediction_page.summary().startswith("1 picture:"))
    assert is_over_for_ever(window, open_window)


@pytest.mark.parametrize("name", [TabName.DATASET, TabName.PREDICTION])
def test_what_is_dropped_on_a_tab_ends_it(window, open_window, picture, name):
    page = window.tabs.page(name)
    dropped = page.dropped if name is TabName.DATASET else page.pictures_dropped
    dropped.emit(Dropped((picture,)))
    assert is_over_for_ever(window, open_window)


def test_a_dataset_that_is_made_ends_it(qtbot, window, tmp_path):
    folder = write_folder(tmp_path / "pets", pets(3))
    window.tabs.dataset.imports.take(Dropped((folder,)))
    qtbot.waitUntil(lambda: not is_greeted(window), timeout=20_000)
    assert window.settings.get(FIRST_START_SEEN)


def test_files_that_another_launch_brings_end_it(window, picture):
    window.open_files([picture])
    assert not is_greeted(window)


def test_who_does_nothing_is_greeted_again(window, open_window):
    window.tabs.show(TabName.TRAINING)
    window.close()
    assert is_greeted(open_window())


@pytest.mark.parametrize("folder", ["datasets", "runs"])
def test_a_home_where_something_was_done_is_not_greeted(home, open_window, folder):
    (home.root / folder / "mine").mkdir(parents=True)
    assert not is_greeted(open_window())


def test_each_tab_has_its_room_below_the_cards_in_the_smallest_window(window):
    window.resize(1024, 700)
    for name in TabName:
        window.tabs.show(name)
        QApplication.processEvents()
        page = window.tabs.page(name)
        assert page.height() >= page.minimumSizeHint().height()
        assert page.width() >= page.minimumSizeHint().width()


def test_the_program_greets_and_not_the_window_by_itself(home, when_open, qtbot):
    alone = MainWindow(home)
    qtbot.addWidget(alone)
    assert cards_of(alone) is None
    seen = []
    when_open(lambda window: seen.append(is_greeted(window)))
    assert app.main() == 0
    assert seen == [True]


def test_a_program_that_is_started_with_files_does_not_greet(home, when_open, monkeypatch, picture):
    asked, seen = [], []
    monkeypatch.setattr(PredictionController, "classify", lambda self, paths: asked.append(paths))
    when_open(lambda window: seen.append(cards_of(window)))
    assert app.main(None, [picture]) == 0
    assert [picture] in asked
    assert seen == [None]


def test_a_program_that_crashed_does_not_greet(home, when_open):
    home.logs.mkdir(parents=True)
    crash_file(home).write_text("Fatal Python error: Segmentation fault\n")
    seen = []
    when_open(lambda window: seen.append((cards_of(window), window.current_banner().message())))
    assert app.main() == 0
    assert seen == [(None, "CatDog crashed the last time it ran.")]
