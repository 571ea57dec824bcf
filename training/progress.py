"""How fast a stage goes and how long it will still take."""

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from training.events import Event, EventSink, Stage, StageProgressed, StageStarted, StepEnded

_WINDOW_SECONDS = 10.0
_TRAINING_WINDOW_SECONDS = 60.0  # spans whole epochs: the validation after each is in the rate
_SAMPLE_SECONDS = 0.2
_TICK_SECONDS = 0.05
_MB = 1_000_000


@dataclass(frozen=True)
class Reading:
    """Where a stage stands.

    Attributes:
        done: Units done.
        total: Units in all; 0 where that is not known.
        rate: Units a second over the meter's window; 0.0 until it can be told.
        eta_seconds: How long the rest takes at that rate; None until it can be told.
    """

    done: int
    total: int
    rate: float
    eta_seconds: float | None

    @property
    def share(self) -> float:
        """The share that is done, in [0, 1]; 0.0 where the total is not known."""
        return min(1.0, self.done / self.total) if self.total else 0.0


class RateMeter:
    """Turns counts of one stage into rate and time left.

    Time comes from a monotonic clock: a wall clock that is set back gives no negative times.

    Args:
        total: Units in the stage; 0 where that is not known.
        start: Units that were done before the stage began (a resumed one).
        window_seconds: How far back the rate looks.
        clock: Seconds, monotonic; tests give their own.
    """

    def __init__(
        self,
        total: int,
        *,
        start: int = 0,
        window_seconds: float = _WINDOW_SECONDS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._total = total
        self._window_seconds = window_seconds
        self._clock = clock
        self._samples: deque[tuple[float, int]] = deque([(clock(), start)])

    def update(self, done: int) -> Reading:
        """Take note of `done` units and say where the stage stands."""
        now = self._clock()
        rate = self._rate(now, done)
        if now - self._samples[-1][0] >= _SAMPLE_SECONDS:
            self._samples.append((now, done))
            while len(self._samples) > 1 and now - self._samples[0][0] > self._window_seconds:
                self._samples.popleft()
        left = max(0, self._total - done)
        eta = left / rate if rate > 0 and self._total else None
        return Reading(done=done, total=self._total, rate=rate, eta_seconds=eta)

    def _rate(self, now: float, done: int) -> float:
        first_time, first_done = self._samples[0]
        elapsed = now - first_time
        return max(0.0, (done - first_done) / elapsed) if elapsed > 0 else 0.0


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
        if now - self._told_at >= _TICK_SECONDS or self._done == self._total:
            self._told_at = now
            self._emit(StageProgressed(self._done))


@dataclass(frozen=True)
class StageState:
    """What a person is told of a running job: its stage, and where the stage stands."""

    stage: StageStarted
    reading: Reading


class StageTracker:
    """Follows a job's events and says where it stands; the same for window and command line.

    Args:
        clock: Seconds, monotonic.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._stage: StageStarted | None = None
        self._meter = RateMeter(0, clock=clock)
        self._done = 0

    def update(self, event: Event) -> StageState | None:
        """Take an event in.

        Returns:
            The job's state where the event changes it; None where it does not.
        """
        match event:
            case StageStarted():
                self._stage = event
                self._done = event.start
                self._meter = self._meter_for(event)
            case StageProgressed(done):
                self._done = done
            case StepEnded():
                self._done += 1
            case _:
                return None
        if self._stage is None:
            return None
        return StageState(self._stage, self._meter.update(self._done))

    def _meter_for(self, stage: StageStarted) -> RateMeter:
        is_training = stage.stage == Stage.TRAINING
        window = _TRAINING_WINDOW_SECONDS if is_training else _WINDOW_SECONDS
        return RateMeter(stage.total, start=stage.start, window_seconds=window, clock=self._clock)


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


def progress_words(state: StageState) -> str:
    """Where a job stands, in one line.

    Such as "Checking pictures · 12,000 of 24,000 · 5,100 pictures/s · 3 s left"; what is not
    known is left out.
    """
    stage, reading = state.stage, state.reading
    parts = [str(stage.stage)]
    parts += _bytes_words(reading) if stage.unit == "bytes" else _count_words(reading, stage.unit)
    if reading.eta_seconds is not None and reading.done < reading.total:
        parts.append(f"{duration_words(reading.eta_seconds)} left")
    return " · ".join(parts)


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
