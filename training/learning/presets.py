"""The table of presets: a named architecture with its training settings.

Nothing here imports Keras, so that the window can show the table at its start.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields

from training.config import SETTINGS, SIZE_OF_SOURCE, TrainingConfig
from training.errors import ConfigError
from training.learning.choices import (
    BACKBONE,
    START_FROM,
    VARYING,
    WEIGHTS_FILE,
    check_choices,
)
from training.learning.methods import (
    HEAD,
    UPPER,
    Augmentation,
    Method,
    Phase,
    changed_method,
    method_values,
)
from training.method_settings import AUTO_PRECISION, COSINE

FROM_PIXELS, FROM_FEATURES, FROM_BACKBONE = "pixels", "features", "backbone"
"""A network from random weights; a head on the features of a frozen network; that network itself,
taught further."""

FROM_RUN = "run"
"""The network of a finished run, taught further."""

EACH_ONCE = 0
"""Instead of a number of steps: as many as show each picture once."""


_NOTEBOOK_METHOD = Method(optimizer="rmsprop")
_GENTLE = Augmentation(least_area=0.6, stretch=1.2, colour=0.15)
"""For networks that know pictures already."""


@dataclass(frozen=True)
class Preset:
    """A named architecture with its training settings.

    Attributes:
        key: Its name on the command line and in `run.json`.
        title: Its name in the window.
        sentence: For whom it is, what it costs and what to expect.
        epochs: How many epochs.
        steps_per_epoch: Batches in an epoch, or `EACH_ONCE`.
        validation_steps: Batches of validation after each epoch, or `EACH_ONCE`.
        batch_size: Pictures in a batch.
        image_size: Side of the network's square input, in pixels, or `SIZE_OF_SOURCE`.
        least_image_size: The smallest input that leaves something to learn from.
        learning_rate: The optimizer's.
        recipe: What learns: `FROM_PIXELS`, `FROM_FEATURES`, `FROM_BACKBONE` or `FROM_RUN`.
        method: How it is taught.
        takes: Which of `BACKBONE`, `WEIGHTS_FILE` and `START_FROM` it looks at.
    """

    key: str
    title: str
    sentence: str
    epochs: int
    steps_per_epoch: int
    validation_steps: int
    batch_size: int
    image_size: int
    least_image_size: int
    learning_rate: float
    recipe: str = FROM_PIXELS
    method: Method = _NOTEBOOK_METHOD
    takes: tuple[str, ...] = ()


_EXPRESS = Preset(
    key="express",
    title="Express",
    sentence=(
        "For those who want a good model soon: a head on the features of MobileNetV2, which "
        "knows ImageNet already. A minute or two on two cores, about 98.5\u00a0% right. Works "
        "offline once its weights (9 MB) are downloaded, or with a file of them."
    ),
    epochs=10,
    steps_per_epoch=312,
    validation_steps=32,
    batch_size=64,
    image_size=208,
    least_image_size=32,
    learning_rate=1e-3,
    recipe=FROM_FEATURES,
    method=Method(optimizer="adam"),
    takes=(BACKBONE, WEIGHTS_FILE),
)

_SCRATCH = Preset(
    key="scratch",
    title="From scratch",
    sentence=(
        "For those who want to see how far a modern network gets without any help: random "
        "weights, residual blocks, every picture varied each time. An hour or two on two cores, "
        "about 97\u00a0% right. Works offline."
    ),
    epochs=50,
    steps_per_epoch=EACH_ONCE,
    validation_steps=EACH_ONCE,
    batch_size=64,
    image_size=160,
    least_image_size=64,
    learning_rate=2e-3,
    method=Method(
        optimizer="adamw",
        schedule=COSINE,
        warm_up=200,
        weight_decay=0.05,
        label_smoothing=0.1,
        augmentation=Augmentation(least_area=0.35, stretch=4 / 3, colour=0.25),
        phases=(Phase(epochs=20, size=0.6), Phase(epochs=22, size=0.8), Phase()),
    ),
)

_FINE_TUNE = Preset(
    key="fine-tune",
    title="Fine-tune",
    sentence=(
        "For those who want the best model: MobileNetV2, which knows ImageNet, learns on; first "
        "a new head, then its upper blocks, then all of it. Half an hour on two cores, about "
        "99\u00a0% right. Works offline once its weights (9 MB) are downloaded, or with a file "
        "of them."
    ),
    epochs=7,
    steps_per_epoch=EACH_ONCE,
    validation_steps=EACH_ONCE,
    batch_size=32,
    image_size=208,
    least_image_size=32,
    learning_rate=4e-5,
    recipe=FROM_BACKBONE,
    takes=(BACKBONE, WEIGHTS_FILE),
    method=Method(
        optimizer="adamw",
        schedule=COSINE,
        warm_up=100,
        weight_decay=0.01,
        augmentation=_GENTLE,
        phases=(
            Phase(epochs=2, learns=HEAD, rate=25, varied=False),
            Phase(epochs=1, learns=UPPER),
            Phase(),
        ),
    ),
)

_CONTINUE = Preset(
    key="continue",
    title="Continue",
    sentence=(
        "For those with pictures of their own: the model that ships, or that of any finished "
        "run, learns on from them, at its own image size. Begins as good as that model is; "
        "minutes for a few thousand pictures. Works offline."
    ),
    epochs=5,
    steps_per_epoch=EACH_ONCE,
    validation_steps=EACH_ONCE,
    batch_size=32,
    image_size=SIZE_OF_SOURCE,
    least_image_size=32,
    learning_rate=5e-5,
    recipe=FROM_RUN,
    takes=(START_FROM,),
    method=Method(
        optimizer="adamw",
        schedule=COSINE,
        warm_up=20,
        weight_decay=0.01,
        augmentation=_GENTLE,
    ),
)

_NOTEBOOK = Preset(
    key="notebook",
    title="Notebook",
    sentence=(
        "For those who want to see the teaching notebook's network learn: three convolutions "
        "from random weights, ten to thirty minutes on two cores, about 80\u00a0% right. "
        "Works offline."
    ),
    epochs=100,
    steps_per_epoch=100,
    validation_steps=50,
    batch_size=20,
    image_size=150,
    least_image_size=32,
    learning_rate=1e-4,
)

_NOTEBOOK_DESCRIBED = Preset(
    key="notebook-described",
    title="Notebook, as described",
    sentence=(
        "For those who compare the notebook's text with its code: four convolutions of 5x5, "
        "about half as fast, at the text's 50 epochs. Works offline."
    ),
    epochs=50,
    steps_per_epoch=100,
    validation_steps=50,
    batch_size=20,
    image_size=150,
    least_image_size=76,
    learning_rate=1e-4,
)

PRESETS: Mapping[str, Preset] = {
    row.key: row
    for row in (_NOTEBOOK, _NOTEBOOK_DESCRIBED, _EXPRESS, _FINE_TUNE, _CONTINUE, _SCRATCH)
}

_SETTINGS = {field.name for field in fields(Preset)} & set(SETTINGS)


def find_preset(key: str) -> Preset:
    """The preset of that name.

    Raises:
        ConfigError: There is none.
    """
    if key in PRESETS:
        return PRESETS[key]
    raise ConfigError(
        "preset", f"There is no preset “{key}”.", f"Choose one of: {', '.join(PRESETS)}."
    )


def taken_settings(preset: Preset) -> tuple[str, ...]:
    """Which fields of `TrainingConfig` a preset looks at, besides the dataset and itself.

    Features cannot be varied as pictures can, and a run that starts from another has its size.
    """
    ignored = {"dataset", "preset", BACKBONE, WEIGHTS_FILE, START_FROM} - set(preset.takes)
    if preset.recipe == FROM_FEATURES:
        ignored |= set(VARYING)
    if preset.image_size == SIZE_OF_SOURCE:
        ignored.add("image_size")
    return tuple(name for name in SETTINGS if name not in ignored)


def training_config(preset: str, dataset: str, **overrides: object) -> TrainingConfig:
    """The settings of a run: the preset's, changed where the user asked for it.

    Args:
        preset: The preset's key.
        dataset: The dataset's name.
        **overrides: Fields of `TrainingConfig`; those that are None keep the preset's value.

    Returns:
        Settings that passed their checks.

    Raises:
        ConfigError: There is no such preset, or a value is outside its range.
    """
    row = find_preset(preset)
    values: dict[str, object] = {name: getattr(row, name) for name in _SETTINGS}
    values |= method_values(row.method) | {"precision": AUTO_PRECISION}
    values |= {name: value for name, value in overrides.items() if value is not None}
    config = TrainingConfig(dataset=dataset, preset=preset, **values)  # type: ignore[arg-type]
    check_config(config)
    return config


def method_of(config: TrainingConfig) -> Method:
    """How a run is taught: as its preset says, changed where its settings say otherwise.

    Raises:
        ConfigError: There is no such preset.
    """
    return changed_method(find_preset(config.preset).method, config)


def check_config(config: TrainingConfig) -> None:
    """Refuse settings outside their ranges, those of the preset among them.

    Raises:
        ConfigError: The first field that is outside, with the range that it has.
    """
    config.validate()
    row = find_preset(config.preset)
    check_choices(config, taken_settings(row), row.title)
    if config.image_size == row.image_size == SIZE_OF_SOURCE:
        return
    if config.image_size < row.least_image_size:
        raise ConfigError(
            "image_size",
            f"The preset “{row.title}” needs pictures of at least "
            f"{row.least_image_size} x {row.least_image_size} pixels.",
            f"Choose an image size of {row.least_image_size} or more.",
        )
