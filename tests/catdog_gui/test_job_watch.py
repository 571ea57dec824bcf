import threading

import pytest

from catdog_gui.background import BackgroundJob, Jobs
from catdog_gui.job_watch import JobWatch
from catdog_gui.widgets.job_progress import stopping_words
from catdog_gui.widgets.job_status import JobStatus
from training.events import RunStarted, Stage, StageStarted


class HeldJob:
    """Says that it loads TensorFlow, which cannot be interrupted, and waits to be let go."""

    def __init__(self, title: str) -> None:
        self.released = threading.Event()
        self.job = BackgroundJob(title, self._work)

    def _work(self, emit, token):
        emit(StageStarted(Stage.LOADING_TENSORFLOW, interruptible=False))
        assert self.released.wait(5)


@pytest.fixture
def jobs(qapp):
    made = Jobs()
    yield made
    assert made.cancel_all_and_wait(limit_ms=5000)


@pytest.fixture
def status(qtbot):
    made = JobStatus()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def watch(jobs, status):
    return JobWatch(jobs, status, jobs)


def test_a_job_of_any_tab_is_shown_until_it_ends(qtbot, jobs, status, watch):
    held = HeldJob("Training")
    jobs.start(held.job)
    assert status.words() == "Training · Starting"
    qtbot.waitUntil(lambda: status.words() == "Training · Loading TensorFlow")
    with qtbot.waitSignal(jobs.ended):
        held.released.set()
    assert status.isHidden()


def test_the_next_job_takes_the_place_of_the_one_that_ended(qtbot, jobs, status, watch):
    first, second = HeldJob("Importing"), HeldJob("Training")
    jobs.start(first.job)
    jobs.start(second.job)
    qtbot.waitUntil(lambda: status.words().startswith("Importing (and 1 more)"))
    with qtbot.waitSignal(jobs.ended):
        first.released.set()
    qtbot.waitUntil(lambda: status.words() == "Training · Loading TensorFlow")
    second.released.set()


def test_the_cross_asks_for_the_job_that_is_shown(qtbot, jobs, status, watch):
    held = HeldJob("Training")
    jobs.start(held.job)
    with qtbot.waitSignal(watch.cancel_requested) as asked:
        status.cancel_requested.emit()
    assert asked.args == [held.job]
    held.released.set()


def test_a_cancel_is_shown_at_once_with_what_it_waits_for(qtbot, jobs, status, watch):
    held = HeldJob("Training")
    jobs.start(held.job)
    qtbot.waitUntil(lambda: "TensorFlow" in status.words())
    held.job.cancel()
    assert status.words() == f"Training · {stopping_words('Loading TensorFlow')}"
    with qtbot.waitSignal(jobs.ended):
        held.released.set()
    assert status.isHidden()


def test_a_run_says_what_it_computes_on(qtbot, jobs, watch, tmp_path):
    def work(emit, token):
        emit(
            RunStarted(
                run="r",
                folder=tmp_path,
                first_epoch=0,
                epochs=1,
                steps_per_epoch=1,
                batch_size=1,
                device="CPU, 2 cores",
            )
        )

    with qtbot.waitSignal(watch.device_told) as told:
        jobs.start(BackgroundJob("Training", work))
    assert told.args == ["CPU, 2 cores"]


def test_a_quiet_job_is_not_shown(qtbot, jobs, status, watch):
    job = BackgroundJob("Listing", lambda emit, token: None, is_quiet=True)
    with qtbot.waitSignal(jobs.ended):
        jobs.start(job)
        assert status.isHidden()
