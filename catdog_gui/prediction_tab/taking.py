"""Takes results elsewhere: to the clipboard, to a file, to folders, to the file manager."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject

from catdog_gui.background import Jobs
from catdog_gui.file_manager import reveal
from catdog_gui.prediction_tab.page import PredictionPage
from catdog_gui.prediction_tab.result import Result
from catdog_gui.prediction_tab.result_columns import rows_text
from catdog_gui.prediction_tab.results_model import ResultsModel
from catdog_gui.prediction_tab.saving import ask_and_save
from catdog_gui.prediction_tab.sorting_work import SortingWork
from catdog_gui.settings import PICTURES_FOLDER, Settings
from catdog_gui.widgets.banner import BannerKind
from training.events import Verdict


class ResultTaking(QObject):
    """Does what the user wants done with pictures that are read.

    Args:
        page: Asks and tells.
        results: The list.
        jobs: Runs what takes long.
        settings: Remembers the folders.
        pasted: Gives the pictures that have no lasting file.
    """

    def __init__(
        self,
        page: PredictionPage,
        results: ResultsModel,
        *,
        jobs: Jobs,
        settings: Settings,
        pasted: Callable[[], frozenset[Path]],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._page = page
        self._results = results
        self._settings = settings
        self._pasted = pasted
        self._sorting = SortingWork(page, jobs=jobs, settings=settings, parent=self)
        page.copy_requested.connect(self._on_page_copy_requested)
        page.save_requested.connect(self._on_page_save_requested)
        page.sort_requested.connect(self._on_page_sort_requested)
        page.reveal_requested.connect(self._on_page_reveal_requested)

    def _on_page_copy_requested(self, results: Sequence[Result]) -> None:
        if results:
            self._page.set_clipboard(rows_text(results))

    def _on_page_save_requested(self) -> None:
        ask_and_save(self._page, self._verdicts(), self._settings.folder(PICTURES_FOLDER))

    def _on_page_sort_requested(self, is_link: bool) -> None:  # noqa: FBT001 - Qt's signal
        self._sorting.ask_and_sort(self._verdicts(), link=is_link, copied_anyway=self._pasted())

    def _on_page_reveal_requested(self, path: Path) -> None:
        if not reveal(path):
            self._page.banner.show_message(
                BannerKind.WARNING,
                f"The folder {path.parent} cannot be shown.",
                hint="It may have been moved or unplugged.",
            )

    def _verdicts(self) -> list[Verdict]:
        return [result.verdict for result in self._results.results() if result.verdict]
