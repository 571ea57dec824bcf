"""The title while a training runs, and the word at its end."""

import threading
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QSystemTrayIcon, QWidget

from catdog_gui.background import BackgroundJob, Jobs
from catdog_gui.training_news import LONG_S, TrainingNews, notify_by_tray, title_words
from training.errors import TrainingError
from training.events import EpochEnded, RunStarted, StepEnded
from training.learning.trainer import TrainingResult

RUN = RunStarted("run", Path("run"), 0, 30, steps_per_epoch=2, batch_size=20, device="CPU")
RESULT = TrainingResult("run", Path("run"), 30, best_epoch=8, val_accuracy=0.981)


def epoch(number, accuracy):
    return EpochEnded(number, 0.7, 0.5, 0.6, accuracy, 10.0, 190.0)


class PlayedTraining:
    """Tells that it has a run and an epoch, and ends when and how the test says."""

    def __init__(self, *, is_quiet=False):
        self.released, self.error = threading.Event(), None
        self.job = BackgroundJob("Training", self._work, is_quiet=is_quiet)

    def _work(self, emit, token):
        emit(RUN)
        emit(StepEnded(0, 0, 0.7, 0.5))
        emit(StepEnded(0, 1, 0.7, 0.5))
        emit(epoch(0, 0.9))
        emit(replace(RUN, history=(epoch(0, 0.9),)))  # as after a batch that was too large
        emit(StepEnded(29, 1, 0.7, 0.5))
        while not self.released.wait(0.01):
            token.raise_if_cancelled()
        if self.error is not None:
            raise self.error
        return RESULT


@dataclass
class Bench:
    jobs: Jobs
    window: QWidget
    told: list[str] = field(default_factory=list)
    percent: list[int | None] = field(default_factory=list)
    seconds: float = 0.0

    def tell(self, window, title, sentence):
        assert window is self.window
        self.told.append(f"{title}: {sentence}")


@pytest.fixture
def bench(qtbot):
    window = QWidget()
    window.setWindowTitle("CatDog")
    qtbot.addWidget(window)
    made = Bench(Jobs(window), window)
    TrainingNews(
        made.jobs,
        window,
        notify=made.tell,
        show=made.percent.append,
        clock=lambda: made.seconds,
    )
    yield made
    assert made.jobs.cancel_all_and_wait(limit_ms=5000)


def started(qtbot, bench):
    training = PlayedTraining()
    bench.jobs.start(training.job)
    qtbot.waitUntil(lambda: "90.0 %" in bench.window.windowTitle())
    return training


def ended(qtbot, bench, training):
    with qtbot.waitSignal(bench.jobs.ended):
        training.released.set()


def test_the_title_says_the_epoch_that_learns_and_the_best_so_far():
    assert title_words(RUN, []) == "epoch 1 of 30"
    assert title_words(RUN, [epoch(n, 0.98 + n / 1000) for n in range(6)]) == (
        "epoch 7 of 30, best 98.5 %"
    )
    assert title_words(RUN, [epoch(n, 0.5) for n in range(30)]).startswith("epoch 30 of 30")


def test_the_windows_title_follows_a_training_and_comes_back(qtbot, bench):
    training = started(qtbot, bench)
    assert bench.window.windowTitle() == "CatDog — epoch 2 of 30, best 90.0 %"
    ended(qtbot, bench, training)
    assert bench.window.windowTitle() == "CatDog"


def test_a_training_that_is_discarded_gives_the_title_back_and_is_no_news(qtbot, bench):
    training = started(qtbot, bench)
    bench.seconds = LONG_S
    with qtbot.waitSignal(bench.jobs.ended):
        training.job.cancel()
    assert (bench.window.windowTitle(), bench.told) == ("CatDog", [])


def test_the_end_of_a_long_training_is_told_to_who_looks_elsewhere(qtbot, bench):
    training = started(qtbot, bench)
    bench.seconds = LONG_S
    ended(qtbot, bench, training)
    assert bench.told == ["CatDog: Training is done: validation accuracy 98.1 % with epoch 9."]


def test_a_long_training_that_fails_is_told_too(qtbot, bench):
    training = started(qtbot, bench)
    bench.seconds = LONG_S
    training.error = TrainingError("The loss is no longer a number.", "Lower the rate.")
    ended(qtbot, bench, training)
    assert bench.told == ["CatDog: The training ended early. The loss is no longer a number."]


def test_what_comes_before_the_first_epoch_counts_as_training_too(qtbot, bench):
    training = PlayedTraining()
    bench.jobs.start(training.job)
    bench.seconds = LONG_S  # its features took that long
    qtbot.waitUntil(lambda: "90.0 %" in bench.window.windowTitle())
    ended(qtbot, bench, training)
    assert len(bench.told) == 1


def test_the_end_of_a_short_training_is_no_news(qtbot, bench):
    training = started(qtbot, bench)
    bench.seconds = LONG_S - 1
    ended(qtbot, bench, training)
    assert bench.told == []


def test_nothing_is_told_to_who_looks_at_the_window(qtbot, bench, monkeypatch):
    monkeypatch.setattr(bench.window, "isActiveWindow", lambda: True)
    training = started(qtbot, bench)
    bench.seconds = LONG_S
    ended(qtbot, bench, training)
    assert bench.told == []


def test_without_a_tray_nothing_is_said(bench, monkeypatch):
    monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", lambda: False)
    notify_by_tray(bench.window, "CatDog", "Training is done.")
    assert bench.window.findChildren(QSystemTrayIcon) == []


@pytest.mark.qt_log_ignore("This plugin does not support raise", extend=True)  # offscreen
def test_with_a_tray_the_system_says_it_and_a_click_brings_the_window(bench, monkeypatch):
    shown = []
    monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", lambda: True)
    monkeypatch.setattr(QSystemTrayIcon, "show", lambda self: None)
    monkeypatch.setattr(QSystemTrayIcon, "showMessage", lambda self, *told: shown.append(told[:2]))
    notify_by_tray(bench.window, "CatDog", "Training is done.")
    assert shown == [("CatDog", "Training is done.")]
    bench.window.showMinimized()
    (tray,) = bench.window.findChildren(QSystemTrayIcon)
    tray.messageClicked.emit()
    assert not bench.window.isMinimized()


def test_the_taskbar_shows_the_share_of_steps_that_are_learned_until_the_end(qtbot, bench):
    training = started(qtbot, bench)
    qtbot.waitUntil(lambda: bench.percent == [1, 3, 100])
    ended(qtbot, bench, training)
    assert bench.percent == [1, 3, 100, None]
