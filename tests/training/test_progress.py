"""Where a job stands, and in which words."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.training.fake_clock import FakeClock
from training.events import (
    EpochEnded,
    Event,
    Interlude,
    RunStarted,
    Stage,
    StageProgressed,
    StageStarted,
    StepEnded,
)
from training.progress import (
    StageState,
    StageTracker,
    Ticker,
    duration_words,
    left_words,
    progress_words,
)
from training.time_left import TimeLeft

STEPS = 10
EPOCH = EpochEnded(0, 0.7, 0.5, 0.6, 0.62, 10.0, 190.0)


class PlayedRun:
    """A training of so many epochs of ten steps; the test says how fast it is.

    Attributes:
        state: Where it stands.
    """

    def __init__(self, *, epochs: int = 30, phase_starts: Sequence[int] = (0,)) -> None:
        self.clock = FakeClock()
        self._tracker = StageTracker(self.clock)
        self._epoch = 0
        self.state: StageState | None = None
        run = RunStarted(
            "run", Path("run"), 0, epochs, STEPS, 20, "CPU", phase_starts=tuple(phase_starts)
        )
        self.tell(run)
        self.tell(StageStarted(Stage.TRAINING, total=epochs * STEPS, unit="steps"))

    def tell(self, event: Event) -> None:
        self.state = self._tracker.update(event)

    def step(self, seconds: float) -> None:
        self.clock.now += seconds
        self.tell(StepEnded(self._epoch, 0, 0.7, 0.5))

    def epoch(self, seconds: float = 1.0, *, validation: float = 5.0) -> None:
        for _ in range(STEPS):
            self.step(seconds)
        self.clock.now += validation
        self.tell(EPOCH)
        self._epoch += 1

    @property
    def left(self) -> TimeLeft:
        assert self.state is not None
        assert self.state.reading.left is not None
        return self.state.reading.left


@pytest.mark.fault(82)
def test_an_hour_of_sleep_is_neither_in_the_rate_nor_in_the_time_left() -> None:
    awake, slept = PlayedRun(), PlayedRun()
    for run in (awake, slept):
        for _ in range(3):
            run.epoch()
    slept.clock.now += 3600
    for run in (awake, slept):
        run.epoch()
    assert awake.state is not None
    assert slept.state is not None
    assert slept.state.reading.rate == pytest.approx(awake.state.reading.rate, rel=0.02)
    assert slept.left.high_s == pytest.approx(awake.left.high_s, rel=0.02)


def test_validation_is_in_the_time_left_from_the_first_whole_epoch_on() -> None:
    run = PlayedRun(epochs=11)
    for _ in range(STEPS):
        run.step(1.0)
    assert run.left.low_s < 100 < run.left.high_s  # nothing is known of validation yet
    assert run.left.high_s > 130
    run.clock.now += 5
    run.tell(EPOCH)
    assert (run.left.low_s, run.left.high_s) == pytest.approx((120, 180))
    run.epoch()
    run.epoch()
    run.epoch()
    assert left_words(run.left) == "1 min 45 s left"


def test_the_epoch_that_a_resumed_run_only_ends_says_nothing_of_the_others() -> None:
    run = PlayedRun(epochs=10)
    run.tell(StageStarted(Stage.TRAINING, total=100, unit="steps", start=8))
    run.step(1.0)
    run.step(1.0)
    run.clock.now += 50
    run.tell(EPOCH)
    assert run.left.high_s < 200  # not 90 steps of 26 s


def test_what_slower_phases_take_is_not_guessed() -> None:
    run = PlayedRun(epochs=10, phase_starts=(0, 2))
    run.epoch()
    assert run.left.is_least
    assert left_words(run.left).startswith("at least ")
    run.epoch()
    run.tell(StageStarted(Stage.TRAINING, total=100, unit="steps", start=20))
    run.epoch()
    assert not run.left.is_least


def test_an_interlude_is_told_until_the_next_event_and_leaves_the_bar_where_it_is() -> None:
    run = PlayedRun()
    run.epoch()
    before = run.left
    run.tell(Interlude(Stage.VALIDATING, 12, 50))
    assert run.state is not None
    assert progress_words(run.state).startswith("Validating · 12 of 50 · ")
    assert (run.state.reading.done, run.left) == (STEPS, before)
    run.tell(Interlude(Stage.SAVING_CHECKPOINT))
    assert run.state is not None
    assert progress_words(run.state).startswith("Saving a checkpoint · ")
    run.step(1.0)
    assert run.state is not None
    assert run.state.interlude is None


@pytest.mark.parametrize(("interruptible", "words"), [(True, ""), (False, "Deleting")])
def test_what_a_cancel_has_to_wait_for_is_known_until_another_stage(interruptible, words) -> None:
    tracker = StageTracker(FakeClock())
    assert tracker.waits_for == ""
    tracker.update(StageStarted(Stage.DELETING, total=3, interruptible=interruptible))
    tracker.update(StageProgressed(1))
    assert tracker.waits_for == words
    tracker.update(StageStarted(Stage.TRAINING))
    assert tracker.waits_for == ""


def test_a_ticker_is_sparing_and_tells_the_end() -> None:
    clock = FakeClock()
    events: list[Event] = []
    stage = StageStarted(Stage.DRAWING, total=1000, unit="pictures")
    ticker = Ticker(events.append, stage, clock=clock)
    for _ in range(1000):
        clock.now += 0.001
        ticker.advance()
    assert events[0] == stage
    assert events[-1] == StageProgressed(1000)
    assert 15 <= len(events) <= 25


def test_steps_of_a_resumed_training_count_from_where_it_was() -> None:
    clock = FakeClock()
    tracker = StageTracker(clock)
    tracker.update(StageStarted(Stage.TRAINING, total=200, unit="steps", start=100))
    clock.now += 1
    state = tracker.update(StepEnded(epoch=1, step=0, loss=0.7, accuracy=0.5))
    assert state is not None
    assert (state.reading.done, state.reading.rate) == (101, 1)
    assert progress_words(state) == "Training · 101 of 200 · 1.0 steps/s · up to 3 min left"


def test_bytes_are_told_in_megabytes_and_seconds_without_a_rate() -> None:
    clock = FakeClock()
    tracker = StageTracker(clock)
    tracker.update(
        StageStarted(Stage.DOWNLOADING, total=500_000_000, unit="bytes", start=100_000_000)
    )
    clock.now += 1
    state = tracker.update(StageProgressed(150_000_000))
    assert state is not None
    assert progress_words(state) == "Downloading · 150.0 of 500.0 MB · 50 MB/s · up to 10 s left"
    tracker.update(StageStarted(Stage.WAITING, total=60, unit="seconds"))
    clock.now += 1
    state = tracker.update(StageProgressed(1))
    assert state is not None
    assert progress_words(state) == "Waiting to try again · 1 of 60 · 59 s left"


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (740, 880, "12–15 min left"),
        (740, 760, "12 min left"),
        (20, 40.5, "20–45 s left"),
        (30, 200, "up to 4 min left"),
        (7300, 13000, "2–4 h left"),
        (0, 0, "0 s left"),
    ],
)
def test_a_time_left_is_a_range_until_it_has_settled(low: float, high: float, words: str) -> None:
    assert left_words(TimeLeft(low, high)) == words


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(-3, "0 s"), (8.2, "8 s"), (250, "4 min 10 s"), (1563, "26 min"), (7500, "2 h 5 min")],
)
def test_durations_read_as_a_person_says_them(seconds: float, words: str) -> None:
    assert duration_words(seconds) == words
