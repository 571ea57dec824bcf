"""Varied pictures follow the form while somebody looks, one job at a time."""

import dataclasses
import threading
from dataclasses import dataclass, field

import numpy as np
import pytest
from PySide6.QtCore import Qt

from catdog_gui.background import Jobs
from catdog_gui.training_tab.augmentation_view import AugmentationView
from catdog_gui.training_tab.preview_work import PreviewWork
from training.cancellation import CancelToken
from training.config import TrainingConfig
from training.errors import ConfigError, DatasetError
from training.events import EventSink
from training.home import Home
from training.learning.presets import training_config

PICTURE = np.zeros((8, 8, 3), dtype=np.uint8)


@dataclass
class Played:
    """Stands in for what varies pictures: gives two of them when the test lets it."""

    asked: list[tuple[float | None, int]] = field(default_factory=list)
    may_end: threading.Event = field(default_factory=threading.Event)
    error: Exception | None = None

    def __call__(
        self, config: TrainingConfig, home: Home, *, seed: int, emit: EventSink, token: CancelToken
    ) -> list[list[np.ndarray]]:
        self.asked.append((config.rotate, seed))
        while not self.may_end.wait(0.01):
            token.raise_if_cancelled()
        if self.error is not None:
            raise self.error
        return [[PICTURE, PICTURE]]


class Desk:
    """The view, its work, and a form that the test fills."""

    def __init__(self, home: Home) -> None:
        self.view, self.jobs, self.played = AugmentationView(), Jobs(), Played()
        self.config = training_config("scratch", "pets")
        self.is_wrong = False
        self.work = PreviewWork(self.view, home, jobs=self.jobs, config=self._say, vary=self.played)

    def rotate(self, angle: float) -> None:
        self.config = dataclasses.replace(self.config, rotate=angle)
        self.work.show()

    def _say(self) -> TrainingConfig:
        if self.is_wrong:
            raise ConfigError("epochs", "The number of epochs is 0.", "Choose another.")
        return self.config


@pytest.fixture
def desk(qtbot, home: Home) -> Desk:
    desk = Desk(home)
    qtbot.addWidget(desk.view)
    return desk


def test_nothing_is_computed_until_somebody_looks(qtbot, desk: Desk) -> None:
    desk.played.may_end.set()
    desk.rotate(5.0)
    qtbot.waitUntil(lambda: not desk.work._timer.isActive())
    assert desk.played.asked == []
    desk.view.show()
    qtbot.waitUntil(lambda: len(desk.view.grid.rows) == 1)
    assert desk.played.asked == [(5.0, 1)]
    qtbot.waitUntil(lambda: not desk.jobs.running)


def test_looking_again_computes_nothing_that_is_there(qtbot, desk: Desk) -> None:
    desk.played.may_end.set()
    desk.view.show()
    qtbot.waitUntil(lambda: len(desk.view.grid.rows) == 1 and not desk.jobs.running)
    desk.view.hide()
    desk.view.show()
    assert not desk.jobs.running
    assert len(desk.played.asked) == 1


def test_many_changes_end_with_the_newest_alone(qtbot, desk: Desk) -> None:
    desk.view.show()
    qtbot.waitUntil(lambda: len(desk.played.asked) == 1)
    for angle in (1.0, 2.0, 3.0):
        desk.rotate(angle)
    qtbot.waitUntil(lambda: len(desk.played.asked) == 2)  # the first one was cancelled for it
    desk.played.may_end.set()
    qtbot.waitUntil(lambda: len(desk.view.grid.rows) == 1)
    assert [angle for angle, _ in desk.played.asked] == [0.0, 3.0]
    qtbot.waitUntil(lambda: not desk.jobs.running)


def test_others_are_of_another_seed(qtbot, desk: Desk) -> None:
    desk.played.may_end.set()
    desk.view.show()
    qtbot.waitUntil(desk.view.others_button.isEnabled)
    qtbot.mouseClick(desk.view.others_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(desk.played.asked) == 2 and not desk.jobs.running)
    assert desk.played.asked == [(0.0, 1), (0.0, 2)]


def test_a_form_that_cannot_be_used_keeps_the_pictures_and_says_why(qtbot, desk: Desk) -> None:
    desk.played.may_end.set()
    desk.view.show()
    qtbot.waitUntil(lambda: len(desk.view.grid.rows) == 1)
    desk.is_wrong = True
    desk.work.show()
    qtbot.waitUntil(lambda: "epochs is 0" in desk.view.sentence.text())
    assert len(desk.view.grid.rows) == 1


def test_a_failure_is_a_sentence_in_their_place(qtbot, desk: Desk) -> None:
    desk.played.error = DatasetError("The dataset is gone.", "Choose another.")
    desk.played.may_end.set()
    desk.view.show()
    qtbot.waitUntil(lambda: desk.view.sentence.text() == "The dataset is gone. Choose another.")
    assert not desk.view.grid.rows
    qtbot.waitUntil(lambda: not desk.jobs.running)
