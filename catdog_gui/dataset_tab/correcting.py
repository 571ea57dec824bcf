"""Corrects datasets, one wish after another, from whichever window the wishes come."""

from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from catdog_gui.background import BackgroundJob, Jobs, as_job
from catdog_gui.dataset_tab import check_jobs
from catdog_gui.dataset_tab.found import Corrected, Decision
from training.dataset.finding import FindingKind
from training.home import Home

if TYPE_CHECKING:
    from training.dataset.class_folders import ClassFolder

_MANY = 1_000  # take long enough to be shown in the status bar


@dataclass(frozen=True)
class Asker:
    """Who has a wish.

    Attributes:
        then: Takes the `Corrected`, after `Correcting.corrected` told it to everybody; it is not
            called where nothing was to change.
        or_failed: Takes the error, and what was being done.
    """

    then: Callable[[Corrected], None]
    or_failed: Callable[[BaseException, str], None]


@dataclass(frozen=True)
class _Wish:
    """What is wanted.

    Attributes:
        dataset: What it is changed in.
        title: What it does, in the words that the window shows.
        job: Changes the catalogue.
        asker: Who wants it.
        is_quick: Whether it is over before anybody could read of it.
    """

    dataset: str
    title: str
    job: Callable[..., Corrected]
    asker: Asker
    is_quick: bool = True


class Correcting(QObject):
    """Writes corrections into catalogues, and takes them back.

    A key may be pressed faster than a disk writes: wishes wait for one another, never the window
    for them.

    Args:
        jobs: Where it runs.
        home: Where the datasets live.

    Signals:
        wished: There is one more wish: an undo that was offered would take back something else.
        corrected: The name of a dataset, and the `Corrected` of it.
    """

    wished = Signal()
    corrected = Signal(str, object)

    def __init__(self, jobs: Jobs, home: Home, *, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._home = home
        self._waiting: deque[_Wish] = deque()
        self._job: BackgroundJob | None = None

    def correct(
        self,
        name: str,
        decision: Decision,
        ids: Sequence[int],
        asker: Asker,
        *,
        kind: FindingKind | None = None,
    ) -> None:
        """Do with pictures of a dataset what the user decided; see `check_jobs.correct`."""
        job = partial(check_jobs.correct, name, decision, ids, kind, self._home)
        is_quick = len(ids) < _MANY
        self._add(_Wish(name, "Putting pictures right", job, asker, is_quick=is_quick))

    def correct_folders(
        self,
        name: str,
        folders: "Sequence[ClassFolder]",
        answers: Mapping[str, str],
        asker: Asker,
    ) -> None:
        """Change what folders were taken for; see `check_jobs.correct_folders`."""
        job = partial(check_jobs.correct_folders, name, folders, answers, self._home)
        self._add(_Wish(name, "Correcting folders", job, asker, is_quick=False))

    def keep_one(self, name: str, asker: Asker) -> None:
        """Exclude all but one of each group of copies."""
        job = partial(check_jobs.keep_one, name, self._home)
        self._add(_Wish(name, "Excluding copies", job, asker))

    def undo(self, name: str, asker: Asker) -> None:
        """Take the last step back."""
        self._add(_Wish(name, "Undoing", partial(check_jobs.undo, name, self._home), asker))

    def redo(self, name: str, asker: Asker) -> None:
        """Do the step again that was taken back last."""
        self._add(_Wish(name, "Redoing", partial(check_jobs.redo, name, self._home), asker))

    def _add(self, wish: _Wish) -> None:
        self.wished.emit()
        self._waiting.append(wish)
        self._do_next()

    def _do_next(self) -> None:
        if self._job is not None or not self._waiting:
            return
        wish = self._waiting.popleft()
        self._job = BackgroundJob(wish.title, as_job(wish.job), is_quiet=wish.is_quick)
        self._job.succeeded.connect(partial(self._on_job_succeeded, wish))
        self._job.failed.connect(partial(self._on_job_failed, wish))
        self._job.cancelled.connect(self._end)
        self._jobs.start(self._job)

    def _on_job_succeeded(self, wish: _Wish, corrected: Corrected) -> None:
        self._end()
        if corrected.words:
            self.corrected.emit(wish.dataset, corrected)
            wish.asker.then(corrected)

    def _on_job_failed(self, wish: _Wish, error: BaseException) -> None:
        self._waiting.clear()
        self._end()
        wish.asker.or_failed(error, wish.title)

    def _end(self) -> None:
        self._job = None
        self._do_next()
