"""The one job at a time of the window, as its page shows it."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal

from catdog_gui import errors
from catdog_gui.background import BackgroundJob, Jobs, as_job
from catdog_gui.judging.page import JudgingPage
from training.events import Event
from training.progress import StageTracker


class JudgingWork(QObject):
    """Runs a job, and shows its progress and how it failed.

    Args:
        page: Where it shows.
        jobs: Where it runs.

    Signals:
        changed: A job began, or is over.
    """

    changed = Signal()

    def __init__(self, page: JudgingPage, jobs: Jobs, *, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._page = page
        self._jobs = jobs
        self._job: BackgroundJob | None = None
        self._tracker = StageTracker()
        page.cancel_requested.connect(self.cancel)
        page.closed.connect(self.cancel)

    @property
    def is_running(self) -> bool:
        """Whether a job runs."""
        return self._job is not None

    def start(
        self,
        title: str,
        job: Callable[..., Any],
        *,
        then: Callable[[Any], None],
        or_else: Callable[[], None] = lambda: None,
    ) -> None:
        """Run a job; none may be running.

        Args:
            title: What it does, such as "Judging".
            job: All of its parameters but `emit` and `token` are bound.
            then: Takes its result.
            or_else: Called where there is none.
        """
        self._tracker = StageTracker()
        self._job = BackgroundJob(title, as_job(job))
        self._job.progressed.connect(self._on_job_progressed)
        self._job.succeeded.connect(partial(self._on_job_succeeded, then))
        self._job.failed.connect(partial(self._on_job_failed, title, or_else))
        self._job.cancelled.connect(partial(self._on_job_cancelled, or_else))
        self._job.stopping.connect(self._page.show_stopping)
        self._page.banner.dismiss()
        self.changed.emit()
        self._jobs.start(self._job)

    def cancel(self) -> None:
        """End the running job, if there is one."""
        if self._job is not None:
            self._job.cancel()

    def _on_job_progressed(self, event: Event) -> None:
        state = self._tracker.update(event)
        if state is not None and self._job is not None and not self._job.token.is_cancelled:
            self._page.show_progress(self._job.title, state)

    def _on_job_succeeded(self, then: Callable[[Any], None], result: object) -> None:
        then(result)
        self._end()

    def _on_job_failed(self, title: str, or_else: Callable[[], None], error: BaseException) -> None:
        or_else()
        self._end()
        errors.show_error(self._page.banner, error, doing=title)

    def _on_job_cancelled(self, or_else: Callable[[], None]) -> None:
        or_else()
        self._end()

    def _end(self) -> None:
        self._job = None
        self._page.clear_progress()
        self.changed.emit()
