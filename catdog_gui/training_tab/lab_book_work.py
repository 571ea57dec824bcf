"""Keeps the runs of the lab book, and hands on what the user wants of them."""

import dataclasses
from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from catdog_gui import errors
from catdog_gui.background import Jobs
from catdog_gui.model_adding.adding import ModelAdding
from catdog_gui.model_adding.questions import Strangers
from catdog_gui.settings import Settings
from catdog_gui.training_tab.comparing_work import ComparingWork
from catdog_gui.training_tab.export_work import ExportWork
from catdog_gui.training_tab.page import TrainingPage
from catdog_gui.training_tab.run_notes_work import RunNotesWork
from catdog_gui.training_tab.sharing_work import SharingWork
from catdog_gui.training_tab.trash_work import TrashWork
from catdog_gui.training_tab.words import TRAINING
from training.config import TrainingConfig
from training.errors import UserError
from training.events import EpochEnded
from training.home import Home
from training.learning.coaching import coach_run
from training.runs.history import best_epoch, read_history
from training.runs.lab_book import RunInfo
from training.runs.model_card import read_model_card
from training.runs.notes import RunNotes
from training.runs.run_folder import read_record

_NO_CURVES = "The curves of a training appear here."


class LabBookWork(QObject):
    """Keeps the runs and the one that is chosen.

    Args:
        page: Where they show.
        home: Where they live.
        jobs: Where what takes long runs.
        settings: Remembers where models are written.
        strangers: Looks at somebody else's models; None where the program cannot.

    Attributes:
        adding: Adds a model that the user was given.
        exports: Writes models and curves for other programs.

    Signals:
        moved: Runs are gone, back, or new.
        retitled: The user gave a run another title.
    """

    moved = Signal()
    retitled = Signal()

    def __init__(
        self,
        page: TrainingPage,
        home: Home,
        *,
        jobs: Jobs,
        settings: Settings,
        strangers: Strangers | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._page = page
        self._runs: Sequence[RunInfo] = ()
        self._chosen = ""
        self._training = ""
        self._added = ""  # to be shown once it is among the runs
        self._epochs: Sequence[EpochEnded] = ()
        self.exports = ExportWork(page, home, jobs=jobs, settings=settings, parent=self)
        self._comparing = ComparingWork(page, jobs, parent=self)
        self._trash = TrashWork(page, home, jobs=jobs, parent=self)
        self._sharing = SharingWork(page, jobs=jobs, settings=settings, parent=self)
        self.adding = ModelAdding(
            page.adding,
            page.banner,
            home=home,
            jobs=jobs,
            settings=settings,
            strangers=strangers,
            parent=self,
        )
        self._notes = RunNotesWork(page, self._find, parent=self)
        self._trash.moved.connect(self.moved)
        self.adding.added.connect(self._on_added)
        self._notes.noted.connect(self._on_noted)
        page.add_requested.connect(self.adding.ask)
        page.share_requested.connect(self._on_page_share_requested)
        page.card_requested.connect(self.show_card)
        page.compare_requested.connect(self._on_page_compare_requested)

    def set_runs(self, runs: Sequence[RunInfo]) -> str:
        """Take in the runs that there are now.

        Returns:
            The run to show where none is chosen yet, or one was added; empty else.
        """
        self._runs = [self._as_it_is_now(info) for info in runs]
        names = [info.run for info in runs]
        newest = names[0] if names and self._chosen not in names else ""
        to_show, self._added = self._added or newest, ""
        self._page.set_runs(self._runs, to_show or self._chosen)
        return to_show

    def follow(self, run: str) -> None:
        """Choose the run that is trained from now on; an empty name says that none is."""
        self._training = run
        self._chosen = run or self._chosen

    def show_epochs(self, epochs: Sequence[EpochEnded]) -> None:
        """Show how far the run that is trained has come."""
        self._epochs = epochs
        for info in self._runs:
            if info.run == self._training:
                self._page.show_run(self._as_it_is_now(info))

    def dataset_of(self, run: str) -> str:
        """The name of the dataset that a run learns from."""
        return self._info(run).dataset

    def ask_for_epochs(self, run: str) -> int | None:
        """Let the user say to which epoch a run is to learn; None for not at all."""
        return self._page.ask_for_epochs(self._info(run))

    def config_of(self, run: str) -> TrainingConfig:
        """What a run was asked to do.

        Raises:
            RunError: Its record is missing or damaged.
        """
        return read_record(self._info(run).folder).config

    def show_run(self, run: str) -> None:
        """Show a run's curves, and what the coach says of them; why a damaged one has none."""
        self._chosen = run
        info, folder = self._info(run), self._info(run).folder
        if info.problem:
            self._page.plot.clear(info.problem)
            self._page.show_advice(None)
            return
        try:
            epochs = read_history(folder)
        except UserError as error:
            errors.show_error(self._page.banner, error, doing="Reading a run")
            return
        if epochs:
            self._page.plot.set_epochs(epochs)
        else:
            self._page.plot.clear("This run has no epochs to show.")
        self._page.show_advice(coach_run(folder))

    def show_card(self, run: str) -> None:
        """Show a run's model card."""
        try:
            self._page.show_card(read_model_card(self._info(run).folder))
        except UserError as error:
            errors.show_error(self._page.banner, error, doing="Reading a model card")

    def delete(self, runs: Sequence[str]) -> None:
        """Move runs to the trash, and offer to take it back."""
        if self._chosen in runs:
            self._chosen = ""
            self._page.plot.clear(_NO_CURVES)
            self._page.show_advice(None)
        self._trash.delete(self._infos(runs))

    def export(self, run: str) -> None:
        """Write a run's model as an .h5 file, where the user chooses."""
        self.exports.export_model(self._info(run))

    def export_curves(self, run: str) -> None:
        """Write a run's curves for TensorBoard, where the user chooses."""
        self.exports.export_curves(self._info(run))

    def _on_noted(self, run: str, said: RunNotes) -> None:
        """The run that is trained is noted too: what is said of it is not in its record."""
        before = self._info(run)
        info = dataclasses.replace(before, title=said.title, notes=said.notes, starred=said.starred)
        self._runs = [info if each.run == run else each for each in self._runs]
        self._page.show_run(info)
        if info.title != before.title:
            self.retitled.emit()

    def _on_added(self, run: str) -> None:
        self._added = run
        self.moved.emit()

    def _on_page_share_requested(self, run: str) -> None:
        self._sharing.share(self._info(run))

    def _on_page_compare_requested(self, runs: Sequence[str]) -> None:
        self._comparing.compare(self._infos(runs))

    def _as_it_is_now(self, info: RunInfo) -> RunInfo:
        """What a run tells while it is trained is newer than its record."""
        if info.run != self._training:
            return info
        best = best_epoch(self._epochs)
        return dataclasses.replace(
            info,
            state=TRAINING,
            epochs=len(self._epochs),
            best_epoch=None if best is None else best.epoch,
        )

    def _info(self, run: str) -> RunInfo:
        return next(info for info in self._runs if info.run == run)

    def _find(self, run: str) -> RunInfo | None:
        return next((info for info in self._runs if info.run == run), None)

    def _infos(self, runs: Sequence[str]) -> list[RunInfo]:
        return [self._info(run) for run in runs]
