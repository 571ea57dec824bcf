"""Runs the learning-rate finder, and puts what it found into the form."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from catdog_gui import errors
from catdog_gui.background import BackgroundJob, Jobs, as_job
from catdog_gui.training_tab import jobs as training_jobs
from catdog_gui.training_tab.rate_view import RateView
from catdog_gui.widgets.banner import Banner
from training.config import TrainingConfig
from training.errors import UserError
from training.events import Event
from training.home import Home
from training.learning.presets import find_preset
from training.progress import StageTracker

if TYPE_CHECKING:
    from training.learning.rate_finder import RateFound

_TITLE = "Finding a learning rate"


class RateWork(QObject):
    """One search at a time.

    Args:
        view: Where it shows.
        banner: Where is said what went wrong.
        home: Where the datasets live.
        jobs: Where it runs.
        config: Gives what the form says on the chosen dataset; raises `UserError` where that
            cannot be used.
        find: What finds; tests give their own.

    Signals:
        changed: A search began, or is over.
    """

    changed = Signal()

    def __init__(
        self,
        view: RateView,
        banner: Banner,
        home: Home,
        *,
        jobs: Jobs,
        config: Callable[[], TrainingConfig],
        find: Callable[..., RateFound] = training_jobs.find_rate,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._view = view
        self._banner = banner
        self._home = home
        self._jobs = jobs
        self._config = config
        self._find = find
        self._job: BackgroundJob | None = None
        self._tracker = StageTracker()
        view.cancel_requested.connect(self._on_view_cancel_requested)

    @property
    def is_running(self) -> bool:
        """Whether it is at work."""
        return self._job is not None

    def start(self) -> None:
        """Begin, unless it is at work already."""
        if self.is_running:
            return
        try:
            config = self._config()
        except UserError as error:
            errors.show_error(self._banner, error, doing=_TITLE)
            return
        self._tracker = StageTracker()
        self._job = BackgroundJob(_TITLE, as_job(partial(self._find, config, self._home)))
        self._job.progressed.connect(self._on_job_progressed)
        self._job.stopping.connect(self._on_job_stopping)
        of = f"{find_preset(config.preset).title} on {config.dataset}"
        self._job.succeeded.connect(partial(self._view.show_found, of=of))
        self._job.failed.connect(self._on_job_failed)
        self._job.finished.connect(self._on_job_finished)
        self._view.show_running()
        self.changed.emit()
        self._jobs.start(self._job)

    def _on_view_cancel_requested(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def _on_job_progressed(self, event: Event) -> None:
        state = self._tracker.update(event)
        if state is not None and self._job is not None and not self._job.token.is_cancelled:
            self._view.show_progress(_TITLE, state)

    def _on_job_stopping(self) -> None:
        self._view.show_stopping(self._tracker.waits_for)

    def _on_job_failed(self, error: BaseException) -> None:
        errors.show_error(self._banner, error, doing=_TITLE)

    def _on_job_finished(self) -> None:
        self._job = None
        self._view.show_ended()
        self.changed.emit()
