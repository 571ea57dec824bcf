"""Wires the form for Kaggle: pictures become a file; that one, or one that is there, is sent."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from catdog_gui import errors
from catdog_gui.background import Jobs
from catdog_gui.file_manager import reveal
from catdog_gui.prediction_tab import submission_jobs
from catdog_gui.prediction_tab import submission_words as words
from catdog_gui.prediction_tab.clip_work import ClipWork
from catdog_gui.prediction_tab.page import PredictionPage
from catdog_gui.prediction_tab.sending_work import SendingWork
from catdog_gui.prediction_tab.shown_job import ShownJob, Task
from catdog_gui.prediction_tab.submission_controls import SubmissionState, controls_for
from catdog_gui.prediction_tab.submission_panel import SubmissionPanel
from catdog_gui.settings import SUBMISSION_FOLDER, TEST_PICTURES_FOLDER, Settings
from catdog_gui.widgets.banner import BannerKind
from catdog_gui.widgets.image_drop import Dropped
from training.dataset.kaggle.store import CredentialStore
from training.events import Stage
from training.home import Home

if TYPE_CHECKING:
    from training.inference.submission import Submission

_TITLE = "Writing the submission"
_TABLE_SUFFIX = ".csv"


@dataclass(frozen=True)
class _Wish:
    """What the form says, of which a file is written."""

    source: Path | None
    folder: Path | None
    clip: float


class SubmissionWork(QObject):
    """Keeps the form in step with the model, the pictures and the file.

    Args:
        page: Offers the form.
        home: Has the validation pictures; inner zips are unpacked there for the time being.
        jobs: Runs the jobs.
        settings: Remembers clip, competition and folders.
        store: Finds the token.
        folder_of_run: Gives the folder of the chosen run; None where there is none.

    Attributes:
        panel: The form.
        is_open: Whether it is shown.

    Signals:
        token_needed: The user wants to give a token.
    """

    token_needed = Signal()

    def __init__(
        self,
        page: PredictionPage,
        *,
        home: Home,
        jobs: Jobs,
        settings: Settings,
        store: CredentialStore,
        folder_of_run: Callable[[], Path | None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.panel = panel = SubmissionPanel()
        self.is_open = False
        self._page = page
        self._home = home
        self._settings = settings
        self._folder_of_run = folder_of_run
        self._job = ShownJob(panel.progress, jobs, self)
        self._clip = ClipWork(
            panel.clip_bar,
            home=home,
            jobs=jobs,
            settings=settings,
            folder_of_run=folder_of_run,
            parent=self,
        )
        self._sending = SendingWork(
            panel.form, page.banner, self._job, settings=settings, store=store, parent=self
        )
        self._source: Path | None = None
        self._file: Submission | None = None
        self._file_of: _Wish | None = None
        page.offer_submission(panel)
        self._connect()
        self._settle()

    def open(self) -> None:
        """Show the form."""
        self.is_open = True
        self._page.show_submission(is_shown=True)
        self.refresh()

    def close(self) -> None:
        """Put the form away; what is written or sent goes on."""
        self.is_open = False
        self._clip.drop()
        self._page.show_submission(is_shown=False)

    def refresh(self) -> None:
        """Another model may be chosen now."""
        self._settle()
        if self.is_open:
            self._clip.measure()

    def _on_panel_zip_requested(self) -> None:
        self._choose(self.panel.ask_for_zip(self._settings.folder(TEST_PICTURES_FOLDER)))

    def _on_panel_folder_requested(self) -> None:
        self._choose(self.panel.ask_for_folder(self._settings.folder(TEST_PICTURES_FOLDER)))

    def _on_panel_dropped(self, dropped: Dropped) -> None:
        if not dropped.paths or self._job.is_running:
            return
        path = dropped.paths[0]
        if path.suffix.lower() == _TABLE_SUFFIX:
            self._sending.check(path)
        else:
            self._choose(path)

    def _choose(self, source: Path | None) -> None:
        if source is None:
            return
        self._settings.set(TEST_PICTURES_FOLDER, str(source.parent))
        self._source = source
        self.panel.set_pictures(source)
        self._settle()

    def _on_panel_write_requested(self) -> None:
        wish = self._wish()
        if wish.source is None or wish.folder is None:
            return
        output = self.panel.ask_for_output(self._settings.folder(SUBMISSION_FOLDER))
        if output is None:
            return
        self._settings.set(SUBMISSION_FOLDER, str(output.parent))
        places = wish.source, output, wish.folder, self._home
        job = partial(submission_jobs.write, *places, clip=wish.clip)
        then = partial(self._on_written, wish)
        self._page.banner.dismiss()
        self._job.start(Task(_TITLE, job, then, self._on_failed, self._on_cancelled))

    def _on_written(self, wish: _Wish, done: "Submission") -> None:
        self._offer(done, wish, words.written_words(done))

    def _on_sending_checked(self, done: "Submission") -> None:
        self._offer(done, self._wish(), words.checked_words(done))

    def _offer(self, done: "Submission", wish: _Wish, said: str) -> None:
        """Say that a file can be sent, and let it be."""
        self._file, self._file_of = done, wish
        self._settle()
        unreadable = words.unreadable_words(done)
        kind = BannerKind.WARNING if unreadable else BannerKind.SUCCESS
        self._page.banner.show_message(kind, said, hint=unreadable, action="Send it", do=self._send)

    def _on_failed(self, error: BaseException) -> None:
        errors.show_error(self._page.banner, error, doing=_TITLE)

    def _on_cancelled(self, _stage: Stage | None) -> None:
        self._page.banner.show_message(BannerKind.INFO, words.STOPPED_WRITING)

    def _send(self) -> None:
        if self._file is not None:
            self._sending.send(self._file.path)

    def _on_form_reveal_requested(self) -> None:
        if self._file is not None and not reveal(self._file.path):
            self._page.banner.show_message(
                BannerKind.WARNING,
                f"The folder {self._file.path.parent} cannot be shown.",
                hint="It may have been moved or unplugged.",
            )

    def _wish(self) -> _Wish:
        return _Wish(self._source, self._folder_of_run(), self.panel.clip_bar.clip())

    def _settle(self) -> None:
        wish = self._wish()
        state = SubmissionState(
            has_run=wish.folder is not None,
            has_pictures=wish.source is not None,
            has_file=self._file is not None,
            is_fresh=wish == self._file_of,
            is_working=self._job.is_running,
        )
        self.panel.set_controls(controls_for(state))
        self.panel.form.file.setText(words.file_words(self._file))

    def _connect(self) -> None:
        page, panel, form = self._page, self.panel, self.panel.form
        page.submission_requested.connect(self.open)
        page.run_chosen.connect(self.refresh)
        panel.closed.connect(self.close)
        panel.zip_requested.connect(self._on_panel_zip_requested)
        panel.folder_requested.connect(self._on_panel_folder_requested)
        panel.dropped.connect(self._on_panel_dropped)
        panel.clip_bar.clip_chosen.connect(lambda _: self._settle())
        panel.write_requested.connect(self._on_panel_write_requested)
        form.send_requested.connect(self._send)
        form.reveal_requested.connect(self._on_form_reveal_requested)
        self._sending.token_needed.connect(self.token_needed)
        self._sending.checked.connect(self._on_sending_checked)
        self._job.changed.connect(self._settle)
