"""Settings that only some presets look at: where a network comes from that is there already."""

from collections.abc import Collection, Mapping

from training.config import DEFAULT_BACKBONE, TrainingConfig
from training.errors import ConfigError
from training.learning.backbones import BACKBONES

BACKBONE, WEIGHTS_FILE, START_FROM = "backbone", "weights_file", "start_from"

_UNSET: Mapping[str, tuple[str, str]] = {
    BACKBONE: (DEFAULT_BACKBONE, "stands on no backbone"),
    WEIGHTS_FILE: ("", "takes no file of weights"),
    START_FROM: ("", "does not start from another run"),
}


def check_choices(config: TrainingConfig, takes: Collection[str], title: str) -> None:
    """Refuse settings that the preset would not look at, and a backbone that there is not.

    Args:
        config: The settings.
        takes: Which of `BACKBONE`, `WEIGHTS_FILE` and `START_FROM` the preset takes.
        title: The preset's title.

    Raises:
        ConfigError: The first such field.
    """
    for field, (unset, what) in _UNSET.items():
        if field not in takes and getattr(config, field) != unset:
            raise ConfigError(
                field, f"The preset “{title}” {what}.", "Leave that out, or choose another preset."
            )
    if config.backbone not in BACKBONES:
        raise ConfigError(
            BACKBONE,
            f"There is no backbone “{config.backbone}”.",
            f"Choose one of: {', '.join(BACKBONES)}.",
        )
