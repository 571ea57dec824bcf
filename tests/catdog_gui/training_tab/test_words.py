"""The tab's sentences."""

from pathlib import Path

from catdog_gui.training_tab import words
from training.events import RunStarted, Stage, StageStarted, StepEnded
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
