"""Collects Python's garbage in the GUI thread alone.

Python's collector runs in whichever thread happens to allocate. In a job's thread it would
destroy Qt objects that belong to the GUI thread, which crashes at odd moments, and a full
collection there holds the interpreter's lock while the window waits. So it is switched off, and a
timer asks in the GUI thread whether it is due, by Python's own thresholds.

TensorFlow's import makes 400,000 objects that stay. To walk through them takes 0.25 s each time,
and seconds on a busy machine, so what an import makes is set aside from the collector.
"""

import contextlib
import gc
import sys
from collections.abc import Iterator

from PySide6.QtCore import QObject, QTimer

_INTERVAL_MS = 1000
MANY_MODULES = 50
"""In one interval, only the import of a large library brings so many."""


class GarbageCollector(QObject):
    """Asks every second; see the module.

    Args:
        interval_ms: How often it asks, in milliseconds.
    """

    def __init__(self, *, interval_ms: int = _INTERVAL_MS) -> None:
        super().__init__()
        self._modules = len(sys.modules)
        self._timer = QTimer(self, interval=interval_ms)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> None:
        """Set aside what an import has made since the last look, or collect what is due."""
        before, self._modules = self._modules, len(sys.modules)
        if self._modules - before > MANY_MODULES:
            gc.freeze()
        else:
            collect_if_due()


def collect_if_due() -> int:
    """Collect the oldest generation that is due, if any.

    Returns:
        The generation that was collected, 0 to 2; -1 where none was due.
    """
    counts, thresholds = gc.get_count(), gc.get_threshold()
    for generation in (2, 1, 0):
        if counts[generation] > thresholds[generation] > 0:
            gc.collect(generation)
            return generation
    return -1


@contextlib.contextmanager
def collected_in_gui_thread() -> Iterator[None]:
    """Collect only in this thread's event loop while the block runs.

    What was set aside stays so: to look through it once more would only delay the program's end.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    collector = GarbageCollector()
    try:
        yield
    finally:
        collector.deleteLater()
        if was_enabled:
            gc.enable()
