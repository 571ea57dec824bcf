"""Rates, times left, and where a job stands."""

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
from training.rate import RateMeter, Reading
from training.time_left import Pace, TimeLeft, WorkClock

STEPS = 10
EPOCH = EpochEnded(0, 0.7, 0.5, 0.6, 0.62, 10.0, 190.0)


class FakeClock:
    """Seconds that pass only when the test says so."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


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


def width(left: TimeLeft) -> float:
    return (left.high_s - left.low_s) / left.high_s


def test_rate_and_time_left_follow_the_clock() -> None:
    clock = FakeClock()
    meter = RateMeter(100, clock=clock)
    clock.now += 2
    reading = meter.update(20)
    assert reading.rate == pytest.approx(10)
    assert reading.left is not None
    assert reading.left.low_s < 8 < reading.left.high_s
    assert reading.share == pytest.approx(0.2)


def test_the_rate_forgets_what_is_longer_ago_than_its_window() -> None:
    clock = FakeClock()
    meter = RateMeter(1000, window_seconds=10, clock=clock)
    for done in range(0, 100, 10):  # 10 a second, then 1 a second for long
        clock.now += 1
        meter.update(done)
    for done in range(100, 130):
        clock.now += 1
        last = meter.update(done)
    assert last.rate == pytest.approx(1, abs=0.15)
    assert last.left is not None
    assert last.left.low_s < 870 < last.left.high_s


@pytest.mark.fault(83)
@given(
    st.lists(st.integers(0, 50), max_size=30),
    st.lists(st.floats(-4000, 4000), max_size=30),
)
def test_readings_are_never_negative_whatever_the_clock_does(
    steps: list[int], waits: list[float]
) -> None:
    clock = FakeClock()
    meter = RateMeter(200, round_units=50, clock=clock)
    done = 0
    for step, wait in zip(steps, waits, strict=False):
        clock.now += wait
        done += step
        for reading in (meter.update(done), meter.end_round(done)):
            assert reading.rate >= 0
            assert reading.left is None or 0 <= reading.left.low_s <= reading.left.high_s
            assert 0 <= reading.share <= 1


@given(st.floats(0.001, 600.0), st.integers(1, 1000))
def test_a_constant_pace_settles_to_one_figure_and_each_piece_narrows_the_range(
    seconds: float, units: int
) -> None:
    pace, ranges = Pace(doubt=0.2), []
    for _ in range(12):
        pace.note(1, seconds)
        left = pace.time_for(units)
        assert left is not None
        assert left.low_s <= units * seconds * (1 + 1e-9)
        assert left.high_s >= units * seconds * (1 - 1e-9)
        ranges.append(left)
    assert all(width(later) < width(earlier) for earlier, later in pairwise(ranges))
    assert "–" not in left_words(ranges[-1])


def test_an_uneven_pace_keeps_its_range() -> None:
    pace = Pace(doubt=0.2)
    for place in range(12):
        pace.note(1, 60.0 if place % 2 else 100.0)
    left = pace.time_for(10)
    assert left is not None
    assert (left.low_s, left.high_s) == pytest.approx((800 - 117, 800 + 117), abs=3)
    assert left_words(left) == "11–16 min left"


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


def test_a_slow_first_unit_is_no_sleep() -> None:
    clock = FakeClock()
    work = WorkClock(clock)
    clock.now += 300
    assert work.tick() == 300
    clock.now += 300
    assert work.tick() == 600


@pytest.mark.fault(83)
def test_a_clock_that_is_set_back_adds_nothing() -> None:
    clock = FakeClock()
    work = WorkClock(clock)
    clock.now += 5
    work.tick()
    clock.now -= 3600
    assert work.tick() == 5


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


def test_a_reading_without_a_total_has_no_share() -> None:
    assert Reading(done=5, total=0, rate=1.0, left=None).share == 0.0
