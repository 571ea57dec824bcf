"""The one decode: the only code that turns a picture file into pixels.

Training, evaluation, the command line, a dropped picture and an export's self-test all come
through here, so that a network sees in use exactly what it saw in training.
"""

import io
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import (  # noqa: F401 - a plug-in that is imported makes its format known to Pillow
    AvifImagePlugin,
    BmpImagePlugin,
    GifImagePlugin,
    Image,
    JpegImagePlugin,
    MpoImagePlugin,
    PngImagePlugin,
    TiffImagePlugin,
    UnidentifiedImageError,
    WebPImagePlugin,
)

from training.errors import PictureError

PREPROCESSING_ID = "pillow-rgb-upright-white-bilinear-1"
"""Names this decode in `run.json`; it changes whenever the pixels would."""

FORMATS = ("JPEG", "PNG", "BMP", "GIF", "WEBP", "TIFF", "AVIF")
SUFFIXES = frozenset(
    {".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".bmp", ".gif", ".webp", ".tif", ".tiff", ".avif"}
)
MAX_PIXELS = 120_000_000
"""Above this a picture is refused before it is decoded (360 MB as RGB)."""

Image.MAX_IMAGE_PIXELS = None  # `_refuse_sizes` refuses, where Pillow's own limit first warns

_ORIENTATION_TAG = 0x0112
_TURNS: Mapping[object, Image.Transpose] = {  # EXIF 2.32, table 6; damaged values turn nothing
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_WHITE = (255, 255, 255, 255)
_RGB_STEP = 257  # 65535 / 255: how many 16-bit levels make one 8-bit level

Pixels = npt.NDArray[np.uint8]


def decode(source: Path | bytes) -> Image.Image:
    """Read a picture whole: upright by EXIF, RGB, alpha over white, 16 bits scaled to 8.

    Of an animation it is the first frame.

    Args:
        source: A file, or a file's bytes.

    Returns:
        An RGB picture in its own size, fully loaded.

    Raises:
        PictureError: It is no picture of a known format, is damaged or cut off, or is too large.
    """
    try:
        with Image.open(_file(source), formats=FORMATS) as picture:
            _refuse_sizes(picture)
            picture.load()
            return _to_rgb(_upright(picture))
    except PictureError:
        raise
    except UnidentifiedImageError as error:
        raise PictureError(_unknown_format(source), "Use JPEG, PNG, WebP or BMP.") from error
    except MemoryError as error:
        raise PictureError("The picture is too large.", "Scale it down first.") from error
    except FileNotFoundError as error:
        raise PictureError("The file is not there.", "It may have been moved.") from error
    except PermissionError as error:
        raise PictureError("The file may not be read.", "Check its permissions.") from error
    except Exception as error:  # Pillow's plug-ins raise every kind on damaged files, by format
        raise PictureError(
            f"The picture is damaged or cut off ({error}).", "Use another copy of it."
        ) from error


def load_pixels(source: Path | bytes, image_size: int) -> Pixels:
    """Read a picture as a network takes it.

    Args:
        source: A file, or a file's bytes.
        image_size: Side of the square in pixels; the picture is stretched to it, as in the
            notebook, with an antialiased bilinear filter.

    Returns:
        uint8 array of shape (image_size, image_size, 3), values in [0, 255].

    Raises:
        PictureError: See `decode`.
    """
    return pixels_of(decode(source), image_size)


def pixels_of(picture: Image.Image, image_size: int) -> Pixels:
    """Scale a decoded picture to a network's input; see `load_pixels`."""
    if picture.size != (image_size, image_size):
        picture = picture.resize((image_size, image_size), Image.Resampling.BILINEAR)
    return np.asarray(picture, dtype=np.uint8)


def thumbnail(source: Path | bytes, box_px: int) -> Image.Image:
    """A small copy to look at, never to classify: it keeps its proportions.

    A JPEG is decoded at a fraction of its size where that is enough, which is why these pixels
    are not those of `decode`.

    Args:
        source: A file, or a file's bytes.
        box_px: Side of the square that the copy fits into, in pixels.

    Raises:
        PictureError: See `decode`.
    """
    try:
        with Image.open(_file(source), formats=FORMATS) as picture:
            _refuse_sizes(picture)
            picture.draft("RGB", (box_px, box_px))
            picture.load()
            small = _to_rgb(_upright(picture))
    except PictureError:
        raise
    except Exception:  # noqa: BLE001 - `decode` names what is wrong, in its own words
        small = decode(source)
    small.thumbnail((box_px, box_px), Image.Resampling.BILINEAR)
    return small


def _file(source: Path | bytes) -> Path | io.BytesIO:
    return io.BytesIO(source) if isinstance(source, bytes) else source


def _refuse_sizes(picture: Image.Image) -> None:
    if picture.width * picture.height > MAX_PIXELS:
        raise PictureError(
            f"The picture has {picture.width} x {picture.height} pixels, which is too large.",
            "Scale it down first.",
        )


def _unknown_format(source: Path | bytes) -> str:
    start = source[:1] if isinstance(source, bytes) else _first_byte(source)
    if not start:
        return "The file is empty."
    return "The file is not a picture of a format that is supported."


def _first_byte(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(1)
    except OSError:
        return b"?"


def _upright(picture: Image.Image) -> Image.Image:
    if picture.format == "JPEG" and not {"exif", "xmp"} & picture.info.keys():
        return picture  # parsing the absent EXIF of every picture costs a fifth of a decode
    turn = _TURNS.get(picture.getexif().get(_ORIENTATION_TAG, 1))
    return picture if turn is None else picture.transpose(turn)


def _to_rgb(picture: Image.Image) -> Image.Image:
    if picture.mode == "RGB" and "transparency" not in picture.info:
        return picture.copy() if picture.readonly else picture
    if picture.mode.startswith("I") or picture.mode == "F":
        return _scaled_to_8_bits(picture).convert("RGB")
    if picture.has_transparency_data:
        above = picture.convert("RGBA")
        return Image.alpha_composite(Image.new("RGBA", above.size, _WHITE), above).convert("RGB")
    return picture.convert("RGB")


def _scaled_to_8_bits(picture: Image.Image) -> Image.Image:
    levels = np.asarray(picture).astype(np.float64)
    if picture.mode == "F" and levels.max(initial=0.0) <= 1.0:
        eight_bits = levels * 255
    else:
        eight_bits = levels / _RGB_STEP
    return Image.fromarray(np.clip(np.rint(eight_bits), 0, 255).astype(np.uint8), mode="L")
