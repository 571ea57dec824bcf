"""Numbers where the settings of a run leave them to the program, once its pictures are known."""

import dataclasses
import math

from training.config import AUTO_BATCH, TrainingConfig
from training.learning.pipeline import SplitPictures
from training.learning.presets import find_preset


def settle_batch(config: TrainingConfig, pictures: int) -> TrainingConfig:
    """Put a number where the settings leave the batch size to the program.

    Args:
        config: The settings.
        pictures: Training pictures; a batch never has more.
    """
    if config.batch_size != AUTO_BATCH:
        return config
    most = max(1, min(find_preset(config.preset).batch_size, pictures))
    return dataclasses.replace(config, batch_size=most)


def settle_steps(config: TrainingConfig, pictures: SplitPictures) -> TrainingConfig:
    """Put numbers where the settings say “each picture once”."""
    steps = config.steps_per_epoch or len(pictures.train) // config.batch_size
    checks = config.validation_steps or math.ceil(len(pictures.validation) / config.batch_size)
    return dataclasses.replace(config, steps_per_epoch=steps, validation_steps=checks)
