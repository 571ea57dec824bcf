"""Settings that only some presets look at: where their network comes from, what varies pictures."""

from collections.abc import Collection, Mapping
from dataclasses import asdict

from training.config import DEFAULT_BACKBONE, TrainingConfig
from training.errors import ConfigError
from training.learning.backbones import BACKBONES
from training.learning.methods import NOT_VARIED

BACKBONE, WEIGHTS_FILE, START_FROM = "backbone", "weights_file", "start_from"

VARYING = tuple(asdict(NOT_VARIED))
"""What only presets that learn from pictures look at."""

_UNSET: Mapping[str, tuple[object, str]] = {
    BACKBONE: (DEFAULT_BACKBONE, "stands on no backbone"),
    WEIGHTS_FILE: ("", "takes no file of weights"),
    START_FROM: ("", "does not start from another run"),
    **{
        name: (unset, "learns from features, which cannot be varied as pictures can")
        for name, unset in asdict(NOT_VARIED).items()
    },
}


def check_choices(config: TrainingConfig, takes: Collection[str], title: str) -> None:
    """Refuse settings that the preset would not look at, and a backbone that there is not.

    Args:
        config: The settings.
        takes: The fields that the preset takes.
        title: The preset's title.

    Raises:
        ConfigError: The first such field.
    """
    for field, (unset, what) in _UNSET.items():
        if field not in takes and getattr(config, field) not in (None, unset):
            raise ConfigError(
                field, f"The preset “{title}” {what}.", "Leave that out, or choose another preset."
            )
    if config.backbone not in BACKBONES:
        raise ConfigError(
            BACKBONE,
            f"There is no backbone “{config.backbone}”.",
            f"Choose one of: {', '.join(BACKBONES)}.",
        )
