"""Collects Python's garbage in the GUI thread alone.

Python's collector runs in whichever thread happens to allocate. In a job's thread it would
destroy Qt objects that belong to the GUI thread, which crashes at odd moments, and a full
collection there holds the interpreter's lock while the window waits. So it is switched off, and a
timer asks in the GUI thread whether it is due, by Python's own thresholds.
"""

import contextlib
import gc
from collections.abc import Iterator

from PySide6.QtCore import QObject, QTimer

_INTERVAL_MS = 1000


class GarbageCollector(QObject):
    """Asks every second; see the module.

    Args:
        interval_ms: How often it asks, in milliseconds.
    """

    def __init__(self, *, interval_ms: int = _INTERVAL_MS) -> None:
        super().__init__()
        self._timer = QTimer(self, interval=interval_ms)
        self._timer.timeout.connect(collect_if_due)
        self._timer.start()


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
    """Collect only in this thread's event loop while the block runs."""
    was_enabled = gc.isenabled()
    gc.disable()
    collector = GarbageCollector()
    try:
        yield
    finally:
        collector.deleteLater()
        if was_enabled:
            gc.enable()
