"""Verdicts in handfuls, so that the results are painted at a steady pace."""

from PySide6.QtCore import QObject, QTimer, Signal

from training.events import Verdict

_PACE_MS = 40


class VerdictFlow(QObject):
    """Hands verdicts on at most 25 times a second, however fast they come; the first at once.

    A sorted table is painted anew with each change: painted for each verdict, it would take the
    processor from those who read pictures.

    Signals:
        came: A tuple of verdicts.
    """

    came = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._waiting: list[Verdict] = []
        self._timer = QTimer(self, singleShot=True, interval=_PACE_MS)
        self._timer.timeout.connect(self.flush)

    def add(self, verdict: Verdict) -> None:
        """Hand it on, now or with the next handful."""
        self._waiting.append(verdict)
        if not self._timer.isActive():
            self.flush()

    def flush(self) -> None:
        """Hand on all that wait."""
        if self._waiting:
            handful, self._waiting = tuple(self._waiting), []
            self._timer.start()
            self.came.emit(handful)
