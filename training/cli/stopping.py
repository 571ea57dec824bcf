"""Ctrl-C and SIGTERM pause a training on the command line."""

import contextlib
import os
import signal
import threading
from collections.abc import Callable, Iterator
from types import FrameType

from training.cancellation import Cancelled, CancelToken

PATIENCE_S = 8.0
"""How long after a SIGTERM the training may take to write its checkpoint, in seconds."""


@contextlib.contextmanager
def paused_by_signals(token: CancelToken, *, last_words: Callable[[], None]) -> Iterator[None]:
    """Let Ctrl-C and SIGTERM pause what runs inside, instead of breaking it off.

    A second Ctrl-C breaks it off. After a SIGTERM the program ends by that signal, as it would
    have without us: when the checkpoint is written, or where that takes too long without it.

    Args:
        token: The training's.
        last_words: Says what is kept, where the time is up.

    Raises:
        KeyboardInterrupt: Ctrl-C was pressed.
    """
    if threading.current_thread() is not threading.main_thread():
        yield  # Python takes signals in its main thread alone
        return
    told: list[int] = []
    patience = _end_after_a_while(last_words)

    def pause(number: int, frame: FrameType | None) -> None:  # noqa: ARG001 - a handler's form
        if number == signal.SIGINT and told:
            raise KeyboardInterrupt
        if number == signal.SIGTERM and number not in told:
            patience.start()
        told.append(number)
        token.cancel(keep_saved=True)

    old = {number: signal.signal(number, pause) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    except Cancelled:
        if signal.SIGTERM in told:
            last_words()
            _end_by_sigterm()
        raise KeyboardInterrupt from None
    finally:
        patience.cancel()
        for number, handler in old.items():
            signal.signal(number, handler)


def _end_after_a_while(last_words: Callable[[], None]) -> threading.Timer:
    def end() -> None:
        last_words()
        os._exit(128 + signal.SIGTERM)

    timer = threading.Timer(PATIENCE_S, end)
    timer.daemon = True
    return timer


def _end_by_sigterm() -> None:
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.raise_signal(signal.SIGTERM)
