"""The program in a process of its own, as a person launches it."""

import os
import subprocess
import sys
import textwrap
from collections.abc import Mapping, Sequence

from training.home import Home

WITH_WINDOW = """
import sys
from PySide6.QtCore import QTimer
from catdog_gui import app
from catdog_gui.background import BackgroundJob
from catdog_gui.main_window import MainWindow

class Launched(MainWindow):
    def showEvent(self, event):
        super().showEvent(event)
        QTimer.singleShot(0, self.do)

    def do(self):
        {do}

app.MainWindow = Launched
sys.exit(app.main())
"""


def launch(
    home: Home, do: str, *, within: Sequence[str] = (), **variables: str
) -> "subprocess.Popen[str]":
    """Start the program.

    Args:
        home: Its home.
        do: What the window does once it is shown, in Python.
        within: A command that runs the one that follows it.
        variables: Of its environment, besides this process'.
    """
    script = WITH_WINDOW.format(do=textwrap.indent(do, " " * 8).strip())
    return subprocess.Popen(
        [*within, sys.executable, "-c", script],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=_around(home, variables),
    )


def outcome(program: "subprocess.Popen[str]") -> str:
    """What it printed, once it has ended as it should."""
    with program:
        said, errors = program.communicate(timeout=60)
    assert program.returncode == 0, errors
    return said


def _around(home: Home, variables: Mapping[str, str]) -> Mapping[str, str]:
    given = {"CATDOG_HOME": str(home.root), "QT_QPA_PLATFORM": "offscreen"}
    return os.environ | given | variables
