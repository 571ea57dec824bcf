"""The learning-rate finder in the window: one search at a time, its plot, and the form."""

import threading
from dataclasses import dataclass, field

import pytest
from PySide6.QtCore import Qt

from catdog_gui.background import Jobs
from catdog_gui.training_tab.rate_view import RateView
from catdog_gui.training_tab.rate_work import RateWork
from catdog_gui.widgets.banner import Banner
from catdog_gui.widgets.rate_plot import load_rate_plot
from training.cancellation import CancelToken
from training.config import TrainingConfig
from training.errors import ConfigError, TrainingError
from training.events import EventSink, Stage, StageProgressed, StageStarted
from training.home import Home
from training.learning.presets import training_config
from training.learning.rate_finder import RateFound

FOUND = RateFound((1e-6, 1e-4, 1e-2, 1.0), (0.7, 0.68, 0.4, 0.9), (0.7, 0.67, 0.5, 0.8), 3.2e-4)
NOTHING = RateFound((1e-6, 1e-4), (0.7, 0.7), (0.7, 0.7), None)
_PATIENCE_MS = 60_000  # the first job imports matplotlib, perhaps on a busy machine


@dataclass
class Played:
    """Stands in for the finder: ends as the test says."""

    result: RateFound = FOUND
    error: Exception | None = None
    asked: list[TrainingConfig] = field(default_factory=list)
    may_end: threading.Event = field(default_factory=threading.Event)

    def __call__(
        self, config: TrainingConfig, home: Home, *, emit: EventSink, token: CancelToken
    ) -> RateFound:
        self.asked.append(config)
        emit(StageStarted(Stage.TRAINING, total=4, unit="batches"))
        emit(StageProgressed(1))
        load_rate_plot(emit, token)
        while not self.may_end.wait(0.01):
            token.raise_if_cancelled()
        if self.error is not None:
            raise self.error
        return self.result


class Desk:
    """The view, its work, and a form that says one thing."""

    def __init__(self, home: Home) -> None:
        self.view, self.banner, self.jobs, self.played = RateView(), Banner(), Jobs(), Played()
        self.is_wrong = False
        self.work = RateWork(
            self.view, self.banner, home, jobs=self.jobs, config=self._say, find=self.played
        )
        self.view.find_requested.connect(self.work.start)

    def _say(self) -> TrainingConfig:
        if self.is_wrong:
            raise ConfigError("epochs", "The number of epochs is 0.", "Choose another.")
        return training_config("scratch", "pets")

    def find(self, qtbot) -> None:
        qtbot.mouseClick(self.view.find_button, Qt.MouseButton.LeftButton)

    def until_over(self, qtbot) -> None:
        qtbot.waitUntil(
            lambda: not self.work.is_running and not self.jobs.running, timeout=_PATIENCE_MS
        )


@pytest.fixture
def desk(qtbot, home: Home) -> Desk:
    desk = Desk(home)
    qtbot.addWidget(desk.view)
    qtbot.addWidget(desk.banner)
    desk.view.show()
    return desk


def test_what_is_found_is_drawn_and_can_be_used(qtbot, desk: Desk) -> None:
    desk.played.may_end.set()
    desk.find(qtbot)
    desk.until_over(qtbot)
    assert desk.view.plot.is_drawn
    assert desk.view.use_button.text() == "Use 0.00032"
    assert desk.view.sentence.text().startswith("From scratch on pets: 0.00032")
    with qtbot.waitSignal(desk.view.rate_chosen) as chosen:
        qtbot.mouseClick(desk.view.use_button, Qt.MouseButton.LeftButton)
    assert chosen.args == [pytest.approx(3.2e-4)]


def test_a_search_without_a_suggestion_offers_none(qtbot, desk: Desk) -> None:
    desk.played.result = NOTHING
    desk.played.may_end.set()
    desk.find(qtbot)
    desk.until_over(qtbot)
    assert not desk.view.use_button.isVisible()
    assert "none to suggest" in desk.view.sentence.text()


def test_a_search_says_how_far_it_is_and_is_not_begun_twice(qtbot, desk: Desk) -> None:
    desk.find(qtbot)
    qtbot.waitUntil(desk.view.progress.isVisible)
    assert not desk.view.find_button.isEnabled()
    desk.work.start()
    assert len(desk.jobs.running) == 1
    assert "1 of 4" in desk.view.progress.words()
    desk.played.may_end.set()
    desk.until_over(qtbot)


def test_cancel_ends_a_search_and_leaves_the_view_as_it_was(qtbot, desk: Desk) -> None:
    desk.find(qtbot)
    qtbot.waitUntil(desk.view.progress.isVisible)
    desk.view.progress.cancel_requested.emit()
    assert "Stopping" in desk.view.progress.words()
    desk.until_over(qtbot)
    assert desk.view.find_button.isEnabled()
    assert not desk.view.progress.isVisible()
    assert not desk.view.use_button.isVisible()
    assert desk.banner.message() == ""


def test_a_failed_search_is_a_sentence_in_the_banner(qtbot, desk: Desk) -> None:
    desk.played.error = TrainingError("The pictures are gone.", "Bring them back.")
    desk.played.may_end.set()
    desk.find(qtbot)
    desk.until_over(qtbot)
    assert desk.banner.message() == "The pictures are gone."
    assert desk.view.find_button.isEnabled()


def test_a_form_that_cannot_be_used_begins_no_search(qtbot, desk: Desk) -> None:
    desk.is_wrong = True
    desk.find(qtbot)
    assert not desk.work.is_running
    assert desk.banner.message() == "The number of epochs is 0."


def test_nothing_is_live_while_a_training_runs(desk: Desk) -> None:
    desk.view.set_live(can_find=False, can_change=False)
    assert not desk.view.find_button.isEnabled()
    assert not desk.view.use_button.isEnabled()
