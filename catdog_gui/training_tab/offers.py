"""The next step that the tab's banner offers after a training, and when the window opens."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from catdog_gui import errors
from catdog_gui.settings import NOT_ASKED_FOR, Settings
from catdog_gui.training_tab import words
from catdog_gui.training_tab.lab_book_words import stopped_words
from catdog_gui.training_tab.page import TrainingPage
from catdog_gui.widgets.banner import BannerKind
from training.errors import NotANumberError
from training.events import RunStarted
from training.runs.lab_book import RunInfo
from training.runs.run_folder import has_checkpoint

if TYPE_CHECKING:
    from training.learning.trainer import TrainingResult

_TRY_IT = "Try it on a picture"
_RESUME = "Resume"
_CRASHED = "The program crashed. "


class Offers(QObject):
    """Shows what can be done next, and says when the user wants it.

    Args:
        page: Whose banner it is.
        settings: Remembers which stopped run is not asked about again.

    Signals:
        resume_requested: The name of the run that the user wants to go on with.
        prediction_requested: The user wants to try the run on a picture.
    """

    resume_requested = Signal(str)
    prediction_requested = Signal()

    def __init__(
        self, page: TrainingPage, settings: Settings, *, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._banner = page.banner
        self._settings = settings
        self._asked, self._stopped_at = "", ""
        self._crash = ""
        page.banner_closed.connect(self._on_page_banner_closed)

    def show_done(self, result: "TrainingResult", notices: str) -> None:
        """A training is done: its run can be tried."""
        self._banner.show_message(
            BannerKind.SUCCESS,
            words.done_words(result.val_accuracy, result.best_epoch),
            details=notices,
            action=_TRY_IT,
            do=self.prediction_requested.emit,
        )

    def show_paused(self, run: RunStarted | None) -> None:
        """A training is paused: it can go on at once; None where it had not begun."""
        sentence = words.paused_words(run)
        if run is None:
            self._banner.show_message(BannerKind.INFO, sentence)
        else:
            self._offer_resume(sentence, run.run)

    def show_failed(self, error: BaseException, run: RunStarted | None) -> None:
        """A training broke off: once its cause is gone it can go on from its checkpoint."""
        can_go_on = run is not None and has_checkpoint(run.folder)
        if run is None or not can_go_on or isinstance(error, NotANumberError):
            errors.show_error(self._banner, error, doing="Training")
        else:
            resume = partial(self.resume_requested.emit, run.run)
            errors.show_error(self._banner, error, doing="Training", action=_RESUME, do=resume)

    def note_crash(self, report: str) -> None:
        """The program crashed the last time; the next question says so, with the report."""
        self._crash = report

    def ask_to_continue(self, info: RunInfo) -> None:
        """Ask whether to go on with a stopped run, unless its question was closed before.

        Args:
            info: The run. Once it has come further, or after a crash, it is asked about again.
        """
        place = f"{info.run}@{info.epochs}"
        if self._crash or self._settings.get(NOT_ASKED_FOR) != place:
            crashed = _CRASHED if self._crash else ""
            self._asked, self._stopped_at = f"{crashed}{stopped_words(info)}", place
            self._offer_resume(self._asked, info.run, details=self._crash)

    def _offer_resume(self, sentence: str, run: str, *, details: str = "") -> None:
        resume = partial(self.resume_requested.emit, run)
        self._banner.show_message(
            BannerKind.INFO, sentence, details=details, action=_RESUME, do=resume
        )

    def _on_page_banner_closed(self, message: str) -> None:
        if message and message == self._asked:
            self._settings.set(NOT_ASKED_FOR, self._stopped_at)
