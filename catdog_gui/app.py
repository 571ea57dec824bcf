"""The whole program with its window: datasets, training and prediction."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QApplication

from catdog_gui import program
from catdog_gui.main_window import MainWindow
from training.home import Home

CATDOG = program.Program(
    key="catdog",
    title="CatDog",
    icon="app",
    without_screen="Use the command line instead (catdog --help), or set QT_QPA_PLATFORM.",
)


def main(chosen_home: Path | None = None, files: Sequence[Path] = ()) -> int:
    """Open the window and stay until it is closed; see `run_program`.

    Args:
        chosen_home: The home folder; unless given, see `find_home`.
        files: Pictures and folders to classify, and a model to add.

    Returns:
        The exit status.
    """
    return program.run_program(CATDOG, _open_window, chosen_home=chosen_home, files=files)


def build_application() -> QApplication:
    """The Qt application with this program's names; the one that is there, if any."""
    return program.build_application(CATDOG)


def _open_window(home: Home) -> MainWindow:
    return MainWindow(home)
