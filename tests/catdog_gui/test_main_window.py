import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu

from catdog_gui import program_window
from catdog_gui.actions import MENUS, ActionRow
from catdog_gui.background import BackgroundJob
from catdog_gui.dataset_tab.found import Decision
from catdog_gui.main_window import MainWindow
from catdog_gui.widgets.banner import BannerKind
from catdog_gui.widgets.device_line import DeviceLine
from catdog_gui.widgets.image_drop import Dropped
from catdog_gui.widgets.job_status import JobStatus
from catdog_gui.wiring import TabName
from training.cancellation import CancelToken
from training.dataset.sample import draw_sample

ROWS = [row for rows in MENUS.values() for row in rows if isinstance(row, ActionRow)]


class Answer:
    """Answers the question before closing, and counts how often it was put."""

    def __init__(self, *, close: bool) -> None:
        self.close = close
        self.asked = []

    def __call__(self, parent, running):
        self.asked.append([job.title for job in running])
        return self.close


@pytest.fixture
def open_window(qtbot, home):
    def open_one(ask=None) -> MainWindow:
        window = MainWindow(home, ask=ask or Answer(close=True))
        qtbot.addWidget(window)
        window.show()
        return window

    return open_one


@pytest.fixture
def window(open_window):
    return open_window()


def start_job(window) -> BackgroundJob:
    """A job that goes on until it is cancelled."""
    entered = threading.Event()

    def work(emit, token):
        entered.set()
        while True:
            token.raise_if_cancelled()

    job = BackgroundJob("Importing kaggle", work)
    window.jobs.start(job)
    assert entered.wait(5)
    return job


def test_the_window_opens_without_arguments(qtbot, home):
    window = MainWindow()
    qtbot.addWidget(window)
    assert window.home == home
    assert (window.width(), window.height()) == (1180, 760)


def test_it_has_three_tabs_with_icon_and_word(window):
    tabs = window.tabs.widget
    assert [tabs.tabText(row) for row in range(3)] == ["Dataset", "Training", "Prediction"]
    assert not any(tabs.tabIcon(row).isNull() for row in range(3))


def test_it_works_from_1024_by_700(qtbot, window):
    window.resize(100, 100)
    assert (window.width(), window.height()) == (1024, 700)
    for name in TabName:
        window.tabs.show(name)
        needed = window.tabs.widget.currentWidget().minimumSizeHint()
        assert needed.width() <= 1024, name
        assert needed.height() <= 600, name


def test_each_entry_of_the_table_is_in_a_menu(window):
    assert list(window.actions_by_key) == [row.key for row in ROWS]
    menus = [action.text() for action in window.menuBar().actions()]
    assert menus == list(MENUS)


def test_no_two_entries_have_the_same_keys():
    keys = [QKeySequence(row.shortcut).toString() for row in ROWS if row.shortcut]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("name", TabName)
def test_the_keys_of_a_tab_show_it(window, name):
    window.actions_by_key[f"window.show_{name}"].trigger()
    assert window.tabs.widget.currentIndex() == list(TabName).index(name)


def test_place_and_tab_survive_a_restart(open_window):
    first = open_window()
    first.tabs.show(TabName.PREDICTION)
    first.resize(1100, 720)
    first.close()
    second = open_window()
    assert second.tabs.widget.currentIndex() == 2
    assert second.height() == 720  # the width is cut down to that of the offscreen screen


def test_a_window_without_jobs_closes_without_a_question(open_window):
    answer = Answer(close=False)
    window = open_window(answer)
    window.actions_by_key["window.quit"].trigger()
    assert not window.isVisible()
    assert answer.asked == []


def test_a_running_job_keeps_the_window_open_if_the_user_stays(open_window):
    answer = Answer(close=False)
    window = open_window(answer)
    job = start_job(window)
    window.close()
    assert window.isVisible()
    assert answer.asked == [["Importing kaggle"]]
    assert job.isRunning()
    answer.close = True


def test_a_running_job_is_over_before_the_window_is_closed(open_window):
    window = open_window(Answer(close=True))
    job = start_job(window)
    window.close()
    assert not window.isVisible()
    assert job.isFinished()


def test_the_system_may_end_it_without_a_question(open_window):
    answer = Answer(close=False)
    window = open_window(answer)
    job = start_job(window)
    window.leave()
    assert job.isFinished()
    assert answer.asked == []


@pytest.mark.fault(85)
def test_the_system_is_not_kept_waiting_by_a_stage_that_does_not_end(open_window, monkeypatch):
    monkeypatch.setattr(program_window, "_PATIENCE_OF_SYSTEM_MS", 50)
    released = threading.Event()
    window = open_window()
    job = BackgroundJob("Loading TensorFlow", lambda emit, token: released.wait(30))
    window.jobs.start(job)
    window.leave()
    assert not window.isVisible()
    assert job.isRunning()
    released.set()
    assert job.wait(5000)


def test_a_job_is_in_the_status_bar_of_every_tab(qtbot, window):
    job = start_job(window)
    status = window.statusBar().findChild(JobStatus)
    for name in TabName:
        window.tabs.show(name)
        assert status.isVisible()
        assert status.words() == "Importing kaggle · Starting"
    with qtbot.waitSignal(window.jobs.ended, check_params_cb=lambda ended: ended is job):
        status.cancel_requested.emit()
    assert job.isFinished()
    assert not status.isVisible()


