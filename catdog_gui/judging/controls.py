"""What is live in which state of the window."""

from dataclasses import dataclass
from enum import IntEnum


class Body(IntEnum):
    """What the window shows below its header."""

    INVITATION = 0
    JUDGED = 1


@dataclass(frozen=True)
class JudgingState:
    """Where the window stands.

    Attributes:
        has_choice: Whether there is a run, and pictures to judge it on.
        is_working: Whether a job runs.
        is_judged: Whether there are figures.
        is_kept: Whether they are of a dataset that is still the one that it was.
    """

    has_choice: bool = False
    is_working: bool = False
    is_judged: bool = False
    is_kept: bool = False


@dataclass(frozen=True)
class Controls:
    """What is shown, and what is live."""

    body: Body
    can_choose: bool
    can_judge: bool
    can_report: bool
    can_put_right: bool


def controls_for(state: JudgingState) -> Controls:
    """The controls of a state."""
    return Controls(
        body=Body.JUDGED if state.is_judged else Body.INVITATION,
        can_choose=not state.is_working,
        can_judge=state.has_choice and not state.is_working,
        can_report=state.is_judged and not state.is_working,
        can_put_right=state.is_judged and state.is_kept,
    )
