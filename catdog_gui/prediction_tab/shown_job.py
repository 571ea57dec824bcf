"""One job at a time, with its progress where it was begun."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, Signal

from catdog_gui.background import BackgroundJob, Jobs, as_job
from catdog_gui.widgets.job_progress import JobProgress
from training.events import Event, Stage
from training.progress import StageTracker


@dataclass(frozen=True)
class Task:
    """What is to be done.

    Attributes:
        title: What the program does meanwhile, such as "Writing the submission".
        job: Does it, in a job's thread; all but its `emit` and `token` are bound.
        then: Takes the result.
        fail: Takes what went wrong.
        or_cancelled: Called where the user ended it, with the stage that it was in.
    """

    title: str
    job: Callable[..., Any]
    then: Callable[[Any], None]
    fail: Callable[[BaseException], None]
    or_cancelled: Callable[[Stage | None], None]


class ShownJob(QObject):
    """Runs a task, and shows how far it is.

    Args:
        progress: Shows it, and cancels it.
        jobs: Where it runs.

    Signals:
        changed: A job began, or is over.
    """

    changed = Signal()

    def __init__(self, progress: JobProgress, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._progress = progress
        self._jobs = jobs
        self._job: BackgroundJob | None = None
        self._task: Task | None = None
        self._stage: Stage | None = None
        self._tracker = StageTracker()
        progress.cancel_requested.connect(self._on_progress_cancel_requested)

    @property
    def is_running(self) -> bool:
        """Whether a job runs."""
        return self._job is not None

    def start(self, task: Task) -> None:
        """Run a task; none may be running."""
        self._task, self._stage, self._tracker = task, None, StageTracker()
        self._job = BackgroundJob(task.title, as_job(task.job))
        self._job.progressed.connect(self._on_job_progressed)
        self._job.succeeded.connect(self._on_job_succeeded)
        self._job.failed.connect(self._on_job_failed)
        self._job.cancelled.connect(self._on_job_cancelled)
        self._job.stopping.connect(self._progress.show_stopping)
        self.changed.emit()
        self._jobs.start(self._job)

    def _on_progress_cancel_requested(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def _on_job_progressed(self, event: Event) -> None:
        state = self._tracker.update(event)
        if state is None or self._job is None or self._job.token.is_cancelled:
            return
        self._stage = state.stage.stage
        self._progress.show_state(self._job.title, state)

    def _on_job_succeeded(self, result: object) -> None:
        self._ended().then(result)

    def _on_job_failed(self, error: BaseException) -> None:
        self._ended().fail(error)

    def _on_job_cancelled(self) -> None:
        self._ended().or_cancelled(self._stage)

    def _ended(self) -> Task:
        assert self._task is not None
        self._job = None
        self._progress.clear()
        self.changed.emit()
        return self._task
