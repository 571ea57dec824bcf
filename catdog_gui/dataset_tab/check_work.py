"""Checks datasets beside whatever else the tab does."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal

from catdog_gui.background import BackgroundJob, Jobs, as_job
from catdog_gui.dataset_tab import check_jobs
from catdog_gui.dataset_tab.found_words import checked_words, unreadable_words
from catdog_gui.dataset_tab.messages import Messages
from catdog_gui.dataset_tab.page import DatasetPage
from catdog_gui.dataset_tab.words import busy_words
from catdog_gui.widgets.banner import BannerKind
from training.dataset.finding import FindingKind
from training.events import Event, Noticed
from training.home import Home
from training.progress import StageTracker

_SHOW_THEM = "Show them"


class CheckWork(QObject):
    """Runs one check at a time, shows where it stands, and tells what it found.

    Args:
        page: Where it shows.
        messages: Say what it found.
        jobs: Where it runs.
        home: Where the datasets live.

    Signals:
        changed: A check began, or is over.
        checked: The name of the dataset of which more is known now.
        problem_requested: The user wants to see what was found: the dataset, the `FindingKind`.
    """

    changed = Signal()
    checked = Signal(str)
    problem_requested = Signal(str, object)

    def __init__(
        self,
        page: DatasetPage,
        messages: Messages,
        jobs: Jobs,
        *,
        home: Home,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._progress = page.problems.progress
        self._messages = messages
        self._jobs = jobs
        self._home = home
        self._job: BackgroundJob | None = None
        self._dataset = ""
        self._is_asked_for = False
        self._tracker = StageTracker()
        self._notices: list[str] = []
        self._progress.cancel_requested.connect(self.cancel)

    @property
    def is_running(self) -> bool:
        """Whether a check runs."""
        return self._job is not None

    def is_reading(self, name: str) -> bool:
        """Whether that dataset is being checked, so that it cannot go; the user is told."""
        if self._job is None or name != self._dataset:
            return False
        message, hint = busy_words(self._job.title)
        self._messages.say(BannerKind.INFO, message, hint=hint)
        return True

    def check(self, name: str) -> None:
        """Check a dataset as the user asked, its labels too."""
        self._start(name, is_asked_for=True)

    def look(self, name: str) -> None:
        """Check a new dataset by itself: all but its labels, which take long; in silence."""
        self._start(name, is_asked_for=False)

    def cancel(self) -> None:
        """End the check, if one runs."""
        if self._job is not None:
            self._job.cancel()

    def _start(self, name: str, *, is_asked_for: bool) -> None:
        if self._job is not None:
            return
        self._dataset, self._is_asked_for = name, is_asked_for
        self._tracker, self._notices = StageTracker(), []
        job = partial(check_jobs.check, name, self._home, labels=is_asked_for)
        self._job = BackgroundJob(f"Checking {name}", as_job(job))
        self._job.progressed.connect(self._on_job_progressed)
        self._job.succeeded.connect(self._on_job_succeeded)
        self._job.failed.connect(self._on_job_failed)
        self._job.cancelled.connect(self._on_job_cancelled)
        self._job.stopping.connect(self._on_job_stopping)
        self.changed.emit()
        self._jobs.start(self._job)

    def _on_job_progressed(self, event: Event) -> None:
        if isinstance(event, Noticed):
            self._notices.append(event.message)
        state = self._tracker.update(event)
        if state is not None and self._job is not None and not self._job.token.is_cancelled:
            self._progress.show_state(self._job.title, state)

    def _on_job_succeeded(self, kinds: Sequence[FindingKind]) -> None:
        self._end()
        if self._is_asked_for:
            self._tell(kinds)

    def _on_job_failed(self, error: BaseException) -> None:
        title = self._job.title if self._job is not None else ""
        self._end()
        self._messages.say_error(error, doing=title)

    def _on_job_cancelled(self) -> None:
        self._end()
        self._messages.say(
            BannerKind.INFO,
            f"The check of “{self._dataset}” is stopped.",
            hint="What its whole stages found stays; Check goes on from there.",
        )

    def _on_job_stopping(self) -> None:
        self._progress.show_stopping(self._tracker.waits_for)

    def _tell(self, kinds: Sequence[FindingKind]) -> None:
        """The pictures that could not be read come first, for they are out already."""
        damaged = sum(kind is FindingKind.DAMAGED for kind in kinds)
        found, notices = checked_words(kinds), "\n".join(self._notices)
        shown = next((kind for kind in kinds if kind is not FindingKind.IMBALANCE), None)
        message, hint = unreadable_words(damaged) if damaged else (found, notices)
        self._messages.say(
            BannerKind.INFO if shown else BannerKind.SUCCESS,
            message,
            hint=hint,
            details=f"{found}\n{notices}".strip() if damaged else "",
            action=_SHOW_THEM if shown else "",
            do=partial(self.problem_requested.emit, self._dataset, shown),
        )

    def _end(self) -> None:
        self._job = None
        self._progress.clear()
        self.changed.emit()
        self.checked.emit(self._dataset)
