"""What a run answers on pictures whose labels are known, kept for all that is counted from it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import numpy.typing as npt

from training.cancellation import CancelToken
from training.dataset.catalog import CLASSES
from training.events import EventSink, Noticed, Stage, StageStarted
from training.inference.batch import classify_with
from training.inference.classifier import Classifier
from training.inference.judge import NEITHER, THRESHOLD


@dataclass(frozen=True)
class Answers:
    """A run's answers on some labelled pictures; those that cannot be read are not among them.

    Attributes:
        paths: The pictures.
        labels: Of each picture 0 for cat, 1 for dog.
        p_dog: Of each picture the probability of dog, in [0, 1].
        verdicts: Of each picture "cat", "dog" or "neither".
    """

    paths: tuple[Path, ...]
    labels: tuple[int, ...]
    p_dog: tuple[float, ...]
    verdicts: tuple[str, ...]

    @cached_property
    def truth(self) -> npt.NDArray[np.intp]:
        """The labels, of shape (n,)."""
        return np.asarray(self.labels, dtype=np.intp)

    @cached_property
    def chance(self) -> npt.NDArray[np.float64]:
        """The probabilities of dog, of shape (n,)."""
        return np.asarray(self.p_dog, dtype=np.float64)

    @cached_property
    def confidence(self) -> npt.NDArray[np.float64]:
        """The probability of the likelier class, of shape (n,), in [0.5, 1]."""
        return np.maximum(self.chance, 1 - self.chance)

    @cached_property
    def right(self) -> npt.NDArray[np.bool_]:
        """Whether the class of p_dog at the threshold of 0.5 is the label's, of shape (n,)."""
        return np.asarray((self.chance >= THRESHOLD) == (self.truth == 1), dtype=np.bool_)

    @cached_property
    def said(self) -> npt.NDArray[np.str_]:
        """The verdicts, of shape (n,)."""
        return np.asarray(self.verdicts, dtype=np.str_)

    @property
    def neither(self) -> int:
        """How many of the pictures have the verdict "neither"."""
        return self.verdicts.count(NEITHER)


def collect_answers(
    folder: Path,
    pictures: Sequence[tuple[Path, str]],
    *,
    emit: EventSink,
    token: CancelToken,
) -> Answers:
    """Ask a finished run about labelled pictures, each of them once.

    Args:
        folder: The run's folder.
        pictures: Files and their labels.
        emit: Told each verdict as it is reached, and how many pictures cannot be read.
        token: Checked between batches.

    Raises:
        Cancelled: The user cancelled.
        RunError: The run cannot be used.
    """
    emit(StageStarted(Stage.LOADING_MODEL))
    classifier = Classifier.load(folder)
    verdicts = classify_with(classifier, [path for path, _ in pictures], emit=emit, token=token)
    rows = [
        (path, CLASSES.index(label), verdict.p_dog, str(verdict.verdict))
        for (path, label), verdict in zip(pictures, verdicts, strict=True)
        if verdict.p_dog is not None
    ]
    if len(rows) < len(pictures):
        emit(Noticed(unread_words(len(pictures) - len(rows))))
    paths, labels, p_dog, names = zip(*rows, strict=True) if rows else ((), (), (), ())
    return Answers(paths, labels, p_dog, names)


def unread_words(count: int) -> str:
    """A sentence on the pictures that cannot be read, at least one."""
    if count == 1:
        return "1 picture cannot be read; it does not count."
    return f"{count:,} pictures cannot be read; they do not count."
