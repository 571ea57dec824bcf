"""The program in a process of its own, as a person launches it."""

import os
import subprocess
import sys
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

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

TELLING = """
class Listening(OneInstance):
    def listen(self):
        super().listen()
        print("open", flush=True)

app.MainWindow = Telling
app.program.OneInstance = Listening
sys.exit(__main__.main())
"""
"""The end of a script that has made `Telling` of the window: it runs and says when it listens."""


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


@contextmanager
def running(home: Home, script: str, *words: object) -> "Iterator[subprocess.Popen[str]]":
    """A script of Python in a process that is ended with the block.

    Args:
        home: The program's home.
        script: What runs.
        words: What follows it on the command line.
    """
    with subprocess.Popen(
        [sys.executable, "-c", script, *map(str, words)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=_around(home, {}),
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def outcome(program: "subprocess.Popen[str]") -> str:
    """What it printed, once it has ended as it should."""
    with program:
        said, errors = program.communicate(timeout=60)
    assert program.returncode == 0, errors
    return said


def _around(home: Home, variables: Mapping[str, str]) -> Mapping[str, str]:
    given = {"CATDOG_HOME": str(home.root), "QT_QPA_PLATFORM": "offscreen"}
    return os.environ | given | variables
