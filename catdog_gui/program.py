"""What stands around a program's window from its start to its end; the same for each program."""

import logging
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn, cast

from PySide6.QtCore import QEvent, QTimer, qInstallMessageHandler
from PySide6.QtGui import QGuiApplication, QIcon
from PySide6.QtWidgets import QApplication, QMessageBox

from catdog_gui import log, theme
from catdog_gui.errors import ErrorDoor
from catdog_gui.garbage import collected_in_gui_thread
from catdog_gui.one_instance import OneInstance
from catdog_gui.opened_files import OpenedFiles
from catdog_gui.program_window import ProgramWindow
from catdog_gui.signals import ended_by_signals
from training.errors import UserError
from training.home import Home, find_home
from training.resources import resource
from training.version import version_words

_NO_SCREEN = "There is no screen here, so the window cannot open."
_SCREEN_VARIABLES = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
_WITHOUT_EYES = ("offscreen", "minimal")
_LISTEN_AFTER_MS = 200  # Qt's network part takes a while to load: the first paint comes before
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Program:
    """One of the programs with a window.

    Attributes:
        key: Its name for the system, and of its own files in the home: its log, its lock.
        title: Its name for people.
        icon: A file of `resources/icons/` without its suffix.
        without_screen: What to do where there is no screen, in a sentence.
    """

    key: str
    title: str
    icon: str
    without_screen: str


def run_program(
    program: Program,
    open_window: Callable[[Home], ProgramWindow],
    *,
    chosen_home: Path | None = None,
    files: Sequence[Path] = (),
) -> int:
    """Open the window and stay until it is closed; or let the window that is open do the work.

    Args:
        program: Which program this is.
        open_window: Makes its window.
        chosen_home: The home folder; unless given, see `find_home`.
        files: Pictures and folders to classify, and a model to add.

    Returns:
        0, or 1 where there is no screen, or where the window that is open does not answer.
    """
    if not has_screen():
        _complain(program, f"{_NO_SCREEN} {program.without_screen}")
        return 1
    home = find_home(chosen_home)
    wanted = [path.absolute() for path in files]
    instance = OneInstance(home, program.key)
    try:
        if not instance.claim() and _is_handed_over(program, instance, wanted):
            return 0
    except UserError as error:
        _complain(program, str(error))
        return 1
    try:
        with log.kept_log(home, program.key) as crash:
            return _run_first(
                program, open_window, home=home, instance=instance, files=wanted, crash=crash
            )
    finally:
        instance.release()


def has_screen() -> bool:
    """Whether a window can open; Qt would abort the process where it cannot."""
    if not sys.platform.startswith("linux"):
        return True
    return any(os.environ.get(name) for name in _SCREEN_VARIABLES)


def build_application(program: Program) -> QApplication:
    """The Qt application with its names, its icon and its theme; the one that is there, if any."""
    app = cast("QApplication", QApplication.instance() or QApplication(sys.argv[:1]))
    app.setApplicationName(program.key)
    app.setApplicationDisplayName(program.title)
    app.setOrganizationName("catdog")
    app.setDesktopFileName(program.key)
    app.setWindowIcon(QIcon(str(resource("icons", f"{program.icon}.svg"))))
    theme.apply_theme(app)
    return app


def _is_handed_over(program: Program, instance: OneInstance, files: Sequence[Path]) -> bool:
    build_application(program)  # Qt's sockets need one
    return instance.hand_over(files)


def _run_first(
    program: Program,
    open_window: Callable[[Home], ProgramWindow],
    *,
    home: Home,
    instance: OneInstance,
    files: Sequence[Path],
    crash: str,
) -> int:
    _log.info("%s starts", version_words())
    _settle_matplotlib(home)
    qInstallMessageHandler(log.log_qt_message)
    try:
        app = build_application(program)
        window = open_window(home)
        if crash:
            window.show_crash(crash)
        elif not files:
            window.welcome()
        instance.called.connect(window.take_call)
        QTimer.singleShot(_LISTEN_AFTER_MS, instance.listen)
        if files:
            QTimer.singleShot(0, lambda: window.open_files(files))
        return _show(app, window)
    finally:
        qInstallMessageHandler(None)


def _show(app: QApplication, window: ProgramWindow) -> int:
    opened = OpenedFiles()
    opened.opened.connect(window.take_call)
    app.commitDataRequest.connect(lambda _: window.leave())  # the user logs out
    with (
        collected_in_gui_thread(),
        ErrorDoor(window.current_banner, interrupt=window.leave),
        ended_by_signals(window.leave),
        opened.heard_by(app),
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


def _complain(program: Program, sentence: str) -> None:
    """Say why no window opens: in the terminal, and on a screen to whoever has none."""
    if sys.stderr is not None:
        sys.stderr.write(f"{program.key}: {sentence}\n")
    if QApplication.instance() and QGuiApplication.platformName() not in _WITHOUT_EYES:
        QMessageBox.warning(None, program.title, sentence)


def _settle_matplotlib(home: Home) -> None:
    """One folder for its font cache: a bundle would make a new one at each start."""
    os.environ["MPLCONFIGDIR"] = str(home.cache / "matplotlib")
