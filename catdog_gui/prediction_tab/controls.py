"""What the Prediction tab offers in which state: one pure function."""

from dataclasses import dataclass
from enum import Enum, auto


class Body(Enum):
    """What fills the tab below its header."""

    NO_RUN = auto()
    """An invitation to get a model first."""
    EMPTY = auto()
    """A large drop area."""
    RESULTS = auto()
    """The pictures with their verdicts."""


@dataclass(frozen=True)
class PredictionState:
    """What the tab has.

    Attributes:
        runs: Finished runs to choose from; None while they are not listed yet.
        pictures: Pictures in the list.
        read: Those of them that have a verdict or an error.
    """

    runs: int | None
    pictures: int
    read: int


@dataclass(frozen=True)
class Controls:
    """What the tab shows and which of its buttons are live.

    Opening, pasting and dropping are always live: without a run they say what is missing.
    """

    body: Body
    can_choose_run: bool
    can_clear: bool
    can_save: bool


def controls_for(state: PredictionState) -> Controls:
    """The controls of a state."""
    return Controls(
        body=_body_for(state),
        can_choose_run=bool(state.runs),
        can_clear=state.pictures > 0,
        can_save=state.read > 0,
    )


def _body_for(state: PredictionState) -> Body:
    if state.pictures:
        return Body.RESULTS
    return Body.NO_RUN if state.runs == 0 else Body.EMPTY
