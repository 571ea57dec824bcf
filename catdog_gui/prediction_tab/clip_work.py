"""Says what a submission's clip does to the log loss of the chosen run."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from catdog_gui.background import Jobs
from catdog_gui.prediction_tab import submission_jobs
from catdog_gui.prediction_tab import submission_words as words
from catdog_gui.prediction_tab.clip_bar import ClipBar, usable_clip
from catdog_gui.prediction_tab.latest_job import LatestJob, Question
from catdog_gui.settings import SUBMISSION_CLIP, Settings
from training.home import Home

if TYPE_CHECKING:
    from training.inference.clipping import ClipCurve

_TITLE = "Measuring the clip"


class ClipWork(QObject):
    """Measures a run when it is asked about first, and keeps what came of it.

    Args:
        bar: Shows the clip.
        home: Has the validation pictures.
        jobs: Runs the job.
        settings: Remembers the clip.
        folder_of_run: Gives the folder of the chosen run; None where there is none.
    """

    def __init__(
        self,
        bar: ClipBar,
        *,
        home: Home,
        jobs: Jobs,
        settings: Settings,
        folder_of_run: Callable[[], Path | None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._bar = bar
        self._home = home
        self._settings = settings
        self._folder_of_run = folder_of_run
        self._latest = LatestJob(jobs, self)
        self._curves: dict[Path, ClipCurve] = {}
        bar.set_clip(usable_clip(settings.get(SUBMISSION_CLIP)))
        bar.clip_chosen.connect(self._on_bar_clip_chosen)

    def measure(self) -> None:
        """Say what the clip does to the chosen run; at once where that is known."""
        folder = self._folder_of_run()
        if folder is None:
            self._latest.drop()
            self._bar.set_words(words.NO_RUN)
        elif folder in self._curves:
            self._latest.drop()
            self._show(self._curves[folder])
        else:
            self._ask(folder)

    def drop(self) -> None:
        """Nobody looks any more."""
        self._latest.drop()

    def _ask(self, folder: Path) -> None:
        say = self._bar.set_words
        job = partial(submission_jobs.measure, folder, self._home)
        then = partial(self._keep, folder)
        self._latest.ask(
            Question(
                _TITLE,
                job,
                then,
                wait=say,
                fail=say,
                is_quiet=False,
                stopped=words.STOPPED_MEASURING,
            )
        )

    def _keep(self, folder: Path, curve: "ClipCurve") -> None:
        self._curves[folder] = curve
        self._show(curve)

    def _show(self, curve: "ClipCurve") -> None:
        self._bar.set_words(words.clip_words(curve, self._bar.clip()))

    def _on_bar_clip_chosen(self, clip: float) -> None:
        self._settings.set(SUBMISSION_CLIP, clip)
        curve = self._curves.get(self._folder_of_run() or Path())
        if curve is not None:
            self._show(curve)
