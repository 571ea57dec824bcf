"""The computer stays awake while a training runs, where the system can be asked for that."""

import contextlib
import ctypes
import logging
import os
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from PySide6.QtDBus import QDBusConnection, QDBusPendingCallWatcher

# systemd's manager of sessions: https://systemd.io/INHIBITOR_LOCKS/
_LOGIN = ("org.freedesktop.login1", "/org/freedesktop/login1", "org.freedesktop.login1.Manager")
_WISH = ["idle:sleep", "CatDog", "A training runs", "block"]
_PATIENCE_MS = 2000

_CAFFEINATE = ("/usr/bin/caffeinate", "-i", "-w")  # until the process of that number ends
_LEAVE_S = 2.0

# SetThreadExecutionState: the state holds until it is set anew, and ends with the thread
_CONTINUOUS, _SYSTEM_REQUIRED = 0x80000000, 0x00000001

_log = logging.getLogger(__name__)

MAY_SLEEP = "This computer may go to sleep; the training goes on when it wakes."

Refused = Callable[[], None]
"""Is called once where the computer cannot be kept awake, now or later."""


class Guard(Protocol):
    """One system's way to keep it awake; where that fails it is told and raises nothing."""

    def hold(self, refused: Refused) -> None:
        """Keep it awake from now on."""

    def release(self) -> None:
        """Let it sleep again."""


class LoginGuard:
    """Linux: a lock that systemd's manager of sessions gives, a file descriptor.

    Args:
        bus: Where the manager is; the system's bus unless given.
    """

    def __init__(self, bus: "QDBusConnection | None" = None) -> None:
        self._bus = bus
        self._asked: QDBusPendingCallWatcher | None = None
        self._lock: int | None = None

    def hold(self, refused: Refused) -> None:
        """See `Guard`."""
        from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusPendingCallWatcher

        self.release()
        bus = self._bus or QDBusConnection.systemBus()
        if not bus.isConnected():
            refused()
            return
        message = QDBusMessage.createMethodCall(*_LOGIN, "Inhibit")
        message.setArguments(_WISH)
        self._asked = QDBusPendingCallWatcher(bus.asyncCall(message, _PATIENCE_MS))
        self._asked.finished.connect(partial(self._on_answered, refused))

    def release(self) -> None:
        """See `Guard`."""
        self._asked = None
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def _on_answered(self, refused: Refused, *_: object) -> None:
        if self._asked is None:
            return
        reply = self._asked.reply()
        if reply.errorName():
            _log.info("the computer cannot be kept awake: %s", reply.errorMessage())
            refused()
        else:
            self._lock = os.dup(reply.arguments()[0].fileDescriptor())


class CommandGuard:
    """macOS: a program that keeps it awake as long as it runs, and ends with ours.

    Args:
        command: The program and its arguments; the number of our process comes after them.
    """

    def __init__(self, command: Sequence[str] = _CAFFEINATE) -> None:
        self._command = command
        self._running: subprocess.Popen[bytes] | None = None

    def hold(self, refused: Refused) -> None:
        """See `Guard`."""
        self.release()
        try:
            self._running = subprocess.Popen(  # noqa: S603 - a constant
                [*self._command, str(os.getpid())],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        except OSError as error:
            _log.info("the computer cannot be kept awake: %s", error)
            refused()

    def release(self) -> None:
        """See `Guard`."""
        if self._running is not None:
            self._running.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._running.wait(_LEAVE_S)
            self._running = None


class StateGuard:
    """Windows: a state of the thread that asks, the window's.

    Args:
        set_state: Takes the new state; gives the old one, or 0 where that fails.
    """

    def __init__(self, set_state: Callable[[int], int]) -> None:
        self._set_state = set_state

    def hold(self, refused: Refused) -> None:
        """See `Guard`."""
        if self._set_state(_CONTINUOUS | _SYSTEM_REQUIRED) == 0:
            refused()

    def release(self) -> None:
        """See `Guard`."""
        self._set_state(_CONTINUOUS)


def _windows_guard() -> Guard:
    set_state = ctypes.windll.kernel32.SetThreadExecutionState  # type: ignore[attr-defined]
    set_state.argtypes, set_state.restype = [ctypes.c_uint32], ctypes.c_uint32
    return StateGuard(set_state)


class NoGuard:
    """A system that we do not know how to ask."""

    def hold(self, refused: Refused) -> None:
        """See `Guard`."""
        refused()

    def release(self) -> None:
        """See `Guard`."""


_GUARDS: Mapping[str, Callable[[], Guard]] = {
    "linux": LoginGuard,
    "darwin": CommandGuard,
    "win32": _windows_guard,
}


class Wakefulness(QObject):
    """Keeps the computer awake as long as a dataset is learned from.

    Args:
        guard: Keeps it awake; the system's own unless given.

    Signals:
        told: The sentence to show while a training runs; empty where the computer stays awake.
    """

    told = Signal(str)

    def __init__(self, guard: Guard | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._guard = guard or _GUARDS.get(sys.platform, NoGuard)()

    def follow(self, dataset: str) -> None:
        """A training reads that dataset from now on; empty where none runs."""
        self.told.emit("")
        if dataset:
            self._guard.hold(partial(self.told.emit, MAY_SLEEP))
        else:
            self._guard.release()
