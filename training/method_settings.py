"""How a run is taught, beside its epochs and its rate: settings with their ranges and choices."""

from collections.abc import Mapping
from dataclasses import dataclass

from training.ranges import Range

CONSTANT, COSINE, PLATEAU = "constant", "cosine", "plateau"
"""The learning rate's course over a run: as it is; down to nothing along half a cosine; or down by
a factor whenever the validation loss no longer falls."""
FLOAT32, MIXED, AUTO_PRECISION = "float32", "mixed", "auto"
"""What is computed with: 32 bits; 16 where that is exact enough and 32 elsewhere; or the second
where the device gains by it."""


METHOD_RANGES: Mapping[str, Range] = {
    "warm_up": Range(0, 1_000_000, "The warm-up"),
    "weight_decay": Range(0, 1, "The weight decay"),
    "label_smoothing": Range(0, 0.5, "The label smoothing"),
    "rotate": Range(0, 180, "The rotation"),
    "least_area": Range(0, 1, "The least area of a crop", low_excluded=True),
    "stretch": Range(1, 4, "The stretch"),
    "colour": Range(0, 0.9, "The change of colour"),
    "erase": Range(0, 0.5, "The erased share"),
    "mixup": Range(0, 2, "The strength of mixup"),
    "patience": Range(0, 10_000, "The patience"),
    "accumulation": Range(1, 4096, "The number of accumulated batches"),
}
CHOICES: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "optimizer": ("optimizer", ("rmsprop", "adam", "adamw", "sgd")),
    "schedule": ("schedule", (CONSTANT, COSINE, PLATEAU)),
    "precision": ("precision", (AUTO_PRECISION, FLOAT32, MIXED)),
}
"""Settings that are one of some names: what each is called in a sentence, and the names."""


@dataclass(frozen=True, kw_only=True)
class MethodSettings:
    """How a run is taught; None stands for the preset's own, and for that of older runs.

    Attributes:
        optimizer: One of the names in `CHOICES`.
        schedule: `CONSTANT`, `COSINE` or `PLATEAU`.
        warm_up: Steps at the beginning of each phase in which the rate rises from nothing.
        weight_decay: What each step takes off the weights, as a share of the rate; biases and norms
            are spared.
        label_smoothing: Share of the truth that is given to the other class, in [0, 0.5].
        flip: Whether half of the training pictures are mirrored left to right.
        rotate: The largest angle by which they are turned, in degrees either way.
        least_area: The smallest share of a picture that a random crop keeps, in (0, 1].
        stretch: The largest ratio by which a crop's sides are changed against each other, from 1.
        colour: How far brightness, contrast and each colour may go from 1, in [0, 1).
        erase: The largest share of a picture that is painted over, in [0, 0.5]; 0 for never.
        mixup: Strength of blending pairs of pictures and their labels; 0 for never.
        patience: Epochs of the last phase without a new best one after which the run ends; 0 for
            never.
        balance_classes: Whether errors on the rarer class weigh more, by the share it lacks.
        accumulation: Batches whose gradients are gathered before each change of the weights.
        precision: `AUTO_PRECISION` until the run begins, then `FLOAT32` or `MIXED`.
    """

    optimizer: str | None = None
    schedule: str | None = None
    warm_up: int | None = None
    weight_decay: float | None = None
    label_smoothing: float | None = None
    flip: bool | None = None
    rotate: float | None = None
    least_area: float | None = None
    stretch: float | None = None
    colour: float | None = None
    erase: float | None = None
    mixup: float | None = None
    patience: int = 0
    balance_classes: bool = False
    accumulation: int = 1
    precision: str = FLOAT32
