"""What the form says, and what is wrong with it."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Self

from training.config import DEFAULT_BACKBONE, SIZE_OF_SOURCE, TrainingConfig
from training.dataset.picture import DatasetInfo
from training.errors import ConfigError
from training.learning.presets import Preset, check_config, training_config


@dataclass(frozen=True)
class FormValues:
    """The settings that the form has fields for; see `TrainingConfig`."""

    epochs: int
    batch_size: int
    image_size: int
    learning_rate: float
    seed: int = 1
    backbone: str = DEFAULT_BACKBONE
    weights_file: str = ""
    start_from: str = ""

    @classmethod
    def of(cls, preset: Preset) -> Self:
        """The preset's own values."""
        return cls(preset.epochs, preset.batch_size, preset.image_size, preset.learning_rate)


def shown_fields(preset: Preset) -> tuple[str, ...]:
    """The fields that mean something to a preset, by their names in `FormValues`."""
    size = () if preset.image_size == SIZE_OF_SOURCE else ("image_size",)
    return (*preset.takes, "epochs", "batch_size", *size, "learning_rate", "seed")


def recalled_values(preset: Preset, stored: str) -> FormValues:
    """The preset's values, with those that were changed and kept.

    Args:
        preset: The preset.
        stored: What `kept_values` gave; anything else counts as nothing.
    """
    own = asdict(FormValues.of(preset))
    try:
        kept = json.loads(stored or "{}")[preset.key]
        values = {name: type(own[name])(kept.get(name, own[name])) for name in own}
        return FormValues(**values)
    except (ValueError, KeyError, TypeError, AttributeError):
        return FormValues.of(preset)


def kept_values(preset: Preset, values: FormValues, stored: str) -> str:
    """What to remember of a preset's form, beside what is remembered of the others."""
    own = asdict(FormValues.of(preset))
    changed = {name: value for name, value in asdict(values).items() if value != own[name]}
    try:
        others = dict(json.loads(stored or "{}"))
    except (ValueError, TypeError):
        others = {}
    return json.dumps({**others, preset.key: changed})


def config_of(preset: Preset, dataset: str, values: FormValues) -> TrainingConfig:
    """The run that the form asks for.

    Raises:
        ConfigError: A value is outside its range.
    """
    return training_config(preset.key, dataset, **asdict(values))


def problems(preset: Preset, values: FormValues, info: DatasetInfo | None) -> Mapping[str, str]:
    """What stands against starting, by the field that it concerns.

    Args:
        preset: The preset.
        values: What the form says.
        info: The chosen dataset; None without one.
    """
    name = info.name if info is not None else "dataset"
    config = TrainingConfig(
        dataset=name,
        preset=preset.key,
        steps_per_epoch=preset.steps_per_epoch,
        validation_steps=preset.validation_steps,
        **asdict(values),
    )
    try:
        check_config(config)
    except ConfigError as error:
        return {error.field: str(error)}
    if info is not None and 0 < info.train < values.batch_size:
        return {
            "batch_size": f"The dataset has {info.train:,} training pictures. "
            f"Choose a batch size of {info.train:,} or less."
        }
    return {}
