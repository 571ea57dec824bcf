"""Adds a run from another computer to the lab book."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from catdog_gui import errors
from catdog_gui.background import BackgroundJob, Jobs, as_job
from catdog_gui.settings import MODELS_FOLDER, Settings
from catdog_gui.training_tab import lab_book_jobs
from catdog_gui.training_tab.lab_book_words import added_words
from catdog_gui.training_tab.page import TrainingPage
from catdog_gui.widgets.banner import BannerKind
from training.home import Home

if TYPE_CHECKING:
    from training.runs.taking_in import TakenIn

TITLE = "Adding a run"


class RunAdding(QObject):
    """Asks for a run's folder, and has it checked and copied in a job.

    Args:
        page: Asks, and says what is wrong with a folder.
        home: Gets the run.
        jobs: Runs the job.
        settings: Remembers where the folder was.

    Signals:
        added: The name of the run, which may have been there already.
    """

    added = Signal(str)

    def __init__(
        self, page: TrainingPage, home: Home, *, jobs: Jobs, settings: Settings, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._page = page
        self._home = home
        self._jobs = jobs
        self._settings = settings
        page.add_requested.connect(self._on_page_add_requested)

    def _on_page_add_requested(self) -> None:
        folder: Path | None = self._page.ask_for_run_folder(self._settings.folder(MODELS_FOLDER))
        if folder is None:
            return
        self._settings.set(MODELS_FOLDER, str(folder.parent))
        job = BackgroundJob(TITLE, as_job(partial(lab_book_jobs.take_in, folder, self._home)))
        job.succeeded.connect(self._on_job_succeeded)
        job.failed.connect(partial(errors.show_error, self._page.banner, doing=TITLE))
        self._jobs.start(job)

    def _on_job_succeeded(self, taken: "TakenIn") -> None:
        self._page.banner.show_message(
            BannerKind.SUCCESS, added_words(taken.info, was_there=taken.was_there)
        )
        self.added.emit(taken.info.run)
