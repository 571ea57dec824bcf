"""What a submission's clip does to the log loss, on pictures whose labels are known."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from training.cancellation import CancelToken
from training.dataset.catalog import Split
from training.dataset.library import dataset_names, open_dataset
from training.errors import DatasetError
from training.events import EventSink
from training.home import Home
from training.inference.answers import collect_answers
from training.runs.run_folder import read_record

CLIPS: Sequence[float] = tuple(step / 1000 for step in range(51))
"""0 to 0.05, which is more than any clip that pays; in steps of 0.001."""
GOOD_CLIP = 0.005
"""A clip to begin with: a mistake that is surely wrong costs 5.3 then, instead of 34.5."""

_WITHOUT_FIGURE = "A clip can be chosen without the figure."
_KAGGLE_CLIP = 1e-15  # what Kaggle itself makes of 0 and 1, so that a mistake costs 34.5 at most


@dataclass(frozen=True)
class ClipCurve:
    """The log loss at each clip.

    Attributes:
        clips: The clips, ascending, 0 first.
        losses: The mean log loss at each, in nats.
        pictures: How many pictures that is the mean of.
    """

    clips: tuple[float, ...]
    losses: tuple[float, ...]
    pictures: int

    @property
    def without(self) -> float:
        """The log loss without a clip."""
        return self.losses[0]

    @property
    def best(self) -> tuple[float, float]:
        """The clip with the lowest log loss, and that loss; the smallest of several."""
        place = int(np.argmin(self.losses))
        return self.clips[place], self.losses[place]

    def at(self, clip: float) -> float:
        """The log loss at the clip of the curve that is next to this one."""
        return self.losses[int(np.argmin(np.abs(np.subtract(self.clips, clip))))]


def clipped_log_loss(labels: npt.ArrayLike, p_dog: npt.ArrayLike, clip: float) -> float:
    """The mean log loss of probabilities that are kept from 0 and 1.

    Args:
        labels: 0 for cat, 1 for dog; shape (n,), not empty.
        p_dog: Probabilities in [0, 1]; shape (n,).
        clip: No probability is below it or above 1 minus it; in [0, 0.5).

    Returns:
        The loss in nats; Kaggle's own clip of 1e-15 holds in any case.
    """
    truth = np.asarray(labels) == 1
    least = max(clip, _KAGGLE_CLIP)
    chance = np.clip(np.asarray(p_dog, dtype=np.float64), least, 1 - least)
    return float(-np.mean(np.log(np.where(truth, chance, 1 - chance))))


def clip_curve(
    labels: npt.ArrayLike, p_dog: npt.ArrayLike, clips: Sequence[float] = CLIPS
) -> ClipCurve:
    """The log loss at each of some ascending clips, 0 first; see `clipped_log_loss`."""
    losses = tuple(clipped_log_loss(labels, p_dog, clip) for clip in clips)
    return ClipCurve(tuple(clips), losses, len(np.asarray(labels)))


def measure_clips(
    folder: Path,
    home: Home,
    *,
    clips: Sequence[float] = CLIPS,
    emit: EventSink,
    token: CancelToken,
) -> ClipCurve:
    """Ask a finished run about its validation pictures, and what each clip makes of the answers.

    Args:
        folder: The run's folder.
        home: Where its dataset is.
        clips: See `clip_curve`.
        emit: Told each verdict.
        token: Checked between batches.

    Raises:
        Cancelled: The user cancelled.
        DatasetError: Its validation pictures are not on this computer as it knew them.
        RunError: The run cannot be used.
    """
    pictures = _validation_pictures(folder, home)
    answers = collect_answers(folder, pictures, emit=emit, token=token)
    if not answers.labels:
        raise DatasetError("No validation picture can be read.", "Check that they are there.")
    return clip_curve(answers.truth, answers.chance, clips)


def _validation_pictures(folder: Path, home: Home) -> list[tuple[Path, str]]:
    record = read_record(folder)
    name = record.config.dataset
    if name not in dataset_names(home):
        raise DatasetError(
            "The log loss cannot be told: the validation pictures of this model are not here "
            f"(dataset “{name}”).",
            _WITHOUT_FIGURE,
        )
    with open_dataset(home, name) as catalog:
        if catalog.split_fingerprint() != record.fingerprint:
            raise DatasetError(
                "The log loss cannot be told: the model learned from other pictures or another "
                f"split than “{name}” has now.",
                _WITHOUT_FIGURE,
            )
        return [(row.path, row.label) for row in catalog.pictures(split=Split.VALIDATION)]
