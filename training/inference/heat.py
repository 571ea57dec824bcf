"""Heat-maps: where in a picture a verdict comes from, as numbers and as paint."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image

from training.dataset.decode import Pixels, decode, pixels_of
from training.inference.session import open_session
from training.ranges import Range
from training.runs.run_folder import ONNX_FILE

CLASS_ACTIVATION, GRAD_CAM = "class activation map", "Grad-CAM"
OPACITY = Range(0, 1, "The opacity")
DEFAULT_OPACITY = 0.6

_CAT_COLOUR, _DOG_COLOUR = (0, 114, 178), (230, 159, 0)
"""Okabe and Ito's blue and orange, as everywhere in the program."""

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True)
class HeatMap:
    """What each place of a picture adds to its verdict.

    Attributes:
        values: float32 (rows, columns): above 0 a place speaks for a dog, below 0 for a cat. Of a
            class activation map the mean is the logit of p_dog; Grad-CAM's have no unit.
        method: `CLASS_ACTIVATION` or `GRAD_CAM`.
    """

    values: Floats
    method: str


def class_activation(picture: Path | bytes, folder: Path) -> HeatMap | None:
    """The class activation map of a picture, from a run's exported network.

    Args:
        picture: A file, or a file's bytes.
        folder: The run's folder.

    Returns:
        The map; None where the network cannot give one: its features are no averaged maps, or an
        older version of the program exported it.

    Raises:
        PictureError: The picture cannot be read.
        RunError: The run has no such file, or it is damaged.
    """
    session = open_session(folder / ONNX_FILE)
    if not session.gives_heat:
        return None
    _, heat = session.with_heat(pixels_of(decode(picture), session.image_size)[np.newaxis])
    return HeatMap(heat[0], CLASS_ACTIVATION)


def paint(picture: Image.Image, heat: HeatMap, opacity: float = DEFAULT_OPACITY) -> Image.Image:
    """Lay a heat-map over its picture: blue where it speaks for a cat, orange for a dog.

    The strongest place is as opaque as asked for, whatever its value: colours of two pictures say
    nothing of which verdict is surer.

    Args:
        picture: RGB, of any size.
        heat: The picture's.
        opacity: Of the strongest place, in [0, 1].

    Returns:
        A new RGB picture of the same size.
    """
    colours, strength = _colours(heat, picture.size)
    strength = strength * opacity
    below = np.asarray(picture, dtype=np.float32)
    painted = below * (1 - strength) + colours * strength
    return Image.fromarray(np.rint(painted).astype(np.uint8))


def layer_of_paint(heat: HeatMap, size: tuple[int, int]) -> Pixels:
    """What `paint` lays over a picture, for whoever lays it over the picture itself.

    Args:
        heat: The picture's.
        size: Columns and rows.

    Returns:
        uint8 (rows, columns, 4): red, green, blue and how opaque, 255 at the strongest place.
    """
    colours, strength = _colours(heat, size)
    return np.concatenate([colours, strength * 255], axis=-1).round().astype(np.uint8)


def _colours(heat: HeatMap, size: tuple[int, int]) -> tuple[Floats, Floats]:
    """Each place's colour, (rows, columns, 3), and strength in [0, 1], (rows, columns, 1)."""
    strongest = float(np.abs(heat.values).max())
    shares = heat.values / strongest if strongest > 0 else np.zeros_like(heat.values)
    fine = np.asarray(
        Image.fromarray(shares.astype(np.float32)).resize(size, Image.Resampling.BICUBIC)
    )[..., np.newaxis]
    colours = np.where(fine > 0, _DOG_COLOUR, _CAT_COLOUR).astype(np.float32)
    return colours, np.clip(np.abs(fine), 0, 1)
