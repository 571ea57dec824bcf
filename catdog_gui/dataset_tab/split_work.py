"""Splits the dataset that is shown, leaves copies out that leak, and has splits in files."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from catdog_gui.dataset_tab import jobs as dataset_jobs
from catdog_gui.dataset_tab import words
from catdog_gui.dataset_tab.messages import Messages
from catdog_gui.dataset_tab.page import DatasetPage
from catdog_gui.dataset_tab.split_settings import recall_split, remember_split
from catdog_gui.dataset_tab.tab_work import TabWork
from catdog_gui.dataset_tab.work import Work
from catdog_gui.settings import Settings
from catdog_gui.widgets.banner import BannerKind
from training.config import SplitConfig
from training.dataset.picture import DatasetInfo
from training.home import Home

if TYPE_CHECKING:
    from training.dataset.split_files import SplitExport

_TABLE_SUFFIX = ".csv"
_GO_ON = "Go to training"
_LEAVE_COPIES_OUT = "Leave the copies out"


class SplitWork(TabWork):
    """Has the dataset split as the form says, and remembers the form.

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
        super().__init__(page, work, messages, home=home, settings=settings, parent=parent)
        page.set_split_config(recall_split(settings))
        page.split_requested.connect(self.make)
        page.leave_copies_out_requested.connect(self.leave_copies_out)
        page.import_table_requested.connect(self.import_table)
        page.export_table_requested.connect(partial(self.export, as_table=True))
        page.export_folders_requested.connect(partial(self.export, as_table=False))

    def make(self, config: SplitConfig) -> None:
        """Split the dataset."""
        remember_split(self._settings, config)
        self._change("Splitting", partial(dataset_jobs.split, self.dataset, config))

    def leave_copies_out(self) -> None:
        """Exclude all but one of the copies that lie in several splits."""
        self._change("Leaving copies out of", partial(dataset_jobs.leave_copies_out, self.dataset))

    def import_table(self) -> None:
        """Split the dataset as a table says that the user chooses."""
        file = self._asked(self._page.ask_for_table, changes=self.dataset)
        if file is not None:
            self._change("Splitting", partial(dataset_jobs.import_split, self.dataset, file))

    def export(self, *, as_table: bool) -> None:
        """Write the split where the user says, as a table or as folders of links."""
        name = f"{self.dataset} split{_TABLE_SUFFIX if as_table else ''}"
        place = self._asked(
            lambda folder: self._page.ask_where_to_export(
                str(Path(folder) / name), as_table=as_table
            )
        )
        if place is not None:
            job = partial(
                dataset_jobs.export_split, self.dataset, place, self._home, as_table=as_table
            )
            self._begin(f"Exporting the split of {self.dataset}", job, then=self._on_exported)

    def _change(self, doing: str, job: Callable[..., DatasetInfo]) -> None:
        title = f"{doing} {self.dataset}"
        self._begin(title, partial(job, self._home), then=self._on_split, changes=self.dataset)

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
