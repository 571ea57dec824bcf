"""Wires the Prediction tab: what the user gives is read, what is read becomes rows."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from catdog_gui import errors
from catdog_gui.background import Jobs
from catdog_gui.model_adding.questions import Strangers
from catdog_gui.prediction_tab.bringing import PictureBringing
from catdog_gui.prediction_tab.clearing import UNDO_MS, ClearedList
from catdog_gui.prediction_tab.controls import Controls, PredictionState, controls_for
from catdog_gui.prediction_tab.explaining import BY_GRAPH, Explaining
from catdog_gui.prediction_tab.first_model import TRAIN_ONE, FirstModel
from catdog_gui.prediction_tab.job import ClassifyFiles, KeptClassifier, PicturesFound
from catdog_gui.prediction_tab.looking import Looking
from catdog_gui.prediction_tab.model_choosing import ModelChoosing
from catdog_gui.prediction_tab.page import PredictionPage
from catdog_gui.prediction_tab.reading_queue import TITLE, Order, ReadingQueue, Stopped
from catdog_gui.prediction_tab.results_model import ResultsModel
from catdog_gui.prediction_tab.taking import ResultTaking
from catdog_gui.prediction_tab.verdict_flow import VerdictFlow
from catdog_gui.prediction_tab.watching import FolderWatching
from catdog_gui.prediction_tab.words import (
    cleared_words,
    judgement_words,
    stopped_words,
    summary_words,
)
from catdog_gui.settings import PREDICTION_THRESHOLD, Settings
from catdog_gui.widgets.banner import BannerKind
from catdog_gui.widgets.threshold_bar import usable_threshold
from training.events import Event, Noticed, Verdict, VerdictReached
from training.home import Home
from training.progress import StageState


class PredictionController(QObject):
    """Keeps the list of pictures, and reads it with the chosen run.

    Args:
        page: The view.
        home: Where the runs are.
        jobs: Runs the jobs.
        settings: Remembers the run, the threshold and the folder.
        first_model: How the user comes to a first model.
        classify: Gives the verdicts, in the job's thread; tests give their own.
        explaining: Says what lies behind them.
        strangers: Looks at somebody else's models; None where the program cannot.

    Attributes:
        models: The runs to choose from, and the chosen one.
        bringing: Brings pictures to the list.
        watching: Brings what comes into a folder.
        taking: Takes results elsewhere.

    Signals:
        run_needed: The user wants to go where a first model comes from.
        run_added: The home has a run more.
    """

    run_needed = Signal()
    run_added = Signal()

    def __init__(
        self,
        page: PredictionPage,
        *,
        home: Home,
        jobs: Jobs,
        settings: Settings,
        first_model: FirstModel = TRAIN_ONE,
        classify: ClassifyFiles | None = None,
        explaining: Explaining = BY_GRAPH,
        strangers: Strangers | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._page = page
        self._settings = settings
        self._first_model = first_model
        self.bringing = PictureBringing(page, settings, self)
        self._model = ResultsModel(self)
        self.models = ModelChoosing(
            page,
            home=home,
            jobs=jobs,
            settings=settings,
            has_pictures=lambda: self._model.rowCount() > 0,
            strangers=strangers,
            parent=self,
        )
        self.watching = FolderWatching(page, jobs=jobs, settings=settings, parent=self)
        pasted = self.bringing.pasted
        self.taking = ResultTaking(
            page, self._model, jobs=jobs, settings=settings, pasted=pasted, parent=self
        )
        self._threshold = usable_threshold(settings.get(PREDICTION_THRESHOLD))
        self._queue = ReadingQueue(jobs, classify or KeptClassifier(), self)
        self._looking = Looking(
            page,
            jobs,
            home=home,
            settings=settings,
            explaining=explaining,
            folder=self.models.folder,
            parent=self,
        )
        self._flow = VerdictFlow(self)
        self._left: tuple[Path, ...] = ()
        self._waiting: tuple[Path, ...] = ()  # for the runs to be listed
        self._controls: Controls | None = None
        self._next_step: Callable[[], None] = self.run_needed.emit
        self._connect()
        page.set_first_model(first_model)
        page.set_results(self._model)
        page.set_threshold(self._threshold)
        self._model.set_threshold(self._threshold)
        self._show()
        self.models.refresh()

    def open(self, paths: Sequence[Path]) -> None:
        """Add a model that the user dropped or opened, and read the pictures."""
        self._page.banner.dismiss()
        self.classify(self.models.take(paths))

    def classify(self, paths: Sequence[Path]) -> None:
        """Read files and the pictures in folders; without a run say what is missing.

        Args:
            paths: Files and folders; a file that is no picture gets an error of its own.
        """
        run = self.models.chosen
        if not paths:
            return
        if self.models.count is None:
            self._waiting += tuple(paths)
            return
        if run is None:
            self._say_run_needed()
            return
        self._queue.add(Order(tuple(path.absolute() for path in paths), run.folder))

    def _connect(self) -> None:
        page, queue = self._page, self._queue
        page.threshold_chosen.connect(self._on_page_threshold_chosen)
        self.models.changed.connect(self._read_again)
        self.models.settled.connect(self._on_models_settled)
        self.models.run_added.connect(self.run_added)
        self.bringing.brought.connect(self.open)
        self.watching.came.connect(self.classify)
        page.clear_requested.connect(self._on_page_clear_requested)
        page.first_model_requested.connect(self.run_needed)
        page.cancel_requested.connect(queue.cancel)
        page.banner_action_requested.connect(self._on_page_banner_action_requested)
        self._flow.came.connect(self._on_flow_came)
        queue.event_told.connect(self._on_queue_event_told)
        queue.state_changed.connect(self._on_queue_state_changed)
        queue.stopping.connect(page.show_stopping)
        queue.stopped.connect(self._on_queue_stopped)
        queue.changed.connect(self._on_queue_changed)

    def _on_models_settled(self) -> None:
        self._show_model_words()
        waiting, self._waiting = self._waiting, ()
        self.classify(waiting)
        self._show()

    def _on_page_threshold_chosen(self, threshold: float) -> None:
        self._threshold = threshold
        self._settings.set(PREDICTION_THRESHOLD, threshold)
        self._model.set_threshold(threshold)
        self._show_model_words()
        self._show()

    def _on_page_clear_requested(self) -> None:
        left, self._left = (*self._queue.forget(), *self._left), ()
        results = tuple(self._model.results())
        cleared = ClearedList(results, left, self.models.run, self.bringing.set_pasted_aside())
        self._model.clear()
        self._page.banner.show_message(
            BannerKind.INFO,
            cleared_words(len(results)),
            action="Undo",
            do=partial(self._bring_back, cleared),
            for_ms=UNDO_MS,
        )
        self._show()

    def _bring_back(self, cleared: ClearedList) -> None:
        self.bringing.take_back_pasted(cleared.pasted)
        self._model.restore(cleared.results)
        self._left = cleared.left
        if cleared.run == self.models.run:
            self._read_the_rest()
        else:
            self._read_again()
        self._show()

    def _on_page_banner_action_requested(self) -> None:
        self._page.banner.dismiss()
        self._next_step()

    def _on_queue_event_told(self, event: Event) -> None:
        match event:
            case PicturesFound(paths):
                self._flow.flush()
                self._model.add(paths)
                self._show()
            case VerdictReached(verdict):
                self._flow.add(verdict)
            case Noticed(message):
                self._page.banner.show_message(BannerKind.WARNING, message)

    def _on_flow_came(self, verdicts: tuple[Verdict, ...]) -> None:
        self._model.set_verdicts(verdicts)
        self._show()

    def _on_queue_state_changed(self, state: StageState) -> None:
        self._page.show_progress(TITLE, state)

    def _on_queue_changed(self) -> None:
        self._flow.flush()
        self._model.set_reading(self._queue.is_busy)
        if not self._queue.is_busy:
            self._page.clear_progress()
        self._show()

    def _on_queue_stopped(self, stopped: Stopped) -> None:
        self._left = stopped.left
        if stopped.error is not None:
            errors.show_error(self._page.banner, stopped.error, doing="Classifying pictures")
            return
        self._next_step = self._read_the_rest
        self._page.banner.show_message(
            BannerKind.INFO, stopped_words(self._model.tally()), action="Read the rest"
        )

    def _read_the_rest(self) -> None:
        unread = [result.path for result in self._model.results() if result.verdict is None]
        self.classify([*unread, *self._left])
        self._left = ()

    def _say_run_needed(self) -> None:
        self._next_step = self.run_needed.emit
        self._page.banner.show_message(
            BannerKind.INFO,
            "There is no model yet.",
            hint=self._first_model.hint,
            action=self._first_model.button,
        )

    def _show_model_words(self) -> None:
        judgement = self.models.judgement
        words = judgement_words(judgement, self._threshold) if self.models.chosen else ""
        self._page.set_model_words(words)

    def _read_again(self) -> None:
        """Verdicts of another run than the chosen one would mislead."""
        left = (*self._queue.forget(), *self._left)
        self._left = ()
        self._model.forget_verdicts()
        self.classify([*(result.path for result in self._model.results()), *left])

    def _show(self) -> None:
        tally = self._model.tally()
        state = PredictionState(runs=self.models.count, pictures=tally.pictures, read=tally.read)
        controls = controls_for(state)
        if controls != self._controls:
            self._controls = controls
            self._page.set_controls(controls)
        self._page.set_summary(summary_words(tally, is_reading=self._queue.is_busy))
