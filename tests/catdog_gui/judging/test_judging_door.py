"""The judging window is made when it is first asked for, and is then a part of the program."""

import pytest

from catdog_gui.judging.page import JudgingPage
from catdog_gui.main_window import MainWindow
from catdog_gui.widgets.job_status import JobStatus
from tests.catdog_gui.judging.conftest import Desk


class Answer:
    """What the user says to closing on running jobs, and what was asked about."""

    def __init__(self):
        self.titles = []

    def __call__(self, _parent, running):
        self.titles.append([job.title for job in running])
        return False


@pytest.fixture
def closed_desk(qtbot, pets):
    """The program before anyone asked for the judging window."""
    desk = Desk(qtbot, pets)
    yield desk
    desk.window.leave()


def windows(desk):
    return desk.window.findChildren(JudgingPage)


def test_news_make_no_window(closed_desk):
    tabs = closed_desk.tabs
    tabs.dataset.datasets_changed.emit()
    tabs.training.runs_changed.emit()
    tabs.prediction.run_added.emit()
    closed_desk.settle()
    assert not windows(closed_desk)


@pytest.mark.usefixtures("other")
def test_it_is_made_once_and_knows_what_came_before(closed_desk):
    closed_desk.open()
    closed_desk.page.close()
    closed_desk.open()
    assert windows(closed_desk) == [closed_desk.page]
    assert closed_desk.page.header.runs.count() == 2


def test_its_job_is_in_the_status_bar_and_can_be_ended_there(desk):
    status = desk.window.statusBar().findChild(JobStatus)
    desk.page.header.judge_button.click()
    assert status.isVisible()
    assert status.words().startswith("Judging the model that ships")
    status.cancel_requested.emit()
    desk.settle()
    assert not status.isVisible()


def test_closing_the_program_asks_about_its_job(qtbot, pets):
    answer = Answer()
    window = MainWindow(pets, ask=answer)
    qtbot.addWidget(window)
    window.show()
    window.tabs.judging.open()
    page = window.tabs.judging.controller.page
    qtbot.waitUntil(lambda: not window.jobs.running, timeout=60_000)
    page.header.judge_button.click()
    window.close()
    assert answer.titles == [["Judging the model that ships"]]
    assert window.isVisible()
    window.leave()
