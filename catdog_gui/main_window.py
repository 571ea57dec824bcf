"""The window: three tabs, menus and a status bar. What they do stands elsewhere."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from catdog_gui.about import ABOUT_CATDOG
from catdog_gui.actions import MENUS
from catdog_gui.closing import Ask, ask_to_close
from catdog_gui.device import DeviceWatch
from catdog_gui.first_start.controller import FirstStart, is_first_start
from catdog_gui.guide.pages import PAGES
from catdog_gui.guide.places import Place
from catdog_gui.program_window import ProgramWindow
from catdog_gui.settings import CURRENT_TAB
from catdog_gui.widgets.banner import Banner
from catdog_gui.widgets.device_line import DeviceLine
from catdog_gui.wiring import (
    TabName,
    action_words,
    build_tabs,
    cancel_job,
    live_actions,
    tab_doers,
)
from training.home import Home, find_home

_SIZE_PX = (1180, 760)
_LEAST_SIZE_PX = (1024, 700)


class MainWindow(ProgramWindow):
    """The whole program's only window.

    Args:
        home: Where things live; unless given, see `find_home`.
        ask: Whether to close while jobs are running; tests give their own answer.
    """

    after_crash = "What was saved is there; a training that stopped can go on in its tab."
    guide_pages = PAGES

    def __init__(self, home: Home | None = None, *, ask: Ask = ask_to_close) -> None:
        home = home or find_home()
        super().__init__(home, settings_file=home.settings_file, about=ABOUT_CATDOG, ask=ask)
        self.tabs = build_tabs(self.home, self.jobs, self.settings, parent=self)
        self.setWindowTitle("CatDog")
        self.setMinimumSize(*_LEAST_SIZE_PX)
        self._first_start: FirstStart | None = None
        self._lay_out()
        self.add_menus(MENUS, self._doers())
        for menu in self.menuBar().findChildren(QMenu):
            menu.aboutToShow.connect(self._on_menu_about_to_show)
            menu.aboutToHide.connect(self._on_menu_about_to_hide)
        self._device_line = DeviceLine()
        self._device = DeviceWatch(self._device_line, self.jobs, self)
        self._fill_status_bar()
        self.recall(_SIZE_PX)
        self.tabs.widget.setCurrentIndex(self.settings.get(CURRENT_TAB))

    @property
    def help_places(self) -> Sequence[Place]:
        """Their table names windows that are not loaded before they are asked for."""
        from catdog_gui.help_here import PLACES

        return PLACES

    def current_banner(self) -> Banner:
        """The banner of the tab in front."""
        return self.tabs.current_banner()

    def open_files(self, paths: Sequence[Path]) -> None:
        """Add a model or classify pictures on the Prediction tab, which comes to the front."""
        self._end_welcome()
        self.tabs.show(TabName.PREDICTION)
        self.tabs.submission.close()
        self.tabs.prediction.open(paths)

    def welcome(self) -> None:
        """Show the cards of the first start above the tabs, if this is one."""
        if is_first_start(self.home, self.settings):
            self._first_start = FirstStart(
                self.tabs, self.settings, open_guide=self.open_guide, parent=self
            )
            self._column.insertWidget(0, self._first_start.cards)
            self._first_start.cards.try_card.setFocus()

    def close_by_escape(self) -> None:
        """Close the banner, or else the cards of the first start."""
        if self.current_banner().isHidden():
            self._end_welcome()
        super().close_by_escape()

    def show_crash(self, report: str) -> None:
        """Say so in front, and where a training that it stopped can go on."""
        super().show_crash(report)
        self.tabs.training.note_crash(report)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Look at the machine now that the window is there."""
        super().showEvent(event)
        self._device.examine_once()

    def remember(self) -> None:
        """The window's place, and the tab in front."""
        super().remember()
        self.settings.set(CURRENT_TAB, self.tabs.widget.currentIndex())

    def _lay_out(self) -> None:
        centre = QWidget()
        self._column = QVBoxLayout(centre)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self.tabs.widget, 1)
        self.setCentralWidget(centre)

    def _end_welcome(self) -> None:
        if self._first_start is not None:
            self._first_start.end()

    def _doers(self) -> Mapping[str, Callable[[], None]]:
        shows = {f"window.show_{name}": partial(self.tabs.show, name) for name in TabName}
        return {**shows, **tab_doers(self.tabs)}

    def _on_menu_about_to_show(self) -> None:
        for key, is_live in live_actions(self.tabs).items():
            self.actions_by_key[key].setEnabled(is_live)
        for key, words in action_words(self.tabs).items():
            self.actions_by_key[key].setText(words)

    def _on_menu_about_to_hide(self) -> None:
        for action in self.actions_by_key.values():  # else their keys would stay dead
            action.setEnabled(True)

    def _fill_status_bar(self) -> None:
        watch = self.add_status_bar(partial(cancel_job, self.tabs))
        watch.device_told.connect(self._device_line.show_used)
        self.statusBar().addPermanentWidget(self._device_line)
