"""The one training at a time: its job, its phase, and what its events mean for the page."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from catdog_gui import errors
from catdog_gui.background import BackgroundJob, Jobs, as_job
from catdog_gui.training_tab import words
from catdog_gui.training_tab.controls import Phase
from catdog_gui.training_tab.page import TrainingPage
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
    StepEnded,
)
from training.progress import StageState, StageTracker
from training.runs.coach import advice
from training.runs.curve import Circumstances, Ended

if TYPE_CHECKING:
    from training.learning.trainer import TrainingResult

_WORTH_ASKING_S = 60.0
_AFTER_TRAINING = frozenset(
    {Stage.EVALUATING, Stage.SAVING, Stage.EXPORTING, Stage.COMPARING_EXPORT}
)


@dataclass
class _Seen:
    """What the running training told so far."""

    tracker: StageTracker = field(default_factory=StageTracker)
    state: StageState | None = None
    run: RunStarted | None = None
    step: StepEnded | None = None
    history: list[EpochEnded] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)


class TrainingWork(QObject):
    """Runs a training, shows it, and ends it as the user wants.

    Args:
        page: Where it shows.
        jobs: Where it runs.

    Signals:
        changed: Another phase began.
        succeeded: The `TrainingResult` of a finished training.
        run_known: The name of the run that is trained now.
        epochs_known: The epochs that it has done, as a list of `EpochEnded`.
    """

    changed = Signal()
    succeeded = Signal(object)
    run_known = Signal(str)
    epochs_known = Signal(object)

    def __init__(self, page: TrainingPage, jobs: Jobs, *, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._page = page
        self._jobs = jobs
        self._phase = Phase.IDLE
        self._job: BackgroundJob | None = None
        self._seen = _Seen()

    @property
    def phase(self) -> Phase:
        """Where the training stands."""
        return self._phase

    @property
    def notices(self) -> str:
        """What the training found worth saying, line by line."""
        return "\n".join(self._seen.notices)

    def is_running(self, job: BackgroundJob) -> bool:
        """Whether that job is the training."""
        return job is self._job

    def start(self, title: str, job: Callable[..., Any]) -> None:
        """Train; nothing may be running.

        Args:
            title: Such as "Training notebook".
            job: All of its parameters but `emit` and `token` are bound.
        """
        self._seen = _Seen()
        self._page.plot.clear("The curves appear here with the first epoch.")
        self._page.banner.dismiss()
        self._page.show_advice(None)
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
            self._show_advice(self._ended_yet())

    def pause(self) -> None:
        """End the training where it is; its run stays, to be resumed."""
        if self._job is not None and self._phase is Phase.TRAINING:
            self._job.cancel(keep_saved=True)

    def discard(self) -> None:
        """End the training and delete its run; asks where much would be lost."""
        if self._job is None or self._phase in {Phase.PAUSING, Phase.DISCARDING}:
            return
        learned_s = sum(epoch.seconds for epoch in self._seen.history)
        if learned_s < _WORTH_ASKING_S or self._page.ask_to_discard(len(self._seen.history)):
            self._cancel()

    def _cancel(self) -> None:
        if self._job is not None:  # it may have ended while the user was asked
            self._job.cancel()

    def _on_job_progressed(self, event: Event) -> None:
        match event:
            case NetworkBuilt():
                self._page.show_network(event)
            case RunStarted():
                self._on_run_started(event)
            case EpochEnded():
                self._seen.history.append(event)
                self._page.plot.add_epoch(event)
                self._show_history()
            case StepEnded():
                self._seen.step = event
            case StageStarted(stage):
                self._follow_stage(stage)
            case Noticed(message):
                self._seen.notices.append(message)
        state = self._seen.tracker.update(event)
        if state is not None:
            self._seen.state = state
            self._show_state()

    def _on_run_started(self, run: RunStarted) -> None:
        self._seen.run = run
        self._seen.history = list(run.history)
        self._page.plot.set_epochs(self._seen.history)
        self.run_known.emit(run.run)
        self._show_history()

    def _show_history(self) -> None:
        self._show_advice(self._ended_yet())
        self.epochs_known.emit(list(self._seen.history))

    def _show_advice(self, ended: Ended | None, *, is_number: bool = True) -> None:
        run = self._seen.run
        if run is not None:
            circumstances = Circumstances(
                run.epochs,
                run.validation_pictures,
                ended=ended,
                is_number=is_number,
                phase_starts=run.phase_starts,
            )
            self._page.show_advice(advice(self._seen.history, circumstances))

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
        is_stale = self._phase is Phase.FINISHING and self._is_still_training()
        is_ending = self._phase in {Phase.PAUSING, Phase.DISCARDING}
        if self._seen.state is None or is_ending or is_stale:
            return
        line = words.training_words(self._seen.state, self._seen.run, self._seen.step)
        self._page.show_progress(
            line, self._seen.state.reading if self._seen.state.reading.total else None
        )

    def _is_still_training(self) -> bool:
        return self._seen.state is not None and self._seen.state.stage.stage == Stage.TRAINING

    def _on_job_stopping(self) -> None:
        stage = self._seen.state.stage if self._seen.state is not None else None
        waits_for = str(stage.stage) if stage is not None and not stage.interruptible else ""
        is_pausing = self._job is not None and self._job.token.keeps_saved
        self._page.show_progress(stopping_words(waits_for), None)
        self._set_phase(Phase.PAUSING if is_pausing else Phase.DISCARDING)

    def _on_job_succeeded(self, result: "TrainingResult") -> None:
        self._show_advice(self._ending())
        self._end()
        self.succeeded.emit(result)

    def _ending(self) -> Ended:
        run = self._seen.run
        if run is not None and len(self._seen.history) >= run.epochs:
            return Ended.ALL_EPOCHS
        was_asked = self._job is not None and self._job.token.is_finishing
        return Ended.FINISH_NOW if was_asked else Ended.EARLY

    def _on_job_failed(self, error: BaseException) -> None:
        is_number = not isinstance(error, NotANumberError)
        self._show_advice(Ended.BROKEN_OFF, is_number=is_number)
        self._end()
        errors.show_error(self._page.banner, error, doing="Training")

    def _on_job_cancelled(self) -> None:
        run, is_paused = self._seen.run, self._phase is Phase.PAUSING
        self._end()
        if is_paused:
            self._page.banner.show_message(BannerKind.INFO, words.paused_words(run))
        else:
            self._show_discarded(run)

    def _show_discarded(self, run: RunStarted | None) -> None:
        is_resumed = run is not None and (run.first_epoch, run.first_step) > (0, 0)
        kept = "The run is as it was at its last checkpoint." if is_resumed else "The run is gone."
        self._page.plot.clear("The curves appear here with the first epoch.")
        self._page.show_advice(None)
        self._page.banner.show_message(BannerKind.INFO, f"The training is discarded. {kept}")

    def _end(self) -> None:
        self._job = None
        self._set_phase(Phase.IDLE)

    def _set_phase(self, phase: Phase) -> None:
        self._phase = phase
        self.changed.emit()
