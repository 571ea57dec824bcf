"""The self-check before training: a network must see the pictures as it was made to see them.

A wrong scale, features of other pictures or labels that are off by one let a training run for
an hour and learn little. Each costs a second to find before.
"""

from collections.abc import Callable
from dataclasses import dataclass

import keras
import numpy as np
import numpy.typing as npt

from training.config import TrainingConfig
from training.dataset.cache import CHANNELS, Rows
from training.dataset.catalog import CLASSES, Picture
from training.dataset.decode import Pixels
from training.dataset.presence import pixels_or_none
from training.errors import TrainingError
from training.events import Stage, StageStarted
from training.learning.pipeline import Batches, Labels
from training.learning.recipes import Tools
from training.learning.scaling import InputRange, input_range

CHECKED_PICTURES = 32
PICTURE_AXES = 4
"""Of a batch of pictures; features have two."""

MAX_ANSWER_DIFFERENCE = 1e-3
"""Of p_dog; features of ONNX Runtime and of Keras come closer than that to each other."""

_LEAST_LEVELS = 32  # from the darkest pixel of all pictures to the brightest
_DIM, _BRIGHT = 32, 223  # levels that no set of photographs stays below, or above
_MOST_BLANK = 0.5  # share of pictures that may be of one colour
_END_TOLERANCE = 0.05  # share of a range by which its ends may be missed
_LEVELS_OFF = 4.0  # another release of a JPEG library moves pixels by less


@dataclass(frozen=True)
class Seen:
    """What a network is about to see.

    Attributes:
        shown: Pictures as they come to the network, uint8 (n, side, side, 3).
        entering: The least and the greatest value that they become before the first weights.
        expected: What the network was made for; None where nothing says it.
        stored: Pixels that the cache holds of some pictures; empty where it holds features.
        decoded: The same pictures, decoded now.
        answers: p_dog of the learner on stored features, float32 (k,); empty for stored pixels.
        whole_answers: p_dog of the complete network on the pixels of the same pictures.
        labels: Of the first batch.
        has_both_classes: Whether there are cats and dogs among the training pictures.
        are_blended: Whether pictures are blended, and with them their labels.
    """

    shown: Pixels
    entering: tuple[float, float]
    expected: InputRange | None
    stored: Rows
    decoded: Rows
    answers: npt.NDArray[np.float32]
    whole_answers: npt.NDArray[np.float32]
    labels: Labels
    has_both_classes: bool
    are_blended: bool = False


@dataclass(frozen=True)
class Check:
    """One row of the self-check.

    Attributes:
        fault: Says in a sentence what arrived and what was expected; None where all is well.
        next_step: What to do about it.
    """

    fault: Callable[[Seen], str | None]
    next_step: str


def check_input(
    learner: keras.Model,
    complete: Callable[[], keras.Model],
    train: Batches,
    first_step: int,
    config: TrainingConfig,
    tools: Tools,
) -> None:
    """Put some training pictures to a network, and refuse to train it on something else.

    Args:
        learner: What is about to learn.
        complete: Gives the network from pixels to p_dog with the learner's weights; called only
            where the learner takes features.
        train: The batches that it is about to get.
        first_step: 0-based step of the first of them.
        config: The run's settings.
        tools: Who is told, and the user's wish to end it.

    Raises:
        Cancelled: The user cancelled.
        TrainingError: The first row of `CHECKS` that fails, with what arrived and a next step.
    """
    tools.emit(StageStarted(Stage.CHECKING_INPUT))
    seen = _look(learner, complete, train, first_step, config, tools)
    for check in CHECKS:
        sentence = check.fault(seen)
        if sentence is not None:
            raise TrainingError(sentence, check.next_step)
    tools.token.raise_if_cancelled()


def levels_fault(seen: Seen) -> str | None:
    """Pixels must fill their range: scaled to [0, 1] and cast to bytes they would be black."""
    if not len(seen.shown):
        return None
    low, high = int(seen.shown.min()), int(seen.shown.max())
    blank = sum(bool(picture.min() == picture.max()) for picture in seen.shown)
    if blank > _MOST_BLANK * len(seen.shown):
        what = f"{blank} of {len(seen.shown)} are of one colour"
    elif high - low < _LEAST_LEVELS or high < _DIM or low > _BRIGHT:
        what = f"their levels lie between {low} and {high}"
    else:
        return None
    return f"The training pictures are nearly empty: {what}, where photographs span 0 to 255."


def scale_fault(seen: Seen) -> str | None:
    """A missing, a wrong or a doubled scaling moves the ends of the range."""
    expected = seen.expected
    if expected is None or not len(seen.shown):
        return None
    pixels = seen.shown.reshape(-1, seen.shown.shape[-1])
    wanted = expected.ends(pixels.min(axis=0).tolist(), pixels.max(axis=0).tolist())
    most = _END_TOLERANCE * expected.width
    if np.allclose(seen.entering, wanted, rtol=0, atol=most):
        return None
    low, high = seen.entering
    return (
        f"The pictures reach the network's first layer as values from {low:.3g} to {high:.3g}, "
        f"where it was made for {expected.low:g} to {expected.high:g}: they are scaled wrongly, "
        "twice, or not at all."
    )


