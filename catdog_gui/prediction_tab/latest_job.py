"""One question at a time, answered beside the window; a newer one takes its place."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject

from catdog_gui import errors
from catdog_gui.background import BackgroundJob, Jobs, as_job
from training.events import Event
from training.progress import StageTracker, progress_words

_STOPPED = "Stopped. Choose another look and this one again to go on."


@dataclass(frozen=True)
class Question:
    """What is asked.

    Attributes:
        title: What the program does meanwhile, such as "Looking inside".
        job: Finds the answer, in a job's thread; all but its `emit` and `token` are bound.
        then: Takes the answer.
        wait: Takes the words for whoever waits, such as "Loading TensorFlow".
        fail: Takes what went wrong, in words with the next step.
        is_quiet: See `BackgroundJob`.
        stopped: Said where the user ended it.
    """

    title: str
    job: Callable[..., Any]
    then: Callable[[Any], None]
    wait: Callable[[str], None]
    fail: Callable[[str], None]
    is_quiet: bool = True
    stopped: str = _STOPPED


class LatestJob(QObject):
    """Answers the latest question alone; a job begins when the one before it is over.

    Args:
        jobs: Runs the jobs.
    """

    def __init__(self, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._job: BackgroundJob | None = None
        self._running: Question | None = None
        self._asked: Question | None = None
        self._tracker = StageTracker()

    def ask(self, question: Question) -> None:
        """Ask; nobody wants the answer to what was asked before."""
        self._asked = question
        if self._job is None:
            self._start(question)
        else:
            self._job.cancel()  # its end comes back to this question

    def drop(self) -> None:
        """Nobody wants an answer any more."""
        self._asked = None
        if self._job is not None:
            self._job.cancel()

    def _start(self, question: Question) -> None:
        self._running = question
        self._tracker = StageTracker()
        self._job = BackgroundJob(question.title, as_job(question.job), is_quiet=question.is_quiet)
        self._job.progressed.connect(self._on_job_progressed)
        self._job.succeeded.connect(self._on_job_succeeded)
        self._job.failed.connect(self._on_job_failed)
        self._job.cancelled.connect(self._on_job_cancelled)
        self._job.finished.connect(self._on_job_finished)
        self._jobs.start(self._job)

    def _on_job_progressed(self, event: Event) -> None:
        state = self._tracker.update(event)
        if state is not None and self._asked is self._running and self._asked:
            self._asked.wait(progress_words(state))

    def _on_job_succeeded(self, answer: object) -> None:
        if self._asked is self._running and self._asked:
            self._asked.then(answer)

    def _on_job_failed(self, error: BaseException) -> None:
        if self._asked is self._running and self._asked:
            self._asked.fail(errors.explain_error(error, doing=self._asked.title))

    def _on_job_cancelled(self) -> None:
        if self._asked is self._running and self._asked:  # in the status bar
            self._asked.fail(self._asked.stopped)

    def _on_job_finished(self) -> None:
        answered, self._job, self._running = self._running, None, None
        if self._asked is not None and self._asked is not answered:
            self._start(self._asked)
