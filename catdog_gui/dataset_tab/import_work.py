"""Brings what the user has into datasets: zips, folders, or the drawn sample set."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from catdog_gui.dataset_tab import jobs as dataset_jobs
from catdog_gui.dataset_tab import words
from catdog_gui.dataset_tab.jobs import Imported, Question
from catdog_gui.dataset_tab.messages import Messages
from catdog_gui.dataset_tab.page import DatasetPage
from catdog_gui.dataset_tab.source_name import name_for, taken_names, unique_name
from catdog_gui.dataset_tab.tab_work import TabWork
from catdog_gui.dataset_tab.work import Work
from catdog_gui.settings import IMPORT_FOLDER, Settings
from catdog_gui.widgets.banner import BannerKind
from catdog_gui.widgets.image_drop import Dropped
from training.config import ImportConfig
from training.home import Home

_SAMPLE_NAME = "sample"
_ZIP_SUFFIX = ".zip"
_DROP_THESE = "Drop zips or folders; their pictures become a dataset, or come to this one."


class ImportWork(TabWork):
    """Asks where pictures are, what they show and where they go, and has them imported.

    Signals:
        changed: The form for what folders show was opened or closed.
        imported: What came, as `Imported`.
        drawn: The `DatasetInfo` of a drawn dataset, of which there is nothing to find out.
    """

    changed = Signal()
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
        super().__init__(page, work, messages, home=home, settings=settings, parent=parent)
        self._question: Question | None = None
        self._dropped: tuple[Path, ...] = ()
        page.import_zip_requested.connect(self.ask_for_zip)
        page.import_folder_requested.connect(self.ask_for_folder)
        page.add_zip_requested.connect(lambda: self._ask(page.ask_for_zip, adds=True))
        page.add_folder_requested.connect(lambda: self._ask(page.ask_for_folder, adds=True))
        page.sample_requested.connect(self.make_sample)
        page.new_dataset_chosen.connect(self._on_page_new_dataset_chosen)
        page.addition_chosen.connect(self._on_page_addition_chosen)
        page.folders.answered.connect(self.answer)
        page.folders.closed.connect(self.close)

    @property
    def is_asking(self) -> bool:
        """Whether the user is asked what folders show."""
        return self._question is not None

    def ask_for_zip(self) -> None:
        """Let the user choose a zip, and make a dataset of it."""
        self._ask(self._page.ask_for_zip, adds=False)

    def ask_for_folder(self) -> None:
        """Let the user choose a folder, and make a dataset of it."""
        self._ask(self._page.ask_for_folder, adds=False)

    def make_sample(self) -> None:
        """Draw the sample set."""
        name = unique_name(_SAMPLE_NAME, taken_names(self._home))
        job = partial(dataset_jobs.draw_sample, name, self._home)
        self._begin("Drawing the sample set", job, then=self.drawn.emit)

    def take(self, dropped: Dropped) -> None:
        """Import zips and folders that were dropped; of several it is asked where they go."""
        if self._work.is_occupied():
            return
        paths = dropped.paths
        if not paths or not all(map(_is_source, paths)):
            message = words.drop_words([path for path in paths if not _is_source(path)])
            self._messages.say(BannerKind.WARNING, message, hint=_DROP_THESE)
        elif len(paths) > 1 and self.dataset:
            self._dropped = paths
            self._page.ask_where(words.where_words(paths), words.addition_words(self.dataset))
        else:
            self._import(paths, adds=False)

    def answer(self, answers: Mapping[str, str]) -> None:
        """Import what was asked about, as the user says."""
        question = self._question
        if question is not None:
            self.close()
            self._start(replace(question.config, classes=answers), adds=question.adds)

    def close(self) -> None:
        """Ask no more."""
        if self._question is not None:
            self._question = None
            self.changed.emit()

    def _on_page_new_dataset_chosen(self) -> None:
        self._import(self._dropped, adds=False)

    def _on_page_addition_chosen(self) -> None:
        self._import(self._dropped, adds=True)

    def _ask(self, ask: Callable[[str], Path | None], *, adds: bool) -> None:
        source = self._asked(ask, changes=self.dataset if adds else "")
        if source is not None:
            self._import((source,), adds=adds)

    def _import(self, sources: Sequence[Path], *, adds: bool) -> None:
        first, *more = sources
        self._settings.set(IMPORT_FOLDER, str(first.parent))
        name = self.dataset if adds else name_for(first, taken_names(self._home))
        self._start(ImportConfig(first, name, tuple(more)), adds=adds)

    def _start(self, config: ImportConfig, *, adds: bool) -> None:
        job = partial(dataset_jobs.import_sources, config, self._home, adds=adds)
        title = words.importing_words(config.sources, config.name if adds else "")
        self._begin(title, job, then=self._on_done, changes=config.name if adds else "")

    def _on_done(self, done: Imported | Question) -> None:
        if isinstance(done, Imported):
            self.imported.emit(done)
            return
        self._question = done
        self._page.folders.ask(done.folders, needs_both=not done.adds)
        self.changed.emit()


def _is_source(path: Path) -> bool:
    return path.is_dir() or path.suffix.lower() == _ZIP_SUFFIX
