"""A whole window whose training stops at a step until the test has done something."""

import shutil
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from catdog_gui.main_window import MainWindow
from catdog_gui.training_tab import jobs as training_jobs
from catdog_gui.training_tab.controls import Phase
from catdog_gui.wiring import TabName
from tests.training.learning.watching import small
from training.config import TrainingConfig
from training.events import Event, EventSink, StepEnded
from training.home import Home

PATIENCE_MS = 30_000

Place = tuple[int, int]
"""An epoch and a step, 0-based."""


class HeldTraining:
    """The real training, with settings of the test's own, that waits at a step to be let go.

    Args:
        place: Where it waits; None for nowhere.
        changes: Settings that are not those of `small`.
    """

    def __init__(self, place: Place | None = None, **changes: object) -> None:
        self.place, self._changes = place, changes
        self.reached, self._let_go = threading.Event(), threading.Event()

    def __call__(self, _: TrainingConfig, home: Home, *, emit: EventSink, **named: Any) -> object:
        wanted = small(**self._changes)
        return training_jobs.train(wanted, home, emit=self._held(emit), **named)

    def let_go(self) -> None:
        self._let_go.set()

    def _held(self, emit: EventSink) -> EventSink:
        def told(event: Event) -> None:
            emit(event)
            if isinstance(event, StepEnded) and (event.epoch, event.step) == self.place:
                self.reached.set()
                assert self._let_go.wait(PATIENCE_MS / 1000)

        return told


class PlayedWindow:
    """A window on the Training tab, as a person sees and uses it."""

    def __init__(self, qtbot: Any, window: MainWindow) -> None:
        self._qtbot = qtbot
        self.window = window
        qtbot.addWidget(window)
        window.tabs.show(TabName.TRAINING)
        window.show()
        self.until(lambda: self.button("Train").isEnabled())

    @property
    def phase(self) -> Phase:
        return self.window.tabs.training.phase

    @property
    def message(self) -> str:
        """What the tab's banner says."""
        return self.window.tabs.training_page.banner.message()

    @property
    def details(self) -> str:
        return self.window.tabs.training_page.banner.details()

    def button(self, words: str) -> QPushButton:
        page = self.window.tabs.training_page
        return next(one for one in page.findChildren(QPushButton) if one.text() == words)

    def press(self, words: str) -> None:
        QTest.mouseClick(self.button(words), Qt.MouseButton.LeftButton)

    def until(self, condition: Callable[[], bool]) -> None:
        self._qtbot.waitUntil(condition, timeout=PATIENCE_MS)

    def train(self, training: HeldTraining) -> None:
        """Press Train; the settings are the training's own."""
        self.window.tabs.training._train = training
        self.press("Train")

    def is_over(self) -> bool:
        return self.phase is Phase.IDLE and not self.window.jobs.running


def home_like(source: Path, folder: Path) -> Home:
    """A home of the test's own, with the pictures of another."""
    root = folder / "home"
    shutil.copytree(source, root)
    return Home(root)
