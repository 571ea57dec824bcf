"""The points of a run's curves that a threshold can be set to."""

from collections.abc import Iterator

from training.dataset.catalog import CLASSES
from training.inference.answers import Answers
from training.inference.figures import ThresholdFigures, at_threshold

Point = tuple[float, float]
"""Across and upward, each in [0, 1]."""

STEPS = tuple(hundredth / 100 for hundredth in range(1, 100))
"""The thresholds that are tried."""


def roc_point(figures: ThresholdFigures) -> Point | None:
    """Where a threshold lies on the ROC curve; None without pictures of both classes."""
    cat, dog = (each.recall.value for each in figures.classes)
    return None if cat is None or dog is None else (1 - cat, dog)


def precision_recall_point(figures: ThresholdFigures, name: str) -> Point | None:
    """Where a threshold lies on a class' curve; None where nothing is called so.

    Args:
        figures: At the threshold.
        name: "cat" or "dog".
    """
    of_class = figures.classes[CLASSES.index(name)]
    recall, precision = of_class.recall.value, of_class.precision.value
    return None if recall is None or precision is None else (recall, precision)


def nearest_on_roc(answers: Answers, place: Point) -> float:
    """The threshold of `STEPS` whose point lies nearest to a place beside the ROC curve."""
    return _nearest(place, ((at.threshold, roc_point(at)) for at in _figures(answers)))


def nearest_on_precision_recall(answers: Answers, place: Point) -> float:
    """The same for the curves of precision and recall, of which either may be the nearer one."""
    points = (
        (at.threshold, precision_recall_point(at, name))
        for at in _figures(answers)
        for name in CLASSES
    )
    return _nearest(place, points)


def _figures(answers: Answers) -> Iterator[ThresholdFigures]:
    return (at_threshold(answers, step) for step in STEPS)


def _nearest(place: Point, points: Iterator[tuple[float, Point | None]]) -> float:
    """Of equally near ones the one in the middle, which is as far from both ends as can be."""
    found = [
        ((at[0] - place[0]) ** 2 + (at[1] - place[1]) ** 2, threshold)
        for threshold, at in points
        if at is not None
    ]
    least = min(distance for distance, _ in found)
    equal = [threshold for distance, threshold in found if distance == least]
    return equal[len(equal) // 2]
