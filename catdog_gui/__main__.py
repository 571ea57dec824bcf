"""`catdog`: without arguments the window, with arguments the command line, which needs no Qt."""

import multiprocessing
import sys
from collections.abc import Sequence
from pathlib import Path

_SELFTEST = "--selftest"
_HOME = "--home"


def main() -> int:
    """Do what the words after the program's name ask for.

    Returns:
        The exit status.
    """
    multiprocessing.freeze_support()
    words = sys.argv[1:]
    home = home_in(words)
    if not words or home is not None:
        return _open_window(home)
    if words == [_SELFTEST]:
        from catdog_gui.selftest import run_selftest

        return run_selftest()
    from training.cli import main as run_command

    return run_command(words)


def home_in(words: Sequence[str]) -> Path | None:
    """The home folder, where it is all that the words say: `--home DIR` or `--home=DIR`."""
    match list(words):
        case [word, folder] if word == _HOME:
            return Path(folder)
        case [word] if word.startswith(f"{_HOME}="):
            return Path(word.removeprefix(f"{_HOME}="))
    return None


def _open_window(home: Path | None) -> int:
    from catdog_gui.app import main as open_window

    return open_window(home)


if __name__ == "__main__":
    sys.exit(main())
