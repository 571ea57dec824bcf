"""The program with a window: what stands around `MainWindow` from its start to its end."""

import logging
import os
import sys
from pathlib import Path
from typing import NoReturn, cast

from PySide6.QtCore import QEvent, qInstallMessageHandler
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from catdog_gui import log, theme
from catdog_gui.errors import ErrorDoor
from catdog_gui.garbage import collected_in_gui_thread
from catdog_gui.main_window import MainWindow
from catdog_gui.signals import ended_by_signals
from training.home import Home, find_home
from training.resources import resource
from training.version import version_words

_NO_SCREEN = (
    "catdog: There is no screen here, so the window cannot open. "
    "Use the command line instead (catdog --help), or set QT_QPA_PLATFORM."
)
_SCREEN_VARIABLES = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
_log = logging.getLogger(__name__)


def main(chosen_home: Path | None = None) -> int:
    """Open the window and stay until it is closed.

    Args:
        chosen_home: The home folder; unless given, see `find_home`.

    Returns:
        0, or 1 where there is no screen.
    """
    if not has_screen():
        sys.stderr.write(f"{_NO_SCREEN}\n")
        return 1
    home = find_home(chosen_home)
    with log.kept_log(home):
        _log.info("%s starts", version_words())
        _settle_matplotlib(home)
        qInstallMessageHandler(log.log_qt_message)
        try:
            return _show_window(build_application(), home)
        finally:
            qInstallMessageHandler(None)


def has_screen() -> bool:
    """Whether a window can open; Qt would abort the process where it cannot."""
    if not sys.platform.startswith("linux"):
        return True
    return any(os.environ.get(name) for name in _SCREEN_VARIABLES)


def _show_window(app: QApplication, home: Home) -> int:
    window = MainWindow(home)
    with (
        collected_in_gui_thread(),
        ErrorDoor(window.current_banner, interrupt=window.leave),
        ended_by_signals(window.leave),
    ):
        window.show()
        status = app.exec()
    if any(job.isRunning() for job in window.jobs.running):
        _end_process(status)  # destroying a running thread would abort
    window.deleteLater()
    app.sendPostedEvents(window, QEvent.Type.DeferredDelete)
    return status


def _end_process(status: int) -> NoReturn:
    """Leave a stage that does not end behind; all files are whole or not there."""
    _log.warning("a job does not end; the process ends without it")
    logging.shutdown()
    os._exit(status)


def build_application() -> QApplication:
    """The Qt application with its names, its icon and its theme; the one that is there, if any."""
    app = cast("QApplication", QApplication.instance() or QApplication(sys.argv[:1]))
    app.setApplicationName("catdog")
    app.setApplicationDisplayName("CatDog")
    app.setOrganizationName("catdog")
    app.setDesktopFileName("catdog")
    app.setWindowIcon(QIcon(str(resource("icons", "app.svg"))))
    theme.apply_theme(app)
    return app


def _settle_matplotlib(home: Home) -> None:
    """One folder for its font cache: a bundle would make a new one at each start."""
    os.environ["MPLCONFIGDIR"] = str(home.cache / "matplotlib")
