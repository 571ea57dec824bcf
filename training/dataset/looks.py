"""What can be told of one picture alone: format, light, sharpness, and its outline."""

import io
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PIL import Image

from training.dataset.decode import FORMATS, decode
from training.errors import PictureError

OUTLINE_SIDE = 32
"""Side of the grey square that near copies are compared by, in pixels."""

_SHARPNESS_SIDE = 128  # so that a large picture is not judged by what nobody sees of it
_LEVELS = 255.0

Greys = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Look:
    """What a picture's content looks like; every copy of it has the same.

    Attributes:
        format: Pillow's name of the file's format, such as "JPEG".
        mode: Pillow's name of what its pixels are, such as "CMYK" or "I;16".
        frames: How many pictures the file holds; above 1 it is animated or has pages.
        brightness: Mean grey level, in [0, 1].
        information: Entropy of its grey levels, in bits, in [0, 8].
        sharpness: Mean step between neighbouring pixels at 128 x 128, over their spread.
        outline: The picture squeezed to 32 x 32 grey levels, as bytes, row by row.
    """

    format: str
    mode: str
    frames: int
    brightness: float
    information: float
    sharpness: float
    outline: bytes


def look_at(content: bytes) -> Look:
    """Look at a picture.

    Args:
        content: The file's bytes.

    Raises:
        PictureError: It cannot be decoded; see `training.dataset.decode.decode`.
    """
    grey = decode(content).convert("L")
    small = np.asarray(grey.resize((_SHARPNESS_SIDE, _SHARPNESS_SIDE), Image.Resampling.BILINEAR))
    outline = np.asarray(grey.resize((OUTLINE_SIDE, OUTLINE_SIDE), Image.Resampling.BOX))
    format_, mode, frames = _header_of(content)
    return Look(
        format_,
        mode,
        frames,
        brightness=float(outline.mean()) / _LEVELS,
        information=float(grey.entropy()),
        sharpness=_sharpness(small),
        outline=outline.tobytes(),
    )


def _header_of(content: bytes) -> tuple[str, str, int]:
    try:
        with Image.open(io.BytesIO(content), formats=FORMATS) as picture:
            return picture.format or "", picture.mode, getattr(picture, "n_frames", 1)
    except Exception as error:  # Pillow's plug-ins raise every kind on damaged files
        raise PictureError(
            f"The picture is damaged ({error}).", "Use another copy of it."
        ) from error


def _sharpness(greys: Greys) -> float:
    levels = greys.astype(np.float32)
    spread = float(levels.std())
    if spread == 0.0:
        return 0.0
    steps = np.abs(np.diff(levels, 2, axis=0)).mean() + np.abs(np.diff(levels, 2, axis=1)).mean()
    return float(steps) / spread
