import threading

import pytest
from PySide6.QtCore import QObject

from catdog_gui.background import BackgroundJob, Jobs
from training.errors import UserError
from training.events import Noticed

FIRST, SECOND = Noticed("first"), Noticed("second")


class Heard:
    """Notes what a job says, in its order, and in which thread it was heard."""

    def __init__(self, job: BackgroundJob) -> None:
        self.words: list[object] = []
        self.threads: set[int] = set()
        job.progressed.connect(lambda event: self._note(event))  # noqa: PLW0108 - a lambda is the case in point
        job.succeeded.connect(lambda result: self._note(("succeeded", result)))
        job.failed.connect(lambda error: self._note(("failed", error)))
        job.cancelled.connect(lambda: self._note("cancelled"))
        job.stopping.connect(lambda: self._note("stopping"))
        job.finished.connect(lambda: self._note("finished"))

    def _note(self, word):
        self.words.append(word)
        self.threads.add(threading.get_ident())


@pytest.fixture
def jobs(qapp):
    made = Jobs()
    yield made
    assert made.cancel_all_and_wait(limit_ms=5000)


def run(qtbot, jobs, work):
    job = BackgroundJob("A job", work)
    heard = Heard(job)
    with qtbot.waitSignal(jobs.ended):
        jobs.start(job)
    return heard


def held_job(entered: threading.Event, released: threading.Event):
    """A job that waits in a stage that cannot be interrupted."""

    def work(emit, token):
        entered.set()
        assert released.wait(5)
        return "result"

    return work


def test_a_job_tells_its_events_then_its_result_then_that_its_thread_is_over(qtbot, jobs):
    def work(emit, token):
        emit(FIRST)
        emit(SECOND)
        return 7

    assert run(qtbot, jobs, work).words == [FIRST, SECOND, ("succeeded", 7), "finished"]


def test_an_error_in_the_worker_is_the_ending_failed(qtbot, jobs):
    error = UserError("The disk is full.", "Free some space.")

    def work(emit, token):
        emit(FIRST)
        raise error

    assert run(qtbot, jobs, work).words == [FIRST, ("failed", error), "finished"]


@pytest.mark.parametrize("error", [SystemExit(2), KeyboardInterrupt(), MemoryError()])
def test_whatever_leaves_the_worker_ends_the_job_and_not_the_program(qtbot, jobs, error):
    def work(emit, token):
        raise error

    assert run(qtbot, jobs, work).words == [("failed", error), "finished"]


def test_a_cancelled_job_ends_once_without_a_result(qtbot, jobs):
    def work(emit, token):
        job.cancel()
        token.raise_if_cancelled()

    job = BackgroundJob("A job", work)
    heard = Heard(job)
    with qtbot.waitSignal(jobs.ended):
        jobs.start(job)
    assert heard.words == ["stopping", "cancelled", "finished"]


def test_what_a_cancelled_job_stumbles_over_is_no_failure(qtbot, jobs):
    def work(emit, token):
        token.cancel()
        raise OSError("the file is gone")

    assert run(qtbot, jobs, work).words == ["cancelled", "finished"]


def test_that_a_pause_cannot_be_saved_is_news(qtbot, jobs):
    error = UserError("The disk is full.", "Free some space and resume.")

    def work(emit, token):
        token.cancel(keep_saved=True)
        raise error

    assert run(qtbot, jobs, work).words == [("failed", error), "finished"]


def test_the_result_of_a_stage_that_could_not_be_interrupted_is_dropped(qtbot, jobs):
    entered, released = threading.Event(), threading.Event()
    job = BackgroundJob("A job", held_job(entered, released))
    heard = Heard(job)
    jobs.start(job)
    assert entered.wait(5)
    job.cancel()
    job.cancel()
    assert heard.words == ["stopping"], "the first cancel is told at once, the second is no news"
    with qtbot.waitSignal(jobs.ended):
        released.set()
    assert heard.words == ["stopping", "cancelled", "finished"]


def test_everything_is_heard_in_the_gui_thread(qtbot, jobs):
    worker: list[int] = []

    class Receiver(QObject):
        def on_progressed(self, event):
            threads.add(threading.get_ident())

    threads: set[int] = set()
    receiver = Receiver()

    def work(emit, token):
        worker.append(threading.get_ident())
        emit(FIRST)

    job = BackgroundJob("A job", work)
    job.progressed.connect(receiver.on_progressed)
    heard = Heard(job)
    with qtbot.waitSignal(jobs.ended):
        jobs.start(job)
    assert worker[0] != threading.get_ident()
    assert heard.threads | threads == {threading.get_ident()}


def test_a_running_job_is_listed_until_it_ends(qtbot, jobs):
    entered, released = threading.Event(), threading.Event()
    job = BackgroundJob("A job", held_job(entered, released))
    with qtbot.waitSignal(jobs.started) as started:
        jobs.start(job)
    assert started.args == [job]
    assert jobs.running == (job,)
    with qtbot.waitSignal(jobs.ended):
        released.set()
    assert jobs.running == ()


def test_no_job_is_over_before_its_result_is_heard(qtbot, jobs):
    """Both threads are over before any of their signals arrives."""
    heard = []
    jobs.ended.connect(lambda job: heard.append(f"{job.title} is over"))
    both = [BackgroundJob(title, lambda emit, token: None) for title in ("one", "two")]
    for job in both:
        job.succeeded.connect(lambda _, title=job.title: heard.append(title))
        jobs.start(job)
        assert job.wait(5000)
    qtbot.waitUntil(lambda: not jobs.running)
    assert heard == ["one", "one is over", "two", "two is over"]


def test_finish_now_keeps_the_result(qtbot, jobs):
    def work(emit, token):
        job.finish_now()
        return "best" if token.is_finishing else "all"

    job = BackgroundJob("A job", work)
    heard = Heard(job)
    with qtbot.waitSignal(jobs.ended):
        jobs.start(job)
    assert heard.words[0] == ("succeeded", "best")


def test_all_jobs_can_be_ended_before_they_are_destroyed(qtbot):
    def work(emit, token):
        entered.wait()
        while True:
            token.raise_if_cancelled()

    entered = threading.Barrier(3)
    jobs = Jobs()
    for number in (1, 2):
        jobs.start(BackgroundJob(f"Job {number}", work))
    entered.wait(5)
    running = jobs.running
    assert jobs.cancel_all_and_wait(limit_ms=5000)
    assert all(job.isFinished() for job in running)
    with qtbot.waitSignal(jobs.destroyed):
        jobs.deleteLater()


def test_no_job_begins_once_all_have_been_ended(qtbot, jobs):
    def work(emit, token):
        entered.set()
        while True:
            token.raise_if_cancelled()

    entered, begun = threading.Event(), threading.Event()
    first = BackgroundJob("First", work)
    first.cancelled.connect(lambda: jobs.start(BackgroundJob("Next", lambda *_: begun.set())))
    jobs.start(first)
    assert entered.wait(5)
    assert jobs.cancel_all_and_wait(limit_ms=5000)
    with qtbot.waitSignal(jobs.ended):
        pass  # the first one's ending is heard only now, in the event loop
    assert jobs.running == ()
    assert not begun.is_set()


def test_waiting_has_a_limit(qtbot, jobs):
    entered, released = threading.Event(), threading.Event()
    jobs.start(BackgroundJob("A job", held_job(entered, released)))
    assert entered.wait(5)
    assert not jobs.cancel_all_and_wait(limit_ms=1)
    released.set()
