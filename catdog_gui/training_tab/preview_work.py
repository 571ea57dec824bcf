"""Varies some of the user's pictures as the form says, while the user looks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from catdog_gui import errors
from catdog_gui.background import BackgroundJob, Jobs, as_job
from catdog_gui.training_tab import jobs as training_jobs
from catdog_gui.training_tab.augmentation_view import AugmentationView
from training.config import TrainingConfig
from training.errors import UserError
from training.home import Home

if TYPE_CHECKING:
    from training.dataset.decode import Pixels

_DELAY_MS = 150  # a number that is being typed is one change
_FIRST_SEED = 1
_TITLE = "Varying pictures"


class PreviewWork(QObject):
    """Keeps the view as the form is; nothing is computed while nobody sees it.

    Args:
        view: Where the pictures show.
        home: Where the datasets live.
        jobs: Where they are varied.
        config: Gives what the form says on the chosen dataset; raises `UserError` where that
            cannot be used.
        vary: What varies; tests give their own.
    """

    def __init__(
        self,
        view: AugmentationView,
        home: Home,
        *,
        jobs: Jobs,
        config: Callable[[], TrainingConfig],
        vary: Callable[..., Sequence[Sequence[Pixels]]] = training_jobs.vary,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._view = view
        self._home = home
        self._jobs = jobs
        self._config = config
        self._vary = vary
        self._seed = _FIRST_SEED
        self._is_stale = True
        self._job: BackgroundJob | None = None
        self._timer = QTimer(self, singleShot=True, interval=_DELAY_MS)
        self._timer.timeout.connect(self._catch_up)
        view.shown.connect(self._catch_up)
        view.others_requested.connect(self._on_view_others_requested)

    def show(self) -> None:
        """Show what the form says now, soon."""
        self._is_stale = True
        self._timer.start()

    def _on_view_others_requested(self) -> None:
        self._seed += 1
        self._is_stale = True
        self._catch_up()

    def _catch_up(self) -> None:
        """Begin where there is something new and somebody looks; the last job ends first."""
        if not self._is_stale or not self._view.isVisible():
            return
        if self._job is not None:
            self._job.cancel()  # its end comes back here
            return
        self._is_stale = False
        try:
            config = self._config()
        except UserError as error:
            self._view.show_reason(str(error), keeps_pictures=True)
        else:
            self._start(config)

    def _start(self, config: TrainingConfig) -> None:
        vary = as_job(partial(self._vary, config, self._home, seed=self._seed))
        self._job = BackgroundJob(_TITLE, vary, is_quiet=True)  # its view says it
        self._job.succeeded.connect(self._view.show_pictures)
        self._job.failed.connect(self._on_job_failed)
        self._job.finished.connect(self._on_job_finished)
        self._jobs.start(self._job)

    def _on_job_failed(self, error: BaseException) -> None:
        self._view.show_reason(errors.explain_error(error, doing=_TITLE))

    def _on_job_finished(self) -> None:
        self._job = None
        self._catch_up()
