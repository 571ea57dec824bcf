"""How fast a stage goes, and how long it will still take."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.training.fake_clock import FakeClock
from training.progress import left_words
from training.rate import RateMeter, Reading
from training.time_left import Pace, TimeLeft, WorkClock


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


def test_a_reading_without_a_total_has_no_share() -> None:
    assert Reading(done=5, total=0, rate=1.0, left=None).share == 0.0
