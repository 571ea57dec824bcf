"""What is looked at in a dataset, and what that comes to in figures."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto

from training.dataset.finding import FindingKind
from training.dataset.picture import Split

SIZE_STEP_BYTES = 256
"""How exactly the sizes of files are told in figures."""


class Problem(Enum):
    """What may be wrong with a picture besides what a check finds."""

    ANY = auto()
    """Any of the others, or a finding."""
    QUARANTINED = auto()
    EXCLUDED = auto()
    LEAK = auto()
    DISMISSED = auto()
    """Not a problem, says the user: found, and dismissed."""


@dataclass(frozen=True)
class PictureFilter:
    """What is looked at; None takes any.

    Attributes:
        label: A class.
        split: A split.
        problem: Pictures with that problem, or of which that was found and nobody has dealt with
            it, instead of those that are used.
        text: A part of the name, in any case.
    """

    label: str | None = None
    split: Split | None = None
    problem: Problem | FindingKind | None = None
    text: str = ""


@dataclass(frozen=True)
class Figures:
    """What a filter lets through, counted.

    Attributes:
        places: Pictures by class and split.
        sides: Pictures by width and height in pixels; what cannot be read has none.
        sizes: Pictures by class and the size of their files, in steps of `SIZE_STEP_BYTES`.
    """

    places: Mapping[tuple[str, Split | None], int]
    sides: Mapping[tuple[int, int], int]
    sizes: Mapping[tuple[str, int], int]

    @property
    def pictures(self) -> int:
        """All of them."""
        return sum(self.places.values())
