"""What the form says, and what is wrong with it.

The form's values are a `TrainingConfig` on a dataset that is not chosen yet: `NO_DATASET`.
"""

import json
import math
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from catdog_gui.training_tab.form_table import ROWS
from training.config import RANGES, TrainingConfig
from training.dataset.picture import DatasetInfo
from training.errors import ConfigError
from training.learning.presets import (
    PRESETS,
    Preset,
    check_config,
    taken_settings,
    training_config,
)

NO_DATASET = "dataset"
"""The name that stands for the dataset beside the form."""


def preset_values(preset: Preset) -> TrainingConfig:
    """The preset's own values."""
    return training_config(preset.key, NO_DATASET)


def changed_fields(values: TrainingConfig) -> frozenset[str]:
    """The fields that differ from the preset's."""
    own = preset_values(PRESETS[values.preset])
    return frozenset(name for name in ROWS if getattr(values, name) != getattr(own, name))


def taken_values(config: TrainingConfig) -> TrainingConfig:
    """A run's settings as the form shows them.

    What the preset does not look at stands as the preset has it, and so does what an older run
    does not say.
    """
    preset = PRESETS[config.preset]
    said = {name: getattr(config, name) for name in taken_settings(preset)}
    return _changed(preset_values(preset), said)


def recalled_values(preset: Preset, stored: str) -> TrainingConfig:
    """The preset's values, with those that were changed and kept.

    Args:
        preset: The preset.
        stored: What `kept_values` gave; whatever else it is counts as nothing, field by field.
    """
    try:
        kept = dict(json.loads(stored or "{}")[preset.key])
    except (ValueError, KeyError, TypeError):
        kept = {}
    own = preset_values(preset)
    return _changed(own, {name: kept[name] for name in taken_settings(preset) if name in kept})


def kept_values(values: TrainingConfig, stored: str) -> str:
    """What to remember of a preset's form, beside what is remembered of the others."""
    changed = {name: getattr(values, name) for name in sorted(changed_fields(values))}
    try:
        others = dict(json.loads(stored or "{}"))
    except (ValueError, TypeError):
        others = {}
    return json.dumps({**others, values.preset: changed})


def config_of(values: TrainingConfig, dataset: str) -> TrainingConfig:
    """The run that the form asks for.

    Raises:
        ConfigError: A value is outside its range.
    """
    config = replace(values, dataset=dataset)
    _check(config)
    return config


def problems(values: TrainingConfig, info: DatasetInfo | None) -> Mapping[str, str]:
    """What stands against starting, by the fields that it concerns: all of it.

    Args:
        values: What the form says.
        info: The chosen dataset; None without one.
    """
    own = preset_values(PRESETS[values.preset])
    alone = [_with(own, name, getattr(values, name)) for name in changed_fields(values)]
    found = {error.field: str(error) for error in map(_problem, (*alone, values)) if error}
    if info is not None and 0 < info.train < values.batch_size:
        found["batch_size"] = (
            f"The dataset has {info.train:,} training pictures. "
            f"Choose a batch size of {info.train:,} or less."
        )
    return {name: found[name] for name in ROWS if name in found}


def _check(config: TrainingConfig) -> None:
    """Refuse settings as `check_config` does; a number that cannot be read is called that.

    Raises:
        ConfigError: The first field that is outside, with the range that it has.
    """
    try:
        check_config(config)
    except ConfigError as error:
        value = getattr(config, error.field)
        if not isinstance(value, float) or not math.isnan(value):
            raise
        what = RANGES[error.field].what
        raise ConfigError(error.field, f"{what} is not a number.", error.hint) from None


def _problem(config: TrainingConfig) -> ConfigError | None:
    try:
        _check(config)
    except ConfigError as error:
        return error
    return None


def _changed(own: TrainingConfig, said: Mapping[str, Any]) -> TrainingConfig:
    """Settings with those others that are of the same type and can be used."""
    for name, value in said.items():
        like = getattr(own, name)
        if type(value) is type(like) or (type(value) is int and isinstance(like, float)):
            changed = _with(own, name, type(like)(value))
            own = own if _problem(changed) else changed
    return own


def _with(config: TrainingConfig, name: str, value: Any) -> TrainingConfig:  # noqa: ANN401
    return replace(config, **{name: value})
