"""Writes a run into one file, for somebody else."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject

from catdog_gui import errors
from catdog_gui.background import BackgroundJob, Jobs, as_job
from catdog_gui.file_manager import reveal
from catdog_gui.settings import SHARED_FOLDER, Settings
from catdog_gui.training_tab import lab_book_jobs
from catdog_gui.training_tab.lab_book_jobs import SharedRun
from catdog_gui.training_tab.lab_book_words import shared_name, shared_words
from catdog_gui.training_tab.page import TrainingPage
from catdog_gui.widgets.banner import BannerKind
from training.runs.lab_book import RunInfo

_SHOW_IT = "Show it"


class SharingWork(QObject):
    """Asks where to, writes beside the window, and offers to show the file.

    The status bar shows how far it is, and cancels it.

    Args:
        page: Asks, and says how it went.
        jobs: Where it is written.
        settings: Remembers where to.
    """

    def __init__(
        self, page: TrainingPage, *, jobs: Jobs, settings: Settings, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._page = page
        self._jobs = jobs
        self._settings = settings

    def share(self, info: RunInfo) -> None:
        """Write a finished run where the user chooses."""
        folder = self._settings.folder(SHARED_FOLDER)
        output = self._page.ask_for_shared_file(folder, shared_name(info))
        if output is None:
            return
        self._settings.set(SHARED_FOLDER, str(output.parent))
        job = partial(lab_book_jobs.share, info.folder, output)
        sharing = BackgroundJob(f"Writing {output.name}", as_job(job))
        sharing.succeeded.connect(self._on_job_succeeded)
        sharing.failed.connect(partial(errors.show_error, self._page.banner, doing=sharing.title))
        self._jobs.start(sharing)

    def _on_job_succeeded(self, shared: SharedRun) -> None:
        message, hint = shared_words(shared.path, shared.size_bytes)
        show = partial(self._show, shared.path)
        self._page.banner.show_message(
            BannerKind.SUCCESS, message, hint=hint, action=_SHOW_IT, do=show
        )

    def _show(self, path: Path) -> None:
        if not reveal(path):
            self._page.banner.show_message(
                BannerKind.WARNING, f"The folder cannot be shown here: {path.parent}."
            )
