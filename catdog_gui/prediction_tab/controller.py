"""Wires the Prediction tab: what the user gives is read, what is read becomes rows."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from catdog_gui import errors
from catdog_gui.background import Jobs
from catdog_gui.prediction_tab.adding import ModelAdding
from catdog_gui.prediction_tab.bringing import PictureBringing
from catdog_gui.prediction_tab.clearing import UNDO_MS, ClearedList
from catdog_gui.prediction_tab.controls import Controls, PredictionState, controls_for
from catdog_gui.prediction_tab.explaining import BY_GRAPH, Explaining
from catdog_gui.prediction_tab.first_model import TRAIN_ONE, FirstModel
from catdog_gui.prediction_tab.job import ClassifyFiles, KeptClassifier, PicturesFound
from catdog_gui.prediction_tab.looking import Looking
from catdog_gui.prediction_tab.model_cards import show_card
from catdog_gui.prediction_tab.page import PredictionPage
from catdog_gui.prediction_tab.reading_queue import TITLE, Order, ReadingQueue, Stopped
from catdog_gui.prediction_tab.results_model import ResultsModel
from catdog_gui.prediction_tab.run_choice import RunChoice, judgement_of, runs_to_choose_from
from catdog_gui.prediction_tab.taking import ResultTaking
from catdog_gui.prediction_tab.verdict_flow import VerdictFlow
from catdog_gui.prediction_tab.watching import FolderWatching
from catdog_gui.prediction_tab.words import (
    cleared_words,
    judgement_words,
    run_words,
    stopped_words,
    summary_words,
)
from catdog_gui.settings import PREDICTION_RUN, PREDICTION_THRESHOLD, Settings
from catdog_gui.widgets.banner import BannerKind
from catdog_gui.widgets.threshold_bar import usable_threshold
from training.events import Event, Noticed, Verdict, VerdictReached
from training.home import Home
from training.progress import StageState
from training.runs.judgement import Judgement


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

    Attributes:
        adding: Adds a model that the user was given.
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
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._page = page
        self._home = home
        self._settings = settings
        self._first_model = first_model
        self.adding = ModelAdding(page, home=home, jobs=jobs, settings=settings, parent=self)
        self.bringing = PictureBringing(page, settings, self)
        self._model = ResultsModel(self)
        self.watching = FolderWatching(page, jobs=jobs, settings=settings, parent=self)
        self.taking = ResultTaking(
            page,
            self._model,
            jobs=jobs,
            settings=settings,
            pasted=self.bringing.pasted,
            parent=self,
        )
        self._choice = RunChoice(settings.get(PREDICTION_RUN))
        self._run = ""  # of the verdicts that are shown
        self._threshold = usable_threshold(settings.get(PREDICTION_THRESHOLD))
        self._judgement: Judgement | None = None
        self._queue = ReadingQueue(jobs, classify or KeptClassifier(), self)
        self._looking = Looking(
            page, jobs, home=home, explaining=explaining, folder=self._folder_of_run, parent=self
        )
        self._flow = VerdictFlow(self)
        self._left: tuple[Path, ...] = ()
        self._controls: Controls | None = None
        self._next_step: Callable[[], None] = self.run_needed.emit
        self._connect()
        page.set_first_model(first_model)
        page.set_results(self._model)
        page.set_threshold(self._threshold)
        self._model.set_threshold(self._threshold)
        self.refresh_runs()

    def refresh_runs(self) -> None:
        """Look which runs there are; verdicts on the screen keep theirs while it is there."""
        try:
            runs = runs_to_choose_from(self._home)
        except OSError as error:
            errors.show_error(self._page.banner, error, doing="Listing the runs")
            return
        self._choice.update(runs, keeps_chosen=self._model.rowCount() > 0)
        self._settle_choice()

    def classify(self, paths: Sequence[Path]) -> None:
        """Read files and the pictures in folders; without a run say what is missing.

        Args:
            paths: Files and folders; a file that is no picture gets an error of its own.
        """
        run = self._choice.chosen
        if not paths:
            return
        if run is None:
            self._say_run_needed()
            return
        self._page.banner.dismiss()
        self._queue.add(Order(tuple(path.absolute() for path in paths), run.folder))

    def _connect(self) -> None:
        page, queue = self._page, self._queue
        page.run_chosen.connect(self._on_page_run_chosen)
        page.card_requested.connect(self._on_page_card_requested)
        page.threshold_chosen.connect(self._on_page_threshold_chosen)
        self.bringing.brought.connect(self.classify)
        self.watching.came.connect(self.classify)
        page.clear_requested.connect(self._on_page_clear_requested)
        page.first_model_requested.connect(self.run_needed)
        page.add_model_requested.connect(self.adding.ask)
        self.adding.added.connect(self._on_adding_added)
        page.cancel_requested.connect(queue.cancel)
        page.banner_action_requested.connect(self._on_page_banner_action_requested)
        self._flow.came.connect(self._on_flow_came)
        queue.event_told.connect(self._on_queue_event_told)
        queue.state_changed.connect(self._on_queue_state_changed)
        queue.stopping.connect(page.show_stopping)
        queue.stopped.connect(self._on_queue_stopped)
        queue.changed.connect(self._on_queue_changed)

    def _on_page_run_chosen(self, row: int) -> None:
        self._choice.choose(row)
        self._settle_choice()

    def _on_adding_added(self, run: str) -> None:
        self.refresh_runs()
        self._choice.choose_run(run)
        self._settle_choice()
        self.run_added.emit()

    def _on_page_card_requested(self) -> None:
        show_card(self._page, self._choice.chosen)

    def _on_page_threshold_chosen(self, threshold: float) -> None:
        self._threshold = threshold
        self._settings.set(PREDICTION_THRESHOLD, threshold)
        self._model.set_threshold(threshold)
        self._show_model_words()
        self._show()

    def _on_page_clear_requested(self) -> None:
        left, self._left = (*self._queue.forget(), *self._left), ()
        results = tuple(self._model.results())
        cleared = ClearedList(results, left, self._run, self.bringing.set_pasted_aside())
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
        if cleared.run == self._run:
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

    def _settle_choice(self) -> None:
        chosen, run_before = self._choice.chosen, self._run
        self._run = chosen.run if chosen else ""
        self._settings.set(PREDICTION_RUN, self._choice.wanted)
        rows = [info.run for info in self._choice.runs]
        self._page.set_runs(
            [run_words(info) for info in self._choice.runs],
            rows.index(chosen.run) if chosen else 0,
        )
        self._judgement = judgement_of(chosen) if chosen else None
        self._show_model_words()
        if chosen and self._run != run_before:
            self._read_again()
        self._show()

    def _folder_of_run(self) -> Path | None:
        return self._choice.chosen.folder if self._choice.chosen else None

    def _show_model_words(self) -> None:
        words = judgement_words(self._judgement, self._threshold) if self._choice.chosen else ""
        self._page.set_model_words(words)

    def _read_again(self) -> None:
        """Verdicts of another run than the chosen one would mislead."""
        left = (*self._queue.forget(), *self._left)
        self._left = ()
        self._model.forget_verdicts()
        self.classify([*(result.path for result in self._model.results()), *left])

    def _show(self) -> None:
        tally = self._model.tally()
        state = PredictionState(
            runs=len(self._choice.runs), pictures=tally.pictures, read=tally.read
        )
        controls = controls_for(state)
        if controls != self._controls:
            self._controls = controls
            self._page.set_controls(controls)
        self._page.set_summary(summary_words(tally, is_reading=self._queue.is_busy))
