"""The pictures behind a figure: which answers a number, a cell or a bar counts."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from training.dataset.catalog import CLASSES
from training.inference.answers import Answers
from training.inference.evaluation import confidence_bins
from training.inference.figures import confidence_bars
from training.inference.judge import NEITHER, THRESHOLD


@dataclass(frozen=True)
class Group:
    """Answers that have something in common; None asks for nothing.

    Attributes:
        label: What the pictures are said to be: "cat" or "dog".
        called: What they are called at the threshold.
        is_hit: Whether the two are the same.
        is_right: Whether the likelier class is the label's, wherever the threshold lies.
        bin: Which bin of `reliability` their confidence lies in, 0-based, of `ECE_BINS` in [0, 1].
        bar: Which bar of `confidence_histogram`, 0-based, of `CONFIDENCE_BINS` in [0.5, 1].
        verdict: What the program says of them, at the threshold of 0.5.
    """

    label: str | None = None
    called: str | None = None
    is_hit: bool | None = None
    is_right: bool | None = None
    bin: int | None = None
    bar: int | None = None
    verdict: str | None = None

    @property
    def depends_on_threshold(self) -> bool:
        """Whether another threshold makes it another group."""
        return self.called is not None or self.is_hit is not None


ALL = Group()
MISTAKES = Group(is_hit=False)
RIGHT = Group(is_hit=True)
NEITHER_GROUP = Group(verdict=NEITHER)


def members(answers: Answers, group: Group, threshold: float = THRESHOLD) -> npt.NDArray[np.intp]:
    """The places of a group's answers, the most surprising first.

    That is by the probability of the label, the least first: mistakes begin with the most
    confident one, and what is right with the one that is least sure.

    Args:
        answers: Of a run.
        group: What is looked for.
        threshold: From this p_dog on a picture is called a dog, in [0, 1].

    Returns:
        Places in the answers, 0-based, of shape (n,).
    """
    chosen = np.flatnonzero(_belongs(answers, group, threshold))
    return chosen[np.argsort(likelihood(answers)[chosen], kind="stable")]


def count(answers: Answers, group: Group, threshold: float = THRESHOLD) -> int:
    """How many answers a group has; see `members`."""
    return int(np.count_nonzero(_belongs(answers, group, threshold)))


def likelihood(answers: Answers) -> npt.NDArray[np.float64]:
    """The probability that a run gives each picture's label, of shape (n,), in [0, 1]."""
    return np.where(answers.truth == 1, answers.chance, 1 - answers.chance)


def corrected(answers: Answers, labels: Mapping[Path, str]) -> Answers:
    """The same answers under other labels.

    Args:
        answers: Of a run.
        labels: By the picture; one that is missing is no longer counted.
    """
    places = [place for place, path in enumerate(answers.paths) if path in labels]
    return Answers(
        paths=tuple(answers.paths[place] for place in places),
        labels=tuple(CLASSES.index(labels[answers.paths[place]]) for place in places),
        p_dog=tuple(answers.p_dog[place] for place in places),
        verdicts=tuple(answers.verdicts[place] for place in places),
    )


def _belongs(answers: Answers, group: Group, threshold: float) -> npt.NDArray[np.bool_]:
    called = (answers.chance >= threshold).astype(np.intp)
    belongs = np.ones(len(answers.paths), dtype=np.bool_)
    if group.label is not None:
        belongs &= answers.truth == CLASSES.index(group.label)
    if group.called is not None:
        belongs &= called == CLASSES.index(group.called)
    if group.is_hit is not None:
        belongs &= (called == answers.truth) == group.is_hit
    if group.is_right is not None:
        belongs &= answers.right == group.is_right
    if group.bin is not None:
        belongs &= confidence_bins(answers.confidence) == group.bin
    if group.bar is not None:
        belongs &= confidence_bars(answers.confidence) == group.bar
    if group.verdict is not None:
        belongs &= answers.said == group.verdict
    return belongs
