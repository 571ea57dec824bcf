"""Training pictures are varied: turned, cropped, recoloured, mirrored, painted over, blended.

How is decided by a generator alone, which the seed and the step decide. What is not asked for draws
nothing from it. Nothing here imports Keras, so that a preview is quick.
"""

import math

import numpy as np
import numpy.typing as npt
from PIL import Image

from training.dataset.decode import Pixels
from training.learning.methods import Augmentation

_LEVELS = np.arange(256, dtype=np.float32)
_MIDDLE = 128.0
_CORNER_REACH = (math.sqrt(2) - 1) / 2  # of a side, beyond a square that is turned about its middle
_ERASED = 1 / 2  # share of the pictures that are painted over; it and what follows is the paper's
_LEAST_ERASED, _ERASED_STRETCH = 0.02, 10 / 3
_BLEND_LEVELS = 256  # so that bytes can be blended in 16 bits, exactly as the labels are

_Labels = npt.NDArray[np.float32]


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
        turned = _turned(picture, how.rotate, generator) if how.rotate else Image.fromarray(picture)
        image = _cropped(turned, how, generator)
        if how.colour:
            image = image.point(_colour_table(how.colour, generator))
        array = np.asarray(image)
        varied[place] = array[:, ::-1] if how.flip and generator.random() < 1 / 2 else array
        if how.erase and generator.random() < _ERASED:
            _erase(varied[place], how.erase, generator)
    return varied


def blend(
    pixels: Pixels, labels: _Labels, strength: float, generator: np.random.Generator
) -> tuple[Pixels, _Labels]:
    """Blend each picture of a batch with another one of it, and their labels by as much.

    That is mixup (Zhang and others, "mixup: Beyond Empirical Risk Minimization", 2018), with one
    weight a batch, as in its authors' code.

    Args:
        pixels: uint8 (n, side, side, 3), values in [0, 255].
        labels: float32 (n,), values in [0, 1].
        strength: Alpha of the Beta distribution that the weight comes from, above 0: near 0 hardly
            anything is blended, at 1 all weights are as likely, above it halves are likelier.
        generator: Decides; the same state gives the same pictures.

    Returns:
        New pictures and labels of the same shapes and types; a label is now the share of dog.
    """
    weight = round(generator.beta(strength, strength) * _BLEND_LEVELS)
    others = generator.permutation(len(pixels))
    mixed = pixels.astype(np.uint16) * np.uint16(weight)
    mixed += pixels[others].astype(np.uint16) * np.uint16(_BLEND_LEVELS - weight)
    mixed += np.uint16(_BLEND_LEVELS // 2)
    share = np.float32(weight / _BLEND_LEVELS)
    blended = share * labels + (1 - share) * labels[others]
    return (mixed // np.uint16(_BLEND_LEVELS)).astype(np.uint8), blended.astype(np.float32)


def _turned(picture: Pixels, most: float, generator: np.random.Generator) -> Image.Image:
    """Turned about its middle; beyond the edges it goes on as in a mirror: no corner is empty."""
    side = len(picture)
    angle = math.radians(generator.uniform(-most, most))
    edge = min(side - 1, math.ceil(side * _CORNER_REACH) + 1)
    wide = np.pad(picture, ((edge, edge), (edge, edge), (0, 0)), mode="reflect")
    middle, cos, sin = side / 2, math.cos(angle), math.sin(angle)
    across = middle + edge - cos * middle - sin * middle
    down = middle + edge + sin * middle - cos * middle
    return Image.fromarray(wide).transform(
        (side, side),
        Image.Transform.AFFINE,
        (cos, sin, across, -sin, cos, down),
        Image.Resampling.BILINEAR,
    )


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


def _erase(picture: Pixels, most: float, generator: np.random.Generator) -> None:
    """Paint a rectangle of a picture over with noise, in place.

    That is "Random Erasing Data Augmentation" (Zhong and others, 2017), with the probability, the
    proportions and the noise that were best there.
    """
    side = len(picture)
    area = generator.uniform(min(_LEAST_ERASED, most), most)
    stretch = math.exp(generator.uniform(-1, 1) * math.log(_ERASED_STRETCH))
    width = min(side, int(side * math.sqrt(area * stretch)))
    height = min(side, int(side * math.sqrt(area / stretch)))
    left = int(generator.integers(0, side - width + 1))
    top = int(generator.integers(0, side - height + 1))
    noise = generator.integers(0, 256, (height, width, picture.shape[-1]), dtype=np.uint8)
    picture[top : top + height, left : left + width] = noise
