"""Wires the Dataset tab: what the user wants becomes jobs, what they bring becomes figures."""

from functools import partial

from PySide6.QtCore import QObject, Signal

from catdog_gui.background import Jobs
from catdog_gui.dataset_tab import jobs as dataset_jobs
from catdog_gui.dataset_tab import words
from catdog_gui.dataset_tab.arrival_news import ArrivalNews
from catdog_gui.dataset_tab.check_work import CheckWork
from catdog_gui.dataset_tab.controls import DatasetState, controls_for
from catdog_gui.dataset_tab.found import Found
from catdog_gui.dataset_tab.import_work import ImportWork
from catdog_gui.dataset_tab.jobs import DatasetRead, Imported
from catdog_gui.dataset_tab.kaggle_work import KaggleWork
from catdog_gui.dataset_tab.looking import Looking
from catdog_gui.dataset_tab.mapping_work import MappingWork
from catdog_gui.dataset_tab.messages import Messages
from catdog_gui.dataset_tab.page import DatasetPage
from catdog_gui.dataset_tab.picture_filter import Leaks
from catdog_gui.dataset_tab.put_right_work import PutRightWork
from catdog_gui.dataset_tab.split_work import SplitWork
from catdog_gui.dataset_tab.work import Work
from catdog_gui.reading import Reading
from catdog_gui.settings import DATASET, Settings
from catdog_gui.widgets.banner import BannerKind
from catdog_gui.widgets.image_drop import Dropped
from training.dataset.finding import FindingKind
from training.dataset.picture import DatasetInfo
from training.home import Home
from training.runs.given import looks_like_model


