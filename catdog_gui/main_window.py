"""The window: three tabs, menus and a status bar. What they do stands elsewhere."""

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QCloseEvent, QDesktopServices, QKeyEvent
from PySide6.QtWidgets import QLabel, QMainWindow, QMenu

from catdog_gui import theme
from catdog_gui.about import show_about
from catdog_gui.actions import build_menus
from catdog_gui.background import Jobs
from catdog_gui.closing import Ask, ask_to_close
from catdog_gui.device import device_words
from catdog_gui.job_watch import JobWatch
from catdog_gui.settings import CURRENT_TAB, WINDOW_GEOMETRY, Settings
from catdog_gui.widgets.banner import Banner, BannerKind
from catdog_gui.widgets.job_status import JobStatus
from catdog_gui.wiring import TabName, build_tabs, cancel_job, live_actions, tab_doers
from training.home import Home, find_home

_SIZE_PX = (1180, 760)
_LEAST_SIZE_PX = (1024, 700)
_LONGEST_WAIT_MS = 60_000
"""The longest that a stage keeps a closed window's process alive."""


class MainWindow(QMainWindow):
    """The program's only window.

    Args:
        home: Where things live; unless given, see `find_home`.
        ask: Whether to close while jobs are running; tests give their own answer.
    """

    def __init__(self, home: Home | None = None, *, ask: Ask = ask_to_close) -> None:
        super().__init__()
        self.home = home or find_home()
        self.settings = Settings(self.home.settings_file)
        self.jobs = Jobs(self)
        self._ask = ask
        self.tabs = build_tabs(self.home, self.jobs, self.settings, parent=self)
        self.setWindowTitle("CatDog")
        self.setMinimumSize(*_LEAST_SIZE_PX)
        self.setCentralWidget(self.tabs.widget)
        self.actions_by_key = build_menus(self.menuBar(), self._doers())
        for menu in self.menuBar().findChildren(QMenu):
            menu.aboutToShow.connect(self._on_menu_about_to_show)
            menu.aboutToHide.connect(self._on_menu_about_to_hide)
        self._fill_status_bar()
        self._recall()

    def current_banner(self) -> Banner:
        """The banner of the tab in front."""
        return self.tabs.current_banner()

    def leave(self) -> None:
        """Close without a question, as the system asks for."""
        self._ask = lambda *_: True
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """End what runs, if the user agrees: a thread that outlives us would abort."""
        asked_for = [job for job in self.jobs.running if not job.is_quiet]
        if asked_for and not self._ask(self, asked_for):
            event.ignore()
            return
        self._remember()
        self.hide()
        self.jobs.cancel_all_and_wait(limit_ms=_LONGEST_WAIT_MS)
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Esc closes the banner; it never stops a job."""
        if event.key() == Qt.Key.Key_Escape:
            self.current_banner().dismiss()
        else:
            super().keyPressEvent(event)

    def _doers(self) -> Mapping[str, Callable[[], None]]:
        shows = {f"window.show_{name}": partial(self.tabs.show, name) for name in TabName}
        return {
            **shows,
            **tab_doers(self.tabs),
            "window.quit": self._quit,
            "window.about": self._show_about,
            "window.open_logs": self._open_logs,
        }

    def _on_menu_about_to_show(self) -> None:
        for key, is_live in live_actions(self.tabs).items():
            self.actions_by_key[key].setEnabled(is_live)

    def _on_menu_about_to_hide(self) -> None:
        for action in self.actions_by_key.values():  # else their keys would stay dead
            action.setEnabled(True)

    def _fill_status_bar(self) -> None:
        status, device = JobStatus(), QLabel(device_words())
        device.setToolTip("What a training computes on")
        device.setContentsMargins(0, 0, theme.SPACE_8, 0)
        watch = JobWatch(self.jobs, status, self)
        watch.device_told.connect(device.setText)
        watch.cancel_requested.connect(partial(cancel_job, self.tabs))
        self.statusBar().setSizeGripEnabled(False)
        self.statusBar().addWidget(status, 1)
        self.statusBar().addPermanentWidget(device)

    def _recall(self) -> None:
        self.resize(*_SIZE_PX)
        self.restoreGeometry(self.settings.get(WINDOW_GEOMETRY))
        self.tabs.widget.setCurrentIndex(self.settings.get(CURRENT_TAB))

    def _remember(self) -> None:
        self.settings.set(WINDOW_GEOMETRY, bytes(self.saveGeometry().data()))
        self.settings.set(CURRENT_TAB, self.tabs.widget.currentIndex())
        self.settings.save()

    def _quit(self) -> None:
        self.close()

    def _show_about(self) -> None:
        show_about(self)

    def _open_logs(self) -> None:
        logs = self.home.logs
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(logs))):
            self.current_banner().show_message(BannerKind.INFO, f"The logs are in {logs}.")
