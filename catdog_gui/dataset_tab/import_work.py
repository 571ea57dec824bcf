"""Makes datasets of what the user brings: a zip, a folder, or the drawn sample set."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from catdog_gui.dataset_tab import jobs as dataset_jobs
from catdog_gui.dataset_tab import words
from catdog_gui.dataset_tab.messages import Messages
from catdog_gui.dataset_tab.page import DatasetPage
from catdog_gui.dataset_tab.source_name import name_for, taken_names, unique_name
from catdog_gui.dataset_tab.work import Work
from catdog_gui.settings import IMPORT_FOLDER, Settings
from catdog_gui.widgets.banner import BannerKind
from catdog_gui.widgets.image_drop import Dropped
from training.home import Home

_SAMPLE_NAME = "sample"
_ZIP_SUFFIX = ".zip"
_DROP_THESE = "Drop one zip or one folder; its pictures become a dataset."


class ImportWork(QObject):
    """Asks where pictures are, and has them imported.

    Args:
        page: Asks.
        work: Runs the import.
        messages: Says what cannot be imported.
        home: Gets the dataset.
        settings: Remembers where the last one came from.

    Signals:
        imported: The `DatasetInfo` of the new dataset.
        drawn: That of a drawn one, of which there is nothing to find out.
    """

    imported = Signal(object)
    drawn = Signal(object)

    def __init__(
        self,
        page: DatasetPage,
        work: Work,
        messages: Messages,
        *,
        home: Home,
        settings: Settings,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._page = page
        self._work = work
        self._messages = messages
        self._home = home
        self._settings = settings
        page.import_zip_requested.connect(self.ask_for_zip)
        page.import_folder_requested.connect(self.ask_for_folder)
        page.sample_requested.connect(self.make_sample)

    def ask_for_zip(self) -> None:
        """Let the user choose a zip, and import it."""
        if not self._work.is_occupied():
            self._import_if_chosen(self._page.ask_for_zip(self._settings.get(IMPORT_FOLDER)))

    def ask_for_folder(self) -> None:
        """Let the user choose a folder, and import it."""
        if not self._work.is_occupied():
            self._import_if_chosen(self._page.ask_for_folder(self._settings.get(IMPORT_FOLDER)))

    def make_sample(self) -> None:
        """Draw the sample set."""
        if self._work.is_occupied():
            return
        name = unique_name(_SAMPLE_NAME, taken_names(self._home))
        job = partial(dataset_jobs.draw_sample, name, self._home)
        self._work.start("Drawing the sample set", job, then=self.drawn.emit)

    def take(self, dropped: Dropped) -> None:
        """Import what was dropped, if it is one zip or one folder."""
        if self._work.is_occupied():
            return
        source = dropped.paths[0] if len(dropped.paths) == 1 else None
        if source is not None and (source.is_dir() or source.suffix.lower() == _ZIP_SUFFIX):
            self._import_if_chosen(source)
        else:
            message = words.drop_words(dropped.paths)
            self._messages.say(BannerKind.WARNING, message, hint=_DROP_THESE)

    def _import_if_chosen(self, source: Path | None) -> None:
        if source is None:
            return
        self._settings.set(IMPORT_FOLDER, str(source.parent))
        name = name_for(source, taken_names(self._home))
        job = partial(dataset_jobs.import_source, source, name, self._home)
        self._work.start(f"Importing {source.name}", job, then=self.imported.emit)
