"""The way into the judging window: there is none until it is first asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from catdog_gui.judging.controller import JudgingController


class JudgingDoor(QObject):
    """Opens the judging window, and has it made at the first time.

    Args:
        make: Imports and makes it.
        parent: The program's window.
    """

    def __init__(
        self, make: Callable[[], JudgingController], *, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._make = make
        self._made: JudgingController | None = None

    @property
    def controller(self) -> JudgingController:
        """What is behind it, made now if it was not yet."""
        if self._made is None:
            self._made = self._make()
        return self._made

    def open(self, run: str = "") -> None:
        """Bring the window to the front; see `JudgingController.open`."""
        self.controller.open(run)

    def refresh(self) -> None:
        """Look again what can be judged; a window that was never opened looks when it opens."""
        if self._made is not None:
            self._made.refresh()
