"""Writes what a run holds for other programs: its model, its curves."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from catdog_gui import errors
from catdog_gui.background import BackgroundJob, Jobs, as_job
from catdog_gui.settings import EVENT_FOLDER, H5_FOLDER, Settings
from catdog_gui.training_tab import jobs as training_jobs
from catdog_gui.training_tab import lab_book_jobs
from catdog_gui.training_tab.lab_book_words import event_file_words
from catdog_gui.training_tab.page import TrainingPage
from catdog_gui.widgets.banner import BannerKind
from training.home import Home
from training.runs.lab_book import RunInfo

if TYPE_CHECKING:
    from training.learning.event_files import EventFile
    from training.learning.export import ExportResult

_H5_NAME = "cats_and_dogs.h5"


class ExportWork(QObject):
    """Asks where to, and writes beside the window.

    Args:
        page: Asks, and says how it went.
        home: Where the runs and datasets are.
        jobs: Where it is written.
        settings: Remembers where to.

    Attributes:
        is_exporting: Whether something is being written.

    Signals:
        changed: Something is being written, or no longer.
    """

    changed = Signal()

    def __init__(
        self,
        page: TrainingPage,
        home: Home,
        *,
        jobs: Jobs,
        settings: Settings,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._page = page
        self._home = home
        self._jobs = jobs
        self._settings = settings
        self.is_exporting = False

    def export_model(self, info: RunInfo) -> None:
        """Write a run's model as an .h5 file, where the user chooses."""
        output = self._page.ask_for_h5(Path(self._settings.get(H5_FOLDER)), _H5_NAME)
        if output is None:
            return
        self._settings.set(H5_FOLDER, str(output.parent))
        job = partial(training_jobs.export_h5, info.folder, output, self._home)
        saving = BackgroundJob(f"Saving {output.name}", as_job(job))
        saving.succeeded.connect(self._on_model_exported)
        self._start(saving)

    def export_curves(self, info: RunInfo) -> None:
        """Write a run's curves for TensorBoard, where the user chooses."""
        output = self._page.ask_for_event_folder(self._settings.folder(EVENT_FOLDER))
        if output is None:
            return
        self._settings.set(EVENT_FOLDER, str(output))
        job = partial(lab_book_jobs.write_event_file, info.folder, output)
        saving = BackgroundJob("Saving curves for TensorBoard", as_job(job))
        saving.succeeded.connect(partial(self._on_curves_exported, output))
        self._start(saving)

    def _start(self, saving: BackgroundJob) -> None:
        saving.failed.connect(partial(errors.show_error, self._page.banner, doing=saving.title))
        saving.finished.connect(partial(self._set_exporting, is_exporting=False))
        self._page.show_progress(f"{saving.title}…", None)
        self._set_exporting(is_exporting=True)
        self._jobs.start(saving)

    def _on_model_exported(self, result: "ExportResult") -> None:
        self._page.banner.show_message(
            BannerKind.SUCCESS,
            f"{result.path} is written ({result.bytes / 1e6:.1f} MB); it answers as the run does.",
        )

    def _on_curves_exported(self, output: Path, written: "EventFile") -> None:
        message, hint = event_file_words(written.path, output)
        self._page.banner.show_message(BannerKind.SUCCESS, message, hint=hint)

    def _set_exporting(self, *, is_exporting: bool) -> None:
        self.is_exporting = is_exporting
        self.changed.emit()
