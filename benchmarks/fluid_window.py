"""(e) A 10 ms heartbeat in the GUI thread while TensorFlow is imported and a run trains.

The gallery with 24,000 pictures scrolls meanwhile; in the second half of the training the curves
are in front instead.
"""

import os
import time

import numpy as np
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QSpinBox

from benchmarks.heartbeat import Heartbeat
from benchmarks.pictures import DATASET, kaggle_home
from benchmarks.report import at_most, publish
from catdog_gui.app import build_application
from catdog_gui.background import BackgroundJob
from catdog_gui.garbage import collected_in_gui_thread
from catdog_gui.main_window import MainWindow
from catdog_gui.training_tab.controls import Phase
from catdog_gui.widgets.thumbnail_view import ThumbnailView
from catdog_gui.wiring import TabName
from training.events import EpochEnded, Event, Stage, StageStarted
from training.home import HOME_VARIABLE, Home
from training.runs.lab_book import list_runs
from training.runs.trash import delete_run, empty_trash

EPOCHS = 6
SCROLL_MS = 30
SCROLL_PX = 90
LIMIT_S = 500


class Visitor:
    """Looks around in the window while it trains."""

    def __init__(self, window: MainWindow) -> None:
        self.window = window
        self.heart = Heartbeat()
        self.began = time.perf_counter()
        self._has_trained = False
        page = window.tabs.dataset_page
        (self._gallery,) = page.findChildren(ThumbnailView)
        self._scrolling = QTimer(interval=SCROLL_MS)
        self._scrolling.timeout.connect(self._scroll)
        self._watching = QTimer(interval=100)
        self._watching.timeout.connect(self._watch)
        self._watching.start()
        window.jobs.started.connect(self._follow)

    def _watch(self) -> None:
        if time.perf_counter() - self.began > LIMIT_S:
            raise SystemExit("The training did not end in time.")
        training = self.window.tabs.training
        is_idle = training.phase is Phase.IDLE
        if self._has_trained and is_idle:
            self._watching.stop()
            QTimer.singleShot(1000, self.window.leave)
        elif is_idle and self._gallery.model() and self._gallery.model().rowCount() > 20_000:
            self._train()

    def _train(self) -> None:
        """Press Train; before the tab has read what there is, it does nothing, as for a person."""
        form = self.window.tabs.training_page.findChildren(QSpinBox)
        next(box for box in form if box.accessibleName() == "Epochs").setValue(EPOCHS)
        self.window.tabs.training.train_requested()
        self._has_trained = self.window.tabs.training.phase is not Phase.IDLE
        self._scrolling.start()

    def _scroll(self) -> None:
        bar = self._gallery.verticalScrollBar()
        bar.setValue((bar.value() + SCROLL_PX) % max(1, bar.maximum()))

    def _follow(self, job: BackgroundJob) -> None:
        if job.title.startswith("Training"):
            job.progressed.connect(self._on_job_progressed)

    def _on_job_progressed(self, event: Event) -> None:
        match event:
            case StageStarted(stage):
                self.heart.stage = str(stage)
            case EpochEnded(epoch) if epoch + 1 == EPOCHS // 2:
                self._scrolling.stop()
                self.window.tabs.show(TabName.TRAINING)


def main() -> int:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    home: Home = kaggle_home()
    os.environ[HOME_VARIABLE] = str(home.root)
    home.settings_file.unlink(missing_ok=True)
    app = build_application()
    window = MainWindow(home)
    window.show()
    window.tabs.dataset.choose(DATASET)
    visitor = Visitor(window)
    with collected_in_gui_thread():
        QApplication.exec()
    for info in list_runs(home):
        delete_run(home, info.run)
    empty_trash(home)
    assert app is not None
    return _report(visitor.heart.gaps_ms)


def _report(gaps_ms: dict[str, list[float]]) -> int:
    steady = gaps_ms[str(Stage.TRAINING)]
    everything = [gap for gaps in gaps_ms.values() for gap in gaps]
    return publish(
        "fluid_window",
        [
            at_most("99th percentile in steady training, ms", np.percentile(steady, 99), 25),
            at_most("worst over all, ms", max(everything), 300),
        ],
        **{
            stage: f"{len(gaps)} beats, median {np.median(gaps):.1f}, "
            f"99 % {np.percentile(gaps, 99):.1f}, worst {max(gaps):.0f} ms"
            for stage, gaps in gaps_ms.items()
        },
    )


if __name__ == "__main__":
    raise SystemExit(main())
