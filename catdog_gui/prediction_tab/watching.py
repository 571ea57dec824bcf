"""A folder whose new pictures are classified as they come."""

from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal

from catdog_gui import errors
from catdog_gui.background import BackgroundJob, Jobs
from catdog_gui.prediction_tab.page import PredictionPage
from catdog_gui.settings import PICTURES_FOLDER, Settings
from training.dataset.newcomers import Look, Newcomers

TITLE = "Watching a folder"

_LOOK_AFTER_MS = 1_000  # of quiet; as far apart as two looks should be


class FolderWatching(QObject):
    """Asks for a folder and tells the pictures that come into it, each once it is whole.

    The system tells that something changed there; what it is, a quiet job looks up, so that a slow
    disk holds up nothing.

    Args:
        page: Asks, shows which folder is watched, and says when that ends.
        jobs: Runs the looks.
        settings: Remembers the folder.

    Signals:
        came: A tuple of pictures.
    """

    came = Signal(object)

    def __init__(
        self, page: PredictionPage, *, jobs: Jobs, settings: Settings, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._page = page
        self._jobs = jobs
        self._settings = settings
        self._watcher = QFileSystemWatcher(self)
        self._timer = QTimer(self, singleShot=True, interval=_LOOK_AFTER_MS)
        self._newcomers: Newcomers | None = None
        self._job: BackgroundJob | None = None
        page.watch_requested.connect(self._on_page_watch_requested)
        page.unwatch_requested.connect(self.stop)
        self._watcher.directoryChanged.connect(lambda _: self._timer.start())
        self._timer.timeout.connect(self._look)

    def watch(self, folder: Path) -> None:
        """Watch this folder, and no other, from now on."""
        self.stop()
        self._newcomers = Newcomers(folder)
        self._watcher.addPath(str(folder))
        self._page.set_watched(folder)
        self._look()

    def stop(self) -> None:
        """Watch no folder any more."""
        self._timer.stop()
        self._newcomers, self._job = None, None
        if self._watcher.directories():
            self._watcher.removePaths(self._watcher.directories())
        self._page.set_watched(None)

    def _on_page_watch_requested(self) -> None:
        folder = self._page.ask_for_folder(self._settings.folder(PICTURES_FOLDER))
        if folder is not None:
            self._settings.set(PICTURES_FOLDER, str(folder))
            self.watch(folder)

    def _look(self) -> None:
        if self._newcomers is None:
            return
        if self._job is not None:  # one look at a time: each compares with the one before
            self._timer.start()
            return
        look = self._newcomers.look
        self._job = BackgroundJob(TITLE, lambda _emit, _token: look(), is_quiet=True)
        self._job.succeeded.connect(self._on_job_succeeded)
        self._job.failed.connect(self._on_job_failed)
        self._jobs.start(self._job)

    def _on_job_succeeded(self, look: Look) -> None:
        if self.sender() is not self._job:  # of a folder that is not watched any more
            return
        self._job = None
        if look.is_unsettled:
            self._timer.start()
        if look.came:
            self.came.emit(look.came)

    def _on_job_failed(self, error: BaseException) -> None:
        if self.sender() is self._job:
            self.stop()
            errors.show_error(self._page.banner, error, doing=TITLE)
