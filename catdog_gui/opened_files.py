"""Files that the system asks a running program to open; a Mac does that by an event."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication


class OpenedFiles(QObject):
    """Filters the application's events.

    Signals:
        opened: The system asks to open this tuple of paths.
    """

    opened = Signal(object)

    @contextmanager
    def heard_by(self, app: QApplication) -> Iterator[None]:
        """Listen while the block runs, on a Mac alone.

        Each event of each widget goes through such a filter, and no other system sends this one.
        """
        if sys.platform == "darwin":
            app.installEventFilter(self)
        try:
            yield
        finally:
            app.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802, ARG002 - Qt's form
        """Take the requests to open a file out of the events."""
        if not isinstance(event, QFileOpenEvent):
            return False
        if event.file():  # a web address has none
            self.opened.emit((Path(event.file()),))
        return True
