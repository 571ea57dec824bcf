"""Reads pictures in jobs, one after another, while new ones may be added at any time."""

import logging
import time
from collections import deque
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from catdog_gui.background import BackgroundJob, Jobs
from catdog_gui.prediction_tab.job import ClassifyFiles, classify_sources
from training.cancellation import CancelToken
from training.events import Event, EventSink, Stage
from training.progress import StageTracker

TITLE = "Prediction"

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Order:
    """Read these with that run.

    Attributes:
        sources: Files and folders.
        folder: The run's folder.
    """

    sources: tuple[Path, ...]
    folder: Path


@dataclass(frozen=True)
class Stopped:
    """What a job that did not reach its end leaves behind.

    Attributes:
        left: Files and folders that were still to be looked through; they are dropped.
        error: What ended it; None where the user did.
    """

    left: tuple[Path, ...]
    error: Exception | None = None


class ReadingQueue(QObject):
    """Runs one job at a time, so that one classifier and one order of rows serve all.

    Args:
        jobs: Runs the jobs.
        classify: Gives the verdicts, in the job's thread.

    Signals:
        event_told: An `Event` of the job whose verdicts are wanted.
        state_changed: The `StageState` of that job.
        stopping: That job was asked to end, here or in the status bar.
        stopped: A `Stopped`, where a job did not reach its end.
        changed: A job began or ended.
    """

    event_told = Signal(object)
    state_changed = Signal(object)
    stopping = Signal()
    stopped = Signal(object)
    changed = Signal()

    def __init__(self, jobs: Jobs, classify: ClassifyFiles, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._classify = classify
        self._waiting: deque[Order] = deque()
        self._job: BackgroundJob | None = None
        self._is_forgotten = False
        self._unlisted: tuple[Path, ...] = ()  # what the running job was given, until it has rows
        self._tracker = StageTracker()
        self._begun = 0.0

    @property
    def is_busy(self) -> bool:
        """Whether verdicts are still to come."""
        return bool(self._waiting) or (self._job is not None and not self._is_forgotten)

    def add(self, order: Order) -> None:
        """Read this after all that is there already."""
        self._waiting.append(order)
        self._start_next()

    def cancel(self) -> None:
        """End the running job and drop what waits; `stopped` follows."""
        if self._is_forgotten:
            self._stop_waiting()
        elif self._job is not None:
            self._job.cancel()

    def forget(self) -> tuple[Path, ...]:
        """End all without a word: nobody wants these verdicts any more.

        Returns:
            Files and folders that were still to be looked through.
        """
        left = self._drop_waiting()
        if self._job is not None:
            self._is_forgotten = True
            self._job.cancel()
        self.changed.emit()
        return left

    def _start_next(self) -> None:
        if self._job is None and self._waiting:
            self._start(self._waiting.popleft())
        self.changed.emit()

    def _start(self, order: Order) -> None:
        classify = self._classify  # not self: the last to let go of a QObject must be this thread

        def read(emit: EventSink, token: CancelToken) -> int:
            return classify_sources(
                order.sources, order.folder, classify=classify, emit=emit, token=token
            )

        self._tracker = StageTracker()
        self._unlisted = order.sources
        self._begun = time.monotonic()
        self._job = BackgroundJob(TITLE, read)
        self._job.progressed.connect(self._on_job_progressed)
        self._job.succeeded.connect(self._on_job_succeeded)
        self._job.failed.connect(self._on_job_failed)
        self._job.cancelled.connect(self._on_job_cancelled)
        self._job.stopping.connect(self._on_job_stopping)
        self._jobs.start(self._job)

    def _on_job_progressed(self, event: Event) -> None:
        if self._is_forgotten:
            return
        state = self._tracker.update(event)
        if state is None:
            self.event_told.emit(event)
            return
        if state.stage.stage is not Stage.LISTING:
            self._unlisted = ()
        self.state_changed.emit(state)

    def _on_job_stopping(self) -> None:
        if not self._is_forgotten:
            self.stopping.emit()

    def _on_job_succeeded(self, pictures: int) -> None:
        seconds = time.monotonic() - self._begun
        _log.info("read %d pictures in %.3f s", pictures, seconds)  # a benchmark reads it
        self._go_on()

    def _on_job_failed(self, error: Exception) -> None:
        self._stop(error)

    def _on_job_cancelled(self) -> None:
        self._stop(None)

    def _stop(self, error: Exception | None) -> None:
        is_news = not self._is_forgotten
        left = self._drop_waiting() if is_news else ()
        self._go_on()
        if is_news:
            self.stopped.emit(Stopped(left, error))

    def _stop_waiting(self) -> None:
        left = self._drop_waiting()
        self.changed.emit()
        self.stopped.emit(Stopped(left))

    def _go_on(self) -> None:
        self._job = None
        self._is_forgotten = False
        self._unlisted = ()
        self._start_next()

    def _drop_waiting(self) -> tuple[Path, ...]:
        waiting = (source for order in self._waiting for source in order.sources)
        left = (*self._unlisted, *waiting)
        self._unlisted = ()
        self._waiting.clear()
        return left
