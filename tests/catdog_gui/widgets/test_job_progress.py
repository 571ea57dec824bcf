import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QProgressBar, QPushButton, QToolButton

from catdog_gui.widgets.job_progress import JobProgress, stopping_words
from catdog_gui.widgets.job_status import JobStatus
from training.events import Stage, StageStarted
from training.progress import StageState
from training.rate import Reading
from training.time_left import TimeLeft

CHECKING = StageState(
    StageStarted(Stage.CHECKING_PICTURES, 24_000, "pictures"),
    Reading(done=12_000, total=24_000, rate=5_100.0, left=TimeLeft(3.0, 3.0)),
)
LOADING = StageState(
    StageStarted(Stage.LOADING_TENSORFLOW, interruptible=False),
    Reading(done=0, total=0, rate=0.0, left=None),
)
WORDS = "Checking pictures · 12,000 of 24,000 · 5,100 pictures/s · 3 s left"


@pytest.fixture
def progress(qtbot):
    made = JobProgress()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def status(qtbot):
    made = JobStatus()
    qtbot.addWidget(made)
    return made


def bar_of(widget) -> QProgressBar:
    return widget.findChild(QProgressBar)


def test_nothing_is_shown_while_nothing_runs(progress, status):
    assert progress.isHidden()
    assert status.isHidden()


def test_a_stage_is_said_in_words_and_shown_as_a_bar(progress):
    progress.show_state("Importing kaggle", CHECKING)
    assert progress.isVisible()
    assert progress.title() == "Importing kaggle"
    assert progress.words() == WORDS
    assert bar_of(progress).value() * 2 == bar_of(progress).maximum()


def test_a_stage_without_a_known_end_has_a_busy_bar(progress):
    progress.show_state("Training", LOADING)
    assert bar_of(progress).maximum() == 0


@pytest.mark.parametrize("total", [1, 2**31, 2**40])
def test_any_total_fits_the_bar(progress, total):
    reading = Reading(done=total, total=total, rate=1.0, left=TimeLeft(0.0, 0.0))
    progress.show_state("Reading", StageState(StageStarted(Stage.LISTING, total), reading))
    assert bar_of(progress).value() == bar_of(progress).maximum()


def test_cancel_is_a_request(qtbot, progress):
    progress.show_state("Importing kaggle", CHECKING)
    with qtbot.waitSignal(progress.cancel_requested):
        qtbot.mouseClick(progress.findChild(QPushButton), Qt.MouseButton.LeftButton)


def test_stopping_is_said_at_once_and_cannot_be_asked_for_twice(progress):
    progress.show_state("Training", LOADING)
    progress.show_stopping("Loading TensorFlow")
    assert progress.words() == stopping_words("Loading TensorFlow")
    assert not progress.findChild(QPushButton).isEnabled()
    progress.clear()
    progress.show_state("Training", LOADING)
    assert progress.findChild(QPushButton).isEnabled()


def test_what_a_cancel_waits_for_is_named():
    assert stopping_words() == "Stopping…"
    assert "“Loading TensorFlow”" in stopping_words("Loading TensorFlow")


def test_the_status_bar_says_job_stage_and_how_many_more(qtbot, status):
    status.show_state("Importing kaggle", CHECKING, others=0)
    assert status.words() == f"Importing kaggle · {WORDS}"
    status.show_state("Importing kaggle", CHECKING, others=2)
    assert status.words() == f"Importing kaggle (and 2 more) · {WORDS}"
    status.show_state("Importing kaggle", None, others=0)
    assert status.words() == "Importing kaggle · Starting"
    with qtbot.waitSignal(status.cancel_requested):
        qtbot.mouseClick(status.findChild(QToolButton), Qt.MouseButton.LeftButton)


def test_a_long_line_asks_for_no_more_room(status):
    status.show_state("A dataset with a name of " + "very " * 60 + "many words", None, others=0)
    assert status.minimumSizeHint().width() < 400