def stored_fault(seen: Seen) -> str | None:
    """The cache must hold the pixels of these very pictures."""
    off = [
        float(np.abs(one.astype(np.float32) - other).mean())
        for one, other in zip(seen.stored, seen.decoded, strict=True)
    ]
    worst = max(off, default=0.0)
    if worst <= _LEVELS_OFF:
        return None
    return (
        f"The prepared pixels are not those of the pictures: one of {len(off)} pictures is off by "
        f"{worst:.0f} levels of 255 on average, where less than {_LEVELS_OFF:.0f} was expected."
    )


def features_fault(seen: Seen) -> str | None:
    """Features of another scale, size or network give other answers than the pixels do."""
    difference = float(np.abs(seen.answers - seen.whole_answers).max(initial=0.0))
    if difference <= MAX_ANSWER_DIFFERENCE:
        return None
    return (
        "The prepared features are not those of the pictures: the answers to them and to the "
        f"pixels differ by {difference:.2g}, where {MAX_ANSWER_DIFFERENCE:g} or less was expected."
    )


def labels_fault(seen: Seen) -> str | None:
    """Labels must be those that the network's one output can learn."""
    labels = {float(label) for label in seen.labels}
    between = {label for label in labels if seen.are_blended and 0 < label < 1}
    strange = sorted(labels - between - {0.0, 1.0})
    if strange:
        return f"The first batch has the label {strange[0]:g}, where 0 (cat) or 1 (dog) is needed."
    if not seen.has_both_classes:
        return f"The training pictures are of one class, where {' and '.join(CLASSES)} are needed."
    return None


def entering(network: keras.Model, pixels: Pixels) -> tuple[float, float]:
    """The least and the greatest value that a network's first layer with a kernel is given.

    Args:
        network: From pictures to anything.
        pixels: uint8 (n, side, side, 3).
    """
    if not len(pixels):
        return 0.0, 0.0
    first = next(layer for layer in network.layers if hasattr(layer, "kernel"))
    entrance = keras.Model(network.input, first.input)
    values = np.asarray(entrance(pixels, training=False), dtype=np.float32)
    return float(values.min()), float(values.max())


_PREPARED_ANEW = "Delete what is in the cache folder of the program's data; it is then made anew."

CHECKS = (
    Check(labels_fault, "Look at the dataset's labels and split it again."),
    Check(levels_fault, "Look at the dataset's pictures, and delete what the cache folder holds."),
    Check(
        scale_fault,
        "Install the program again; if you changed the network, scale its input exactly once.",
    ),
    Check(stored_fault, _PREPARED_ANEW),
    Check(features_fault, _PREPARED_ANEW),
)
"""In the order in which they are told: a later one may only follow from an earlier one."""


def _look(
    learner: keras.Model,
    complete: Callable[[], keras.Model],
    train: Batches,
    first_step: int,
    config: TrainingConfig,
    tools: Tools,
) -> Seen:
    rows, labels = train.batch(first_step)
    takes_pictures = rows.ndim == PICTURE_AXES
    pictures, stored = train.some(CHECKED_PICTURES)
    size = rows.shape[1] if takes_pictures else config.image_size
    stored, decoded = _with_pixels(pictures, stored, size, tools)
    network = learner if takes_pictures else complete()
    tools.token.raise_if_cancelled()
    shown = rows[:CHECKED_PICTURES] if takes_pictures else decoded
    asked = not takes_pictures and len(decoded) > 0
    nothing = np.empty(0, dtype=np.float32)
    return Seen(
        shown=shown,
        entering=entering(network, shown),
        expected=input_range(config.preset, network.name),
        stored=stored if takes_pictures else nothing,
        decoded=decoded if takes_pictures else nothing,
        answers=_answers(learner, stored) if asked else nothing,
        whole_answers=_answers(network, decoded) if asked else nothing,
        labels=labels,
        has_both_classes=train.has_both_classes,
        are_blended=train.are_blended,
    )


def _with_pixels(
    pictures: tuple[Picture, ...], stored: Rows, image_size: int, tools: Tools
) -> tuple[Rows, Pixels]:
    """The rows of those pictures that are still what they were, and their pixels.

    The cache outlives the pictures: a drive may be unplugged.
    """
    kept: list[int] = []
    pixels = np.empty((len(pictures), image_size, image_size, CHANNELS), dtype=np.uint8)
    for place, picture in enumerate(pictures):
        tools.token.raise_if_cancelled()
        one = pixels_or_none(picture, image_size)
        if one is not None:
            pixels[len(kept)] = one
            kept.append(place)
    return stored[kept], pixels[: len(kept)]


def _answers(network: keras.Model, rows: Rows) -> npt.NDArray[np.float32]:
    """Called as it is, without the seconds that tracing a large network takes."""
    return np.asarray(network(rows, training=False), dtype=np.float32)[:, 0]
