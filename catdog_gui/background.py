"""One way to run a job beside the window, with exactly one of three endings.

This is the only module that says QThread.
"""

import logging
from collections.abc import Callable
from typing import Any, cast

from PySide6.QtCore import QObject, QThread, Signal

from training.cancellation import Cancelled, CancelToken
from training.errors import UserError
from training.events import EventSink

Job = Callable[[EventSink, CancelToken], Any]
"""A plain function of the domain that needs only a sink for its events and a token."""

# macOS gives a secondary thread 512 KB; numpy and tf2onnx need more
_STACK_BYTES = 16 * 1024 * 1024
_log = logging.getLogger(__name__)


def as_job(function: Callable[..., Any]) -> Job:
    """A function of the domain, all but its `emit` and `token` bound, as a background job."""
    return lambda emit, token: function(emit=emit, token=token)


class BackgroundJob(QThread):
    """Runs a job in a worker thread and tells its events and its ending to the GUI thread.

    The object lives in the thread that made it, so every signal is delivered there, whatever it
    is connected to. After exactly one of `succeeded`, `failed`, `cancelled` comes Qt's own
    `finished`.

    Args:
        title: What it does, in the words that the window shows.
        job: Runs in the worker thread.
        is_quiet: It only looks, such as listing what is there, or is over in a moment: it is
            neither shown in the status bar nor asked about when the window closes.

    Signals:
        progressed: An `Event` of the job.
        succeeded: The job's result.
        failed: The exception that ended it.
        cancelled: The user ended it; there is no result.
        stopping: It was asked to cancel, wherever that was; its ending follows.
    """

    progressed = Signal(object)
    succeeded = Signal(object)
    failed = Signal(object)
    cancelled = Signal()
    stopping = Signal()

    def __init__(self, title: str, job: Job, *, is_quiet: bool = False) -> None:
        super().__init__()
        self.title = title
        self.is_quiet = is_quiet
        self.token = CancelToken()
        self._job = job
        self.setStackSize(_STACK_BYTES)

    def cancel(self, *, keep_saved: bool = False) -> None:
        """Ask the job to stop and drop its result; returns at once.

        Args:
            keep_saved: See `CancelToken.cancel`.
        """
        if not self.token.is_cancelled:
            self.token.cancel(keep_saved=keep_saved)
            self.stopping.emit()

    def finish_now(self) -> None:
        """Ask a training to end and keep its best model; returns at once."""
        self.token.finish_now()

    def run(self) -> None:
        """Qt calls this in the worker thread."""
        try:
            result = self._job(self.progressed.emit, self.token)
        except Cancelled:
            self.cancelled.emit()
        except BaseException as error:  # noqa: BLE001 - a thread's last line: nothing may pass it
            # what a cancelled job stumbles over is no news, but that a pause is not saved is
            is_news = self.token.keeps_saved and isinstance(error, UserError)
            if self.token.is_cancelled and not is_news:
                _log.info("%s: ended while being cancelled", self.title, exc_info=error)
                self.cancelled.emit()
            else:
                self.failed.emit(error)
        else:
            self._end(result)

    def _end(self, result: object) -> None:
        if self.token.is_cancelled:  # it could not be interrupted; its result is dropped
            self.cancelled.emit()
        else:
            self.succeeded.emit(result)


class Jobs(QObject):
    """The jobs that are running, for whoever shows or ends them all.

    Signals:
        started: A `BackgroundJob` begins.
        ended: That job's thread is over; it may be forgotten.
    """

    started = Signal(object)
    ended = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._running: list[BackgroundJob] = []
        self._is_over = False

    @property
    def running(self) -> tuple[BackgroundJob, ...]:
        """The jobs whose threads are not over, oldest first."""
        return tuple(self._running)

    def start(self, job: BackgroundJob) -> None:
        """Run a job whose signals are connected; none begins after `cancel_all_and_wait`."""
        if self._is_over:  # what a cancelled job's ending asks for would outlive the window
            return
        job.setParent(self)
        self._running.append(job)
        job.finished.connect(self._on_job_finished)
        self.started.emit(job)
        job.start()

    def cancel_all_and_wait(self, *, limit_ms: int) -> bool:
        """End every job for good, keeping checkpoints; a QThread destroyed while it runs aborts.

        Args:
            limit_ms: The longest wait for each, in milliseconds.

        Returns:
            Whether all of them ended.
        """
        self._is_over = True
        for job in self.running:
            job.cancel(keep_saved=True)
        ended = [job.wait(limit_ms) for job in self.running]
        return all(ended)

    def _on_job_finished(self) -> None:
        """Forget that job alone: of another whose thread is over the result may still be due.

        It is the signal's sender: a connection that held the job would let it go in the middle of
        its own destruction.
        """
        job = cast("BackgroundJob", self.sender())
        self._running.remove(job)
        self.ended.emit(job)
        job.deleteLater()
