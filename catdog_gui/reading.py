"""Reads beside the window; whoever asks again no longer wants the last answer."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QObject

from catdog_gui import errors
from catdog_gui.background import BackgroundJob, Jobs, as_job
from catdog_gui.widgets.banner import Banner


class Reading(QObject):
    """Runs one reading job at a time; a newer one takes its place.

    Args:
        banner: Where a failure is told.
        jobs: Where it runs.
    """

    def __init__(self, banner: Banner, jobs: Jobs, *, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._banner = banner
        self._jobs = jobs
        self._current: BackgroundJob | None = None
        self._then: Callable[[Any], None] = lambda _: None

    @property
    def is_running(self) -> bool:
        """Whether something is being read."""
        return self._current is not None

    def start(self, title: str, job: Callable[..., Any], *, then: Callable[[Any], None]) -> None:
        """Read.

        Args:
            title: What is read, such as "Reading kaggle".
            job: All of its parameters but `emit` and `token` are bound.
            then: Takes the result, unless something else was asked for meanwhile.
        """
        if self._current is not None:
            self._current.cancel()
        self._then = then
        job_now = BackgroundJob(title, as_job(job), is_quiet=True)
        job_now.succeeded.connect(partial(self._on_job_succeeded, job_now))
        job_now.failed.connect(partial(self._on_job_failed, job_now))
        self._current = job_now
        self._jobs.start(job_now)

    def _on_job_succeeded(self, job: BackgroundJob, result: object) -> None:
        if job is self._current:
            self._current = None
            self._then(result)

    def _on_job_failed(self, job: BackgroundJob, error: BaseException) -> None:
        if job is self._current:
            self._current = None
            errors.show_error(self._banner, error, doing=job.title)
