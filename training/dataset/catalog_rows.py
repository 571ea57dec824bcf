"""A picture as a row of the catalogue, and back."""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from training.dataset.picture import NewPicture, Picture, Split, State

_SPLITS: Mapping[str | None, Split | None] = {None: None, **{split.value: split for split in Split}}
_STATES: Mapping[str, State] = {state.value: state for state in State}


def own_prefix(folder: Path) -> str:
    """What the paths of a dataset's own files begin with."""
    return f"{folder}{os.sep}"


def new_row(picture: NewPicture, own: str, *, source: int) -> tuple[object, ...]:
    """What `catalog_queries.INSERT` takes. Files inside the dataset's folder may move with it.

    Args:
        picture: The picture.
        own: See `own_prefix`.
        source: The row of the source that it comes from.
    """
    return (
        _stored_path(picture.path, own),
        picture.name,
        picture.sha256,
        picture.size_bytes,
        picture.width,
        picture.height,
        picture.label,
        picture.number,
        picture.state.value,
        picture.reason,
        source,
    )


def picture_of(row: Sequence[Any], own: str) -> Picture:
    """A picture from what `catalog_queries.PICTURE` gives.

    Args:
        row: The row.
        own: See `own_prefix`.
    """
    number, path, is_hex, name, sha256, size_bytes, width, height, *rest = row
    label, number_in_name, split, state, reason, family = rest
    return Picture(
        number,
        Path(absolute_path(bytes.fromhex(path) if is_hex else path, own)),
        name,
        sha256,
        size_bytes,
        width,
        height,
        label,
        number_in_name,
        _SPLITS[split],
        _STATES[state],
        reason,
        family,
    )


def absolute_path(stored: str | bytes, own: str) -> str:
    """Where a picture is now, by the path that its row has."""
    path = os.fsdecode(stored)
    return path if os.path.isabs(path) else own + path  # noqa: PTH117 - for 24,000 rows


def _stored_path(path: str, own: str) -> str | bytes:
    if path.startswith(own):
        return path[len(own) :].replace(os.sep, "/")
    try:
        path.encode()
    except UnicodeEncodeError:  # a name in an unknown encoding, which SQLite takes as bytes only
        return os.fsencode(path)
    return path
