"""Garbage where the program collects it, its window, and a message bus of the test's own."""

import gc
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from catdog_gui.garbage import MANY_MODULES, collect_if_due
from catdog_gui.main_window import MainWindow


@pytest.fixture(autouse=True)
def collected_here() -> Iterator[None]:
    """As in the program: in a job's thread the collector would destroy Qt objects of this one.

    What an import makes is set aside as there: each walk through TensorFlow's objects takes long.
    """
    gc.disable()
    modules = len(sys.modules)
    yield
    if len(sys.modules) - modules > MANY_MODULES:
        gc.freeze()
    else:
        collect_if_due()
    gc.enable()


@pytest.fixture
def when_open(qapp: QApplication) -> Callable[..., None]:
    """Do something with the window that `main` opens, then close it."""

    def plan(do: Callable[[MainWindow], object] = lambda window: None) -> None:
        def look() -> None:
            rows = [row for row in QApplication.topLevelWidgets() if isinstance(row, MainWindow)]
            window = next((row for row in rows if row.isVisible()), None)
            if window is None:
                QTimer.singleShot(10, look)
                return
            do(window)
            QTimer.singleShot(0, window.close)

        QTimer.singleShot(0, look)

    return plan


@pytest.fixture
def bus_address() -> Iterator[str]:
    """The address of a bus that nobody else is on."""
    daemon = shutil.which("dbus-daemon")
    if daemon is None:
        pytest.skip("there is no dbus-daemon here")
    command = [daemon, "--session", "--nofork", "--print-address=1"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as running:
        assert running.stdout is not None
        yield running.stdout.readline().strip()
        running.terminate()
