"""What the form for Kaggle offers in which state: one pure function."""

from dataclasses import dataclass


@dataclass(frozen=True)
class SubmissionState:
    """What there is.

    Attributes:
        has_run: Whether there is a model.
        has_pictures: Whether pictures are chosen.
        has_file: Whether there is a file to send, written or chosen.
        is_fresh: Whether the form still says what it said then.
        is_working: Whether one is being written, checked or sent.
    """

    has_run: bool
    has_pictures: bool
    has_file: bool
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
        can_send=is_free and state.has_file,
        sends_next=state.has_file and state.is_fresh,
    )
