"""Pictures that were there at their import, and may be gone or changed since."""

import hashlib
import os
from collections.abc import Sequence
from pathlib import Path

from training.dataset.catalog import Picture
from training.dataset.decode import Pixels, load_pixels
from training.errors import FolderGoneError, PictureError

_NAMED_PICTURES = 5  # of those left out; there may be thousands


def pixels_or_none(picture: Picture, image_size: int) -> Pixels | None:
    """A picture's pixels, see `load_pixels`; None where it changed or cannot be read any more."""
    try:
        content = picture.path.read_bytes()
        if hashlib.sha256(content).hexdigest() != picture.sha256:
            return None
        return load_pixels(content, image_size)
    except (OSError, PictureError):
        return None


def require_folder(pictures: Sequence[Picture]) -> None:
    """Tell pictures that are gone from a folder from a folder that is gone with all of them.

    Args:
        pictures: All that a dataset has, or many of them.

    Raises:
        FolderGoneError: The folder is gone: its drive was unplugged, say.
    """
    folder = Path(os.path.commonpath([picture.path.parent for picture in pictures]))
    if not folder.is_dir():
        raise FolderGoneError(
            f"The folder of the pictures is gone ({folder}).",
            "Put it back, or plug its drive in, and start again.",
        )


def left_out_words(names: Sequence[str]) -> str:
    """Which pictures are left out, in a sentence.

    Args:
        names: Their names, at least one.
    """
    some = ", ".join(names[:_NAMED_PICTURES])
    if len(names) == 1:
        return f"{some} has changed or cannot be read; it is left out."
    rest = f" and {len(names) - _NAMED_PICTURES:,} more" if len(names) > _NAMED_PICTURES else ""
    return f"{len(names):,} pictures have changed or cannot be read; left out: {some}{rest}."
