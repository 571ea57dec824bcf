"""Ctrl-C and SIGTERM end the window as its cross does."""

import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from PySide6.QtCore import QSocketNotifier

_ENDING = (signal.SIGINT, signal.SIGTERM)
_READ_BYTES = 64


@contextmanager
def ended_by_signals(leave: Callable[[], None]) -> Iterator[None]:
    """Call `leave` in the GUI thread when the system or a terminal asks the program to end.

    While Qt's loop idles no Python runs, so none of Python's signal handlers either: each signal
    writes a byte to a socket that Qt watches.
    """
    reader, writer = socket.socketpair()
    for end in (reader, writer):
        end.settimeout(0)
    notifier = QSocketNotifier(reader.fileno(), QSocketNotifier.Type.Read)
    notifier.activated.connect(lambda *_: reader.recv(_READ_BYTES))
    old_wakeup = signal.set_wakeup_fd(writer.fileno(), warn_on_full_buffer=False)
    old_handlers = {number: signal.signal(number, lambda *_: leave()) for number in _ENDING}
    try:
        yield
    finally:
        for number, handler in old_handlers.items():
            signal.signal(number, handler)
        signal.set_wakeup_fd(old_wakeup)
        notifier.setEnabled(False)
        reader.close()
        writer.close()
