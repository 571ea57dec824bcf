"""Copies or links the pictures of the list into folders by verdict, in a job."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject

from catdog_gui import errors
from catdog_gui.background import BackgroundJob, Jobs, as_job
from catdog_gui.prediction_tab.page import PredictionPage
from catdog_gui.prediction_tab.words import sorted_words, text_words
from catdog_gui.settings import SORTED_FOLDER, Settings
from catdog_gui.widgets.banner import BannerKind
from training.events import Verdict
from training.inference.sorting import Sorted, sort_into

TITLE = "Sorting pictures"


class SortingWork(QObject):
    """Asks for a folder, sorts one list at a time, and says what was written.

    The status bar shows how far it is, and cancels it.

    Args:
        page: Asks and tells.
        jobs: Runs the job.
        settings: Remembers the folder.
    """

    def __init__(
        self, page: PredictionPage, *, jobs: Jobs, settings: Settings, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._page = page
        self._jobs = jobs
        self._settings = settings
        self._folder: Path | None = None  # of the running job

    def ask_and_sort(
        self, verdicts: Sequence[Verdict], *, link: bool, copied_anyway: frozenset[Path]
    ) -> None:
        """Let the user choose a folder, and begin.

        Args:
            verdicts: What was read.
            link: Whether links are made instead of copies.
            copied_anyway: Pictures that will not stay, and are copied even so.
        """
        if self._folder is not None:
            self._page.banner.show_message(
                BannerKind.INFO,
                "Pictures are being sorted already.",
                hint="Wait for the end, or cancel it below.",
            )
            return
        folder = self._page.ask_for_sorted_folder(self._settings.folder(SORTED_FOLDER))
        if folder is None:
            return
        self._settings.set(SORTED_FOLDER, str(folder))
        self._folder = folder
        sort = partial(sort_into, verdicts, folder, link=link, copied_anyway=copied_anyway)
        self._start(BackgroundJob(TITLE, as_job(sort)))

    def _start(self, job: BackgroundJob) -> None:
        job.succeeded.connect(self._on_job_succeeded)
        job.failed.connect(self._on_job_failed)
        job.cancelled.connect(self._on_job_cancelled)
        self._jobs.start(job)

    def _on_job_succeeded(self, done: Sorted) -> None:
        self._folder = None
        kind = BannerKind.WARNING if done.gone else BannerKind.SUCCESS
        self._page.banner.show_message(kind, sorted_words(done))

    def _on_job_failed(self, error: BaseException) -> None:
        self._folder = None
        errors.show_error(self._page.banner, error, doing=TITLE)

    def _on_job_cancelled(self) -> None:
        folder, self._folder = self._folder, None
        if folder is not None:
            self._page.banner.show_message(
                BannerKind.INFO,
                f"Stopped. What was written until then is in {text_words(str(folder))}.",
            )
