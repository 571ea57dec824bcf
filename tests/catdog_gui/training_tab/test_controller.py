"""The controller against a view that only listens, with a training that the test plays."""

import dataclasses

import pytest

from catdog_gui.training_tab.controls import Phase
from catdog_gui.training_tab.form_values import preset_values
from catdog_gui.widgets.banner import BannerKind
from tests.catdog_gui.training_tab.conftest import EPOCH, STARTED, Bench, until
from training.errors import TrainingError
from training.events import EpochEnded
from training.learning.presets import PRESETS, training_config
from training.runs.run_folder import RunRecord, write_record
from training.runs.trash import delete_run

OWN = preset_values(PRESETS["notebook"])


def test_the_form_becomes_the_run(qtbot, bench: Bench) -> None:
    bench.page.values.return_value = dataclasses.replace(OWN, epochs=3, batch_size=10, seed=5)
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


def test_pause_keeps_the_curves_and_says_how_to_go_on(qtbot, bench: Bench) -> None:
    bench.training.told = STARTED
    bench.signals.train_requested.emit()
    until(qtbot, bench, Phase.TRAINING)
    bench.page.plot.clear.reset_mock()
    bench.signals.pause_requested.emit()
    assert bench.controller.phase is Phase.PAUSING
    bench.signals.discard_requested.emit()  # too late: the checkpoint is being written
    until(qtbot, bench, Phase.IDLE)
    kind, sentence = bench.page.banner.show_message.call_args.args
    assert kind is BannerKind.INFO
    assert "paused" in sentence
    assert bench.page.banner.show_message.call_args.kwargs["action"] == "Resume"
    bench.page.plot.clear.assert_not_called()


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


def test_a_value_that_cannot_be_used_switches_train_off(qtbot, bench: Bench) -> None:
    bench.page.values.return_value = dataclasses.replace(OWN, epochs=0)
    bench.signals.values_changed.emit()
    assert not bench.controls.can_train
    assert "epochs" in bench.page.show_problems.call_args.args[0]
    bench.signals.train_requested.emit()
    assert bench.controller.phase is Phase.IDLE


@pytest.mark.parametrize("key", PRESETS)
def test_a_chosen_preset_fills_the_form_with_its_values(bench: Bench, key: str) -> None:
    bench.signals.preset_chosen.emit(key)
    bench.page.set_preset.assert_called_with(key, preset_values(PRESETS[key]))


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
