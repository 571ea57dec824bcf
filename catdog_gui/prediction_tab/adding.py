"""Adds a model that the user was given to those to choose from."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from catdog_gui import errors
from catdog_gui.background import BackgroundJob, Jobs, as_job
from catdog_gui.prediction_tab.page import PredictionPage
from catdog_gui.prediction_tab.words import added_words
from catdog_gui.settings import MODELS_FOLDER, Settings
from catdog_gui.widgets.banner import BannerKind
from training.cancellation import CancelToken
from training.events import EventSink
from training.home import Home

if TYPE_CHECKING:
    from training.runs.taking_in import TakenIn

TITLE = "Adding a model"


class ModelAdding(QObject):
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
        self, page: PredictionPage, *, home: Home, jobs: Jobs, settings: Settings, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._page = page
        self._home = home
        self._jobs = jobs
        self._settings = settings

    def ask(self) -> None:
        """Let the user choose the folder of a model."""
        folder = self._page.ask_for_model(self._settings.folder(MODELS_FOLDER))
        if folder is None:
            return
        self._settings.set(MODELS_FOLDER, str(folder.parent))
        job = BackgroundJob(TITLE, as_job(partial(_take_in, folder, self._home)))
        job.succeeded.connect(self._on_job_succeeded)
        job.failed.connect(self._on_job_failed)
        self._jobs.start(job)

    def _on_job_succeeded(self, taken: "TakenIn") -> None:
        self.added.emit(taken.info.run)
        self._page.banner.show_message(BannerKind.SUCCESS, added_words(was_there=taken.was_there))

    def _on_job_failed(self, error: BaseException) -> None:
        errors.show_error(self._page.banner, error, doing=TITLE)


def _take_in(folder: Path, home: Home, *, emit: EventSink, token: CancelToken) -> "TakenIn":
    from training.runs.taking_in import take_in_run

    return take_in_run(folder, home, emit=emit, token=token)
