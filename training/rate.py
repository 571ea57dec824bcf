"""How fast a stage goes, and how long it will still take."""

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from training.time_left import Pace, TimeLeft, WorkClock

WINDOW_S = 10.0
"""How far back a rate looks, in seconds, unless told otherwise."""

_SAMPLE_S = 0.2
_PIECE_S = 1.0
_DOUBT = 0.2
_DOUBT_OF_ROUND = 0.1  # it is long, and has all in it that comes again
_UNSEEN = 1.5  # what lies between two rounds takes at most half of a round


@dataclass(frozen=True)
class Reading:
    """Where a stage stands.

    Attributes:
        done: Units done.
        total: Units in all; 0 where that is not known.
        rate: Units a second over the meter's window; 0.0 until it can be told.
        left: How long the rest takes; None until it can be told.
    """

    done: int
    total: int
    rate: float
    left: TimeLeft | None

    @property
    def share(self) -> float:
        """The share that is done, in [0, 1]; 0.0 where the total is not known."""
        return min(1.0, self.done / self.total) if self.total else 0.0


class RateMeter:
    """Turns counts of one stage into rate and time left.

    Time comes from a monotonic clock, and hours of sleep are left out of it.

    Args:
        total: Units in the stage; 0 where that is not known.
        start: Units that were done before the stage began (a resumed one).
        round_units: Units of a round that comes again and again with something between, such as an
            epoch and its validation; 0 where there are no rounds.
        window_seconds: How far back the rate looks.
        clock: Seconds, monotonic; tests give their own.
    """

    def __init__(
        self,
        total: int,
        *,
        start: int = 0,
        round_units: int = 0,
        window_seconds: float = WINDOW_S,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._total = total
        self._round_units = round_units
        self._window_seconds = window_seconds
        self._clock = WorkClock(clock)
        self._samples: deque[tuple[float, int]] = deque([(0.0, start)])
        self._piece = self._round = (0.0, start)
        self._pace, self._pace_of_rounds = Pace(_DOUBT), Pace(_DOUBT_OF_ROUND)
        self._has_rounds = False

    def update(self, done: int) -> Reading:
        """Take note of `done` units and say where the stage stands."""
        return self._read(self._clock.tick(), done)

    def end_round(self, done: int) -> Reading:
        """The same at a round's end; only one that was seen as a whole says how long they take."""
        now = self._clock.tick()
        if done - self._round[1] == self._round_units:
            self._pace_of_rounds.note(self._round_units, now - self._round[0])
            self._has_rounds = True
        self._round = self._piece = (now, done)
        return self._read(now, done)

    def _read(self, now: float, done: int) -> Reading:
        rate = self._rate(now, done)
        if now - self._samples[-1][0] >= _SAMPLE_S:
            self._samples.append((now, done))
            while len(self._samples) > 1 and now - self._samples[0][0] > self._window_seconds:
                self._samples.popleft()
        if now - self._piece[0] >= _PIECE_S and done > self._piece[1]:
            self._pace.note(done - self._piece[1], now - self._piece[0])
            self._piece = (now, done)
        return Reading(done=done, total=self._total, rate=rate, left=self._left(done))

    def _rate(self, now: float, done: int) -> float:
        first_time, first_done = self._samples[0]
        elapsed = now - first_time
        return max(0.0, (done - first_done) / elapsed) if elapsed > 0 else 0.0

    def _left(self, done: int) -> TimeLeft | None:
        if not self._total:
            return None
        units = max(0, self._total - done)
        if self._has_rounds:
            return self._pace_of_rounds.time_for(units)
        left = self._pace.time_for(units)
        if left is not None and self._round_units:
            return TimeLeft(left.low_s, left.high_s * _UNSEEN)
        return left
