"""Follows what the user looks at, and how: as it is, why, from inside, or beside its like."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject

from catdog_gui.background import Jobs
from catdog_gui.prediction_tab.alike_work import AlikeWork
from catdog_gui.prediction_tab.explaining import Explaining
from catdog_gui.prediction_tab.heat_work import HeatWork
from catdog_gui.prediction_tab.inside_work import InsideWork
from catdog_gui.prediction_tab.latest_job import LatestJob
from catdog_gui.prediction_tab.look import Look
from catdog_gui.prediction_tab.page import PredictionPage
from catdog_gui.prediction_tab.result import Result
from catdog_gui.settings import Settings
from training.home import Home


class Looking(QObject):
    """Shows each look of the picture in sight as soon as it has a verdict.

    Args:
        page: Shows it.
        jobs: Runs the jobs.
        home: Where training pictures are.
        settings: Remembers how they are seen.
        explaining: Who answers; a page that offers *Inside* needs one who can look there.
        folder: Gives the folder of the run whose verdicts are shown; None without one.
    """

    def __init__(
        self,
        page: PredictionPage,
        jobs: Jobs,
        *,
        home: Home,
        settings: Settings,
        explaining: Explaining,
        folder: Callable[[], Path | None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._panel = page.panel
        self._folder = folder
        self._latest = LatestJob(jobs, self)
        self._heat = HeatWork(page.panel, self._latest, explaining.explain)
        self._inside = InsideWork(page, self._latest, explaining.look_inside, settings)
        self._alike = AlikeWork(page, self._latest, home)
        self._result: Result | None = None
        self._shown: tuple[Look, Path, Path] | None = None
        page.result_shown.connect(self._on_page_result_shown)
        page.panel.look_chosen.connect(self._on_panel_look_chosen)

    def _on_page_result_shown(self, result: Result | None) -> None:
        self._result = result
        self._follow()

    def _on_panel_look_chosen(self, _look: Look) -> None:
        self._follow()

    def _follow(self) -> None:
        wanted = self._wanted()
        if wanted == self._shown:
            return
        self._shown = wanted
        if wanted is None:
            self._show_nothing()
            return
        look, picture, folder = wanted
        match look:
            case Look.PICTURE:
                self._show_nothing()
            case Look.WHY:
                self._heat.show(picture, folder)
            case Look.INSIDE:
                self._inside.show(picture, folder)
            case Look.ALIKE:
                self._alike.show(picture, folder)

    def _show_nothing(self) -> None:
        self._latest.drop()
        self._panel.clear_look()
        self._inside.clear()
        self._alike.clear()

    def _wanted(self) -> tuple[Look, Path, Path] | None:
        result, folder = self._result, self._folder()
        if result is None or folder is None or result.verdict is None or result.verdict.error:
            return None
        return self._panel.look, result.path, folder
