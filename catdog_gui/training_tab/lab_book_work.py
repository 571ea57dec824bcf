"""What can be done with the runs of the lab book: look, delete, write for another program."""

import dataclasses
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from catdog_gui import errors
from catdog_gui.background import BackgroundJob, Jobs, as_job
from catdog_gui.settings import H5_FOLDER, Settings
from catdog_gui.training_tab import jobs as training_jobs
from catdog_gui.training_tab.page import TrainingPage
from catdog_gui.training_tab.words import TRAINING
from catdog_gui.widgets.banner import BannerKind
from training.errors import UserError
from training.events import EpochEnded
from training.home import Home
from training.learning.coaching import coach_run
from training.runs.history import best_epoch, read_history
from training.runs.lab_book import RunInfo
from training.runs.model_card import read_model_card

if TYPE_CHECKING:
    from training.learning.export import ExportResult

_H5_NAME = "cats_and_dogs.h5"
_NO_CURVES = "The curves of a training appear here."


class LabBookWork(QObject):
    """Keeps the runs and the one that is chosen.

    Args:
        page: Where they show.
        home: Where they live.
        jobs: Where what takes long runs.
        settings: Remembers where models are written.

    Signals:
        changed: A model is being written, or no longer.
        deleted: A run is gone.
    """

    changed = Signal()
    deleted = Signal()

    def __init__(
        self,
        page: TrainingPage,
        home: Home,
        *,
        jobs: Jobs,
        settings: Settings,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._page = page
        self._home = home
        self._jobs = jobs
        self._settings = settings
        self._runs: Sequence[RunInfo] = ()
        self._chosen = ""
        self._training = ""
        self._epochs: Sequence[EpochEnded] = ()
        self.is_exporting = False
        page.card_requested.connect(self.show_card)

    def set_runs(self, runs: Sequence[RunInfo]) -> str:
        """Take in the runs that there are now.

        Returns:
            The run to show where none is chosen yet; empty else.
        """
        self._runs = [self._as_it_is_now(info) for info in runs]
        names = [info.run for info in runs]
        newest = names[0] if names and self._chosen not in names else ""
        self._page.set_runs(self._runs, newest or self._chosen)
        return newest

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

    def show_run(self, run: str) -> None:
        """Show a run's curves, and what the coach says of them."""
        self._chosen = run
        folder = self._info(run).folder
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

    def delete(self, run: str) -> None:
        """Delete a run, if the user agrees."""
        if not self._page.ask_to_delete(self._info(run)):
            return
        self._chosen = ""
        self._page.plot.clear(_NO_CURVES)
        self._page.show_advice(None)
        job = as_job(partial(training_jobs.delete, run, self._home))
        deleting = BackgroundJob("Deleting a run", job)
        deleting.succeeded.connect(lambda _: self.deleted.emit())
        deleting.failed.connect(self._on_failed)
        self._jobs.start(deleting)

    def export(self, run: str) -> None:
        """Write a run's model as an .h5 file, where the user chooses."""
        output = self._page.ask_for_h5(Path(self._settings.get(H5_FOLDER)), _H5_NAME)
        if output is None:
            return
        self._settings.set(H5_FOLDER, str(output.parent))
        job = as_job(partial(training_jobs.export_h5, self._info(run).folder, output, self._home))
        saving = BackgroundJob(f"Saving {output.name}", job)
        saving.succeeded.connect(self._on_exported)
        saving.failed.connect(self._on_failed)
        saving.finished.connect(partial(self._set_exporting, is_exporting=False))
        self._page.show_progress(f"Saving {output.name}…", None)
        self._set_exporting(is_exporting=True)
        self._jobs.start(saving)

    def _on_exported(self, result: "ExportResult") -> None:
        self._page.banner.show_message(
            BannerKind.SUCCESS,
            f"{result.path} is written ({result.bytes / 1e6:.1f} MB); it answers as the run does.",
        )

    def _on_failed(self, error: BaseException) -> None:
        errors.show_error(self._page.banner, error, doing="Working on a run")

    def _set_exporting(self, *, is_exporting: bool) -> None:
        self.is_exporting = is_exporting
        self.changed.emit()

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
