"""What a picture's place says about it: its class, its number, and whether it is one at all."""

import re
from collections.abc import Mapping, Sequence

from training.dataset.decode import SUFFIXES

CLASS_WORDS: Mapping[str, str] = {
    "cat": "cat",
    "cats": "cat",
    "gato": "cat",
    "gatos": "cat",
    "dog": "dog",
    "dogs": "dog",
    "cachorro": "dog",
    "cachorros": "dog",
}
"""Folder names, and beginnings of file names, that say a picture's class; in any case."""

_PREFIX = re.compile(rf"({'|'.join(CLASS_WORDS)})(?![^\W\d_])", re.IGNORECASE)
_DIGITS = re.compile(r"[0-9]+")
_NUMBER_DIGITS = 9  # longer runs are dates and fingerprints, not numbers of pictures
_ARCHIVE_SUFFIX = ".zip"
_MAC_FOLDER = "__MACOSX"


def is_hidden(parts: Sequence[str]) -> bool:
    """Whether a path leads through a hidden name or a Mac's side folder.

    Args:
        parts: The path inside its source, name by name.
    """
    return any(part.startswith(".") or part == _MAC_FOLDER for part in parts)


def is_picture_name(name: str) -> bool:
    """Whether a file's name ends as a picture's does; its content may still be anything."""
    return suffix_of(name) in SUFFIXES


def is_archive_name(name: str) -> bool:
    """Whether a file's name ends as a zip's does."""
    return suffix_of(name) == _ARCHIVE_SUFFIX


def suffix_of(name: str) -> str:
    """The end of a file's name from its last dot, in lower case; empty without a dot."""
    stem, dot, suffix = name.rpartition(".")
    return f".{suffix.lower()}" if dot and stem else ""


def label_of(parts: Sequence[str]) -> str | None:
    """The class that a picture's path states.

    The nearest folder that is named as a class decides, else the beginning of the file's name:
    `cat.0.jpg`, `dog-3.jpg`, `cat (3).jpg`, but not `category.jpg`.

    Args:
        parts: The path inside its source, name by name, the file's name last.

    Returns:
        "cat", "dog", or None where the path states no class.
    """
    for folder in reversed(parts[:-1]):
        label = CLASS_WORDS.get(folder.strip().lower())
        if label is not None:
            return label
    prefix = _PREFIX.match(parts[-1])
    return CLASS_WORDS[prefix[1].lower()] if prefix else None


def number_of(name: str) -> int | None:
    """The number in a file's name: 0 for `cat.0.jpg`, 12 for `12.jpg`.

    Returns:
        The number, or None where the name holds none, several, or one above nine digits.
    """
    runs: list[str] = _DIGITS.findall(name.rpartition(".")[0])
    if len(runs) != 1 or len(runs[0]) > _NUMBER_DIGITS:
        return None
    return int(runs[0])
