"""The controller against a view that only listens, with a training that the test plays."""

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
from catdog_gui.training_tab.form_values import FormValues
from catdog_gui.training_tab.page import TrainingPage
from catdog_gui.widgets.banner import BannerKind
from training.cancellation import CancelToken
from training.config import TrainingConfig
from training.dataset.importing import make_sample
from training.errors import TrainingError
from training.events import EpochEnded, EventSink, RunStarted, Stage, StageStarted, StepEnded
from training.home import Home
from training.learning.presets import PRESETS, training_config
from training.learning.trainer import TrainingResult
from training.resources import resource
from training.runs.history import HISTORY_FILE
from training.runs.run_folder import (
    DEFAULT_RUN,
    RECORD_FILE,
    RunRecord,
    delete_run,
    write_record,
)

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
    discard_requested = Signal()
    network_requested = Signal()
    run_chosen = Signal(str)
    resume_requested = Signal(str)
    export_requested = Signal(str)
    delete_requested = Signal(str)
    banner_action_requested = Signal()
    plot_failed = Signal(object)
    plot_saved = Signal(object)


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
    page.plot.failed = signals.plot_failed
    page.plot.saved = signals.plot_saved
    page.banner = MagicMock()
    page.values.return_value = FormValues.of(PRESETS["notebook"])
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
    qtbot.waitUntil(lambda: not jobs.running)


def until(qtbot, bench: Bench, phase: Phase) -> None:
    qtbot.waitUntil(lambda: bench.controller.phase is phase)


STARTED: list[object] = [
    StageStarted(Stage.LOADING_TENSORFLOW, interruptible=False),
    RunStarted("run", Path("run"), 0, 2, steps_per_epoch=2, batch_size=20, device="CPU"),
    StageStarted(Stage.TRAINING, total=4, unit="steps"),
    StepEnded(0, 0, 0.7, 0.5),
    EPOCH,
]


def test_the_form_becomes_the_run(qtbot, bench: Bench) -> None:
    bench.page.values.return_value = FormValues(3, 10, 64, 1e-3, seed=5)
    bench.signals.train_requested.emit()
    until(qtbot, bench, Phase.STARTING)
    bench.training.ends.set()
    until(qtbot, bench, Phase.IDLE)
    config = bench.training.config
    assert config is not None
    assert (config.dataset, config.epochs, config.batch_size, config.seed) == ("sample", 3, 10, 5)


def test_a_training_goes_through_its_phases_and_ends_with_a_banner(qtbot, bench: Bench) -> None:
    bench.training.told = STARTED
    with qtbot.waitSignal(bench.controller.runs_changed):
        bench.signals.train_requested.emit()
        until(qtbot, bench, Phase.TRAINING)
        qtbot.waitUntil(lambda: bench.page.plot.add_epoch.called)
        assert bench.controls.can_finish
        assert "epoch 1 of 2" in bench.progress
        bench.training.ends.set()
    until(qtbot, bench, Phase.IDLE)
    bench.page.plot.add_epoch.assert_called_once_with(EPOCH)
    kind, sentence = bench.page.banner.show_message.call_args.args
    assert kind is BannerKind.SUCCESS
    assert "62.0 %" in sentence


def test_finish_now_shows_at_once(qtbot, bench: Bench) -> None:
    bench.training.told = STARTED
    bench.signals.train_requested.emit()
    until(qtbot, bench, Phase.TRAINING)
    bench.signals.finish_requested.emit()
    assert bench.controller.phase is Phase.FINISHING  # before any event is processed
    assert "best epoch" in bench.progress
    until(qtbot, bench, Phase.IDLE)


def test_discard_shows_at_once_and_names_what_it_waits_for(qtbot, bench: Bench) -> None:
    bench.training.told = STARTED[:1]
    bench.signals.train_requested.emit()
    qtbot.waitUntil(lambda: "TensorFlow" in bench.progress)
    bench.signals.discard_requested.emit()
    assert bench.controller.phase is Phase.DISCARDING
    assert "Loading TensorFlow" in bench.progress
    until(qtbot, bench, Phase.IDLE)
    kind, sentence = bench.page.banner.show_message.call_args.args
    assert kind is BannerKind.INFO
    assert "discarded" in sentence


def test_much_learning_is_not_discarded_without_a_question(qtbot, bench: Bench) -> None:
    long_epoch = EpochEnded(0, 0.7, 0.5, 0.6, 0.62, 600.0, 190.0)
    bench.training.told = [*STARTED[:-1], long_epoch]
    bench.page.ask_to_discard.return_value = False
    bench.signals.train_requested.emit()
    qtbot.waitUntil(lambda: bench.page.plot.add_epoch.called)
    bench.signals.discard_requested.emit()
    bench.page.ask_to_discard.assert_called_once_with(1)
    assert bench.controller.phase is Phase.TRAINING


