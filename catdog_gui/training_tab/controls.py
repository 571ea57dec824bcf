"""What the Training tab offers in which state: one pure function."""

from dataclasses import dataclass
from enum import Enum, auto


class Phase(Enum):
    """Where a training stands, as the buttons see it."""

    IDLE = auto()
    """Nothing runs."""
    STARTING = auto()
    """Pictures are prepared and TensorFlow is loaded: there is nothing to keep yet."""
    TRAINING = auto()
    """The network learns."""
    FINISHING = auto()
    """The best epoch is evaluated, saved and exported."""
    PAUSING = auto()
    """The user paused the run; its checkpoint is written, and the thread is on its way out."""
    DISCARDING = auto()
    """The user discarded the run; the thread is on its way out."""


class Body(Enum):
    """What fills the tab."""

    INVITATION = auto()
    """There is no dataset to train on."""
    TRAINING = auto()
    """The presets, the curves and the lab book."""


@dataclass(frozen=True)
class TrainingState:
    """What the tab has.

    Attributes:
        phase: Where the training stands.
        datasets: How many datasets there are.
        is_split: Whether the chosen dataset is split.
        is_valid: Whether the form's values can be used.
        is_exporting: Whether a model is being written for another program.
        is_finding: Whether a learning rate is being found.
    """

    phase: Phase = Phase.IDLE
    datasets: int = 0
    is_split: bool = False
    is_valid: bool = True
    is_exporting: bool = False
    is_finding: bool = False


@dataclass(frozen=True)
class Controls:
    """What the tab shows and which of its buttons are live."""

    body: Body
    can_train: bool
    can_change: bool
    can_choose_dataset: bool
    can_pause: bool
    can_finish: bool
    can_discard: bool
    shows_progress: bool
    asks_for_split: bool
    can_work_on_runs: bool
    hindrance: str
    """Why no training can start just now, though the form is right; empty for nothing to say."""


def controls_for(state: TrainingState) -> Controls:
    """The controls of a state. Looking at earlier runs is always possible."""
    is_idle = state.phase is Phase.IDLE
    can_start = is_idle and not state.is_exporting and not state.is_finding
    has_dataset = state.datasets > 0
    return Controls(
        body=Body.TRAINING if has_dataset or not is_idle else Body.INVITATION,
        can_train=can_start and has_dataset and state.is_split and state.is_valid,
        can_change=is_idle,
        can_choose_dataset=is_idle and has_dataset,
        can_pause=state.phase is Phase.TRAINING,
        can_finish=state.phase is Phase.TRAINING,
        can_discard=state.phase in {Phase.STARTING, Phase.TRAINING, Phase.FINISHING},
        shows_progress=not is_idle or state.is_exporting,
        asks_for_split=is_idle and has_dataset and not state.is_split,
        can_work_on_runs=can_start,
        hindrance=_hindrance(state),
    )


def _hindrance(state: TrainingState) -> str:
    if state.is_finding:
        return "A learning rate is being looked for."
    return "A model is being written." if state.is_exporting else ""
