"""Figures of a run's answers beyond `Metrics`: by class, by threshold, by confidence.

All of them come from p_dog alone, as those of `Metrics` do: the verdict "neither" changes none.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from training.dataset.catalog import CLASSES
from training.inference.answers import Answers
from training.inference.evaluation import ECE_BINS, confidence_bins
from training.inference.judge import THRESHOLD
from training.runs.interval import Interval, wilson

THRESHOLDS = (0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95)
"""Those that `at_thresholds` looks at."""

CONFIDENCE_BINS = 20
"""How many bars `confidence_histogram` has between 0.5 and 1."""


@dataclass(frozen=True)
class Share:
    """So many of so many pictures.

    Attributes:
        counted: How many of them count.
        of: How many there are.
    """

    counted: int
    of: int

    @property
    def value(self) -> float | None:
        """The share, in [0, 1]; None of no pictures."""
        return self.counted / self.of if self.of else None

    @property
    def interval(self) -> Interval | None:
        """Its 95 % interval; None of no pictures."""
        return wilson(self.counted, self.of) if self.of else None


@dataclass(frozen=True)
class ClassFigures:
    """How well one class is told (van Rijsbergen, "Information Retrieval", 2nd ed., 1979).

    Attributes:
        name: "cat" or "dog".
        precision: Of the pictures that are called so, those that are.
        recall: Of the pictures that are so, those that are called so.
        f1: Harmonic mean of the two, in [0, 1]; 0 where nothing is right.
    """

    name: str
    precision: Share
    recall: Share
    f1: float


@dataclass(frozen=True)
class ThresholdFigures:
    """What a threshold does.

    Attributes:
        threshold: From this p_dog on a picture counts as a dog, in [0, 1].
        accuracy: Those that are right.
        classes: Figures of cat and of dog.
    """

    threshold: float
    accuracy: Share
    classes: tuple[ClassFigures, ...]


@dataclass(frozen=True)
class Curve:
    """A curve over all thresholds.

    Attributes:
        across: Values in [0, 1].
        upward: As many, in [0, 1].
        summary: The figure that sums it up, in [0, 1].
    """

    across: tuple[float, ...]
    upward: tuple[float, ...]
    summary: float


@dataclass(frozen=True)
class ReliabilityBin:
    """Pictures of about the same confidence.

    Attributes:
        low: Least confidence of the bin, in [0, 1].
        high: Where the next bin begins.
        confidence: Mean confidence of its pictures.
        right: How many of them are right.
    """

    low: float
    high: float
    confidence: float
    right: Share


@dataclass(frozen=True)
class Mistake:
    """A picture whose label and likelier class differ.

    Attributes:
        index: Its place in the answers, 0-based.
        label: What it is said to be.
        called: What it is called.
        confidence: Probability of that, in [0.5, 1].
        verdict: What the program says of it, which may be "neither".
    """

    index: int
    label: str
    called: str
    confidence: float
    verdict: str


def at_threshold(answers: Answers, threshold: float = THRESHOLD) -> ThresholdFigures:
    """The figures where a picture is a dog from a p_dog on.

    Args:
        answers: Of a run.
        threshold: In [0, 1].
    """
    called = (answers.chance >= threshold).astype(np.intp)
    return ThresholdFigures(
        threshold,
        Share(int(np.count_nonzero(called == answers.truth)), len(called)),
        tuple(_class_figures(answers, called == each, each) for each in range(len(CLASSES))),
    )


def at_thresholds(answers: Answers) -> tuple[ThresholdFigures, ...]:
    """The figures at each of `THRESHOLDS`."""
    return tuple(at_threshold(answers, each) for each in THRESHOLDS)


def _class_figures(answers: Answers, called: npt.NDArray[np.bool_], each: int) -> ClassFigures:
    is_so = answers.truth == each
    right, so, said = (int(np.count_nonzero(one)) for one in (called & is_so, is_so, called))
    f1 = 2 * right / (so + said) if so + said else 0.0
    return ClassFigures(CLASSES[each], Share(right, said), Share(right, so), f1)


def roc_curve(answers: Answers) -> Curve:
    """Share of cats called dog (across) and of dogs called dog; summed up by the area below it.

    Fawcett, "An introduction to ROC analysis", Pattern Recognition Letters 27, 2006. Both classes
    must be there.
    """
    from sklearn import metrics

    across, upward, _ = metrics.roc_curve(answers.truth, answers.chance)
    return Curve(tuple(across.tolist()), tuple(upward.tolist()), float(metrics.auc(across, upward)))


def precision_recall_curve(answers: Answers, name: str) -> Curve:
    """Recall (across) and precision of a class; summed up by its average precision.

    Davis and Goadrich, "The relationship between precision-recall and ROC curves", ICML 2006;
    between the points it goes in steps. Both classes must be there.

    Args:
        answers: Of a run.
        name: "cat" or "dog".
    """
    from sklearn import metrics

    is_dog = name == CLASSES[1]
    truth = answers.truth == CLASSES.index(name)
    chance = answers.chance if is_dog else 1 - answers.chance
    precision, recall, _ = metrics.precision_recall_curve(truth, chance, drop_intermediate=True)
    summary = metrics.average_precision_score(truth, chance)
    return Curve(tuple(recall.tolist()), tuple(precision.tolist()), float(summary))


def reliability(answers: Answers) -> tuple[ReliabilityBin, ...]:
    """The bins of the calibration error that have pictures, the least confident first.

    Niculescu-Mizil and Caruana, "Predicting good probabilities with supervised learning", ICML
    2005; the bins are those of `Metrics.ece`.
    """
    bins = confidence_bins(answers.confidence)
    return tuple(
        ReliabilityBin(
            low=each / ECE_BINS,
            high=(each + 1) / ECE_BINS,
            confidence=float(answers.confidence[bins == each].mean()),
            right=Share(
                int(np.count_nonzero(answers.right[bins == each])),
                int(np.count_nonzero(bins == each)),
            ),
        )
        for each in np.unique(bins).tolist()
    )


def confidence_histogram(answers: Answers) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """How many right and how many wrong pictures have which confidence.

    Returns:
        `CONFIDENCE_BINS` counts of right ones and as many of wrong ones, over equal parts of
        [0.5, 1].
    """
    bars = confidence_bars(answers.confidence)
    right, wrong = (
        np.bincount(bars[rows], minlength=CONFIDENCE_BINS).tolist()
        for rows in (answers.right, ~answers.right)
    )
    return tuple(right), tuple(wrong)


def confidence_bars(confidence: npt.NDArray[np.float64]) -> npt.NDArray[np.intp]:
    """In which of the `CONFIDENCE_BINS` equal parts of [0.5, 1] each confidence lies, 0-based."""
    edges = np.linspace(0.5, 1.0, CONFIDENCE_BINS + 1)
    return np.clip(np.searchsorted(edges, confidence, side="right") - 1, 0, CONFIDENCE_BINS - 1)


def mistakes(answers: Answers) -> tuple[Mistake, ...]:
    """The pictures that are called what they are not, the most confident first."""
    wrong: Sequence[int] = np.flatnonzero(~answers.right).tolist()
    return tuple(
        Mistake(
            index=each,
            label=CLASSES[answers.labels[each]],
            called=CLASSES[1 - answers.labels[each]],
            confidence=float(answers.confidence[each]),
            verdict=answers.verdicts[each],
        )
        for each in sorted(wrong, key=lambda place: -answers.confidence[place])
    )
