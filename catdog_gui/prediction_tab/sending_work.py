"""Sends a submission to Kaggle, and says what came of it; one that lies there is checked first."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from catdog_gui import errors
from catdog_gui.prediction_tab import submission_jobs
from catdog_gui.prediction_tab import submission_words as words
from catdog_gui.prediction_tab.send_form import SendForm
from catdog_gui.prediction_tab.shown_job import ShownJob, Task
from catdog_gui.settings import SUBMISSION_COMPETITION, SUBMISSION_FOLDER, Settings
from catdog_gui.web_pages import PAGES, open_page
from catdog_gui.widgets.banner import Banner, BannerKind
from training.dataset.kaggle.store import CredentialStore
from training.errors import CredentialError, UserError
from training.events import Stage

if TYPE_CHECKING:
    from training.dataset.kaggle.submitting import Sent

_TITLE = "Sending the submission to Kaggle"
_CHECKING = "Checking the submission"
_GIVE_A_TOKEN = "Give a token"  # noqa: S105 - a button's words


class SendingWork(QObject):
    """Sends what the form says.

    Args:
        form: Says where to, and asks for a file.
        banner: Where the answer is shown.
        job: Runs and shows the job.
        settings: Remembers the competition and the folder.
        store: Finds the token.

    Signals:
        token_needed: The user wants to give a token.
        checked: A file that the user chose, as a `Submission`; it can be sent.
    """

    token_needed = Signal()
    checked = Signal(object)

    def __init__(
        self,
        form: SendForm,
        banner: Banner,
        job: ShownJob,
        *,
        settings: Settings,
        store: CredentialStore,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._form = form
        self._banner = banner
        self._job = job
        self._settings = settings
        self._store = store
        form.set_competition(settings.get(SUBMISSION_COMPETITION))
        form.competition_chosen.connect(self._on_form_competition_chosen)
        form.file_requested.connect(self._on_form_file_requested)

    def check(self, file: Path) -> None:
        """Look whether a file can be sent, unless a job runs."""
        if self._job.is_running:
            return
        self._settings.set(SUBMISSION_FOLDER, str(file.parent))
        job = partial(submission_jobs.check, file, self._form.competition())
        fail, stop = partial(errors.show_error, self._banner, doing=_CHECKING), self._on_stopped
        self._banner.dismiss()
        self._job.start(Task(_CHECKING, job, self.checked.emit, fail, stop))

    def send(self, file: Path) -> None:
        """Send a file, unless a job runs."""
        if self._job.is_running:
            return
        form = self._form
        message = form.message.text().strip()
        job = partial(submission_jobs.send, file, form.competition(), message, self._store)
        self._banner.dismiss()
        self._job.start(Task(_TITLE, job, self._on_sent, self._on_failed, self._on_cancelled))

    def _on_form_competition_chosen(self, key: str) -> None:
        self._settings.set(SUBMISSION_COMPETITION, key)

    def _on_form_file_requested(self) -> None:
        file = self._form.ask_for_file(self._settings.folder(SUBMISSION_FOLDER))
        if file is not None:
            self.check(file)

    def _on_stopped(self, _stage: Stage | None) -> None:
        self._banner.show_message(BannerKind.INFO, words.STOPPED_CHECKING)

    def _on_sent(self, sent: "Sent") -> None:
        message, hint = words.sent_words(sent)
        kind = BannerKind.SUCCESS if sent.is_scored else BannerKind.INFO
        self._say(kind, message, hint, page=sent.competition.submissions_page)

    def _on_cancelled(self, stage: Stage | None) -> None:
        message = words.stopped_words(stage)
        self._say(BannerKind.INFO, message, page=self._form.competition().submissions_page)

    def _on_failed(self, error: BaseException) -> None:
        """The button goes where the next step is done: to the token, or to a page of Kaggle."""
        page = error.page if isinstance(error, UserError) else ""
        action, do = PAGES.get(page, ""), partial(self._open_page, page)
        if isinstance(error, CredentialError):
            action, do = _GIVE_A_TOKEN, partial(self.token_needed.emit)
        errors.show_error(self._banner, error, doing=_TITLE, action=action, do=do)

    def _say(self, kind: BannerKind, message: str, hint: str = "", *, page: str) -> None:
        do = partial(self._open_page, page)
        self._banner.show_message(kind, message, hint=hint, action=PAGES[page], do=do)

    def _open_page(self, page: str) -> None:
        if not open_page(page):
            message, hint = "No browser could be opened.", f"Open this page yourself: {page}"
            self._banner.show_message(BannerKind.INFO, message, hint=hint)
