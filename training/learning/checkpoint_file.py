"""Arrays in one file that says by itself whether it is whole."""

import contextlib
import hashlib
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from training import atomic
from training.errors import RunError

Array = np.ndarray[Any, Any]

POSITION_ENTRY, EPOCH_ENTRY = "position", "epoch"
_NOTED_SINCE = frozenset({POSITION_ENTRY, EPOCH_ENTRY})
"""A file of an older version has none of these entries, and no sum either."""

_DIGEST_ENTRY = "sha256"
_DAMAGE = (  # all that numpy and zipfile say of bytes that are not what was written
    OSError,
    ValueError,
    EOFError,
    LookupError,
    TypeError,
    SyntaxError,
    RuntimeError,
    MemoryError,
    struct.error,
    zipfile.BadZipFile,
    zlib.error,
)


def write_arrays(file: Path, entries: dict[str, Array], *, previous: Path) -> None:
    """Write arrays, whole or not at all.

    Args:
        file: Where.
        entries: The arrays by name.
        previous: Where the file goes that was there.

    Raises:
        OSError: The disk is full, say; both files are as they were.
    """
    entries = entries | {_DIGEST_ENTRY: _digest(entries)}
    with (
        atomic.replacing(file, previous=previous) as temporary,
        temporary.open("wb") as target,
    ):
        np.savez(target, **entries)  # type: ignore[arg-type]


def read_arrays(file: Path) -> dict[str, Array]:
    """Read what `write_arrays` wrote.

    Raises:
        RunError: It is missing or damaged.
    """
    with damage_told(file):
        # numpy leaves a file open that is no zip, if it is the one that opened it
        with file.open("rb") as content, np.load(content, allow_pickle=False) as stored:
            entries = {name: stored[name] for name in stored.files}
        noted = entries.pop(_DIGEST_ENTRY, None)
        is_old = not entries.keys() & _NOTED_SINCE
        if not (is_old and noted is None) and not np.array_equal(noted, _digest(entries)):
            raise ValueError("the checksum is another")
        return entries


@contextlib.contextmanager
def damage_told(file: Path) -> Iterator[None]:
    """Say in a sentence that a run's file is missing, or not what was written.

    Raises:
        RunError: One of these.
    """
    run = file.parent.parent.name
    try:
        yield
    except FileNotFoundError as error:
        raise RunError(
            f"The run {run} has no checkpoint to go on from.", "Start a new run."
        ) from error
    except _DAMAGE as error:
        raise RunError(
            f"The checkpoint of the run {run} is damaged.", "Start a new run."
        ) from error


def _digest(entries: Mapping[str, Array]) -> Array:
    """The SHA-256 of names, types, shapes and values."""
    digest = hashlib.sha256()
    for name in sorted(entries):
        array = entries[name]
        digest.update(f"{name} {array.dtype.str} {array.shape} ".encode())
        digest.update(array.tobytes())
    return np.frombuffer(digest.digest(), dtype=np.uint8)
