"""`catdog`: alone or with files the window, with a command the command line, which needs no Qt."""

import importlib
import multiprocessing
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from training.imports import imports_set_aside

COMMANDS = (
    "data",
    "train",
    "rate",
    "evaluate",
    "report",
    "classify",
    "explain",
    "submit",
    "export",
    "share",
    "import-model",
    "devices",
    "presets",
    "runs",
)
"""What the command line knows, also where a file or a folder has such a name. A test keeps it equal
to the command line's own table, which takes too long to load before a window."""

_SELFTEST = "--selftest"
_HOME = "--home"

# Only for a benchmark, which measures what importing these at the start would cost.
_IMPORT_FIRST = "CATDOG_IMPORT_FIRST"


@dataclass(frozen=True)
class Launch:
    """A window that is asked for.

    Attributes:
        home: Its home folder; None for the usual one.
        files: Pictures and folders to classify there, and a model to add.
    """

    home: Path | None = None
    files: tuple[Path, ...] = ()


def main() -> int:
    """Do what the words after the program's name ask for.

    Returns:
        The exit status.
    """
    multiprocessing.freeze_support()
    for name in filter(None, os.environ.get(_IMPORT_FIRST, "").split(",")):
        importlib.import_module(name)
    words = sys.argv[1:]
    launch = launch_in(words)
    if launch is not None:
        return _open_window(launch)
    if words == [_SELFTEST]:
        from catdog_gui.selftest import run_selftest

        return run_selftest()
    from training.cli import main as run_command

    return run_command(words)


def launch_in(words: Sequence[str]) -> Launch | None:
    """The window that the words ask for: with `--home DIR` or not, with existing files or not.

    Returns:
        None where they ask for something else, such as a command.
    """
    home, rest = _without_home(words)
    if rest and rest[0] in COMMANDS:
        return None
    if any(word.startswith("-") or not Path(word).exists() for word in rest):
        return None
    return Launch(home, tuple(Path(word) for word in rest))


def _without_home(words: Sequence[str]) -> tuple[Path | None, list[str]]:
    """The home folder, and the other words; one that lacks its folder stays among them."""
    rest = list(words)
    for place, word in enumerate(rest):
        if word.startswith(f"{_HOME}="):
            return Path(word.removeprefix(f"{_HOME}=")), rest[:place] + rest[place + 1 :]
        if word == _HOME and place + 1 < len(rest):
            return Path(rest[place + 1]), rest[:place] + rest[place + 2 :]
    return None, rest


def _open_window(launch: Launch) -> int:
    with imports_set_aside():
        from catdog_gui.app import main as open_window

    return open_window(launch.home, launch.files)


if __name__ == "__main__":
    sys.exit(main())
