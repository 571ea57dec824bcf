"""Puts runs side by side, in a window of its own."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject

from catdog_gui import errors
from catdog_gui.background import BackgroundJob, Jobs, as_job
from catdog_gui.training_tab import lab_book_jobs
from catdog_gui.training_tab.page import TrainingPage
from training.runs.lab_book import RunInfo

TITLE = "Comparing runs"


class ComparingWork(QObject):
    """Reads runs beside the window, and has them shown.

    Args:
        page: Shows them.
        jobs: Where they are read.
    """

    def __init__(self, page: TrainingPage, jobs: Jobs, *, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._page = page
        self._jobs = jobs

    def compare(self, infos: Sequence[RunInfo]) -> None:
        """Read runs, and show them side by side."""
        reading = BackgroundJob(TITLE, as_job(partial(lab_book_jobs.compare, infos)))
        reading.succeeded.connect(self._page.show_comparison)
        reading.failed.connect(partial(errors.show_error, self._page.banner, doing=TITLE))
        self._jobs.start(reading)
