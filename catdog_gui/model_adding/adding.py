"""Adds a model that the user was given, whatever it is, to the home's runs."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from catdog_gui import errors
from catdog_gui.background import BackgroundJob, Jobs, as_job
from catdog_gui.model_adding.looking_job import look_at
from catdog_gui.model_adding.questions import ModelAnswers, ModelQuestions, Strangers
from catdog_gui.model_adding.view import AddingView
from catdog_gui.model_adding.words import added_words, not_one_words, trying_words
from catdog_gui.settings import MODELS_FOLDER, Settings
from catdog_gui.widgets.banner import Banner, BannerKind
from training.events import Event, Stage
from training.home import Home
from training.progress import StageTracker, progress_words
from training.runs.run_folder import IMPORTED

if TYPE_CHECKING:
    from training.runs.taking_in import TakenIn

TITLE = "Adding a model"


class ModelAdding(QObject):
    """One model at a time: looked at, asked about where it must be, and made a run.

    The status bar shows how far it is, and cancels it.

    Args:
        view: Asks which model, and how it is to be used.
        banner: Says how it went.
        home: Gets the run.
        jobs: Runs the jobs.
        settings: Remembers where models are.
        strangers: Looks at somebody else's models; None where the program cannot.

    Signals:
        added: The name of the run, which may have been there already.
    """

    added = Signal(str)

    def __init__(
        self,
        view: AddingView,
        banner: Banner,
        *,
        home: Home,
        jobs: Jobs,
        settings: Settings,
        strangers: Strangers | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._view = view
        self._banner = banner
        self._home = home
        self._jobs = jobs
        self._settings = settings
        self._strangers = strangers
        self._job: BackgroundJob | None = None
        self._questions: ModelQuestions | None = None
        self._said = ""  # while a model is tried
        view.dropped.connect(self.add)
        view.form.confirmed.connect(self._on_form_confirmed)
        view.form.pictures_wanted.connect(self._on_form_pictures_wanted)
        view.form.cancelled.connect(self._on_form_cancelled)

    def ask(self) -> None:
        """Let the user choose a model, and add it."""
        if self._is_busy():
            return
        given = self._view.ask_for_model(self._settings.folder(MODELS_FOLDER))
        if given is not None:
            self._settings.set(MODELS_FOLDER, str(given.parent))
            self._look_at(given)

    def add(self, given: Sequence[Path]) -> None:
        """Add the model that the user dropped or opened.

        Args:
            given: One file or folder; of none or several, a sentence asks for one.
        """
        if self._is_busy():
            return
        if len(given) == 1:
            self._look_at(given[0])
        else:
            message, hint = not_one_words(len(given))
            self._banner.show_message(BannerKind.INFO, message, hint=hint)

    def _is_busy(self) -> bool:
        """Whether a model is being added; if so, it is said."""
        if self._job is None:
            return False
        self._banner.show_message(
            BannerKind.INFO,
            "A model is being added already.",
            hint="Wait until it is there, or cancel it below.",
        )
        return True

    def _look_at(self, given: Path) -> None:
        look = partial(look_at, given, self._home, self._strangers)
        self._start(look, then=self._on_looked_at, wait=partial(self._say_trying, given))

    def _on_looked_at(self, found: "TakenIn | ModelQuestions") -> None:
        if isinstance(found, ModelQuestions):
            self._ask_about(found)
        else:
            self._tell_added(found)

    def _ask_about(self, questions: ModelQuestions) -> None:
        self._questions = questions
        self._banner.dismiss()
        self._view.show_questions(questions)

    def _on_form_confirmed(self, answers: ModelAnswers) -> None:
        if self._strangers is not None and self._questions is not None:
            make = partial(self._strangers.make_run, self._questions, answers, self._home)
            self._start(make, then=self._tell_added, wait=self._view.form.set_working)

    def _on_form_pictures_wanted(self) -> None:
        if self._strangers is not None and self._questions is not None:
            source, dataset = self._questions.source, self._questions.dataset
            examine = partial(self._strangers.examine, source, self._home, dataset=dataset)
            self._start(examine, then=self._ask_about, wait=self._view.form.set_working)

    def _on_form_cancelled(self) -> None:
        self._cancel()
        self._view.show_body()

    def _tell_added(self, taken: "TakenIn") -> None:
        self._view.show_body()
        self.added.emit(taken.info.run)
        is_imported = taken.info.preset == IMPORTED
        message, hint = added_words(was_there=taken.was_there, is_imported=is_imported)
        self._banner.show_message(BannerKind.SUCCESS, message, hint=hint)

    def _start(
        self,
        work: Callable[..., object],
        *,
        then: Callable[..., None],
        wait: Callable[[str], None],
    ) -> None:
        """Run a job.

        Args:
            work: All but its `emit` and `token` are bound.
            then: Takes the result.
            wait: Takes the words for whoever waits.
        """
        job = self._job = BackgroundJob(TITLE, as_job(work))
        job.progressed.connect(partial(self._on_job_progressed, StageTracker(), wait))
        job.succeeded.connect(partial(self._on_job_succeeded, then))
        job.failed.connect(self._on_job_failed)
        job.cancelled.connect(self._on_job_cancelled)
        self._view.form.set_working(f"{TITLE}…")
        self._jobs.start(job)

    def _on_job_progressed(
        self, tracker: StageTracker, wait: Callable[[str], None], event: Event
    ) -> None:
        state = tracker.update(event)
        if state is not None:
            wait(progress_words(state))

    def _on_job_succeeded(self, then: Callable[..., None], result: object) -> None:
        self._end()
        then(result)

    def _on_job_failed(self, error: BaseException) -> None:
        self._end()
        errors.show_error(self._banner, error, doing=TITLE)

    def _on_job_cancelled(self) -> None:
        self._end()
        if self._banner.message() == self._said:
            self._banner.dismiss()

    def _end(self) -> None:
        self._job = None
        self._view.form.set_working("")

    def _say_trying(self, given: Path, words: str) -> None:
        """A run is taken in before anybody could read this; a trial takes some seconds."""
        if words.startswith(Stage.TRYING_MODEL):
            self._said, hint = trying_words(given)
            self._banner.show_message(
                BannerKind.INFO, self._said, hint=hint, action="Cancel", do=self._cancel
            )

    def _cancel(self) -> None:
        if self._job is not None:
            self._job.cancel()
