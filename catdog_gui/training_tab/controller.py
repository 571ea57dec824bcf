"""Wires the Training tab: what the form says becomes a run, what a run reports becomes curves."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from catdog_gui import errors
from catdog_gui.background import BackgroundJob, Jobs
from catdog_gui.model_adding.questions import Strangers
from catdog_gui.reading import Reading
from catdog_gui.settings import TRAINING_DATASET, Settings
from catdog_gui.training_tab import jobs as training_jobs
from catdog_gui.training_tab import words
from catdog_gui.training_tab.controls import Controls, Phase, TrainingState, controls_for
from catdog_gui.training_tab.form_views import FormViews
from catdog_gui.training_tab.form_work import FormWork
from catdog_gui.training_tab.jobs import HomeRead
from catdog_gui.training_tab.lab_book_work import LabBookWork
from catdog_gui.training_tab.offers import Offers
from catdog_gui.training_tab.page import TrainingPage
from catdog_gui.training_tab.plot_work import PlotWork
from catdog_gui.training_tab.repeating_work import RepeatingWork
from catdog_gui.training_tab.training_work import TrainingWork
from training.dataset.picture import DatasetInfo
from training.errors import UserError
from training.home import Home
from training.runs.lab_book import RunInfo

if TYPE_CHECKING:
    from training.learning.trainer import TrainingResult

_NO_CURVES = "The curves of a training appear here."


class TrainingController(QObject):
    """Keeps the page and the runs of a home in step.

    Args:
        page: The tab's view.
        home: Where datasets and runs live.
        jobs: Where its jobs run.
        settings: Remembers the dataset, the preset and the form.
        strangers: Looks at somebody else's models; None where the program cannot.
        train: What trains; tests give their own.

    Signals:
        runs_changed: A run is new, finished or gone.
        dataset_needed: The user wants to bring or split pictures.
        dataset_used: The name of the dataset that a training reads from now on; empty for none.
        prediction_requested: The user wants to try a run on a picture.
    """

    runs_changed = Signal()
    dataset_needed = Signal()
    dataset_used = Signal(str)
    prediction_requested = Signal()

    def __init__(
        self,
        page: TrainingPage,
        *,
        home: Home,
        jobs: Jobs,
        settings: Settings,
        strangers: Strangers | None = None,
        train: Callable[..., "TrainingResult"] = training_jobs.train,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._page = page
        self._home = home
        self._jobs = jobs
        self._settings = settings
        self._train = train
        self._datasets: Sequence[DatasetInfo] = ()
        self._reading = Reading(page.banner, jobs, parent=self)
        self._form = FormWork(page, settings, parent=self)
        self._work = TrainingWork(page, jobs, parent=self)
        self._lab_book = LabBookWork(
            page, home, jobs=jobs, settings=settings, strangers=strangers, parent=self
        )
        self._repeating = RepeatingWork(page, self._form, self._lab_book.config_of, parent=self)
        self._plot = PlotWork(page, jobs, parent=self)
        self._views = FormViews(
            page, self._form, home=home, jobs=jobs, settings=settings, parent=self
        )
        self._offers = Offers(page, settings, parent=self)
        self._is_opening = True
        self._connect()
        self._page.plot.clear(_NO_CURVES)
        self._settle()
        self.refresh_datasets()

    @property
    def phase(self) -> Phase:
        """Where the training stands."""
        return self._work.phase

    def refresh_datasets(self) -> None:
        """List the datasets and the runs again."""
        job = partial(training_jobs.read_home, self._home)
        self._reading.start("Listing runs", job, then=self._on_home_read)

    def choose_dataset(self, name: str) -> None:
        """Train on another dataset; an empty name leaves it as it is."""
        if name and self._work.phase is Phase.IDLE:
            self._settings.set(TRAINING_DATASET, name)
            self._show_datasets()

    def train_requested(self) -> None:
        """Train as the form says, if that is possible now."""
        info = self._dataset()
        if info is None or not self._controls().can_train:
            return
        try:
            config = self._form.config(info.name)
        except UserError as error:
            errors.show_error(self._page.banner, error, doing="Training")
            return
        job = partial(self._train, config, self._home)
        self._start(f"Training {self._form.title}", job, dataset=info.name)

    def pause_requested(self) -> None:
        """End the training so that it can be resumed from where it is."""
        self._work.pause()

    def finish_requested(self) -> None:
        """End the training with its best epoch."""
        self._work.finish_now()

    def discard_requested(self) -> None:
        """End the training and delete its run."""
        self._work.discard()

    def is_training(self, job: BackgroundJob) -> bool:
        """Whether that job is the training."""
        return self._work.is_running(job)

    def _dataset(self) -> DatasetInfo | None:
        name = self._settings.get(TRAINING_DATASET)
        named = (info for info in self._datasets if info.name == name)
        return next(named, self._datasets[0] if self._datasets else None)

    def _on_home_read(self, found: HomeRead) -> None:
        self._datasets = found.datasets
        self._show_datasets()
        self._page.set_trash(found.trash)
        newest = self._lab_book.set_runs(found.runs)
        if newest and self._work.phase is Phase.IDLE:
            self._on_page_run_chosen(newest)
        self._ask_to_continue(found.stopped)

    def _ask_to_continue(self, stopped: RunInfo | None) -> None:
        """Ask about a stopped run once, when the window opens."""
        if self._is_opening and stopped is not None and self._work.phase is Phase.IDLE:
            self._offers.ask_to_continue(stopped)
        self._is_opening = False

    def _show_datasets(self) -> None:
        info = self._dataset()
        row = list(self._datasets).index(info) if info is not None else 0
        self._page.set_datasets(self._datasets, row)
        self._check_form()

    def _on_page_dataset_chosen(self, row: int) -> None:
        if row < len(self._datasets):
            self.choose_dataset(self._datasets[row].name)

    def _on_resume_requested(self, run: str, epochs: int | None = None) -> None:
        if self._controls().can_work_on_runs:
            job = partial(training_jobs.resume, run, self._home, epochs=epochs)
            self._start(f"Resuming {run}", job, dataset=self._lab_book.dataset_of(run))

    def _on_page_more_epochs_requested(self, run: str) -> None:
        if self._controls().can_work_on_runs:
            epochs = self._lab_book.ask_for_epochs(run)
            if epochs is not None:
                self._on_resume_requested(run, epochs)

    def _start(self, title: str, job: Callable[..., object], *, dataset: str) -> None:
        self.dataset_used.emit(dataset)
        self._plot.prepare()
        self._page.show_curves()
        self._work.start(title, job)

    def _on_work_succeeded(self, result: "TrainingResult") -> None:
        self._offers.show_done(result, self._work.notices)
        self.runs_changed.emit()

    def _on_work_changed(self) -> None:
        self._settle()
        if self._work.phase is Phase.IDLE:  # succeeded, failed or discarded: runs may differ
            self._lab_book.follow("")
            self.dataset_used.emit("")
            self.refresh_datasets()

    def _on_work_run_known(self, run: str) -> None:
        self._lab_book.follow(run)
        self.refresh_datasets()

    def _on_page_run_chosen(self, run: str) -> None:
        """Show an earlier run's curves; those of a running training stay."""
        if self._work.phase is Phase.IDLE:
            self._plot.prepare()
            self._lab_book.show_run(run)

    def _on_page_repeat_requested(self, run: str) -> None:
        if self._controls().can_work_on_runs:
            self._repeating.fill_form(run, self._datasets)

    def _on_page_delete_requested(self, runs: Sequence[str]) -> None:
        if self._controls().can_work_on_runs:
            self._lab_book.delete(runs)

    def _on_page_export_requested(self, run: str) -> None:
        if self._controls().can_work_on_runs:
            self._lab_book.export(run)

    def _on_page_event_file_requested(self, run: str) -> None:
        if self._controls().can_work_on_runs:
            self._lab_book.export_curves(run)

    def _on_runs_moved(self) -> None:
        self.refresh_datasets()
        self.runs_changed.emit()

    def _on_views_dataset_taken(self, name: str) -> None:
        if name in {info.name for info in self._datasets}:
            self.choose_dataset(name)

    def _check_form(self) -> None:
        info = self._dataset()
        self._page.show_problems(self._form.problems(info))
        self._views.show(info)
        self._settle()

    def _state(self) -> TrainingState:
        info = self._dataset()
        return TrainingState(
            phase=self._work.phase,
            datasets=len(self._datasets),
            is_split=info is not None and words.is_split(info),
            is_valid=not self._form.problems(info),
            is_exporting=self._lab_book.exports.is_exporting,
            is_finding=self._views.is_finding,
        )

    def _controls(self) -> Controls:
        return controls_for(self._state())

    def _settle(self) -> None:
        self._page.set_controls(self._controls())

    def _connect(self) -> None:
        page, work = self._page, self._work
        page.dataset_chosen.connect(self._on_page_dataset_chosen)
        page.dataset_needed.connect(self.dataset_needed)
        page.train_requested.connect(self.train_requested)
        page.pause_requested.connect(self.pause_requested)
        page.finish_requested.connect(self.finish_requested)
        page.discard_requested.connect(self.discard_requested)
        page.run_chosen.connect(self._on_page_run_chosen)
        page.resume_requested.connect(self._on_resume_requested)
        page.more_epochs_requested.connect(self._on_page_more_epochs_requested)
        page.repeat_requested.connect(self._on_page_repeat_requested)
        page.export_requested.connect(self._on_page_export_requested)
        page.event_file_requested.connect(self._on_page_event_file_requested)
        page.delete_requested.connect(self._on_page_delete_requested)
        self._offers.resume_requested.connect(self._on_resume_requested)
        self._offers.prediction_requested.connect(self.prediction_requested)
        self._form.changed.connect(self._check_form)
        self._views.changed.connect(self._settle)
        self._views.dataset_taken.connect(self._on_views_dataset_taken)
        work.changed.connect(self._on_work_changed)
        work.succeeded.connect(self._on_work_succeeded)
        work.paused.connect(self._offers.show_paused)
        work.failed.connect(self._offers.show_failed)
        work.run_known.connect(self._on_work_run_known)
        work.epochs_known.connect(self._lab_book.show_epochs)
        self._lab_book.exports.changed.connect(self._settle)
        self._lab_book.moved.connect(self._on_runs_moved)
        self._lab_book.retitled.connect(self.runs_changed)
        self._repeating.dataset_chosen.connect(self.choose_dataset)
