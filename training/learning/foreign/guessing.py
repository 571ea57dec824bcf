"""What the user's choices probably are: by what a model is built of, or by labelled pictures."""

from collections.abc import Mapping

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
    found = _accuracies(tried, some, size, emit=emit, token=token)
    scaling = max(found, key=lambda key: abs(found[key] - THRESHOLD))
    right = found[scaling]
    accuracy = max(right, 1 - right)
    if accuracy < _CLEAR:
        return without
    return Guess(
        scaling,
        f"{accuracy:.0%} of {len(some.labels):,} pictures of “{dataset}” are right that way",
        CLASSES if right >= THRESHOLD else CLASSES[::-1],
        accuracy,
        len(some.labels),
    )


def _accuracies(
    tried: Tried, some: Labelled, size: int, *, emit: EventSink, token: CancelToken
) -> dict[str, float]:
    """The accuracy of each scaling if the second class is the dog."""
    from training.learning.foreign.adapting import adapt

    scalings = tried.model.scalings()
    total = len(scalings) * len(some.labels)
    ticker = Ticker(emit, StageStarted(Stage.EVALUATING, total=total, unit="pictures"))
    asked_size = ANY_SIZE if tried.model.has_own_size else size
    found = {}
    for row in scalings:
        network = adapt(tried.network, tried.model, Adaptation(row.key, CLASSES, asked_size))
        right = 0
        for first in range(0, len(some.labels), _BATCH):
            token.raise_if_cancelled()
            pixels = some.pixels[first : first + _BATCH]
            p_dog = np.asarray(network(pixels, training=False), dtype=np.float32)[:, 0]
            right += _count_right(p_dog, some.labels[first : first + _BATCH])
            ticker.advance(len(pixels))
        found[row.key] = right / len(some.labels)
    return found


def _count_right(p_dog: npt.NDArray[np.float32], labels: npt.NDArray[np.intp]) -> int:
    return int(np.sum((p_dog >= THRESHOLD) == (labels == 1)))
