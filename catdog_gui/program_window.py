"""What the programs' windows have in common: settings, jobs, menus, status bar, closing."""

import logging
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QAction, QCloseEvent, QDesktopServices, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QMainWindow

from catdog_gui.about import About, show_about
from catdog_gui.actions import Menus, build_menus
from catdog_gui.background import BackgroundJob, Jobs
from catdog_gui.closing import Ask
from catdog_gui.guide.places import Place, page_here
from catdog_gui.job_watch import JobWatch
from catdog_gui.settings import WINDOW_GEOMETRY, Settings
from catdog_gui.widgets.banner import Banner, BannerKind
from catdog_gui.widgets.front import bring_to_front
from catdog_gui.widgets.job_status import JobStatus
from training.home import Home

if TYPE_CHECKING:
    from catdog_gui.guide.window import GuideWindow

_LONGEST_WAIT_MS = 60_000
"""The longest that a stage keeps a closed window's process alive."""
_PATIENCE_OF_SYSTEM_MS = 8_000
"""The same where the system ends the program: after ten seconds many a one kills it."""

_log = logging.getLogger(__name__)


class ProgramWindow(QMainWindow):
    """A program's only window, without what it shows.

    Args:
        home: Where things live.
        settings_file: Where it remembers; each program has its own.
        about: What it says of itself.
        ask: Whether to close while jobs are running; tests give their own answer.

    Attributes:
        after_crash: What to do after one, in a sentence.
        guide_pages: The pages of the guide that concern it.
    """

    after_crash = "What was saved is there. The report is in the log, too."
    guide_pages: Sequence[str]

    def __init__(self, home: Home, *, settings_file: Path, about: About, ask: Ask) -> None:
        super().__init__()
        self.home = home
        self.settings = Settings(settings_file)
        self.jobs = Jobs(self)
        self.actions_by_key: Mapping[str, QAction] = {}
        self._about = about
        self._ask = ask
        self._longest_wait_ms = _LONGEST_WAIT_MS
        self._is_painted = False

    @cached_property
    def guide(self) -> "GuideWindow":
        """The user's guide; made when it is first asked for, since no start is to wait for it."""
        from catdog_gui.guide.window import GuideWindow

        return GuideWindow(self.guide_pages, self)

    @property
    def help_places(self) -> Sequence[Place]:
        """Which of its pages fits which part of the program, the most special ones first."""
        raise NotImplementedError

    def current_banner(self) -> Banner:
        """The banner of what is in front; each program has its own."""
        raise NotImplementedError

    def open_files(self, paths: Sequence[Path]) -> None:
        """Classify pictures, also in folders, and add a model; each program in its own place."""
        raise NotImplementedError

    def take_call(self, paths: Sequence[Path]) -> None:
        """Come to the front: another launch or the system brings files, or only calls."""
        bring_to_front(self)
        if paths:
            self.open_files(paths)

    def welcome(self) -> None:
        """Greet who starts the program for the first time; not each program does."""

    def show_crash(self, report: str) -> None:
        """Say that the program crashed the last time.

        Args:
            report: What every thread was doing then.
        """
        self.current_banner().show_message(
            BannerKind.WARNING,
            f"{self._about.title} crashed the last time it ran.",
            hint=self.after_crash,
            details=report,
        )

    def open_guide(self, page: str = "") -> None:
        """Show the user's guide beside the window.

        Args:
            page: One of `guide_pages`; unless given, the one that was read last, or the first.
        """
        self.guide.open(page)

    def leave(self) -> None:
        """Close without a question, as the system asks for."""
        self._ask = lambda *_: True
        self._longest_wait_ms = _PATIENCE_OF_SYSTEM_MS
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """End what runs, if the user agrees: a thread that outlives us would abort."""
        asked_for = [job for job in self.jobs.running if not job.is_quiet]
        if asked_for and not self._ask(self, asked_for):
            event.ignore()
            return
        self.remember()
        self.settings.save()
        self.hide()
        self.jobs.cancel_all_and_wait(limit_ms=self._longest_wait_ms)
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Esc closes the banner, or what greets; it never stops a job."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_by_escape()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Note in the log when the window is seen for the first time; a benchmark reads it."""
        super().paintEvent(event)
        if not self._is_painted:
            self._is_painted = True
            _log.info("first paint")

    def close_by_escape(self) -> None:
        """Close the banner; each program may have more to close."""
        self.current_banner().close_by_user()

    def add_menus(self, menus: Menus, doers: Mapping[str, Callable[[], None]]) -> None:
        """Fill the menu bar.

        Args:
            menus: The program's table.
            doers: What its keys do, but for those that each window has.
        """
        common = {
            "window.quit": self._quit,
            "window.about": self._show_about,
            "window.open_logs": self._open_logs,
            "window.help": self._open_help,
            "window.guide": self.open_guide,
        }
        self.actions_by_key = build_menus(self.menuBar(), menus, common | dict(doers))
        anywhere = Qt.ShortcutContext.ApplicationShortcut  # in windows that belong to this one, too
        self.actions_by_key["window.help"].setShortcutContext(anywhere)

    def add_status_bar(self, cancel: Callable[[BackgroundJob], None]) -> JobWatch:
        """Show the running job at the bottom.

        Args:
            cancel: What its cross does.
        """
        status = JobStatus()
        watch = JobWatch(self.jobs, status, self)
        watch.cancel_requested.connect(cancel)
        self.statusBar().setSizeGripEnabled(False)
        self.statusBar().addWidget(status, 1)
        return watch

    def recall(self, size_px: tuple[int, int]) -> None:
        """Take the place that the window had last time, else a size."""
        self.resize(*size_px)
        self.restoreGeometry(self.settings.get(WINDOW_GEOMETRY))

    def remember(self) -> None:
        """Put what is to be recalled into the settings."""
        self.settings.set(WINDOW_GEOMETRY, bytes(self.saveGeometry().data()))

    def _quit(self) -> None:
        self.close()

    def _show_about(self) -> None:
        show_about(self, self._about)

    def _open_help(self) -> None:
        self.open_guide(page_here(self.help_places, self))

    def _open_logs(self) -> None:
        logs = self.home.logs
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(logs))):
            self.current_banner().show_message(BannerKind.INFO, f"The logs are in {logs}.")