class DatasetController(QObject):
    """Keeps the page and the datasets of a home in step.

    Args:
        page: The tab's view.
        home: Where the datasets live.
        jobs: Where its jobs run.
        settings: Remembers the dataset, the split form and the last folder.

    Attributes:
        imports: Brings pictures that the user has.
        kaggle: Brings those of Kaggle.
        checks: Finds what is wrong with a dataset.
        corrections: Puts it right.
        mapping: Changes what folders of an import were taken for.
        splits: Splits it.

    Signals:
        datasets_changed: A dataset is new, gone, or split otherwise.
        dataset_chosen: The name of the dataset that is shown from now on; empty without one.
        training_requested: The user wants to go on to training.
        models_dropped: The user dropped a model here; a tuple of all paths of the drop.
    """

    datasets_changed = Signal()
    dataset_chosen = Signal(str)
    training_requested = Signal()
    models_dropped = Signal(object)

    def __init__(
        self,
        page: DatasetPage,
        *,
        home: Home,
        jobs: Jobs,
        settings: Settings,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._page = page
        self._home = home
        self._settings = settings
        self._infos: list[DatasetInfo] | None = None
        self._chosen = settings.get(DATASET)
        self._read: DatasetInfo | None = None
        self._reading = Reading(page.banner, jobs, parent=self)
        self._messages = Messages(page, parent=self)
        self._work = Work(page, self._messages, jobs, parent=self)
        self._news = ArrivalNews(page, self._work, self._messages, parent=self)
        self.imports = ImportWork(
            page, self._work, self._messages, home=home, settings=settings, parent=self
        )
        self.kaggle = KaggleWork(
            page, self._work, self._messages, jobs, home=home, settings=settings, parent=self
        )
        self.checks = CheckWork(page, self._messages, jobs, home=home, parent=self)
        self.corrections = PutRightWork(
            page, self._work, self._messages, jobs, home=home, parent=self
        )
        self.mapping = MappingWork(page, self._work, self.corrections, home=home, parent=self)
        self.splits = SplitWork(
            page, self._work, self._messages, home=home, settings=settings, parent=self
        )
        self.looking = Looking(page, jobs, home=home, parent=self)
        self._tell_chosen()
        self._connect()
        self._settle()
        self.refresh()

    @property
    def chosen(self) -> str:
        """The name of the dataset that is shown; empty without one."""
        return self._chosen

    def refresh(self) -> None:
        """List the datasets, and read the chosen one again."""
        job = partial(dataset_jobs.list_all, self._home)
        self._reading.start("Listing datasets", job, then=self._on_listed)

    def set_in_use(self, name: str) -> None:
        """Leave that dataset as it is, since a training reads it; empty where none does."""
        self._work.in_use = name

    def why_occupied(self, name: str) -> tuple[str, str] | None:
        """Why a dataset cannot be changed now, and what to do about it; None where it can."""
        return self._work.why_occupied(name)

    def choose(self, name: str) -> None:
        """Show another dataset."""
        self.kaggle.close()
        self.imports.close()
        self.mapping.close()
        if name != self._chosen:
            self._set_chosen(name)
            self._page.set_datasets(self._infos or [], name)
            self._read_chosen()

    @property
    def can_check(self) -> bool:
        """Whether a check can begin."""
        return self._read is not None and not self.checks.is_running

    def check(self) -> None:
        """Check the dataset that is shown."""
        if self.can_check:
            self.checks.check(self._chosen)

    def _on_page_dropped(self, dropped: Dropped) -> None:
        if any(looks_like_model(path) for path in dropped.paths):
            self.models_dropped.emit(dropped.paths)
        elif self.kaggle.takes(dropped):
            self.kaggle.keep_dropped(dropped)
        else:
            self.imports.take(dropped)

    def _on_page_delete_requested(self) -> None:
        name = self._chosen
        if self._work.is_occupied(changes=name) or self.checks.is_reading(name):
            return
        info = next((each for each in self._infos or [] if each.name == name), None)
        if info is not None and self._page.ask_to_delete(info):
            job = partial(dataset_jobs.delete, info.name, self._home)
            then = partial(self._on_deleted, info.name)
            self._work.start(f"Deleting {info.name}", job, then=then)

    def _on_imports_imported(self, imported: Imported) -> None:
        self._show_new(imported.info)
        self._news.tell_imported(imported)
        self.checks.look(imported.info.name)

    def _on_drawn(self, info: DatasetInfo) -> None:
        self._show_new(info)
        self._news.tell_drawn(info)

    def _on_news_change_requested(self, imported: Imported) -> None:
        self.choose(imported.info.name)
        self.mapping.ask(imported)

    def _show_new(self, info: DatasetInfo) -> None:
        self._page.forget_thumbnails()
        self._set_chosen(info.name)
        self._changed()

    def _on_deleted(self, name: str, _result: object) -> None:
        self._page.forget_thumbnails()
        self._changed()
        self._messages.say(BannerKind.SUCCESS, words.deleted_words(name))

    def _on_listed(self, infos: list[DatasetInfo]) -> None:
        self._infos = infos
        names = [info.name for info in infos]
        if self._chosen not in names:
            self._set_chosen(names[0] if names else "")
        self._page.set_datasets(infos, self._chosen)
        if names:
            self._read_chosen()
        else:
            self._read = None
            self._page.gallery.clear()
            self._settle()

    def _read_chosen(self) -> None:
        """Show at once what the list knows; the pictures follow."""
        if self._read is not None and self._read.name != self._chosen:
            self._read = None
            self._page.gallery.clear()
        if self._read is None:
            self.looking.look()
        for info in self._infos or []:
            if info.name == self._chosen:
                self._page.show_info(info)
        self._settle()
        job = partial(dataset_jobs.read, self._chosen, self._home)
        self._reading.start(f"Reading {self._chosen}", job, then=self._on_read)

    def _on_read(self, dataset: DatasetRead) -> None:
        self._read = dataset.info
        self._page.show_info(dataset.info)
        self._page.show_found(dataset.found)
        self._page.gallery.set_journal(dataset.journal)
        self._page.gallery.set_leaks(dataset.leaks)
        self.looking.look()
        self._settle()

    def _on_checks_checked(self, name: str) -> None:
        if name == self._chosen:
            self._changed()

    def _on_checks_problem_requested(self, name: str, kind: FindingKind) -> None:
        self.choose(name)
        self._page.show_problem(kind)

    def _on_corrections_corrected(self) -> None:
        if self._reading.is_running:  # it may have read what was there before
            self._read_chosen()

    def _on_corrections_counted(self, info: DatasetInfo, found: Found, leaks: Leaks) -> None:
        self._read = info
        self._infos = [info if each.name == info.name else each for each in self._infos or []]
        self._page.set_datasets(self._infos, info.name)
        self._page.show_info(info)
        self._page.show_found(found)
        self._page.gallery.set_leaks(leaks)
        self._settle()
        self.datasets_changed.emit()

    def _set_chosen(self, name: str) -> None:
        self._chosen = name
        self._tell_chosen()
        self._settings.set(DATASET, name)
        self.dataset_chosen.emit(name)

    def _tell_chosen(self) -> None:
        for each in (self.corrections, self.splits, self.looking, self.imports):
            each.dataset = self._chosen

    def _changed(self) -> None:
        self.refresh()
        self.datasets_changed.emit()

    def _settle(self) -> None:
        read = self._read
        self._page.set_controls(
            controls_for(
                DatasetState(
                    datasets=None if self._infos is None else len(self._infos),
                    is_working=self._work.is_running,
                    is_read=read is not None,
                    is_split=read is not None and words.is_split(read),
                    is_checking=self.checks.is_running,
                    leaks=0 if read is None else read.leaks,
                    shows_kaggle=self.kaggle.is_open,
                    asks_folders=self.imports.is_asking or self.mapping.is_asking,
                )
            )
        )

    def _connect(self) -> None:
        page = self._page
        page.dataset_chosen.connect(self.choose)
        page.dropped.connect(self._on_page_dropped)
        page.check_requested.connect(self.check)
        page.delete_requested.connect(self._on_page_delete_requested)
        page.cancel_requested.connect(self._work.cancel)
        self._work.changed.connect(self._settle)
        self.checks.changed.connect(self._settle)
        self.checks.checked.connect(self._on_checks_checked)
        self.checks.problem_requested.connect(self._on_checks_problem_requested)
        self.splits.split.connect(self._changed)
        self.splits.training_requested.connect(self.training_requested)
        self.corrections.corrected.connect(self._on_corrections_corrected)
        self.corrections.corrected_elsewhere.connect(self._changed)
        self.corrections.counted.connect(self._on_corrections_counted)
        self.imports.imported.connect(self._on_imports_imported)
        self.imports.changed.connect(self._settle)
        self._news.training_requested.connect(self.training_requested)
        self._news.change_requested.connect(self._on_news_change_requested)
        self.mapping.changed.connect(self._settle)
        self.imports.drawn.connect(self._on_drawn)
        self.kaggle.imported.connect(self._on_drawn)
        self.kaggle.imported.connect(lambda info: self.checks.look(info.name))
        self.kaggle.changed.connect(self._settle)
