"""A training that stops goes on in the next window, to the same weights bit for bit."""

import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget

from catdog_gui.background import BackgroundJob
from catdog_gui.main_window import MainWindow
from catdog_gui.training_tab.controls import Phase
from tests.e2e.played_window import HeldTraining, PlayedWindow, home_like
from tests.training.learning.undisturbed import assert_same, varied_pictures
from tests.training.learning.watching import small
from training.runs.lab_book import list_runs
from training.runs.run_folder import FINISHED, UNFINISHED

LONGEST_S = 10.0
"""How long a training may take to write its checkpoint once it is told to stop."""

Stop = Callable[[PlayedWindow, HeldTraining], None]


@pytest.fixture(scope="module", autouse=True)
def varied() -> Iterator[None]:
    with varied_pictures():
        yield


@pytest.fixture
def opened(qtbot) -> Callable[[MainWindow], PlayedWindow]:
    """Shows a window."""

    def open_one(window: MainWindow) -> PlayedWindow:
        qtbot.addWidget(window)
        return PlayedWindow(window)

    return open_one


def pause(played: PlayedWindow, training: HeldTraining) -> None:
    played.press("Pause")
    training.let_go()
    played.until(played.is_over)
    assert played.message.startswith("The training is paused.")
    played.window.close()


def close(played: PlayedWindow, training: HeldTraining) -> None:
    asked: list[str] = []

    def answer(_: QWidget, running: Sequence[BackgroundJob]) -> bool:
        asked.extend(job.title for job in running)
        training.let_go()
        return True

    played.window._ask = answer
    played.window.close()
    assert len(asked) == 1


def leave(played: PlayedWindow, training: HeldTraining) -> None:
    training.let_go()
    played.window.leave()


@pytest.mark.timeout(240)
@pytest.mark.fault(71, 91)
@pytest.mark.parametrize(
    "stop",
    [
        pause,
        pytest.param(close, marks=[pytest.mark.slow, pytest.mark.fault(84)]),
        pytest.param(leave, marks=[pytest.mark.slow, pytest.mark.fault(85)]),
    ],
)
def test_pause_quit_start_and_resume_through_the_window_is_as_if_nothing_had_happened(
    opened: Callable[[MainWindow], PlayedWindow],
    sample_source: Path,
    unbroken: Path,
    tmp_path: Path,
    stop: Stop,
) -> None:
    home = home_like(sample_source, tmp_path)
    training = HeldTraining(small(), (1, 1))
    first = opened(MainWindow(home))
    first.train(training)
    first.until(training.reached.is_set)
    began = time.monotonic()
    stop(first, training)
    assert time.monotonic() - began < LONGEST_S
    assert not first.window.isVisible()
    (left,) = list_runs(home)
    assert (left.state, left.epochs) == (UNFINISHED, 1)

    second = opened(MainWindow(home))
    assert second.message.endswith("stopped at epoch 1 of 2. Continue?")
    second.press("Resume")
    assert second.phase is Phase.STARTING
    second.until(second.is_over)
    assert second.message.startswith("Training is done")
    (done,) = list_runs(home)
    assert done.state == FINISHED
    assert_same(done.folder, unbroken)
    second.window.close()

    third = opened(MainWindow(home))
    assert third.message == ""
    third.window.close()
