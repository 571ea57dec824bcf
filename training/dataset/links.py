"""A second place for a picture that takes no room."""

import os
from pathlib import Path

from training.errors import DatasetError


def make_link(path: Path, link: Path, *, hint: str) -> None:
    """Make a link to a file; where the system permits no symbolic one, a second name for it.

    Args:
        path: The file, absolute.
        link: What is made. Its folder must exist.
        hint: What to do where neither can be made.

    Raises:
        FileExistsError: There is something of that name.
        DatasetError: The system permits no links there.
    """
    try:
        link.symlink_to(path)
    except FileExistsError:
        raise
    except OSError:  # Windows asks for a privilege; a second name for the file needs none
        _make_hard_link(path, link, hint)


def _make_hard_link(path: Path, link: Path, hint: str) -> None:
    try:
        os.link(path, link)
    except FileExistsError:
        raise
    except OSError as error:
        raise DatasetError(
            f"Links to the pictures cannot be made here ({error.strerror}).", hint
        ) from error
