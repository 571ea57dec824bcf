"""What is wrong with a dataset and what was put right in it, as the tab shows it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum, StrEnum, auto

from training.dataset.finding import Finding, FindingKind
from training.dataset.picture import Picture


class Decision(StrEnum):
    """What the user says of pictures."""

    CAT = "cat"
    DOG = "dog"
    NEITHER = "neither"
    KEEP = "keep"
    EXCLUDE = "exclude"
    RESTORE = "restore"


class Depth(Enum):
    """How far a dataset was checked."""

    NOT_AT_ALL = auto()
    LOOKS = auto()
    """Files, copies and looks, but not the labels."""
    LABELS = auto()
    """Everything."""


@dataclass(frozen=True)
class Journal:
    """What can be undone and redone.

    Attributes:
        undo: What an undo takes back, in words; empty where nothing is left.
        redo: What a redo does again, likewise.
        first_labels: What pictures were labelled before they were relabelled, by their ids.
    """

    undo: str = ""
    redo: str = ""
    first_labels: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Found:
    """What checks found in a dataset.

    Attributes:
        findings: Those that nobody has dealt with, the worst first.
        dismissed: Those that the user dismissed.
        depth: How far it was checked.
        spare: The copies to exclude so that one of each group is left, by id.
        kept: How many groups of copies there are, of each of which one picture is kept.
        former_runs: Runs that learned from it as it was before corrections.
    """

    findings: Sequence[Finding] = ()
    dismissed: Sequence[Finding] = ()
    depth: Depth = Depth.NOT_AT_ALL
    spare: frozenset[int] = frozenset()
    kept: int = 0
    former_runs: int = 0

    def of(self, kind: FindingKind) -> Sequence[Finding]:
        """The findings of a kind, the worst first."""
        return [finding for finding in self.findings if finding.kind is kind]


@dataclass(frozen=True)
class Corrected:
    """What a correction, an undo or a redo changed.

    Attributes:
        words: What was done, in words; empty where nothing was to change.
        pictures: The changed pictures as they are now.
        dismissed: What was found of them and dismissed.
        journal: What can be undone and redone now.
    """

    words: str
    pictures: Sequence[Picture]
    dismissed: Sequence[Finding]
    journal: Journal
