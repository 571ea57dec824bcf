"""What the running training told so far, and what that means."""

from dataclasses import dataclass, field

from catdog_gui.training_tab import words
from training.events import EpochEnded, Event, Noticed, RunStarted, Stage, StepEnded
from training.progress import StageState, StageTracker
from training.rate import Reading
from training.runs.coach import Advice, advice
from training.runs.curve import Circumstances, Ended


@dataclass
class Told:
    """A training's events, taken in one by one.

    Attributes:
        state: Its stage, and where the stage stands; None until it has one.
        run: What it said of its run; None until it has one.
        history: The epochs of the run, those before a resume included.
        notices: What it found worth saying.
    """

    state: StageState | None = None
    run: RunStarted | None = None
    history: list[EpochEnded] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    _step: StepEnded | None = None
    _tracker: StageTracker = field(default_factory=StageTracker)

    def take(self, event: Event) -> bool:
        """Take an event in.

        Returns:
            Whether the training stands elsewhere now.
        """
        match event:
            case RunStarted():
                self.run, self.history = event, list(event.history)
            case EpochEnded():
                self.history.append(event)
            case StepEnded():
                self._step = event
            case Noticed(message):
                self.notices.append(message)
        state = self._tracker.update(event)
        self.state = state or self.state
        return state is not None

    @property
    def line(self) -> str:
        """Where it stands, in one line."""
        return "" if self.state is None else words.training_words(self.state, self.run, self._step)

    @property
    def reading(self) -> Reading | None:
        """How far its stage is; None where that is not known."""
        return self.state.reading if self.state is not None and self.state.reading.total else None

    @property
    def is_at_steps(self) -> bool:
        """Whether the last that it told is that the network learns."""
        return self.state is not None and self.state.stage.stage == Stage.TRAINING

    @property
    def waits_for(self) -> str:
        """The stage that a cancel has to wait for; empty where there is none."""
        is_held = self.state is not None and not self.state.stage.interruptible
        return str(self.state.stage.stage) if self.state is not None and is_held else ""

    @property
    def learned_s(self) -> float:
        """What its epochs took, in seconds."""
        return sum(epoch.seconds for epoch in self.history)

    @property
    def is_resumed(self) -> bool:
        """Whether its run was there before it."""
        return self.run is not None and (self.run.first_epoch, self.run.first_step) > (0, 0)

    @property
    def is_whole(self) -> bool:
        """Whether all of its epochs are done."""
        return self.run is not None and len(self.history) >= self.run.epochs

    def advice(self, ended: Ended | None, *, is_number: bool = True) -> Advice | None:
        """What the coach says; None before there is a run.

        Args:
            ended: Why it learns no further; None while it does.
            is_number: Whether its loss is still one.
        """
        if self.run is None:
            return None
        circumstances = Circumstances(
            self.run.epochs,
            self.run.validation_pictures,
            ended=ended,
            is_number=is_number,
            phase_starts=self.run.phase_starts,
        )
        return advice(self.history, circumstances)
