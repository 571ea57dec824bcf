"""News of a training for who looks elsewhere: title, taskbar, and a word from the system."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QSystemTrayIcon, QWidget

from catdog_gui.background import BackgroundJob, Jobs
from catdog_gui.taskbar import ShowPercent, show_percent
from catdog_gui.training_tab import words
from catdog_gui.widgets.front import bring_to_front
from training.errors import explain
from training.events import EpochEnded, Event, RunStarted, StepEnded
from training.runs.history import best_epoch

if TYPE_CHECKING:
    from training.learning.trainer import TrainingResult

LONG_S = 60.0
"""Who trains for longer does something else meanwhile."""
_SHOWN_MS = 10_000

Notify = Callable[[QWidget, str, str], None]
"""Shows a title and a sentence outside of the window; they are about it."""


def title_words(run: RunStarted, history: Sequence[EpochEnded]) -> str:
    """Where a training stands, as short as a title: "epoch 7 of 30, best 98.1 %"."""
    learning = min(len(history) + 1, run.epochs)
    best = best_epoch(history)
    best_words = "" if best is None else f", best {words.percent(best.val_accuracy)}"
    return f"epoch {learning:,} of {run.epochs:,}{best_words}"


def notify_by_tray(window: QWidget, title: str, sentence: str) -> None:
    """Let the system say it, where it has a tray; a click brings the window to the front."""
    if not QSystemTrayIcon.isSystemTrayAvailable():
        return
    tray = QSystemTrayIcon(window.windowIcon(), window)
    tray.messageClicked.connect(partial(bring_to_front, window))
    tray.show()  # else it cannot show a message
    tray.showMessage(title, sentence, window.windowIcon(), _SHOWN_MS)
    QTimer.singleShot(_SHOWN_MS, tray.deleteLater)


@dataclass
class _Training:
    """A training that has its run, and what it told so far."""

    job: BackgroundJob
    began_s: float
    run: RunStarted
    history: list[EpochEnded] = field(default_factory=list)
    percent: int | None = None

    def percent_at(self, epoch: int, step: int) -> int:
        """The share of the run's steps that are learned after one, in percent."""
        done = epoch * self.run.steps_per_epoch + step + 1
        return 100 * done // (self.run.epochs * self.run.steps_per_epoch)


class TrainingNews(QObject):
    """Keeps title and taskbar while a training runs, and tells the end of a long one.

    Args:
        jobs: Where trainings run.
        window: Whose title it is; nothing more is told while it is the active one.
        notify: Tells the end; tests give their own.
        show: Shows in the taskbar how far it is; tests give their own.
        clock: Seconds, monotonic.
    """

    def __init__(
        self,
        jobs: Jobs,
        window: QWidget,
        *,
        notify: Notify = notify_by_tray,
        show: ShowPercent = show_percent,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._notify = notify
        self._show_percent = show
        self._clock = clock
        self._title = ""
        self._training: _Training | None = None
        jobs.started.connect(self._on_job_started)
        jobs.ended.connect(self._on_job_ended)

    def _on_job_started(self, job: BackgroundJob) -> None:
        if not job.is_quiet:
            job.progressed.connect(partial(self._on_job_progressed, job, self._clock()))
            job.succeeded.connect(partial(self._on_job_succeeded, job))
            job.failed.connect(partial(self._on_job_failed, job))

    def _on_job_progressed(self, job: BackgroundJob, began_s: float, event: Event) -> None:
        match event:
            case RunStarted():
                if self._training is None:  # it may begin anew, with smaller batches
                    self._title = self._window.windowTitle()
                self._training = _Training(job, began_s, event, list(event.history))
                self._show(self._training)
            case StepEnded(epoch, step) if self._training is not None:
                self._show_share(self._training, self._training.percent_at(epoch, step))
            case EpochEnded() if self._training is not None:
                self._training.history.append(event)
                self._show(self._training)

    def _show(self, training: _Training) -> None:
        where = title_words(training.run, training.history)
        self._window.setWindowTitle(f"{self._title} — {where}")

    def _show_share(self, training: _Training, percent: int) -> None:
        if percent != training.percent:
            training.percent = percent
            self._show_percent(percent)

    def _on_job_succeeded(self, job: BackgroundJob, result: "TrainingResult") -> None:
        if self._is_worth_telling(job):
            sentence = words.done_words(result.val_accuracy, result.best_epoch)
            self._notify(self._window, self._title, sentence)

    def _on_job_failed(self, job: BackgroundJob, error: BaseException) -> None:
        if self._is_worth_telling(job):
            sentence = f"The training ended early. {explain(error).message}"
            self._notify(self._window, self._title, sentence)

    def _is_worth_telling(self, job: BackgroundJob) -> bool:
        training = self._training
        if training is None or training.job is not job or self._window.isActiveWindow():
            return False
        return self._clock() - training.began_s >= LONG_S

    def _on_job_ended(self, job: BackgroundJob) -> None:
        if self._training is not None and self._training.job is job:
            self._training = None
            self._show_percent(None)
            self._window.setWindowTitle(self._title)
