"""How good a run is on pictures whose labels are known."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from training.cancellation import CancelToken
from training.dataset.catalog import CLASSES
from training.errors import DatasetError
from training.events import EventSink
from training.inference.answers import Answers, collect_answers
from training.inference.judge import THRESHOLD

ECE_BINS = 15


@dataclass(frozen=True)
class Metrics:
    """Figures of a run on some pictures; all but `neither_rate` come from p_dog alone.

    Attributes:
        accuracy: Share that is right at the threshold of 0.5, in [0, 1].
        log_loss: Mean negative logarithm of the true class' probability, in nats.
        brier: Mean squared difference of p_dog and truth, in [0, 1] (Brier, 1950).
        auc: Area under the ROC curve, in [0, 1].
        ece: Expected calibration error over 15 equal bins of max(p, 1-p), in [0, 1]
            (Guo and others, "On Calibration of Modern Neural Networks", 2017).
        neither_rate: Share with the verdict "neither", in [0, 1].
        confusion: Counts by true class (rows: cat, dog) and class of p_dog (columns).
        pictures: How many pictures.
    """

    accuracy: float
    log_loss: float
    brier: float
    auc: float
    ece: float
    neither_rate: float
    confusion: tuple[tuple[int, int], tuple[int, int]]
    pictures: int

    def figures(self) -> dict[str, float]:
        """The figures that a run's record keeps."""
        names = ("accuracy", "log_loss", "brier", "auc", "ece", "neither_rate", "pictures")
        return {name: getattr(self, name) for name in names}


def measure(labels: npt.ArrayLike, p_dog: npt.ArrayLike, *, neither: int = 0) -> Metrics:
    """Compare probabilities with labels.

    Args:
        labels: 0 for cat, 1 for dog; shape (n,), with both classes.
        p_dog: Probabilities in [0, 1]; shape (n,).
        neither: How many of the pictures had the verdict "neither".

    Raises:
        DatasetError: There is no picture, or only one class.
    """
    from sklearn import metrics

    truth = np.asarray(labels, dtype=np.intp)
    chance = np.asarray(p_dog, dtype=np.float64)
    if len(np.unique(truth)) < len(CLASSES):
        raise DatasetError(
            "There are not both cats and dogs to evaluate on.",
            "Choose a split or a folder with both.",
        )
    guesses = (chance >= THRESHOLD).astype(np.intp)
    (a, b), (c, d) = metrics.confusion_matrix(truth, guesses, labels=[0, 1]).tolist()
    return Metrics(
        accuracy=float(metrics.accuracy_score(truth, guesses)),
        log_loss=float(metrics.log_loss(truth, chance, labels=[0, 1])),
        brier=float(metrics.brier_score_loss(truth, chance)),
        auc=float(metrics.roc_auc_score(truth, chance)),
        ece=expected_calibration_error(truth, chance),
        neither_rate=neither / len(truth),
        confusion=((a, b), (c, d)),
        pictures=len(truth),
    )


def expected_calibration_error(
    truth: npt.NDArray[np.intp], p_dog: npt.NDArray[np.float64]
) -> float:
    """How far confidence and accuracy lie apart, weighted by pictures; see `Metrics.ece`."""
    confidence = np.maximum(p_dog, 1 - p_dog)
    right = (p_dog >= THRESHOLD) == (truth == 1)
    gaps = np.bincount(confidence_bins(confidence), weights=right - confidence, minlength=ECE_BINS)
    return float(np.abs(gaps).sum() / len(truth))


def confidence_bins(confidence: npt.NDArray[np.float64]) -> npt.NDArray[np.intp]:
    """In which of the `ECE_BINS` equal bins of [0, 1] each confidence lies, 0-based."""
    return np.minimum((confidence * ECE_BINS).astype(np.intp), ECE_BINS - 1)


def measure_answers(answers: Answers) -> Metrics:
    """The figures of a run's answers.

    Raises:
        DatasetError: There are not both classes.
    """
    return measure(answers.labels, answers.p_dog, neither=answers.neither)


def evaluate(
    folder: Path,
    pictures: Sequence[tuple[Path, str]],
    *,
    emit: EventSink,
    token: CancelToken,
) -> Metrics:
    """Evaluate a finished run on labelled pictures.

    Args:
        folder: The run's folder.
        pictures: Files and their labels.
        emit: Told each verdict as it is reached.
        token: Checked between batches.

    Raises:
        Cancelled: The user cancelled.
        DatasetError: There are not both classes.
        RunError: The run cannot be used.
    """
    return measure_answers(collect_answers(folder, pictures, emit=emit, token=token))
