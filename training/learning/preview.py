"""How pictures come out varied under some settings: to look at before a training.

Nothing here imports Keras or TensorFlow, so that the window can show it at once.
"""

import itertools
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from training.config import SIZE_OF_SOURCE, TrainingConfig
from training.dataset.decode import Pixels, load_pixels
from training.learning.augmenting import augment, blend
from training.learning.presets import method_of

_SHOWN_SIZE = 208  # pixels, where the settings leave the size to the run that they start from


def preview(pictures: Sequence[Path], config: TrainingConfig, *, count: int) -> Pixels:
    """Vary some pictures as a training under these settings would.

    Args:
        pictures: Files, each taken in turn until there are enough.
        config: The settings; their seed decides what comes out.
        count: How many to show.

    Returns:
        uint8 (count, side, side, 3), values in [0, 255], with the side that the settings say.

    Raises:
        PictureError: A file cannot be read.
        ConfigError: There is no such preset.
    """
    side = _SHOWN_SIZE if config.image_size == SIZE_OF_SOURCE else config.image_size
    how = method_of(config).augmentation
    read = [load_pixels(picture, side) for picture in pictures[:count]]
    shown = np.empty((count, side, side, 3), dtype=np.uint8)
    for place, picture in zip(range(count), itertools.cycle(read), strict=False):
        shown[place] = picture
    generator = np.random.default_rng(config.seed)
    varied = augment(shown, how, generator)
    if not how.mixup:
        return varied
    return blend(varied, np.zeros(count, dtype=np.float32), how.mixup, generator)[0]
