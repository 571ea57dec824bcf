"""What the user's choices probably are: by what a model is built of, or by labelled pictures."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from training.cancellation import CancelToken
from training.dataset.picture import CLASSES
from training.events import EventSink, Stage, StageStarted
from training.home import Home
from training.inference.judge import THRESHOLD
from training.learning.export_pictures import Labelled, gather_labelled
from training.learning.foreign.facts import ANY_SIZE, Adaptation, ForeignModel, Guess
from training.learning.foreign.trial import Tried
from training.progress import Ticker

USUAL_SIZE = 224
"""Of pictures for a network that takes any: what most of those were trained with."""

_PICTURES = 200
_BATCH = 20
_LEAST_CHANCE = 1e-7
_CLEAR = 0.6  # accuracy from which on a choice is more than chance on 200 pictures

_TRAINED_WITH: Mapping[str, str] = {
    "efficientnet": "0-255",
    "convnext": "0-255",
    "mobilenet": "signed",
    "xception": "signed",
    "inception": "signed",
    "nasnet": "signed",
    "resnet50v2": "signed",
    "resnet101v2": "signed",
    "resnet152v2": "signed",
    "vgg": "caffe",
    "resnet": "caffe",
    "densenet": "torch",
}
"""What `keras.applications` preprocesses for each of its networks; the first that fits counts."""


def guess_by_layers(model: ForeignModel) -> Guess:
    """A guess without pictures; the order of the classes cannot be guessed so."""
    if model.scales_itself:
        return Guess("0-255", "the model scales its pictures itself")
    keys = {row.key for row in model.scalings()}
    for name, scaling in _TRAINED_WITH.items():
        if scaling in keys and any(name in built_on for built_on in model.built_on):
            return Guess(scaling, f"networks named {name} are trained so")
    return Guess("0-1", "most models are trained so that do not scale by themselves")


def guess_by_pictures(
    tried: Tried, home: Home, dataset: str, *, emit: EventSink, token: CancelToken
) -> Guess:
    """Try each scaling on labelled pictures; the one with the best accuracy is the guess.

    Where several are as accurate, it is the one with the lowest log loss.

    Args:
        tried: The model; TensorFlow is loaded already.
        home: Where the dataset is.
        dataset: Its name.
        emit: Told how far it is.
        token: Checked between batches.

    Returns:
        The guess by layers where the pictures do not tell.

    Raises:
        Cancelled: The user cancelled.
    """
    without = guess_by_layers(tried.model)
    size = tried.model.image_size or USUAL_SIZE
    some = gather_labelled(home, dataset, size, _PICTURES, emit=emit, token=token)
    if len(np.unique(some.labels)) < len(CLASSES):
        return without
    scores = _scores(tried, some, size, emit=emit, token=token)
    scaling = max(scores, key=lambda key: (scores[key].accuracy, -scores[key].log_loss))
    best = scores[scaling]
    if best.accuracy < _CLEAR:
        return without
    return Guess(
        scaling,
        f"{best.accuracy:.0%} of {len(some.labels):,} pictures of “{dataset}” are right that way",
        best.classes,
        best.accuracy,
        len(some.labels),
    )


@dataclass(frozen=True)
class _Score:
    """How good a scaling is, with the order of the classes that suits it better."""

    classes: tuple[str, ...]
    accuracy: float
    log_loss: float


def _scores(
    tried: Tried, some: Labelled, size: int, *, emit: EventSink, token: CancelToken
) -> Mapping[str, _Score]:
    from training.learning.foreign.adapting import adapt

    scalings = tried.model.scalings()
    total = len(scalings) * len(some.labels)
    ticker = Ticker(emit, StageStarted(Stage.EVALUATING, total=total, unit="pictures"))
    asked_size = ANY_SIZE if tried.model.has_own_size else size
    scores = {}
    for row in scalings:
        network = adapt(tried.network, tried.model, Adaptation(row.key, CLASSES, asked_size))
        answers = []
        for first in range(0, len(some.labels), _BATCH):
            token.raise_if_cancelled()
            pixels = some.pixels[first : first + _BATCH]
            answers.append(np.asarray(network(pixels, training=False), dtype=np.float64)[:, 0])
            ticker.advance(len(pixels))
        scores[row.key] = _score(np.concatenate(answers), some.labels == 1)
    return scores


def _score(p_second: npt.NDArray[np.float64], is_dog: npt.NDArray[np.bool_]) -> _Score:
    """Accuracy often says the same of two scalings; the log loss tells them apart."""
    right = float(np.mean((p_second >= THRESHOLD) == is_dog))
    swapped = right < THRESHOLD
    p_dog = 1 - p_second if swapped else p_second
    of_truth = np.clip(np.where(is_dog, p_dog, 1 - p_dog), _LEAST_CHANCE, 1)
    return _Score(
        CLASSES[::-1] if swapped else CLASSES,
        max(right, 1 - right),
        float(-np.log(of_truth).mean()),
    )
