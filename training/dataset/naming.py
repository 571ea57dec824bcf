"""What a picture's place says about it: its class, its number, and whether it is one at all."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

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

_WORD = rf"({'|'.join(CLASS_WORDS)})(?![^\W\d_])"
_PREFIX = re.compile(_WORD, re.IGNORECASE)
_ANYWHERE = re.compile(rf"(?<![^\W\d_]){_WORD}", re.IGNORECASE)
_WITHOUT_CLASSES = re.compile(r"test(ing)?\d*", re.IGNORECASE)  # test1, in Kaggle's archive
ANY_REST = "*"
"""After the beginning of a file's name: whatever follows it."""

_DIGITS = re.compile(r"[0-9]+")
_NUMBER_DIGITS = 9  # longer runs are dates and fingerprints, not numbers of pictures
_ARCHIVE_SUFFIX = ".zip"
_MAC_FOLDER = "__MACOSX"


@dataclass(frozen=True, slots=True)
class Statement:
    """What a picture's path says of its class.

    Attributes:
        label: "cat" or "dog"; None where it does not say.
        place: Where that is said: the folder, or the folder and the beginning of the file's name
            with a star, such as "train/cat*". Where it is not said, the folder of the picture.
    """

    label: str | None
    place: str


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
    """The class that a picture's path states; see `statement_of`."""
    return statement_of(parts).label


def statement_of(parts: Sequence[str]) -> Statement:
    """What a picture's path says of its class.

    The nearest folder that is named as a class decides, else the beginning of the file's name:
    `cat.0.jpg`, `dog-3.jpg`, `cat (3).jpg`, but neither `category.jpg` nor `cat and dog.jpg`.

    Args:
        parts: The path inside its source, name by name, the file's name last.
    """
    for end in range(len(parts) - 1, 0, -1):
        label = class_named(parts[end - 1])
        if label is not None:
            return Statement(label, "/".join(parts[:end]))
    prefix = _PREFIX.match(parts[-1])
    if prefix is None or len(classes_in(parts[-1])) > 1:
        return Statement(None, "/".join(parts[:-1]))
    word = prefix[1].lower()
    return Statement(CLASS_WORDS[word], "/".join((*parts[:-1], f"{word}{ANY_REST}")))


def class_named(folder: str) -> str | None:
    """The class that a folder's name is a word for; None where it is more than that, or none."""
    return CLASS_WORDS.get(folder.strip().lower())


def classes_in(name: str) -> set[str]:
    """The classes of which a word occurs in a name: {"cat"} for "my cats 2019"."""
    return {CLASS_WORDS[word.lower()] for word in _ANYWHERE.findall(name)}


def is_without_classes(folder: str) -> bool:
    """Whether a folder is named as one of pictures whose class is to be found out, as `test1`."""
    return _WITHOUT_CLASSES.fullmatch(folder.strip()) is not None


def number_of(name: str) -> int | None:
    """The number in a file's name: 0 for `cat.0.jpg`, 12 for `12.jpg`.

    Returns:
        The number, or None where the name holds none, several, or one above nine digits.
    """
    runs: list[str] = _DIGITS.findall(name.rpartition(".")[0])
    if len(runs) != 1 or len(runs[0]) > _NUMBER_DIGITS:
        return None
    return int(runs[0])
