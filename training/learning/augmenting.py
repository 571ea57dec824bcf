"""Training pictures are varied: mirrored, cropped, recoloured; decided by the seed and the step."""

import math

import numpy as np
from PIL import Image

from training.dataset.decode import Pixels
from training.learning.methods import Augmentation

_LEVELS = np.arange(256, dtype=np.float32)
_MIDDLE = 128.0


def augment(pixels: Pixels, how: Augmentation, generator: np.random.Generator) -> Pixels:
    """Vary each picture of a batch in a way of its own.

    Args:
        pixels: uint8 (n, side, side, 3), values in [0, 255].
        how: What may be done.
        generator: Decides; the same state gives the same pictures.

    Returns:
        New pictures of the same shape and type.
    """
    varied = np.empty_like(pixels)
    for place, picture in enumerate(pixels):
        image = _cropped(Image.fromarray(picture), how, generator)
        if how.colour:
            image = image.point(_colour_table(how.colour, generator))
        array = np.asarray(image)
        varied[place] = array[:, ::-1] if how.flip and generator.random() < 1 / 2 else array
    return varied


def _cropped(image: Image.Image, how: Augmentation, generator: np.random.Generator) -> Image.Image:
    if how.least_area >= 1 and how.stretch <= 1:
        return image
    side = image.width
    area = generator.uniform(how.least_area, 1)
    stretch = math.exp(generator.uniform(-1, 1) * math.log(how.stretch))
    width = min(side, side * math.sqrt(area * stretch))
    height = min(side, side * math.sqrt(area / stretch))
    left = generator.uniform(0, side - width)
    top = generator.uniform(0, side - height)
    return image.resize(
        image.size, Image.Resampling.BILINEAR, box=(left, top, left + width, top + height)
    )


def _colour_table(most: float, generator: np.random.Generator) -> list[int]:
    """What each level of red, green and blue becomes: contrast, brightness, and a cast."""
    contrast, *gains = 1 + most * generator.uniform(-1, 1, 5) * (1, 1, 0.3, 0.3, 0.3)
    brightness, casts = gains[0], gains[1:]
    channels = [((_LEVELS - _MIDDLE) * contrast + _MIDDLE) * brightness * cast for cast in casts]
    return [int(level) for level in np.clip(np.rint(np.concatenate(channels)), 0, 255)]
