"""Splits the dataset that is shown, leaves copies out that leak, and has splits in files."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from catdog_gui.dataset_tab import jobs as dataset_jobs
from catdog_gui.dataset_tab import words
from catdog_gui.dataset_tab.messages import Messages
from catdog_gui.dataset_tab.page import DatasetPage
from catdog_gui.dataset_tab.split_settings import recall_split, remember_split
from catdog_gui.dataset_tab.work import Work
from catdog_gui.settings import IMPORT_FOLDER, Settings
from catdog_gui.widgets.banner import BannerKind
from training.config import SplitConfig
from training.dataset.picture import DatasetInfo
from training.home import Home

if TYPE_CHECKING:
    from training.dataset.split_files import SplitExport

_TABLE_SUFFIX = ".csv"
_GO_ON = "Go to training"
_LEAVE_COPIES_OUT = "Leave the copies out"


class SplitWork(QObject):
    """Has the dataset split as the form says.

    Args:
        page: Has the form.
        work: Runs the split.
        messages: Say how it came out.
        home: Where the dataset lives.
        settings: Remembers the form.

    Attributes:
        dataset: The name of the dataset that is shown.

    Signals:
        split: The dataset is split otherwise than before.
        training_requested: The user wants to go on to training.
    """

    split = Signal()
    training_requested = Signal()

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
        self.dataset = ""
        self._page = page
        self._work = work
        self._messages = messages
        self._home = home
        self._settings = settings
        page.set_split_config(recall_split(settings))
        page.split_requested.connect(self.make)
        page.leave_copies_out_requested.connect(self.leave_copies_out)
        page.import_table_requested.connect(self.import_table)
        page.export_table_requested.connect(partial(self.export, as_table=True))
        page.export_folders_requested.connect(partial(self.export, as_table=False))

    def make(self, config: SplitConfig) -> None:
        """Split the dataset."""
        remember_split(self._settings, config)
        if self._work.is_occupied(changes=self.dataset):
            return
        job = partial(dataset_jobs.split, self.dataset, config, self._home)
        self._work.start(f"Splitting {self.dataset}", job, then=self._on_split)

    def leave_copies_out(self) -> None:
        """Exclude all but one of the copies that lie in several splits."""
        if self._work.is_occupied(changes=self.dataset):
            return
        job = partial(dataset_jobs.leave_copies_out, self.dataset, self._home)
        self._work.start(f"Leaving copies out of {self.dataset}", job, then=self._on_split)

    def import_table(self) -> None:
        """Split the dataset as a table says that the user chooses."""
        if self._work.is_occupied(changes=self.dataset):
            return
        file = self._page.ask_for_table(self._settings.get(IMPORT_FOLDER))
        if file is not None:
            job = partial(dataset_jobs.import_split, self.dataset, file, self._home)
            self._work.start(f"Splitting {self.dataset}", job, then=self._on_split)

    def export(self, *, as_table: bool) -> None:
        """Write the split where the user says, as a table or as folders of links."""
        if self._work.is_occupied():
            return
        name = f"{self.dataset} split{_TABLE_SUFFIX if as_table else ''}"
        proposed = str(Path(self._settings.get(IMPORT_FOLDER)) / name)
        place = self._page.ask_where_to_export(proposed, as_table=as_table)
        if place is not None:
            job = partial(
                dataset_jobs.export_split, self.dataset, place, self._home, as_table=as_table
            )
            self._work.start(f"Exporting the split of {self.dataset}", job, then=self._on_exported)

    def _on_exported(self, export: "SplitExport") -> None:
        self._messages.say(BannerKind.SUCCESS, words.exported_words(export))

    def _on_split(self, info: DatasetInfo) -> None:
        self.split.emit()
        if info.leaks:
            self._messages.say(
                BannerKind.WARNING,
                words.split_words(info),
                hint=words.leak_words(info),
                details=self._work.notices,
                action=_LEAVE_COPIES_OUT,
                do=self.leave_copies_out,
            )
        else:
            self._messages.say(
                BannerKind.SUCCESS,
                words.split_words(info),
                details=self._work.notices,
                action=_GO_ON,
                do=self.training_requested.emit,
            )
