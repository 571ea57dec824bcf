"""A controller, a view that only listens, and a training that the test plays."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from unittest.mock import MagicMock

import pytest
from PySide6.QtCore import QObject, Signal

from catdog_gui.background import Jobs
from catdog_gui.settings import Settings
from catdog_gui.training_tab.controller import TrainingController
from catdog_gui.training_tab.controls import Controls, Phase
from catdog_gui.training_tab.form_values import preset_values
from catdog_gui.training_tab.page import TrainingPage
from training.cancellation import CancelToken
from training.config import TrainingConfig
from training.dataset.importing import make_sample
from training.events import EpochEnded, EventSink, RunStarted, Stage, StageStarted, StepEnded
from training.home import Home
from training.learning.presets import PRESETS
from training.learning.trainer import TrainingResult

EPOCH = EpochEnded(0, 0.7, 0.5, 0.6, 0.62, 10.0, 190.0)


class Signals(QObject):
    """The page's signals, real ones: a mock has none that can be connected."""

    dataset_chosen = Signal(int)
    dataset_needed = Signal()
    preset_chosen = Signal(str)
    values_changed = Signal()
    reset_requested = Signal()
    train_requested = Signal()
    finish_requested = Signal()
    pause_requested = Signal()
    discard_requested = Signal()
    network_requested = Signal()
    rate_requested = Signal()
    run_chosen = Signal(str)
    resume_requested = Signal(str)
    repeat_requested = Signal(str)
    export_requested = Signal(str)
    event_file_requested = Signal(str)
    share_requested = Signal(str)
    card_requested = Signal(str)
    delete_requested = Signal(object)
    restore_requested = Signal(str)
    compare_requested = Signal(object)
    add_requested = Signal()
    star_requested = Signal(str)
    title_given = Signal(str, str)
    notes_given = Signal(str, str)
    more_epochs_requested = Signal(str)
    banner_closed = Signal(str)
    plot_failed = Signal(object)
    plot_saved = Signal(object)


_PATIENCE_MS = 60_000  # the first job imports matplotlib, perhaps on a busy machine


@dataclass
class PlayedTraining:
    """Stands in for `train`: tells what the test says, and ends as the test says."""

    told: list[object] = field(default_factory=list)
    ends: threading.Event = field(default_factory=threading.Event)
    error: Exception | None = None
    config: TrainingConfig | None = None

    def __call__(
        self, config: TrainingConfig, home: Home, *, emit: EventSink, token: CancelToken
    ) -> TrainingResult:
        self.config = config
        for event in self.told:
            emit(event)
        while not self.ends.wait(0.01):
            token.raise_if_cancelled()
            if token.is_finishing:
                break
        if self.error is not None:
            raise self.error
        return TrainingResult("run", home.runs / "run", 1, 0, 0.62)


@dataclass
class Bench:
    """A controller, its view, and what the view was told last."""

    page: MagicMock
    signals: Signals
    controller: TrainingController
    training: PlayedTraining
    home: Home

    @property
    def controls(self) -> Controls:
        return self.page.set_controls.call_args.args[0]

    @property
    def progress(self) -> str:
        return self.page.show_progress.call_args.args[0]

    @property
    def coach(self) -> str:
        """What the coach says; empty for nothing."""
        advice = self.page.show_advice.call_args.args[0]
        return "" if advice is None else advice.sentence


@pytest.fixture(scope="module")
def sample_root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("home")
    make_sample("sample", Home(root), emit=lambda _: None, token=CancelToken())
    return root


@pytest.fixture
def bench(qtbot, sample_root: Path, tmp_path: Path) -> Iterator[Bench]:
    signals, page = Signals(), MagicMock(spec=TrainingPage)
    for name in Signals.__dict__:
        if not name.startswith("_") and name not in {
            "plot_failed",
            "plot_saved",
            "staticMetaObject",
        }:
            setattr(page, name, getattr(signals, name))
    page.plot = MagicMock()
    page.adding = MagicMock()
    page.progress = MagicMock()
    page.plot.failed = signals.plot_failed
    page.plot.saved = signals.plot_saved
    page.banner = MagicMock()
    page.augmentation, page.rates, page.text = MagicMock(), MagicMock(), MagicMock()
    page.augmentation.isVisible.return_value = False  # else pictures are varied for nobody
    page.values.return_value = preset_values(PRESETS["notebook"])
    jobs, training = Jobs(), PlayedTraining()
    controller = TrainingController(
        page,
        home=Home(sample_root),
        jobs=jobs,
        settings=Settings(tmp_path / "settings.ini"),
        train=training,
    )
    made = Bench(page, signals, controller, training, Home(sample_root))
    qtbot.waitUntil(lambda: made.controls.can_train)
    yield made
    training.ends.set()
    qtbot.waitUntil(lambda: not jobs.running, timeout=_PATIENCE_MS)


def until(qtbot, bench: Bench, phase: Phase) -> None:
    qtbot.waitUntil(lambda: bench.controller.phase is phase)


STARTED: list[object] = [
    StageStarted(Stage.LOADING_TENSORFLOW, interruptible=False),
    RunStarted("run", Path("run"), 0, 2, steps_per_epoch=2, batch_size=20, device="CPU"),
    StageStarted(Stage.TRAINING, total=4, unit="steps"),
    StepEnded(0, 0, 0.7, 0.5),
    EPOCH,
]
