"""Two runs on the same pictures: what one gets right and the other does not."""

from dataclasses import dataclass
from pathlib import Path

from training.errors import DatasetError
from training.inference.answers import Answers


@dataclass(frozen=True)
class Agreement:
    """The pictures that two runs both answered, by which of the two is right.

    Attributes:
        both: Both are right.
        only_first: Only the first is.
        only_second: Only the second is.
        none: Neither of them is.
        p_value: How often runs that are equally good differ at least so much by chance, in [0, 1].
    """

    both: tuple[Path, ...]
    only_first: tuple[Path, ...]
    only_second: tuple[Path, ...]
    none: tuple[Path, ...]
    p_value: float


def compare_answers(first: Answers, second: Answers) -> Agreement:
    """Set two runs' answers against each other, on the pictures that both have.

    Args:
        first: Of one run.
        second: Of the other one.

    Raises:
        DatasetError: There is no picture that both have.
    """
    theirs = dict(zip(second.paths, second.right.tolist(), strict=True))
    groups: dict[tuple[bool, bool], list[Path]] = {
        (one, other): [] for one in (True, False) for other in (True, False)
    }
    for path, is_right in zip(first.paths, first.right.tolist(), strict=True):
        if path in theirs:
            groups[is_right, theirs[path]].append(path)
    if not any(groups.values()):
        raise DatasetError(
            "The two runs have no picture in common.", "Let both answer the same pictures."
        )
    both, only_first, only_second, none = (tuple(group) for group in groups.values())
    chance = mcnemar(len(only_first), len(only_second))
    return Agreement(both, only_first, only_second, none, chance)


def mcnemar(only_first: int, only_second: int) -> float:
    """The exact, two-sided p-value of McNemar's test.

    McNemar, "Note on the sampling error of the difference between correlated proportions or
    percentages", Psychometrika 12, 1947. Among the pictures on which the runs differ, either is as
    likely to be right if they are equally good: a binomial test with 1/2.

    Args:
        only_first: How many pictures only the first run gets right.
        only_second: How many only the second does.

    Returns:
        In [0, 1]; 1 where the runs never differ.
    """
    if only_first + only_second == 0:
        return 1.0
    from scipy import stats

    return float(stats.binomtest(only_first, only_first + only_second, 0.5).pvalue)
