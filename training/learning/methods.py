"""How a network is taught, as facts: phases, the learning rate's course, augmentation.

Nothing here imports Keras, so that the table of presets can name a method.
"""

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace

from training.method_settings import CONSTANT, MethodSettings

_WHOLE_SIDES = 8  # pixels; networks halve their maps several times

EVERYTHING, UPPER, HEAD = "everything", "upper blocks", "head"
"""What learns in a phase; the rest of the network is frozen."""


@dataclass(frozen=True)
class Augmentation:
    """How a training picture is varied each time it is seen.

    Attributes:
        flip: Whether half of the pictures are mirrored left to right.
        least_area: The smallest share of the picture that a random crop keeps, in (0, 1]
            (Szegedy and others, "Going Deeper with Convolutions", 2014).
        stretch: The largest ratio by which a crop's width and height are changed against each
            other; 1 for none.
        colour: How far brightness, contrast and each colour may go from 1, in [0, 1).
        rotate: The largest angle by which the picture is turned, in degrees either way (Simard and
            others, "Best Practices for Convolutional Neural Networks", 2003).
        erase: The largest share of the picture that is painted over, in [0, 0.5] (Zhong and
            others, "Random Erasing Data Augmentation", 2017).
        mixup: Strength of blending pairs of pictures and labels, the alpha of the Beta
            distribution (Zhang and others, "mixup: Beyond Empirical Risk Minimization", 2018).
    """

    flip: bool = True
    least_area: float = 1.0
    stretch: float = 1.0
    colour: float = 0.0
    rotate: float = 0.0
    erase: float = 0.0
    mixup: float = 0.0


NOT_VARIED = Augmentation(flip=False)
"""Pictures as they are."""


@dataclass(frozen=True)
class Phase:
    """A stretch of epochs that are taught alike.

    Attributes:
        epochs: How many; the last phase takes the rest of the run, whatever stands there.
        learns: `EVERYTHING`, `UPPER` or `HEAD`.
        size: Side of the pictures as a share of the run's image size, in (0, 1]. Small pictures
            first cost less (Howard, progressive resizing, DAWNBench 2018; Tan and Le,
            "EfficientNetV2", 2021).
        rate: Factor on the run's learning rate.
        varied: Whether the method's augmentation is at work.
    """

    epochs: int = 0
    learns: str = EVERYTHING
    size: float = 1.0
    rate: float = 1.0
    varied: bool = True

    def image_size(self, full: int) -> int:
        """Side of the pictures in this phase, in pixels.

        Args:
            full: The run's image size.
        """
        if self.size >= 1:
            return full
        return max(_WHOLE_SIDES, round(full * self.size / _WHOLE_SIDES) * _WHOLE_SIDES)


@dataclass(frozen=True)
class Method:
    """How a preset's network is taught.

    Attributes:
        optimizer: A row of `training.learning.teaching.OPTIMIZERS`.
        schedule: `CONSTANT`, `COSINE` or `PLATEAU`.
        warm_up: Steps at the beginning of each phase in which the rate rises from nothing.
        weight_decay: What each step takes off the weights, as a share of the rate (Loshchilov and
            Hutter, "Decoupled Weight Decay Regularization", 2019); biases and norms are spared.
        label_smoothing: Share of the truth that is given to the other class, in [0, 1)
            (Szegedy and others, "Rethinking the Inception Architecture", 2016).
        augmentation: How pictures are varied.
        phases: In their order.
    """

    optimizer: str
    schedule: str = CONSTANT
    warm_up: int = 0
    weight_decay: float = 0.0
    label_smoothing: float = 0.0
    augmentation: Augmentation = NOT_VARIED
    phases: tuple[Phase, ...] = (Phase(),)


_OF_AUGMENTATION = {field.name for field in fields(Augmentation)}
_OF_METHOD = {field.name for field in fields(Method)} & {
    field.name for field in fields(MethodSettings)
}


def method_values(method: Method) -> dict[str, object]:
    """What a method says of those settings that a run can change."""
    values = {name: getattr(method.augmentation, name) for name in _OF_AUGMENTATION}
    return values | {name: getattr(method, name) for name in _OF_METHOD}


def changed_method(method: Method, settings: MethodSettings) -> Method:
    """A method with all that a run's settings say otherwise."""
    said = {name: getattr(settings, name) for name in (*_OF_AUGMENTATION, *_OF_METHOD)}
    said = {name: value for name, value in said.items() if value is not None}
    varied = {name: value for name, value in said.items() if name in _OF_AUGMENTATION}
    taught = {name: value for name, value in said.items() if name in _OF_METHOD}
    return replace(method, augmentation=replace(method.augmentation, **varied), **taught)


@dataclass(frozen=True)
class Span:
    """The epochs of a run that fall into one phase.

    Attributes:
        phase: The phase.
        first: 0-based first epoch.
        end: The epoch after its last.
    """

    phase: Phase
    first: int
    end: int


def spans(method: Method, epochs: int) -> Iterator[Span]:
    """The phases that a run of so many epochs comes to."""
    first = 0
    for phase in method.phases[:-1]:
        end = min(epochs, first + phase.epochs)
        if first < end:
            yield Span(phase, first, end)
        first = end
    if first < epochs:
        yield Span(method.phases[-1], first, epochs)


def phase_starts(method: Method, epochs: int) -> tuple[int, ...]:
    """The 0-based first epochs of the phases that a run of so many epochs comes to."""
    return tuple(span.first for span in spans(method, epochs))


def span_of(method: Method, epoch: int, epochs: int) -> Span:
    """The span that an epoch lies in.

    Args:
        method: The preset's.
        epoch: 0-based.
        epochs: The run's, more than `epoch`.
    """
    return next(span for span in spans(method, epochs) if epoch < span.end)
