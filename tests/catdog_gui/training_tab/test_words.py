"""The tab's sentences."""

from pathlib import Path

from catdog_gui.training_tab import words
from training.events import EpochEnded, Interlude, RunStarted, Stage, StageStarted, StepEnded
from training.progress import StageState
from training.rate import Reading
from training.time_left import TimeLeft

RUN = RunStarted(
    "run", Path("run"), 0, epochs=100, steps_per_epoch=100, batch_size=20, device="CPU"
)


def test_a_training_tells_epoch_step_rate_and_time_left() -> None:
    state = StageState(
        StageStarted(Stage.TRAINING, total=10_000, unit="steps"),
        Reading(done=634, total=10_000, rate=9.65, left=TimeLeft(950.0, 990.0)),
    )
    line = words.training_words(state, RUN, StepEnded(6, 33, 0.5, 0.7))
    assert line == ("Training · epoch 7 of 100 · step 34 of 100 · 193 pictures/s · 16 min left")


def test_other_stages_tell_what_they_count() -> None:
    state = StageState(
        StageStarted(Stage.READING_PICTURES, total=300, unit="pictures"),
        Reading(done=100, total=300, rate=50.0, left=TimeLeft(4.0, 4.0)),
    )
    line = words.training_words(state, None, None)
    assert line == "Reading pictures · 100 of 300 · 50 pictures/s · 4 s left"


def test_what_is_done_between_two_steps_is_told_with_the_time_of_the_whole() -> None:
    stage = StageStarted(Stage.TRAINING, total=10_000, unit="steps")
    reading = Reading(done=700, total=10_000, rate=9.65, left=TimeLeft(730.0, 890.0))
    step = StepEnded(6, 99, 0.5, 0.7)
    validating = StageState(stage, reading, Interlude(Stage.VALIDATING, 12, 50))
    assert words.training_words(validating, RUN, step) == (
        "Validating · epoch 7 of 100 · step 12 of 50 · 12–15 min left"
    )
    saving = StageState(stage, reading, Interlude(Stage.SAVING_CHECKPOINT))
    assert words.training_words(saving, RUN, step) == (
        "Saving a checkpoint · epoch 7 of 100 · 12–15 min left"
    )


def test_the_best_epoch_is_told_with_how_long_ago_it_was() -> None:
    accuracies = [0.5, 0.9125, 0.9, 0.8]
    history = [EpochEnded(n, 0.7, 0.5, 0.6, one, 10.0, 190.0) for n, one in enumerate(accuracies)]
    assert words.best_words([]) == ""
    assert words.best_words(history[:2]) == "Best 91.2 % at epoch 2"
    assert words.best_words(history[:3]) == "Best 91.2 % at epoch 2, 1 epoch ago"
    assert words.best_words(history) == "Best 91.2 % at epoch 2, 2 epochs ago"
