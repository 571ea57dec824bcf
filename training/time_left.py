"""How long the rest of a stage takes: a range that narrows as work is seen."""

import math
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

_SLEEP_S = 60.0
_SLEEP_TIMES = 20.0
_REMEMBERED = 12
_STANDARD_ERRORS = 2.0


@dataclass(frozen=True)
class TimeLeft:
    """What the rest takes, most likely.

    Attributes:
        low_s: At least, in seconds; never negative.
        high_s: At most, in seconds; never below `low_s`.
        is_least: Slower work is to come, at a speed that nobody knows yet: `low_s` alone holds.
    """

    low_s: float
    high_s: float
    is_least: bool = False


class WorkClock:
    """Seconds of work, from a clock that goes on while the computer sleeps.

    A wait of more than a minute that is also twenty times the usual one is taken for sleep and
    counts as a usual one. A clock that is set back adds nothing.

    Args:
        clock: Seconds.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._last = clock()
        self._seconds = 0.0
        self._ticks = 0

    def tick(self) -> float:
        """Seconds of work so far; to be asked whenever something is done."""
        now = self._clock()
        wait = max(0.0, now - self._last)
        self._last = now
        if self._ticks:
            usual = self._seconds / self._ticks
            wait = usual if wait > max(_SLEEP_S, _SLEEP_TIMES * usual) else wait
        self._seconds += wait
        self._ticks += 1
        return self._seconds


class Pace:
    """Seconds a unit, from the last pieces of work, and how far that can be relied on.

    The range is two standard errors of the mean pace to either side. To the spread that the pieces
    show comes a doubt of its own, as of one more piece that is off by it: few pieces that happen
    to be equal prove little.

    Args:
        doubt: The share by which a single piece may be off.
    """

    def __init__(self, doubt: float) -> None:
        self._doubt = doubt
        self._pieces: deque[tuple[int, float]] = deque(maxlen=_REMEMBERED)

    def note(self, units: int, seconds: float) -> None:
        """A piece of work is done.

        Args:
            units: How many units it had, at least one.
            seconds: What it took.
        """
        self._pieces.append((units, seconds))

    def time_for(self, units: int) -> TimeLeft | None:
        """What so many units take; None before any work is seen."""
        if not self._pieces:
            return None
        pace = sum(seconds for _, seconds in self._pieces) / sum(each for each, _ in self._pieces)
        half = _STANDARD_ERRORS * self._standard_error(pace)
        return TimeLeft(units * max(0.0, pace - half), units * (pace + half))

    def _standard_error(self, pace: float) -> float:
        squares = sum((seconds / units - pace) ** 2 for units, seconds in self._pieces)
        count = len(self._pieces)
        return math.sqrt((squares + (self._doubt * pace) ** 2) / count) / math.sqrt(count)
