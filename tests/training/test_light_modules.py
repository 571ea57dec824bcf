"""The light modules: settings, errors, progress, atomic files, cancellation."""

import errno
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training import atomic
from training.cancellation import Cancelled, CancelToken
from training.config import SplitConfig, check_name
from training.errors import ConfigError, explain
from training.events import Event, Stage, StageProgressed, StageStarted, StepEnded
from training.learning.presets import PRESETS, training_config
from training.progress import RateMeter, StageTracker, Ticker, duration_words, progress_words


class FakeClock:
    """Seconds that pass only when the test says so."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_notebook_preset_has_the_notebooks_settings() -> None:
    row = PRESETS["notebook"]
    assert (row.epochs, row.steps_per_epoch, row.validation_steps) == (100, 100, 50)
    assert (row.batch_size, row.image_size, row.learning_rate) == (20, 150, 1e-4)
    assert PRESETS["notebook-described"].epochs == 50


@pytest.mark.fault(93)
@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("epochs", 0),
        ("batch_size", -1),
        ("learning_rate", 0.0),
        ("learning_rate", float("nan")),
        ("image_size", 8),
        ("seed", -1),
        ("device", "tpu"),
    ],
)
def test_a_setting_outside_its_range_names_its_field(field: str, value: object) -> None:
    with pytest.raises(ConfigError) as caught:
        training_config("notebook", "kaggle", **{field: value})
    assert caught.value.field == field
    assert caught.value.hint


def test_a_preset_refuses_pictures_too_small_for_its_network() -> None:
    with pytest.raises(ConfigError, match="76 x 76"):
        training_config("notebook-described", "kaggle", image_size=64)


@pytest.mark.parametrize("name", ["../up", "", ".hidden", "a/b", "a\\b", "nul\0", "x" * 81, "a."])
def test_names_that_could_leave_their_folder_are_refused(name: str) -> None:
    with pytest.raises(ConfigError):
        check_name(name)


@given(st.text(max_size=90))
def test_an_accepted_name_is_one_plain_folder_name(name: str) -> None:
    try:
        check_name(name)
    except ConfigError:
        return
    assert Path(name).name == name
    assert not name.startswith(".")


def test_shares_that_exceed_one_are_refused() -> None:
    with pytest.raises(ConfigError, match="more than 1"):
        SplitConfig(train=0.8, validation=0.3).validate()


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EACCES, errno.EROFS, errno.ENOENT])
def test_system_errors_become_sentences_that_name_the_file(number: int) -> None:
    text = explain(OSError(number, os.strerror(number), "/pictures/cat.jpg"))
    assert "/pictures/cat.jpg" in text.message
    assert text.hint


def test_an_unexpected_error_points_at_the_log() -> None:
    assert "log" in explain(ZeroDivisionError("x")).hint


def test_a_cancelled_token_raises_and_stays_cancelled() -> None:
    token = CancelToken()
    token.raise_if_cancelled()
    token.cancel()
    token.finish_now()
    with pytest.raises(Cancelled):
        token.raise_if_cancelled()


def test_a_failed_write_leaves_the_old_file_whole(tmp_path: Path) -> None:
    target = tmp_path / "run.json"
    atomic.write_text(target, "good")
    with pytest.raises(RuntimeError), atomic.replacing(target) as temporary:  # noqa: PT012
        temporary.write_text("half", encoding="utf-8")
        raise RuntimeError
    assert target.read_text(encoding="utf-8") == "good"
    assert [path.name for path in tmp_path.iterdir()] == ["run.json"]


def test_rate_and_time_left_follow_the_clock() -> None:
    clock = FakeClock()
    meter = RateMeter(100, clock=clock)
    clock.now += 2
    reading = meter.update(20)
    assert reading.rate == pytest.approx(10)
    assert reading.eta_seconds == pytest.approx(8)
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


@given(st.lists(st.integers(0, 50), max_size=30), st.lists(st.floats(0, 5), max_size=30))
def test_readings_are_never_negative(steps: list[int], waits: list[float]) -> None:
    clock = FakeClock()
    meter = RateMeter(200, clock=clock)
    done = 0
    for step, wait in zip(steps, waits, strict=False):
        clock.now += wait
        done += step
        reading = meter.update(done)
        assert reading.rate >= 0
        assert reading.eta_seconds is None or reading.eta_seconds >= 0
        assert 0 <= reading.share <= 1


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
    assert progress_words(state) == "Training · 101 of 200 · 1.0 steps/s · 1 min 39 s left"


def test_bytes_are_told_in_megabytes_and_seconds_without_a_rate() -> None:
    clock = FakeClock()
    tracker = StageTracker(clock)
    tracker.update(
        StageStarted(Stage.DOWNLOADING, total=500_000_000, unit="bytes", start=100_000_000)
    )
    clock.now += 1
    state = tracker.update(StageProgressed(150_000_000))
    assert state is not None
    assert progress_words(state) == "Downloading · 150.0 of 500.0 MB · 50 MB/s · 7 s left"
    tracker.update(StageStarted(Stage.WAITING, total=60, unit="seconds"))
    clock.now += 1
    state = tracker.update(StageProgressed(1))
    assert state is not None
    assert progress_words(state) == "Waiting to try again · 1 of 60 · 59 s left"


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(-3, "0 s"), (8.2, "8 s"), (250, "4 min 10 s"), (1563, "26 min"), (7500, "2 h 5 min")],
)
def test_durations_read_as_a_person_says_them(seconds: float, words: str) -> None:
    assert duration_words(seconds) == words
