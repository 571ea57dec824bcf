"""How long the GUI thread is busy with anything at a time."""

import time
from collections import defaultdict

from PySide6.QtCore import QTimer

BEAT_MS = 10


class Heartbeat:
    """Notes the gaps between its beats, by what goes on meanwhile."""

    def __init__(self) -> None:
        self.stage = "before"
        self.gaps_ms: dict[str, list[float]] = defaultdict(list)
        self._last = time.perf_counter()
        self._timer = QTimer(interval=BEAT_MS)
        self._timer.setTimerType(self._timer.timerType().PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._timer.start()

    def _beat(self) -> None:
        now = time.perf_counter()
        self.gaps_ms[self.stage].append((now - self._last) * 1000)
        self._last = now
