"""Lets the user say afterwards what the folders of an import show."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from catdog_gui.dataset_tab import jobs as dataset_jobs
from catdog_gui.dataset_tab.jobs import Imported
from catdog_gui.dataset_tab.page import DatasetPage
from catdog_gui.dataset_tab.put_right_work import PutRightWork
from catdog_gui.dataset_tab.work import Work
from training.home import Home

if TYPE_CHECKING:
    from training.dataset.class_folders import ClassFolder


class MappingWork(QObject):
    """Asks once more what folders show, with the answers that hold, and corrects what is changed.

    Args:
        page: Has the form.
        work: Reads some of the pictures.
        corrections: Corrects them.
        home: Where the dataset lives.

    Signals:
        changed: The form was opened or closed.
    """

    changed = Signal()

    def __init__(
        self,
        page: DatasetPage,
        work: Work,
        corrections: PutRightWork,
        *,
        home: Home,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._form = page.folders
        self._work = work
        self._corrections = corrections
        self._home = home
        self._asked: tuple[ClassFolder, ...] = ()
        self._form.answered.connect(self.answer)
        self._form.closed.connect(self.close)
        work.changed.connect(self._on_work_changed)

    @property
    def is_asking(self) -> bool:
        """Whether the form is open."""
        return bool(self._asked)

    def ask(self, imported: Imported) -> None:
        """Ask what the folders of an import show, whose dataset is the one that is shown."""
        name = imported.info.name
        if not self._work.is_occupied(changes=name):
            job = partial(dataset_jobs.read_folders, name, imported.doubtful, self._home)
            then = partial(self._on_read, name, not imported.adds)
            self._work.start(f"Reading the folders of {name}", job, then=then)

    def answer(self, answers: Mapping[str, str]) -> None:
        """Correct what the user says otherwise."""
        asked = self._asked
        if asked:
            self.close()
            self._corrections.correct_folders(asked, answers)

    def close(self) -> None:
        """Ask no more."""
        if self._asked:
            self._asked = ()
            self.changed.emit()

    def _on_work_changed(self) -> None:
        if self._work.is_running:  # it may need the form, or change the dataset
            self.close()

    def _on_read(
        self,
        dataset: str,
        needs_both: bool,  # noqa: FBT001 - bound
        folders: tuple[ClassFolder, ...],
    ) -> None:
        if dataset != self._corrections.dataset:  # the user has gone on to another one
            return
        self._asked = folders
        self._form.ask(folders, needs_both=needs_both, is_imported=True)
        self.changed.emit()
