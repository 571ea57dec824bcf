"""When the coach speaks in the window: with each epoch, at the end, and of a chosen run."""

import dataclasses

from catdog_gui.training_tab.controls import Phase
from tests.catdog_gui.training_tab.conftest import EPOCH, STARTED, Bench, until
from training.errors import NotANumberError, TrainingError
from training.events import RunStarted
from training.resources import resource
from training.runs.history import HISTORY_FILE
from training.runs.run_folder import DEFAULT_RUN, RECORD_FILE


def test_the_coach_speaks_at_each_epochs_end_and_at_the_runs(qtbot, bench: Bench) -> None:
    bench.training.told = STARTED
    bench.signals.train_requested.emit()
    assert bench.coach == ""
    qtbot.waitUntil(lambda: bench.page.plot.add_epoch.called)
    assert bench.coach == "Still learning; best was epoch 1 (62.0\u00a0%)."
    bench.signals.finish_requested.emit()
    until(qtbot, bench, Phase.IDLE)
    assert bench.coach.startswith("Stopped because you finished it after 1 of 2 epochs")


def test_the_coach_says_that_a_run_ended_by_itself(qtbot, bench: Bench) -> None:
    worse = [dataclasses.replace(EPOCH, epoch=number, val_accuracy=0.5) for number in (1, 2)]
    planned = [
        dataclasses.replace(event, epochs=9) if isinstance(event, RunStarted) else event
        for event in STARTED
    ]
    bench.training.told = [*planned, *worse]
    bench.training.ends.set()
    bench.signals.train_requested.emit()
    until(qtbot, bench, Phase.IDLE)
    assert bench.coach.startswith("Stopped because epoch 3 was the 2nd in a row without a better")


def test_the_coach_says_what_is_left_of_a_training_that_failed(qtbot, bench: Bench) -> None:
    bench.training.told = STARTED
    bench.training.error = TrainingError("TensorFlow stopped the training.", "Resume it.")
    bench.signals.train_requested.emit()
    bench.training.ends.set()
    qtbot.waitUntil(lambda: bench.page.banner.show_message.called)
    assert bench.coach.startswith("It has 1 of 2 epochs and is not finished")


def test_the_coach_says_why_a_loss_was_no_number(qtbot, bench: Bench) -> None:
    bench.training.told = STARTED
    bench.training.error = NotANumberError("The loss is no longer a number.", "Lower the rate.")
    bench.signals.train_requested.emit()
    bench.training.ends.set()
    qtbot.waitUntil(lambda: bench.page.banner.show_message.called)
    assert bench.coach.startswith("The loss is no longer a number: the learning rate is too high")


def test_after_the_last_epoch_it_is_no_longer_said_to_learn(qtbot, bench: Bench) -> None:
    bench.training.told = [*STARTED, dataclasses.replace(EPOCH, epoch=1)]
    bench.signals.train_requested.emit()
    qtbot.waitUntil(lambda: bench.page.plot.add_epoch.call_count == 2)
    assert bench.coach.startswith("Stopped because all 2 epochs are done")
    assert bench.controller.phase is Phase.TRAINING


def test_finish_now_is_not_advised_any_more_once_it_is_chosen(qtbot, bench: Bench) -> None:
    bench.training.told = STARTED
    bench.signals.train_requested.emit()
    qtbot.waitUntil(lambda: bench.page.plot.add_epoch.called)
    bench.signals.finish_requested.emit()
    assert bench.controller.phase is Phase.FINISHING
    assert bench.coach.startswith("Stopped because you finished it after 1 of 2 epochs")


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
    bench.signals.delete_requested.emit(("chosen",))
    assert bench.coach == ""
    qtbot.waitUntil(lambda: not folder.exists())
