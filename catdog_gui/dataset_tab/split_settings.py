"""The split form's values between two starts of the program."""

from catdog_gui.settings import SPLIT_SCHEME, SPLIT_SEED, SPLIT_TRAIN, SPLIT_VALIDATION, Settings
from training.config import SplitConfig
from training.errors import ConfigError


def recall_split(settings: Settings) -> SplitConfig:
    """What was used last; the defaults where the settings hold nonsense."""
    config = SplitConfig(
        scheme=settings.get(SPLIT_SCHEME),
        train=settings.get(SPLIT_TRAIN),
        validation=settings.get(SPLIT_VALIDATION),
        seed=settings.get(SPLIT_SEED),
    )
    try:
        config.validate()
    except ConfigError:
        return SplitConfig()
    return config


def remember_split(settings: Settings, config: SplitConfig) -> None:
    """Remember what is used now."""
    settings.set(SPLIT_SCHEME, config.scheme)
    settings.set(SPLIT_TRAIN, config.train)
    settings.set(SPLIT_VALIDATION, config.validation)
    settings.set(SPLIT_SEED, config.seed)
