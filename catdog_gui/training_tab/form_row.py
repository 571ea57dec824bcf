"""What is known of one setting of the form."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, StrEnum, auto

Value = str | float
"""What a setting may be; whole numbers and yes or no among them."""


class Group(StrEnum):
    """The parts of the form, by their headings, from top to bottom."""

    SETTINGS = "Settings"
    SCHEDULE = "Optimizer and schedule"
    AUGMENTATION = "Augmentation"
    ADVANCED = "Advanced"


class Kind(Enum):
    """How a setting is edited."""

    WHOLE = auto()
    """A whole number, with arrows."""
    DECIMAL = auto()
    """A number with some decimals, with arrows."""
    SMALL = auto()
    """A number that may be as small as 1e-6, typed."""
    CHOICE = auto()
    """One of some words."""
    CHECK = auto()
    """Yes or no."""
    FILE = auto()
    """A file, or none."""
    RUN = auto()
    """A finished run, or the model that ships."""


@dataclass(frozen=True)
class Row:
    """One setting.

    Attributes:
        name: Its name in `TrainingConfig`.
        group: Where it stands.
        title: Its name in the window.
        help_text: What it does, in a sentence.
        kind: How it is edited.
        least: What its least number means, or an empty line of a file; empty for nothing special.
        unit: What follows the number.
        step: How far an arrow goes.
        choices: The values to choose from, with their words.
    """

    name: str
    group: Group
    title: str
    help_text: str
    kind: Kind = Kind.WHOLE
    least: str = ""
    unit: str = ""
    step: float = 1
    choices: Mapping[str, str] = field(default_factory=dict)
