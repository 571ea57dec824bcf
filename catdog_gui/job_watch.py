"""Follows every running job, whichever tab started it, and keeps the status bar's line."""

from PySide6.QtCore import QObject, Signal

from catdog_gui.background import BackgroundJob, Jobs
from catdog_gui.widgets.job_status import JobStatus
from training.events import Event, RunStarted
from training.progress import StageState, StageTracker


class FollowedJob(QObject):
    """A running job and where it stands.

    Signals:
        changed: It stands elsewhere now.
        device_told: The words for what a run computes on.
    """

    changed = Signal()
    device_told = Signal(str)

    def __init__(self, job: BackgroundJob, parent: QObject) -> None:
        super().__init__(parent)
        self.job = job
        self.state: StageState | None = None
        self._tracker = StageTracker()
        job.progressed.connect(self._on_job_progressed)
        job.stopping.connect(self.changed)

    @property
    def waits_for(self) -> str:
        """The stage that a cancel has to wait for; empty where there is none."""
        is_held = self.state is not None and not self.state.stage.interruptible
        return str(self.state.stage.stage) if self.state is not None and is_held else ""

    def _on_job_progressed(self, event: Event) -> None:
        if isinstance(event, RunStarted):
            self.device_told.emit(event.device)
        state = self._tracker.update(event)
        if state is not None:
            self.state = state
            self.changed.emit()


class JobWatch(QObject):
    """Shows the oldest running job in the status bar and hands its cross on.

    Signals:
        cancel_requested: The `BackgroundJob` that the user wants to stop.
        device_told: The words for what a run computes on.
    """

    cancel_requested = Signal(object)
    device_told = Signal(str)

    def __init__(self, jobs: Jobs, status: JobStatus, parent: QObject) -> None:
        super().__init__(parent)
        self._status = status
        self._followed: list[FollowedJob] = []
        jobs.started.connect(self._on_job_started)
        jobs.ended.connect(self._on_job_ended)
        status.cancel_requested.connect(self._on_cancel_requested)

    def _on_job_started(self, job: BackgroundJob) -> None:
        if job.is_quiet:
            return
        followed = FollowedJob(job, self)
        followed.changed.connect(self._show)
        followed.device_told.connect(self.device_told)
        self._followed.append(followed)
        self._show()

    def _on_job_ended(self, job: BackgroundJob) -> None:
        for followed in [row for row in self._followed if row.job is job]:
            self._followed.remove(followed)
            followed.deleteLater()
        self._show()

    def _on_cancel_requested(self) -> None:
        if self._followed:
            self.cancel_requested.emit(self._followed[0].job)

    def _show(self) -> None:
        if not self._followed:
            self._status.clear()
            return
        first = self._followed[0]
        if first.job.token.is_cancelled:
            self._status.show_stopping(first.job.title, first.waits_for)
        else:
            self._status.show_state(first.job.title, first.state, others=len(self._followed) - 1)
