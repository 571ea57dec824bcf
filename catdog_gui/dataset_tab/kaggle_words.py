"""The Kaggle panel's sentences: plain functions of plain facts."""

from collections.abc import Mapping
from pathlib import Path

from training.dataset.kaggle.begun import Begun
from training.dataset.kaggle.credential import Credential, Source
from training.dataset.kaggle.places import ABOUT_TRAIN_BYTES, ABOUT_WHOLE_BYTES
from training.dataset.partial import Part

_MB, _GB = 1e6, 1e9
_ORIGINS: Mapping[Source, str] = {
    Source.SESSION: "for this session",
    Source.FILE: "from CatDog's own file",
    Source.KEYRING: "from the keyring",
    Source.TOKEN_VARIABLE: "from the variable KAGGLE_API_TOKEN",
    Source.KEY_VARIABLES: "from the variables KAGGLE_USERNAME and KAGGLE_KEY",
}

WITHOUT_KEYRING = " (this computer has none)"
FORGOTTEN = "CatDog keeps no token for Kaggle any more."
THROWN_AWAY = "What had come of the download is deleted."
STOPPED = "The download is stopped. What has come is kept."
GO_ON_LATER = "Go on at any time, also when the program has been closed meanwhile."


def token_words(credential: Credential) -> str:
    """A token in one line: "Your token from ~/.kaggle/kaggle.json, …1234"."""
    file = credential.file
    origin = f"from {_shortened(file)}" if file else _ORIGINS[credential.source]
    return f"Your token {origin}, {credential.secret}"


def owner_words(credential: Credential, *, is_ours: bool) -> str:
    """Whose token it is, and who else looks after it; empty where neither is to be said."""
    owner = f"It is that of {credential.username}." if credential.username else ""
    keeper = "" if is_ours else "CatDog reads it there and leaves it as it is."
    return " ".join(filter(None, (owner, keeper)))


def who_words(username: str) -> str:
    """What Kaggle answers to who the user is."""
    return f"You are {username}."


def open_words(file: Path) -> str:
    """That others can read a file with a token."""
    return (
        f"Other users of this computer can read {_shortened(file)}, which holds your token for "
        "Kaggle."
    )


def private_words(file: Path) -> str:
    """That nobody else can read it any more."""
    return f"Only you can read {_shortened(file)} now."


def space_words(free_bytes: int, *, whole: bool, begun: Begun | None) -> str:
    """What a download needs on the disk, and what is free.

    Args:
        free_bytes: What is free.
        whole: Whether all files are downloaded.
        begun: What has come already, of this or of the other.
    """
    size = ABOUT_WHOLE_BYTES if whole else ABOUT_TRAIN_BYTES
    there = begun.part.bytes_there if begun is not None and begun.whole == whole else 0
    needed = max(size, 2 * size - there)  # unpacked, pictures take as much again
    only = "only " if free_bytes < needed else ""
    return (
        f"Until the pictures are unpacked it needs about {needed / _GB:,.1f} GB; "
        f"{only}{free_bytes / _GB:,.1f} GB are free."
    )


def part_words(part: Part) -> str:
    """How much of a download has come: "271.2 of 569.5 MB have come."."""
    if part.bytes_there == part.total_bytes:
        return f"All {part.total_bytes / _MB:,.1f} MB have come; they only need to be imported."
    of_total = f" of {part.total_bytes / _MB:,.1f}" if part.total_bytes else ""
    return f"{part.bytes_there / _MB:,.1f}{of_total} MB have come."


def unfinished_words(part: Part) -> str:
    """What is said of it when the program starts again."""
    return f"The download from Kaggle is not finished. {part_words(part)}"


def size_words(size_bytes: int) -> str:
    """About how much: "570 MB"."""
    return f"{size_bytes / _MB:,.0f} MB"


def link(page: str, words: str) -> str:
    """Words that lead to a page."""
    return f'<a href="{page}">{words}</a>'


def _shortened(file: Path) -> str:
    """A file as its user knows it: "~/.kaggle/kaggle.json"."""
    home = Path.home()
    return f"~/{file.relative_to(home).as_posix()}" if file.is_relative_to(home) else str(file)
