"""A verdict from probabilities, in one place: for a picture that is read, and one judged again."""

import dataclasses
from collections.abc import Sequence

from training.events import Verdict
from training.ranges import Range

THRESHOLD = 0.5
"""From this p_dog on the verdict is dog, unless the user moves it."""

NEITHER = "neither"

_CLASSES = ("cat", "dog")
_STRANGE = 0.5  # from this p_neither on the verdict is neither, wherever the threshold lies
_ALLOWED = Range(0, 1, "The threshold")


def check_threshold(threshold: float) -> float:
    """Accept a threshold in [0, 1].

    Returns:
        The same threshold.

    Raises:
        ConfigError: It lies outside, or is not a number.
    """
    _ALLOWED.check("threshold", threshold)
    return threshold


def judge(
    p_dog: float,
    p_neither: float | None,
    threshold: float = THRESHOLD,
    class_names: Sequence[str] = _CLASSES,
) -> tuple[str, float]:
    """What follows from probabilities.

    Args:
        p_dog: Probability of dog, in [0, 1]; that of cat is 1 - p_dog.
        p_neither: Confidence that it is neither, in [0, 1]; None where the run cannot say.
        threshold: From this p_dog on it is a dog rather than a cat, in [0, 1].
        class_names: What cat and dog are called.

    Returns:
        The verdict, and the probability of that verdict, in [0, 1]: below 1/2 where a threshold
        other than 1/2 prefers the class that is less likely.
    """
    if p_neither is not None and p_neither >= _STRANGE:
        return NEITHER, p_neither
    is_dog = p_dog >= threshold
    return class_names[int(is_dog)], p_dog if is_dog else 1 - p_dog


def judged_again(verdict: Verdict, threshold: float) -> Verdict:
    """A verdict under another threshold; one that is an error stays what it is.

    Args:
        verdict: What was read.
        threshold: See `judge`.
    """
    if verdict.p_dog is None:
        return verdict
    name, confidence = judge(verdict.p_dog, verdict.p_neither, threshold)
    if name == verdict.verdict:
        return verdict
    return dataclasses.replace(verdict, verdict=name, confidence=confidence)
