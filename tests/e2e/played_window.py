"""A whole window whose training stops at a step until the test has done something."""

import shutil
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from catdog_gui.main_window import MainWindow
from catdog_gui.training_tab import jobs as training_jobs
from catdog_gui.training_tab.controls import Phase
from catdog_gui.wiring import TabName
from training.config import TrainingConfig
from training.events import Event, EventSink, StepEnded
from training.home import Home

PATIENCE_MS = 30_000
_POLL_MS = 10

Condition = Callable[[Event], bool]
Action = Callable[[], object]


class WatchedTraining:
    """The real training, with settings of the test's own, that the test may step in to.

    Args:
        config: Its settings, whatever the form says.
        condition: True of the event to act on, once.
        action: Called in the training's thread.
    """

    def __init__(
        self, config: TrainingConfig, condition: Condition | None = None, action: Action = str
    ) -> None:
        self._config, self._condition, self._action = config, condition, action

    def __call__(self, _: TrainingConfig, home: Home, *, emit: EventSink, **named: Any) -> object:
        return training_jobs.train(self._config, home, emit=self._watched(emit), **named)

    def _watched(self, emit: EventSink) -> EventSink:
        def told(event: Event) -> None:
            emit(event)
            if self._condition is not None and self._condition(event):
                self._condition = None
                self._action()

        return told


class HeldTraining(WatchedTraining):
    """A training that waits at a step to be let go."""

    def __init__(self, config: TrainingConfig, place: tuple[int, int]) -> None:
        super().__init__(config, at_step(*place), self._wait)
        self.reached, self._let_go = threading.Event(), threading.Event()

    def let_go(self) -> None:
        self._let_go.set()

    def _wait(self) -> None:
        self.reached.set()
        assert self._let_go.wait(PATIENCE_MS / 1000)


def at_step(epoch: int, step: int) -> Condition:
    return lambda event: isinstance(event, StepEnded) and (event.epoch, event.step) == (epoch, step)


class PlayedWindow:
    """A window on the Training tab, as a person sees and uses it."""

    def __init__(self, window: MainWindow) -> None:
        self.window = window
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
        """Let the window live until something is true."""
        loop, poll = QEventLoop(), QTimer(interval=_POLL_MS)
        poll.timeout.connect(lambda: loop.quit() if condition() else None)
        poll.start()
        QTimer.singleShot(PATIENCE_MS, loop.quit)
        if not condition():
            loop.exec()
        poll.stop()
        assert condition()

    def train(self, training: WatchedTraining) -> None:
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
