"""The one job at a time that changes a dataset, as the page shows it."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal

from catdog_gui.background import BackgroundJob, Jobs, as_job
from catdog_gui.dataset_tab import words
from catdog_gui.dataset_tab.messages import Messages
from catdog_gui.dataset_tab.page import DatasetPage
from catdog_gui.widgets.banner import BannerKind
from training.events import Event, Noticed, PictureQuarantined
from training.progress import StageTracker

_MOST_NOTICES = 200


class Work(QObject):
    """Runs a job, shows its progress, and tells of a failure or a cancel in the banner.

    Args:
        page: Where it shows.
        messages: Say how it ended.
        jobs: Where it runs.

    Attributes:
        in_use: The dataset that a training reads; empty where none does.

    Signals:
        changed: A job began, or is over.
    """

    changed = Signal()

    def __init__(
        self,
        page: DatasetPage,
        messages: Messages,
        jobs: Jobs,
        *,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.in_use = ""
        self._page = page
        self._messages = messages
        self._jobs = jobs
        self._job: BackgroundJob | None = None
        self._tracker = StageTracker()
        self._notices: list[str] = []
        self._then: Callable[[Any], None] = lambda _: None
        self._or_cancelled: Callable[[], None] | None = None

    @property
    def is_running(self) -> bool:
        """Whether a job runs."""
        return self._job is not None

    @property
    def title(self) -> str:
        """The running job's title; empty where none runs."""
        return self._job.title if self._job is not None else ""

    @property
    def notices(self) -> str:
        """What the last job found worth saying, line by line."""
        rest = len(self._notices) - _MOST_NOTICES
        more = [f"… and {rest:,} more"] if rest > 0 else []
        return "\n".join([*self._notices[:_MOST_NOTICES], *more])

    def is_occupied(self, *, changes: str = "") -> bool:
        """Whether a job stands in the way, also of changing that dataset; the user is told."""
        why = self.why_occupied(changes)
        if why is not None:
            message, hint = why
            self._messages.say(BannerKind.INFO, message, hint=hint)
        return why is not None

    def why_occupied(self, changes: str = "") -> tuple[str, str] | None:
        """What stands in the way, and what to do about it; None where nothing does."""
        if self.is_running:
            return words.busy_words(self.title)
        return words.in_use_words(changes) if changes and changes == self.in_use else None

    def start(
        self,
        title: str,
        job: Callable[..., Any],
        *,
        then: Callable[[Any], None],
        or_cancelled: Callable[[], None] | None = None,
    ) -> None:
        """Run a job; none may be running.

        Args:
            title: What it does, such as "Importing train.zip".
            job: All of its parameters but `emit` and `token` are bound.
            then: Takes its result, when it succeeded.
            or_cancelled: Says what a cancel left; unless given, that was nothing.
        """
        self._tracker = StageTracker()
        self._notices = []
        self._then, self._or_cancelled = then, or_cancelled
        self._job = BackgroundJob(title, as_job(job))
        self._job.progressed.connect(self._on_job_progressed)
        self._job.succeeded.connect(self._on_job_succeeded)
        self._job.failed.connect(self._on_job_failed)
        self._job.cancelled.connect(self._on_job_cancelled)
        self._job.stopping.connect(self._on_job_stopping)
        self._messages.dismiss()
        self.changed.emit()
        self._jobs.start(self._job)

    def cancel(self) -> None:
        """End the running job, if there is one."""
        if self._job is not None:
            self._job.cancel()

    def _on_job_progressed(self, event: Event) -> None:
        match event:
            case PictureQuarantined(path, reason):
                self._notices.append(f"{path}: {reason}")
            case Noticed(message):
                self._notices.append(message)
        state = self._tracker.update(event)
        if state is not None and self._job is not None and not self._job.token.is_cancelled:
            self._page.show_progress(self._job.title, state)

    def _on_job_succeeded(self, result: object) -> None:
        self._end()
        self._then(result)

    def _on_job_failed(self, error: BaseException) -> None:
        doing = self.title
        self._end()
        self._messages.say_error(error, doing=doing)

    def _on_job_cancelled(self) -> None:
        title = self.title
        self._end()
        if self._or_cancelled is not None:
            self._or_cancelled()
            return
        message = f"{title} is cancelled; everything is as it was before."
        self._messages.say(BannerKind.INFO, message)

    def _on_job_stopping(self) -> None:
        self._page.show_stopping(self._tracker.waits_for)

    def _end(self) -> None:
        self._job = None
        self._page.clear_progress()
        self.changed.emit()