def test_a_failed_training_is_a_sentence_and_the_tab_is_ready_again(qtbot, bench: Bench) -> None:
    bench.training.told = STARTED
    bench.training.error = TrainingError("The loss is no longer a number.", "Lower the rate.")
    bench.signals.train_requested.emit()
    bench.training.ends.set()
    qtbot.waitUntil(lambda: bench.page.banner.show_message.called)
    assert bench.page.banner.show_message.call_args.args[0] is BannerKind.ERROR
    qtbot.waitUntil(lambda: bench.controls.can_train)


def test_the_coach_speaks_at_each_epochs_end_and_at_the_runs(qtbot, bench: Bench) -> None:
    bench.training.told = STARTED
    bench.signals.train_requested.emit()
    assert bench.coach == ""
    qtbot.waitUntil(lambda: bench.page.plot.add_epoch.called)
    assert bench.coach == "Still learning; best was epoch 1 (62.0\u00a0%)."
    bench.training.ends.set()
    until(qtbot, bench, Phase.IDLE)
    assert bench.coach.startswith("Stopped because you finished it after 1 of 2 epochs")


def test_the_coach_says_what_is_left_of_a_training_that_failed(qtbot, bench: Bench) -> None:
    bench.training.told = STARTED
    bench.training.error = TrainingError("The loss is no longer a number.", "Lower the rate.")
    bench.signals.train_requested.emit()
    bench.training.ends.set()
    qtbot.waitUntil(lambda: bench.page.banner.show_message.called)
    assert bench.coach.startswith("It has 1 of 2 epochs and is not finished")


def test_the_coach_says_nothing_of_a_training_that_is_discarded(qtbot, bench: Bench) -> None:
    bench.training.told = STARTED
    bench.signals.train_requested.emit()
    qtbot.waitUntil(lambda: bench.page.plot.add_epoch.called)
    bench.signals.discard_requested.emit()
    until(qtbot, bench, Phase.IDLE)
    assert bench.coach == ""


def test_the_coach_speaks_of_a_run_that_is_chosen(qtbot, bench: Bench) -> None:
    shipped = resource(DEFAULT_RUN)
    folder = bench.home.runs / "chosen"
    folder.mkdir(parents=True)
    for name in (RECORD_FILE, HISTORY_FILE):
        (folder / name).write_bytes((shipped / name).read_bytes())
    bench.controller.refresh_datasets()
    qtbot.waitUntil(lambda: bench.page.show_advice.called)  # the newest is shown at once
    assert bench.coach.startswith("Stopped because all 7 epochs are done; best was epoch 7")
    bench.page.ask_to_delete.return_value = True
    bench.signals.delete_requested.emit("chosen")
    assert bench.coach == ""
    qtbot.waitUntil(lambda: not folder.exists())


def test_a_value_that_cannot_be_used_switches_train_off(qtbot, bench: Bench) -> None:
    bench.page.values.return_value = FormValues(0, 20, 150, 1e-4)
    bench.signals.values_changed.emit()
    assert not bench.controls.can_train
    assert "epochs" in bench.page.show_problems.call_args.args[0]
    bench.signals.train_requested.emit()
    assert bench.controller.phase is Phase.IDLE


@pytest.mark.parametrize("key", PRESETS)
def test_a_chosen_preset_fills_the_form_with_its_values(bench: Bench, key: str) -> None:
    bench.signals.preset_chosen.emit(key)
    bench.page.set_preset.assert_called_with(key, FormValues.of(PRESETS[key]))


def test_a_second_train_while_one_runs_does_nothing(qtbot, bench: Bench) -> None:
    bench.training.told = STARTED
    bench.signals.train_requested.emit()
    until(qtbot, bench, Phase.TRAINING)
    first = bench.training.config
    bench.signals.train_requested.emit()
    assert bench.training.config is first
    assert bench.controller.phase is Phase.TRAINING


def test_the_dataset_is_in_use_as_long_as_a_training_reads_it(qtbot, bench: Bench) -> None:
    told: list[str] = []
    bench.controller.dataset_used.connect(told.append)
    bench.signals.train_requested.emit()
    assert told == ["sample"]
    bench.training.ends.set()
    until(qtbot, bench, Phase.IDLE)
    assert told == ["sample", ""]


def test_the_lab_book_follows_the_run_that_learns(qtbot, bench: Bench) -> None:
    def states() -> list[tuple[str, int]]:
        return [(info.state, info.epochs) for info in bench.page.set_runs.call_args.args[0]]

    folder = bench.home.runs / "run"
    record = RunRecord(
        config=training_config("notebook", "sample"),
        created="2026-11-24T10:40:00+00:00",
        fingerprint="",
        class_names=("cat", "dog"),
        preprocessing="",
        versions={},
    )
    folder.mkdir(parents=True)
    write_record(folder, record)
    bench.training.told = STARTED
    bench.signals.train_requested.emit()
    qtbot.waitUntil(lambda: bench.page.set_runs.call_args.args[0] != [])
    qtbot.waitUntil(lambda: states() == [("training", 1)])
    bench.training.ends.set()
    until(qtbot, bench, Phase.IDLE)
    qtbot.waitUntil(lambda: states() == [("unfinished", 0)])  # as its record says
    delete_run(bench.home, "run")
