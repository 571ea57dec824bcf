"""What the form for Kaggle offers in which state: one pure function."""

from dataclasses import dataclass


@dataclass(frozen=True)
class SubmissionState:
    """What there is.

    Attributes:
        has_run: Whether there is a model.
        has_pictures: Whether pictures are chosen.
        is_written: Whether a file was written.
        is_fresh: Whether it was written of what the form says now.
        is_working: Whether it is being written or sent.
    """

    has_run: bool
    has_pictures: bool
    is_written: bool
    is_fresh: bool
    is_working: bool


@dataclass(frozen=True)
class SubmissionControls:
    """Which parts are live, and whether sending is the next thing to do, rather than writing."""

    can_choose: bool
    can_write: bool
    can_send: bool
    sends_next: bool


def controls_for(state: SubmissionState) -> SubmissionControls:
    """The controls of a state."""
    is_free = not state.is_working
    return SubmissionControls(
        can_choose=is_free,
        can_write=is_free and state.has_run and state.has_pictures,
        can_send=is_free and state.is_written,
        sends_next=state.is_written and state.is_fresh,
    )