def test_the_device_stands_on_the_right_once_it_is_known(qtbot, window):
    line = window.statusBar().findChild(DeviceLine)
    qtbot.waitUntil(line.isEnabled)
    assert "core" in line.text() or "NVIDIA" in line.text()


def test_esc_closes_the_banner_of_the_tab_in_front(qtbot, window):
    banner = window.current_banner()
    banner.show_message(BannerKind.INFO, "A note.")
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert banner.isHidden()


def test_a_message_goes_to_the_tab_in_front(window):
    banners = set()
    for name in TabName:
        window.tabs.show(name)
        banners.add(window.current_banner())
    assert len(banners) == 3


def test_quit_and_about_go_where_a_mac_has_them(window):
    roles = {key: action.menuRole() for key, action in window.actions_by_key.items()}
    assert roles["window.quit"] == QAction.MenuRole.QuitRole
    assert roles["window.about"] == QAction.MenuRole.AboutRole


def test_the_training_menu_offers_what_can_be_done_now_and_its_keys_stay_alive(window):
    menu = next(row for row in window.menuBar().findChildren(QMenu) if "Train" in row.title())
    actions = window.actions_by_key
    menu.aboutToShow.emit()
    assert actions["training.train"].isEnabled()
    assert not actions["training.finish"].isEnabled()
    assert not actions["training.discard"].isEnabled()
    menu.aboutToHide.emit()
    assert all(action.isEnabled() for action in actions.values())


def test_the_edit_menu_says_what_can_be_undone_and_undoes_it_only_where_it_is_seen(
    window, qtbot, tmp_path
):
    (tmp_path / "mine").mkdir()
    draw_sample(tmp_path / "mine", count=4, seed=1, emit=lambda _: None, token=CancelToken())
    window.tabs.dataset_page.dropped.emit(Dropped((tmp_path / "mine",)))
    qtbot.waitUntil(lambda: not window.jobs.running, timeout=20_000)
    gallery = window.tabs.dataset_page.gallery
    gallery.decided.emit(Decision.EXCLUDE, [1])
    qtbot.waitUntil(lambda: not window.jobs.running, timeout=20_000)
    menu = next(row for row in window.menuBar().findChildren(QMenu) if "Edit" in row.title())
    undo, redo = (window.actions_by_key[f"dataset.{verb}"] for verb in ("undo", "redo"))
    menu.aboutToShow.emit()
    assert undo.text() == "&Undo: Excluded, 1 picture"
    assert undo.isEnabled()
    assert not redo.isEnabled()
    menu.aboutToHide.emit()
    window.tabs.show(TabName.TRAINING)
    undo.trigger()
    qtbot.waitUntil(lambda: not window.jobs.running, timeout=20_000)
    assert gallery.journal.undo == "Excluded, 1 picture"
    window.tabs.show(TabName.DATASET)
    undo.trigger()
    qtbot.waitUntil(lambda: gallery.journal.redo == "Excluded, 1 picture")


def test_the_menu_checks_the_dataset_that_is_shown(window):
    window.tabs.show(TabName.PREDICTION)
    window.actions_by_key["dataset.check"].trigger()
    assert window.tabs.widget.currentIndex() == 0
    assert not window.tabs.dataset.checks.is_running, "there is none"


@pytest.mark.parametrize(
    "key", ["training.train", "training.pause", "training.finish", "training.discard"]
)
def test_an_entry_of_a_tab_shows_that_tab(window, key):
    window.actions_by_key[key].trigger()
    assert window.tabs.widget.currentIndex() == 1


def test_the_menu_leads_to_kaggles_pictures(window, no_token):
    window.tabs.widget.setCurrentIndex(2)
    window.actions_by_key["dataset.kaggle"].trigger()
    assert window.tabs.widget.currentIndex() == 0
    assert window.tabs.dataset_page.kaggle.isVisible()


def test_listing_what_is_there_is_no_news(open_window):
    answer = Answer(close=False)
    window = open_window(answer)
    assert any(job.is_quiet for job in window.jobs.running), "the tabs list datasets and runs"
    assert not window.statusBar().findChild(JobStatus).isVisible()
    window.close()
    assert answer.asked == []


def test_the_cross_on_a_training_goes_through_the_tabs_own_discard(open_window, monkeypatch):
    window = open_window(Answer(close=True))
    asked = []
    monkeypatch.setattr(window.tabs.training, "is_training", lambda job: True)
    monkeypatch.setattr(window.tabs.training, "discard_requested", lambda: asked.append("discard"))
    job = start_job(window)
    window.statusBar().findChild(JobStatus).cancel_requested.emit()
    assert asked == ["discard"]
    assert not job.token.is_cancelled


def test_a_training_keeps_its_dataset_from_being_changed(window):
    window.tabs.training.dataset_used.emit("sample")
    assert window.tabs.dataset._work.is_occupied(changes="sample")
    assert not window.tabs.dataset._work.is_occupied(changes="other")


def test_what_an_ended_job_asks_for_does_not_outlive_the_window(qtbot, open_window):
    window = open_window(Answer(close=True))
    job = start_job(window)
    job.cancelled.connect(window.tabs.training.refresh_datasets)
    with qtbot.waitSignal(job.cancelled):
        window.close()
    assert not any(each.isRunning() for each in window.jobs.running)
