"""Where a job stands, from what it reports, and in words."""

import dataclasses
import math
import time
from collections.abc import Callable
from dataclasses import dataclass

from training.events import (
    EpochEnded,
    Event,
    EventSink,
    Interlude,
    RunStarted,
    Stage,
    StageProgressed,
    StageStarted,
    StepEnded,
)
from training.rate import WINDOW_S, RateMeter, Reading
from training.time_left import TimeLeft

_TRAINING_WINDOW_S = 60.0  # spans whole epochs: the validation after each is in the rate
_TICK_S = 0.05
_SETTLED = 0.1
_MB = 1_000_000


@dataclass(frozen=True)
class _Unit:
    """What a time left is rounded to: `grain` of `word`, which are `grain_s` seconds."""

    word: str
    grain: int
    grain_s: float
    below_s: float


_UNITS = (
    _Unit("s", 5, 5.0, below_s=120.0),
    _Unit("min", 1, 60.0, below_s=3 * 3600.0),
    _Unit("h", 1, 3600.0, below_s=math.inf),
)


class Ticker:
    """Starts a stage and reports its progress, at most twenty times a second.

    Args:
        emit: Where the events go.
        stage: The stage's facts; it is reported at once.
        clock: Seconds, monotonic.
    """

    def __init__(
        self,
        emit: EventSink,
        stage: StageStarted,
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._emit = emit
        self._total = stage.total
        self._clock = clock
        self._told_at = clock()
        self._done = stage.start
        emit(stage)

    def advance(self, count: int = 1) -> None:
        """`count` more units are done. The last one is always reported."""
        self._done += count
        now = self._clock()
        if now - self._told_at >= _TICK_S or self._done == self._total:
            self._told_at = now
            self._emit(StageProgressed(self._done))


@dataclass(frozen=True)
class StageState:
    """What a person is told of a running job: its stage, and where the stage stands.

    Attributes:
        stage: What the job does.
        reading: How far it is.
        interlude: What it does meanwhile, between two steps; None while it makes steps.
    """

    stage: StageStarted
    reading: Reading
    interlude: Interlude | None = None


class StageTracker:
    """Follows a job's events and says where it stands; the same for window and command line.

    Args:
        clock: Seconds, monotonic.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._stage: StageStarted | None = None
        self._run: RunStarted | None = None
        self._meter = RateMeter(0, clock=clock)
        self._interlude: Interlude | None = None
        self._done = 0

    def update(self, event: Event) -> StageState | None:
        """Take an event in.

        Returns:
            The job's state where the event changes it; None where it does not.
        """
        match event:
            case RunStarted():
                self._run = event
                return None
            case StageStarted():
                self._stage = event
                self._done = event.start
                self._meter = self._meter_for(event)
            case StageProgressed(done):
                self._done = done
            case StepEnded():
                self._done += 1
            case EpochEnded() | Interlude():
                pass
            case _:
                return None
        self._interlude = event if isinstance(event, Interlude) else None
        return self._state(is_round_over=isinstance(event, EpochEnded))

    @property
    def waits_for(self) -> str:
        """The stage that a cancel has to wait for; empty where it need not wait."""
        is_held = self._stage is not None and not self._stage.interruptible
        return str(self._stage.stage) if self._stage is not None and is_held else ""

    def _state(self, *, is_round_over: bool) -> StageState | None:
        if self._stage is None:
            return None
        measure = self._meter.end_round if is_round_over else self._meter.update
        reading = measure(self._done)
        if reading.left is not None and self._is_slower_to_come():
            reading = dataclasses.replace(
                reading, left=dataclasses.replace(reading.left, is_least=True)
            )
        return StageState(self._stage, reading, self._interlude)

    def _is_slower_to_come(self) -> bool:
        """Each phase learns more of the network, or larger pictures, than the one before it."""
        if self._run is None or not self._is_training():
            return False
        return self._done < self._run.phase_starts[-1] * self._run.steps_per_epoch

    def _is_training(self) -> bool:
        return self._stage is not None and self._stage.stage == Stage.TRAINING

    def _meter_for(self, stage: StageStarted) -> RateMeter:
        is_training = self._is_training()
        return RateMeter(
            stage.total,
            start=stage.start,
            round_units=self._run.steps_per_epoch if is_training and self._run else 0,
            window_seconds=_TRAINING_WINDOW_S if is_training else WINDOW_S,
            clock=self._clock,
        )


def duration_words(seconds: float) -> str:
    """A duration as a person says it: "8 s", "4 min 10 s", "2 h 5 min".

    Args:
        seconds: Any number of seconds; below zero counts as zero.
    """
    whole = max(0, round(seconds))
    if whole < 60:
        return f"{whole} s"
    minutes, rest = divmod(whole, 60)
    if minutes < 10:
        return f"{minutes} min {rest} s" if rest else f"{minutes} min"
    if minutes < 60:
        return f"{round(whole / 60)} min"
    hours, minutes = divmod(round(whole / 60), 60)
    return f"{hours} h {minutes} min" if minutes else f"{hours} h"


def left_words(left: TimeLeft) -> str:
    """A time left as a person says it: "12–15 min left", and once it has settled "13 min left"."""
    if left.is_least:
        return f"at least {duration_words(left.low_s)} left"
    if left.high_s - left.low_s <= _SETTLED * left.high_s:
        return f"{duration_words((left.low_s + left.high_s) / 2)} left"
    unit = next(row for row in _UNITS if left.high_s < row.below_s)
    low = math.floor(left.low_s / unit.grain_s) * unit.grain
    high = math.ceil(left.high_s / unit.grain_s) * unit.grain
    return f"{low:,}–{high:,} {unit.word} left" if low else f"up to {high:,} {unit.word} left"


def progress_words(state: StageState) -> str:
    """Where a job stands, in one line.

    Such as "Checking pictures · 12,000 of 24,000 · 5,100 pictures/s · 3 s left"; what is not
    known is left out.
    """
    stage, reading, interlude = state.stage, state.reading, state.interlude
    left = _whole_seconds(reading) if stage.unit == "seconds" else reading.left
    if interlude is not None:
        parts = [str(interlude.stage)]
        parts += [f"{interlude.done:,} of {interlude.total:,}"] if interlude.total else []
    else:
        told = _bytes_words(reading) if stage.unit == "bytes" else _count_words(reading, stage.unit)
        parts = [str(stage.stage), *told]
    if left is not None and reading.done < reading.total:
        parts.append(left_words(left))
    return " · ".join(parts)


def _whole_seconds(reading: Reading) -> TimeLeft:
    """Where seconds are what is counted, the rest of them is known."""
    rest = max(0, reading.total - reading.done)
    return TimeLeft(rest, rest)


def _count_words(reading: Reading, unit: str) -> list[str]:
    done = [f"{reading.done:,} of {reading.total:,}"] if reading.total else []
    has_rate = reading.rate > 0 and unit != "seconds"
    return done + ([f"{_rate_words(reading.rate)} {unit}/s"] if has_rate else [])


def _bytes_words(reading: Reading) -> list[str]:
    done, total, rate = reading.done / _MB, reading.total / _MB, reading.rate / _MB
    of_total = f" of {total:,.1f}" if reading.total else ""
    return [f"{done:,.1f}{of_total} MB"] + ([f"{_rate_words(rate)} MB/s"] if rate > 0 else [])


def _rate_words(rate: float) -> str:
    return f"{rate:,.0f}" if rate >= 10 else f"{rate:.1f}"
