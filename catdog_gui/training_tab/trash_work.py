"""Deletes runs, and takes it back."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal

from catdog_gui import errors
from catdog_gui.background import BackgroundJob, Jobs, as_job
from catdog_gui.training_tab import lab_book_jobs
from catdog_gui.training_tab.lab_book_words import deleted_words, restored_words, title_words
from catdog_gui.training_tab.page import TrainingPage
from catdog_gui.widgets.banner import BannerKind
from training.home import Home
from training.runs.lab_book import RunInfo
from training.runs.trash import Trashed

UNDO_MS = 10_000
"""How long the window offers to take a deletion back; the trash keeps a run far longer."""


class TrashWork(QObject):
    """Moves runs to the trash, and back for as long as the banner says.

    Args:
        page: Where it is said.
        home: Where the runs are.
        jobs: Where the moving is done.

    Signals:
        moved: Runs are gone, or back.
    """

    moved = Signal()

    def __init__(
        self, page: TrainingPage, home: Home, *, jobs: Jobs, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._page = page
        self._home = home
        self._jobs = jobs
        page.restore_requested.connect(lambda run: self._restore([run]))

    def delete(self, infos: Sequence[RunInfo]) -> None:
        """Move runs to the trash, and offer to take it back."""
        titles = [title_words(info) for info in infos]
        job = partial(lab_book_jobs.delete, [info.run for info in infos], self._home)
        self._start("Deleting runs", job, then=partial(self._on_deleted, titles))

    def _restore(self, runs: Sequence[str]) -> None:
        job = partial(lab_book_jobs.restore, runs, self._home)
        self._start("Restoring runs", job, then=self._on_restored)

    def _start(self, title: str, job: Callable[..., object], *, then: Callable[..., None]) -> None:
        moving = BackgroundJob(title, as_job(job))
        moving.succeeded.connect(then)
        moving.failed.connect(partial(errors.show_error, self._page.banner, doing=title))
        moving.finished.connect(self.moved)  # also where only some of them could be moved
        self._jobs.start(moving)

    def _on_deleted(self, titles: Sequence[str], trashed: Sequence[Trashed]) -> None:
        self._page.banner.show_message(
            BannerKind.INFO,
            deleted_words(titles),
            action="Undo",
            do=partial(self._restore, [each.run for each in trashed]),
            for_ms=UNDO_MS,
        )

    def _on_restored(self, infos: Sequence[RunInfo]) -> None:
        self._page.banner.show_message(
            BannerKind.SUCCESS, restored_words(len(infos)), for_ms=UNDO_MS
        )
