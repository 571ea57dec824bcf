"""CatDog Viewer, `python -m catdog_gui.viewer`: classifies pictures, and cannot train.

It is a program of its own so that it can be given away without TensorFlow: nothing that it reaches
imports the training, and a contract of import-linter keeps it so.
"""

import argparse
import multiprocessing
import sys
from collections.abc import Sequence
from pathlib import Path

from training.home import Home
from training.imports import imports_set_aside
from training.version import version_words


def main(words: Sequence[str] | None = None) -> int:
    """Open the window, or do what the options ask for.

    Args:
        words: What stands after the program's name; unless given, that of this process.

    Returns:
        0, or 1 where the window cannot open or a step of the self-test failed.
    """
    multiprocessing.freeze_support()
    asked = _parse(words)
    if asked.version:
        print(version_words())  # noqa: T201 - as it is asked to
        return 0
    if asked.selftest:
        from catdog_gui.viewer_selftest import run_selftest

        return run_selftest()
    return open_viewer(asked.home, asked.files)


def open_viewer(chosen_home: Path | None = None, files: Sequence[Path] = ()) -> int:
    """Open the Viewer's window and stay until it is closed; see `run_program`."""
    with imports_set_aside():
        from catdog_gui.program import run_program
        from catdog_gui.viewer_window import VIEWER, ViewerWindow

    def open_window(home: Home) -> ViewerWindow:
        return ViewerWindow(home)

    return run_program(VIEWER, open_window, chosen_home=chosen_home, files=files)


def _parse(words: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="catdog-viewer", description="Says of pictures whether they show a cat or a dog."
    )
    parser.add_argument(
        "files", nargs="*", type=_existing, metavar="FILE", help="a picture or a model"
    )
    parser.add_argument("--home", type=Path, metavar="DIR", help="the home folder")
    parser.add_argument("--version", action="store_true", help="say version and commit")
    parser.add_argument("--selftest", action="store_true", help="check that all of it works here")
    return parser.parse_args(words)


def _existing(word: str) -> Path:
    path = Path(word)
    if not path.exists():
        raise argparse.ArgumentTypeError(f"There is no file or folder {word}.")
    return path


if __name__ == "__main__":
    sys.exit(main())
