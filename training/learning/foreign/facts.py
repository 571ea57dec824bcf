"""What is known of a stranger's model, what its user says of it, and the choices that there are."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from training.config import RANGES
from training.dataset.picture import CLASSES
from training.errors import ConfigError
from training.learning.scaling import SIGNED, STANDARDISED, UNIT

GREY, COLOUR = 1, 3
"""Channels that a network may take."""

ANY_SIZE = 0
"""Instead of an image size: the network takes pictures of any."""

_WHITE = 255.0
_CAFFE_MEANS = (123.68, 116.779, 103.939)  # keras.applications.imagenet_utils, in RGB order


class Answer(StrEnum):
    """How a network says what it thinks."""

    SIGMOID = "one probability"
    SOFTMAX = "two probabilities"
    LOGIT = "one number before its sigmoid"
    LOGITS = "two numbers before their softmax"


@dataclass(frozen=True)
class Scaling:
    """What a network wants pixels in [0, 255] to become.

    Attributes:
        key: Its name on the command line.
        words: The same for people.
        factors: Each colour is multiplied by this: red, green, blue.
        offsets: Then this is added.
        swaps_colours: Whether it then takes blue, green, red.
        takes_grey: Whether it makes sense for one channel.
    """

    key: str
    words: str
    factors: tuple[float, ...]
    offsets: tuple[float, ...] = (0.0, 0.0, 0.0)
    swaps_colours: bool = False
    takes_grey: bool = True


def _to_range(key: str, words: str, low: float, high: float) -> Scaling:
    return Scaling(key, words, ((high - low) / _WHITE,) * COLOUR, (low,) * COLOUR)


SCALINGS: Mapping[str, Scaling] = {
    row.key: row
    for row in (
        _to_range("0-1", "0 to 1 (each level divided by 255)", UNIT.low, UNIT.high),
        Scaling("0-255", "0 to 255, as they are", (1.0,) * COLOUR),
        _to_range("signed", "-1 to 1", SIGNED.low, SIGNED.high),
        Scaling(
            "caffe",
            "less ImageNet's mean, blue first (Keras' VGG16 and ResNet50)",
            (1.0,) * COLOUR,
            tuple(-mean for mean in _CAFFE_MEANS),
            swaps_colours=True,
            takes_grey=False,
        ),
        Scaling(
            "torch",
            "less ImageNet's mean, divided by its deviation (PyTorch's networks)",
            tuple(colour.width / _WHITE for colour in STANDARDISED.colours),
            tuple(colour.low for colour in STANDARDISED.colours),
            takes_grey=False,
        ),
    )
}
"""The scalings that published networks are trained with."""


@dataclass(frozen=True)
class Guess:
    """What the user's choices probably are; to be confirmed.

    Attributes:
        scaling: A key of `SCALINGS`.
        why: Where the guess comes from, as part of a sentence.
        classes: In the order of the network's answers; empty where nothing tells.
        accuracy: Share of labelled pictures that are right that way, in [0, 1]; None without any.
        pictures: How many there were.
    """

    scaling: str
    why: str
    classes: tuple[str, ...] = ()
    accuracy: float | None = None
    pictures: int = 0


@dataclass(frozen=True)
class ForeignModel:
    """A stranger's model that passed its trial.

    Attributes:
        name: What the file is called.
        sha256: Of the file's bytes, in hexadecimal.
        kind: "keras" or "hdf5".
        keras_version: Of the Keras that saved it; empty where it does not say so.
        height: Of the pictures that it takes, in pixels, or `ANY_SIZE`.
        width: Likewise.
        channels: `GREY` or `COLOUR`.
        answer: How it says what it thinks.
        parameters: How many weights it has.
        layers: How many layers, those of networks inside it too.
        scales_itself: Whether a layer of its own scales the pixels.
        built_on: Names of networks inside it, of layers where there is none, in small letters.
    """

    name: str
    sha256: str
    kind: str
    keras_version: str
    height: int
    width: int
    channels: int
    answer: Answer
    parameters: int
    layers: int
    scales_itself: bool
    built_on: tuple[str, ...] = field(default=())

    @property
    def has_own_size(self) -> bool:
        """Whether it says which size of pictures it takes."""
        return ANY_SIZE not in (self.height, self.width)

    @property
    def image_size(self) -> int:
        """Side of the square pictures that come nearest to its own, or `ANY_SIZE`."""
        if not self.has_own_size:
            return ANY_SIZE
        allowed = RANGES["image_size"]
        return int(min(max(self.height, self.width, allowed.low), allowed.high))

    def scalings(self) -> tuple[Scaling, ...]:
        """The scalings that it may have been trained with."""
        return tuple(row for row in SCALINGS.values() if row.takes_grey or self.channels == COLOUR)


@dataclass(frozen=True)
class Adaptation:
    """What the user says of a stranger's model.

    Attributes:
        scaling: A key of `SCALINGS`.
        classes: Cat and dog, in the order of the network's answers; for a network of one answer,
            the second is what a high one means.
        image_size: Side of the pictures, in pixels, for a network that takes any size.
    """

    scaling: str
    classes: tuple[str, ...]
    image_size: int = ANY_SIZE

    def validate(self, model: ForeignModel) -> None:
        """Refuse what does not fit the model.

        Raises:
            ConfigError: The field that does not.
        """
        keys = [row.key for row in model.scalings()]
        if self.scaling not in keys:
            raise ConfigError(
                "scaling",
                f"There is no scaling “{self.scaling}” for this model.",
                f"Choose one of: {', '.join(keys)}.",
            )
        if sorted(self.classes) != sorted(CLASSES):
            raise ConfigError(
                "classes",
                f"“{','.join(self.classes)}” does not say which answer is the cat and which the "
                "dog.",
                "Choose cat,dog or dog,cat.",
            )
        self._check_size(model)

    def _check_size(self, model: ForeignModel) -> None:
        if model.has_own_size and self.image_size not in (ANY_SIZE, model.image_size):
            raise ConfigError(
                "image_size",
                f"This model takes pictures of {model.width} x {model.height} pixels.",
                "Leave the image size out.",
            )
        if not model.has_own_size:
            RANGES["image_size"].check("image_size", self.image_size)

    def side(self, model: ForeignModel) -> int:
        """Side of the pictures that the run will take, in pixels."""
        return model.image_size if model.has_own_size else self.image_size
