"""Pictures that come into a folder while it is watched, each told once it is whole."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from training.dataset.decode import SUFFIXES

_Facts = tuple[int, int]  # size in bytes, time of the last change in ns


@dataclass(frozen=True)
class Look:
    """What a look found.

    Attributes:
        came: Pictures that are new, or that were written anew, and are whole.
        is_unsettled: Whether there are others that may still be written; look again in a while.
    """

    came: tuple[Path, ...]
    is_unsettled: bool


class Newcomers:
    """Compares a folder with what it held at the look before.

    A picture is whole when two looks find it at the same size and date; an empty one is not. What
    the first look finds is not new. Folders inside do not count, nor do hidden files.

    Args:
        folder: The folder.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._known: dict[Path, _Facts] | None = None
        self._coming: Mapping[Path, _Facts] = {}

    def look(self) -> Look:
        """Look into the folder; the looks should be a second apart.

        Raises:
            OSError: The folder is not there any more, or cannot be listed.
        """
        facts = _facts_of(self._folder)
        if self._known is None:
            self._known = facts
            return Look((), is_unsettled=False)
        new = {path: fact for path, fact in facts.items() if self._known.get(path) != fact}
        whole = {path: fact for path, fact in new.items() if self._is_whole(path, fact)}
        self._known = {path: fact for path, fact in self._known.items() if path in facts} | whole
        self._coming = {path: fact for path, fact in new.items() if path not in whole}
        return Look(tuple(sorted(whole)), is_unsettled=bool(self._coming))

    def _is_whole(self, path: Path, fact: _Facts) -> bool:
        size, _ = fact
        return size > 0 and self._coming.get(path) == fact


def _facts_of(folder: Path) -> dict[Path, _Facts]:
    facts = {}
    with os.scandir(folder) as entries:
        for entry in entries:
            is_named_like_one = Path(entry.name).suffix.lower() in SUFFIXES
            if is_named_like_one and not entry.name.startswith("."):
                fact = _fact_of(entry)
                if fact is not None:
                    facts[folder / entry.name] = fact
    return facts


def _fact_of(entry: "os.DirEntry[str]") -> _Facts | None:
    try:
        if not entry.is_file():
            return None
        status = entry.stat()
    except OSError:  # gone since it was listed
        return None
    return status.st_size, status.st_mtime_ns
