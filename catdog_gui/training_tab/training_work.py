"""The one training at a time: its job, its phase, and what its events mean for the page."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from catdog_gui.background import BackgroundJob, Jobs, as_job
from catdog_gui.training_tab import words
from catdog_gui.training_tab.controls import Phase
from catdog_gui.training_tab.page import TrainingPage
from catdog_gui.training_tab.told import Told
from catdog_gui.widgets.banner import BannerKind
from catdog_gui.widgets.job_progress import stopping_words
from training.errors import NotANumberError
from training.events import (
    EpochEnded,
    Event,
    NetworkBuilt,
    Noticed,
    RunStarted,
    Stage,
    StageStarted,
)
from training.runs.curve import Ended

if TYPE_CHECKING:
    from training.learning.trainer import TrainingResult

_WORTH_ASKING_S = 60.0
_AFTER_TRAINING = frozenset(
    {Stage.EVALUATING, Stage.SAVING, Stage.EXPORTING, Stage.COMPARING_EXPORT}
)


class TrainingWork(QObject):
    """Runs a training, shows it, and ends it as the user wants.

    Args:
        page: Where it shows.
        jobs: Where it runs.

    Signals:
        changed: Another phase began.
        succeeded: The `TrainingResult` of a finished training.
        paused: What the paused training said of its run, a `RunStarted`; None where it had none.
        failed: What broke the training off, and likewise what it said of its run.
        run_known: The name of the run that is trained now.
        epochs_known: The epochs that it has done, as a list of `EpochEnded`.
    """

    changed = Signal()
    succeeded = Signal(object)
    paused = Signal(object)
    failed = Signal(object, object)
    run_known = Signal(str)
    epochs_known = Signal(object)

    def __init__(self, page: TrainingPage, jobs: Jobs, *, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._page = page
        self._jobs = jobs
        self._phase = Phase.IDLE
        self._job: BackgroundJob | None = None
        self._told = Told()

    @property
    def phase(self) -> Phase:
        """Where the training stands."""
        return self._phase

    @property
    def notices(self) -> str:
        """What the training found worth saying, line by line."""
        return "\n".join(self._told.notices)

    def is_running(self, job: BackgroundJob) -> bool:
        """Whether that job is the training."""
        return job is self._job

    def start(self, title: str, job: Callable[..., Any]) -> None:
        """Train; nothing may be running.

        Args:
            title: Such as "Training notebook".
            job: All of its parameters but `emit` and `token` are bound.
        """
        self._told = Told()
        self._page.plot.clear("The curves appear here with the first epoch.")
        self._page.banner.dismiss()
        self._page.show_advice(None)
        self._page.progress.show_best("")
        self._page.show_progress("Starting…", None)
        self._job = BackgroundJob(title, as_job(job))
        self._job.progressed.connect(self._on_job_progressed)
        self._job.succeeded.connect(self._on_job_succeeded)
        self._job.failed.connect(self._on_job_failed)
        self._job.cancelled.connect(self._on_job_cancelled)
        self._job.stopping.connect(self._on_job_stopping)
        self._set_phase(Phase.STARTING)
        self._jobs.start(self._job)

    def finish_now(self) -> None:
        """End the training with its best epoch."""
        if self._job is not None and self._phase is Phase.TRAINING:
            self._job.finish_now()
            self._page.show_progress("Finishing with the best epoch…", None)
            self._set_phase(Phase.FINISHING)
            self._page.show_advice(self._told.advice(self._ended_yet()))

    def pause(self) -> None:
        """End the training where it is; its run stays, to be resumed."""
        if self._job is not None and self._phase is Phase.TRAINING:
            self._job.cancel(keep_saved=True)

    def discard(self) -> None:
        """End the training and delete its run; asks where much would be lost."""
        if self._job is None or self._phase in {Phase.PAUSING, Phase.DISCARDING}:
            return
        is_little = self._told.learned_s < _WORTH_ASKING_S
        if is_little or self._page.ask_to_discard(len(self._told.history)):
            self._cancel()

    def _cancel(self) -> None:
        if self._job is not None:  # it may have ended while the user was asked
            self._job.cancel()

    def _on_job_progressed(self, event: Event) -> None:
        is_news = self._told.take(event)
        match event:
            case NetworkBuilt():
                self._page.show_network(event)
            case RunStarted():
                self._page.plot.set_epochs(self._told.history)
                self.run_known.emit(event.run)
                self._show_history()
            case EpochEnded():
                self._page.plot.add_epoch(event)
                self._show_history()
            case StageStarted(stage):
                self._follow_stage(stage)
            case Noticed(message) if self._phase is not Phase.FINISHING:  # its end says it all
                self._page.banner.show_message(BannerKind.INFO, message)
        if is_news:
            self._show_state()

    def _show_history(self) -> None:
        self._page.show_advice(self._told.advice(self._ended_yet()))
        self._page.progress.show_best(words.best_words(self._told.history))
        self.epochs_known.emit(list(self._told.history))

    def _ended_yet(self) -> Ended | None:
        """It learns no further while the model is measured and saved."""
        ending = self._ending()
        is_over = ending is Ended.ALL_EPOCHS or self._phase is Phase.FINISHING
        return ending if is_over else None

    def _follow_stage(self, stage: Stage) -> None:
        if self._phase is Phase.STARTING and stage == Stage.TRAINING:
            self._set_phase(Phase.TRAINING)
        elif self._phase in {Phase.STARTING, Phase.TRAINING} and stage in _AFTER_TRAINING:
            self._set_phase(Phase.FINISHING)

    def _show_state(self) -> None:
        is_stale = self._phase is Phase.FINISHING and self._told.is_at_steps
        is_ending = self._phase in {Phase.PAUSING, Phase.DISCARDING}
        if not is_ending and not is_stale:
            self._page.show_progress(self._told.line, self._told.reading)

    def _on_job_stopping(self) -> None:
        is_pausing = self._job is not None and self._job.token.keeps_saved
        self._page.show_progress(stopping_words(self._told.waits_for), None)
        self._set_phase(Phase.PAUSING if is_pausing else Phase.DISCARDING)

    def _on_job_succeeded(self, result: "TrainingResult") -> None:
        self._page.show_advice(self._told.advice(self._ending()))
        self._end()
        self.succeeded.emit(result)

    def _ending(self) -> Ended:
        """Why it ends, if it ends well now."""
        if self._told.is_whole:
            return Ended.ALL_EPOCHS
        was_asked = self._job is not None and self._job.token.is_finishing
        return Ended.FINISH_NOW if was_asked else Ended.EARLY

    def _on_job_failed(self, error: BaseException) -> None:
        is_number = not isinstance(error, NotANumberError)
        self._page.show_advice(self._told.advice(Ended.BROKEN_OFF, is_number=is_number))
        self._end()
        self.failed.emit(error, self._told.run)

    def _on_job_cancelled(self) -> None:
        is_paused = self._phase is Phase.PAUSING
        self._end()
        if is_paused:
            self.paused.emit(self._told.run)
        else:
            self._show_discarded()

    def _show_discarded(self) -> None:
        is_kept = self._told.is_resumed
        kept = "The run is as it was at its last checkpoint." if is_kept else "The run is gone."
        self._page.plot.clear("The curves appear here with the first epoch.")
        self._page.show_advice(None)
        self._page.banner.show_message(BannerKind.INFO, f"The training is discarded. {kept}")

    def _end(self) -> None:
        self._job = None
        self._set_phase(Phase.IDLE)

    def _set_phase(self, phase: Phase) -> None:
        self._phase = phase
        self.changed.emit()
