"""What the Dataset tab offers in which state: one pure function."""

from dataclasses import dataclass
from enum import Enum, auto


class Body(Enum):
    """What fills the tab below its header."""

    BLANK = auto()
    """Nothing: the datasets are not listed yet."""
    INVITATION = auto()
    """An invitation to bring pictures."""
    FOLDERS = auto()
    """What folders of somebody's pictures show."""
    KAGGLE = auto()
    """How to get the pictures of Kaggle."""
    DATASET = auto()
    """A dataset's figures and its pictures."""


@dataclass(frozen=True)
class DatasetState:
    """What the tab has.

    Attributes:
        datasets: How many datasets there are; None until they are listed.
        is_working: Whether an import, a split or a deletion runs.
        is_read: Whether the chosen dataset's pictures are shown.
        is_split: Whether the chosen dataset's pictures are in splits.
        is_checking: Whether a check runs.
        leaks: Pictures of which copies lie in several splits.
        shows_kaggle: Whether the user wants to see the Kaggle panel.
        asks_folders: Whether the user is asked what folders show.
    """

    datasets: int | None = None
    is_working: bool = False
    is_read: bool = False
    is_split: bool = False
    is_checking: bool = False
    leaks: int = 0
    shows_kaggle: bool = False
    asks_folders: bool = False


@dataclass(frozen=True)
class Controls:
    """What the tab shows and which of its buttons are live.

    Looking around is always possible: only what changes a dataset waits for a job's end.
    """

    body: Body
    can_choose: bool
    can_add: bool
    can_add_to: bool
    can_delete: bool
    can_split: bool
    can_export_split: bool
    can_leave_copies_out: bool
    can_check: bool
    can_put_right: bool
    proposes_split: bool


def controls_for(state: DatasetState) -> Controls:
    """The controls of a state."""
    can_change = state.is_read and not state.is_working
    return Controls(
        body=_body_for(state),
        can_choose=bool(state.datasets),
        can_add=not state.is_working,
        can_add_to=can_change,
        can_delete=bool(state.datasets) and not state.is_working,
        can_split=can_change,
        can_export_split=state.is_split and not state.is_working,
        can_leave_copies_out=can_change and state.leaks > 0,
        can_check=state.is_read and not state.is_checking,
        can_put_right=can_change,
        proposes_split=can_change and not state.is_split,
    )


def _body_for(state: DatasetState) -> Body:
    if state.asks_folders:
        return Body.FOLDERS
    if state.shows_kaggle:
        return Body.KAGGLE
    if state.datasets is None:
        return Body.BLANK
    return Body.DATASET if state.datasets else Body.INVITATION
