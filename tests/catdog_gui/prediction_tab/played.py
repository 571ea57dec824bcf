"""A controller at a bench: a view that only listens, and verdicts that the test plays."""

import threading
from pathlib import Path
from unittest.mock import MagicMock

from catdog_gui.background import Jobs
from catdog_gui.prediction_tab.controller import PredictionController
from catdog_gui.prediction_tab.page import PredictionPage
from catdog_gui.settings import Settings
from training.events import Noticed, Stage, StageStarted, Verdict, VerdictReached
from training.runs.lab_book import RunInfo
from training.runs.run_folder import FINISHED


def finished_run(name, state=FINISHED):
    return RunInfo(
        run=name,
        folder=Path("/runs", name),
        preset="notebook",
        dataset="kaggle",
        state=state,
        epochs=1,
        epochs_planned=1,
        best_epoch=0,
        val_accuracy=0.8,
        test_accuracy=None,
        created=f"2026-11-24T10:0{len(name)}:00",
    )


class Oracle:
    """Stands for the classifier: cat or neither where the name says so, a text fails, else dog."""

    def __init__(self):
        self.calls = []
        self.error = None
        self.notice = ""
        self.begun = threading.Event()
        self.may_answer = threading.Event()
        self.may_answer.set()

    def __call__(self, paths, folder, *, emit, token):
        self.calls.append((folder.name, [path.name for path in paths]))
        emit(StageStarted(Stage.CLASSIFYING, total=len(paths), unit="pictures"))
        if self.error is not None:
            raise self.error
        if self.notice:
            emit(Noticed(self.notice))
        for number, path in enumerate(paths):
            while number and not self.may_answer.wait(0.005):
                token.raise_if_cancelled()
            emit(VerdictReached(played_verdict(path)))
            self.begun.set()


def played_verdict(path):
    if path.suffix == ".txt":
        return Verdict(str(path), None, None, None, "The file is not a picture.")
    if path.name.startswith("chair"):
        return Verdict(str(path), "neither", 0.6, 0.9, p_neither=0.9)
    if path.name.startswith("cat"):
        return Verdict(str(path), "cat", 0.03, 0.97)
    return Verdict(str(path), "dog", 0.97, 0.97)


class Bench:
    """A controller with all that stands around it."""

    def __init__(self, home, runs, qtbot):
        self.home = home
        self.runs = runs
        self.qtbot = qtbot
        self.oracle = Oracle()
        self.jobs = Jobs()
        self.settings = Settings(home.settings_file)
        self.wait_at_start = True
        self.start()

    def start(self):
        self.page = MagicMock(spec=PredictionPage)
        self.controller = PredictionController(
            self.page,
            home=self.home,
            jobs=self.jobs,
            settings=self.settings,
            classify=self.oracle,
        )
        if self.wait_at_start:
            self.wait()

    def refresh(self):
        self.controller.models.refresh()
        self.wait()

    def wait(self):
        self.qtbot.waitUntil(lambda: not self.jobs.running)

    def classify(self, *names):
        self.controller.classify([Path("/p", name) for name in names])
        self.wait()

    @property
    def results(self):
        (model,) = self.page.set_results.call_args.args
        return {
            result.name: result.verdict and (result.verdict.verdict or "error")
            for result in model.results()
        }

    @property
    def summary(self):
        return self.page.set_summary.call_args.args[0]

    @property
    def controls(self):
        return self.page.set_controls.call_args.args[0]

    @property
    def offered(self):
        return self.page.set_runs.call_args.args

    @property
    def message(self):
        """Kind, sentence and button of the banner."""
        call = self.page.banner.show_message.call_args
        return (*call.args, call.kwargs.get("action", ""))

    def fire(self, signal, *values):
        """Do what the controller connected to one of the page's signals."""
        (handler,) = getattr(self.page, signal).connect.call_args.args
        if hasattr(handler, "emit"):
            handler.emit(*values)
        else:
            handler(*values)
