"""Puts pictures right, one wish after another, in the order in which the user had them."""

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Signal

from catdog_gui.background import BackgroundJob, Jobs, as_job
from catdog_gui.dataset_tab import check_jobs
from catdog_gui.dataset_tab.found import Corrected, Decision, Found
from catdog_gui.dataset_tab.messages import Messages
from catdog_gui.dataset_tab.page import DatasetPage
from catdog_gui.dataset_tab.picture_filter import Leaks
from catdog_gui.dataset_tab.work import Work
from catdog_gui.reading import Reading
from catdog_gui.widgets.banner import BannerKind
from training.dataset.picture import DatasetInfo
from training.home import Home

_UNDO_MS = 10_000
_MANY = 1_000  # take long enough to be shown in the status bar
_PUTTING_RIGHT = "Putting pictures right"


@dataclass(frozen=True)
class _Wish:
    """What the user wants changed.

    Attributes:
        dataset: What it is changed in.
        title: What it does, in the words that the window shows.
        job: Changes the catalogue.
        then: Shows the `Corrected`.
        is_quick: Whether it is over before anybody could read of it.
    """

    dataset: str
    title: str
    job: Callable[..., Corrected]
    then: Callable[[Corrected], None]
    is_quick: bool


class PutRightWork(QObject):
    """Corrects pictures of the dataset that is shown.

    A key may be pressed faster than a disk writes: wishes wait for one another, never the window
    for them.

    Args:
        page: Shows the pictures.
        work: Says whether the dataset can be changed now.
        messages: Offer an undo.
        jobs: Where it runs.
        home: Where the dataset lives.

    Attributes:
        dataset: The name of the dataset that is shown.

    Signals:
        corrected: Pictures are other than before.
        counted: After that, once the user rests: the `DatasetInfo`, what is `Found`, and the
            `Leaks`.
    """

    corrected = Signal()
    counted = Signal(object, object, object)

    def __init__(
        self,
        page: DatasetPage,
        work: Work,
        messages: Messages,
        jobs: Jobs,
        *,
        home: Home,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.dataset = ""
        self._gallery = page.gallery
        self._work = work
        self._messages = messages
        self._jobs = jobs
        self._home = home
        self._counting = Reading(page.banner, jobs, parent=self)
        self._waiting: deque[_Wish] = deque()
        self._job: BackgroundJob | None = None
        self._offers_undo = False
        self._gallery.decided.connect(self.correct)
        self._gallery.undo_requested.connect(self.undo)
        self._gallery.redo_requested.connect(self.redo)
        page.problems.keep_one_requested.connect(self.keep_one)

    def correct(self, decision: Decision, ids: Sequence[int]) -> None:
        """Do with pictures what the user decided, and go on to the next one."""
        kind = self._gallery.kind
        job = partial(check_jobs.correct, self.dataset, decision, ids, kind, self._home)
        is_quick = len(ids) < _MANY
        if ids and self._wish(_PUTTING_RIGHT, job, then=self._on_corrected, is_quick=is_quick):
            self._gallery.go_on()

    def keep_one(self) -> None:
        """Exclude all but one of each group of copies."""
        job = partial(check_jobs.keep_one, self.dataset, self._home)
        self._wish("Excluding copies", job, then=self._on_corrected)

    def undo(self) -> None:
        """Take the last step back."""
        job = partial(check_jobs.undo, self.dataset, self._home)
        self._wish("Undoing", job, then=self._on_moved)

    def redo(self) -> None:
        """Do the step again that was taken back last."""
        job = partial(check_jobs.redo, self.dataset, self._home)
        self._wish("Redoing", job, then=self._on_moved)

    def _wish(
        self,
        title: str,
        job: Callable[..., Corrected],
        *,
        then: Callable[[Corrected], None],
        is_quick: bool = True,
    ) -> bool:
        """Whether it will be done; else the user is told why not."""
        if not self.dataset or self._work.is_occupied(changes=self.dataset):
            return False
        if self._offers_undo:  # it would take back something else from now on
            self._messages.dismiss()
            self._offers_undo = False
        self._waiting.append(_Wish(self.dataset, title, job, then, is_quick))
        self._do_next()
        return True

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
        if wish.dataset == self.dataset and corrected.words:
            wish.then(corrected)
            self.corrected.emit()
            self._count()

    def _on_job_failed(self, wish: _Wish, error: BaseException) -> None:
        self._waiting.clear()
        self._end()
        self._messages.say_error(error, doing=wish.title)

    def _on_corrected(self, corrected: Corrected) -> None:
        self._gallery.show_corrected(corrected)
        if len(corrected.pictures) > 1:
            self._offer_undo(corrected)

    def _on_moved(self, corrected: Corrected) -> None:
        self._gallery.show_corrected(corrected)
        self._gallery.look_at_first_of(corrected.pictures)

    def _count(self) -> None:
        """Of quick corrections only the last is counted: a newer answer is wanted each time."""
        job = partial(check_jobs.read_figures, self.dataset, self._home)
        self._counting.start(f"Counting {self.dataset}", job, then=self._on_counted)

    def _on_counted(self, figures: tuple[DatasetInfo, Found, Leaks]) -> None:
        info, found, leaks = figures
        if info.name == self.dataset:
            self.counted.emit(info, found, leaks)

    def _offer_undo(self, corrected: Corrected) -> None:
        self._messages.say(
            BannerKind.INFO,
            f"{corrected.words}.",
            hint="Your files are unchanged.",
            action="Undo",
            do=self.undo,
            for_ms=_UNDO_MS,
        )
        self._offers_undo = True

    def _end(self) -> None:
        self._job = None
        self._do_next()
