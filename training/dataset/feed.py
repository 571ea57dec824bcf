"""What another thread makes, waited for without hanging: one that is stuck is left behind."""

import contextlib
import queue
import threading
import time
from collections.abc import Callable, Generator
from typing import Generic, TypeVar

from training.cancellation import CancelToken

_Item = TypeVar("_Item")

_LOOK_S = 0.1  # how often the waiting side looks whether it was cancelled
_LEAVE_S = 0.5  # how long a thread that was told to end is waited for
_WAITING_ITEMS = 8


class Feed(Generic[_Item]):
    """Runs a generator in a thread of its own and hands its items over.

    Looking a name up, connecting and reading can each block for longer than a person who cancels
    will wait, and nothing can interrupt them. So they block a thread that may be left behind: it
    is a daemon, ends at its own time-outs, and closes its generator then.

    Args:
        source: Makes the generator.
        token: Looked at while an item is waited for.
    """

    def __init__(
        self, source: Callable[[], Generator[_Item, None, None]], token: CancelToken
    ) -> None:
        self._source = source
        self._token = token
        self._items: queue.Queue[_Item | BaseException | None] = queue.Queue(_WAITING_ITEMS)
        self._left = threading.Event()
        self._thread = threading.Thread(target=self._run, name="feed", daemon=True)
        self._thread.start()

    def take(self, limit_s: float) -> _Item | None:
        """Wait for the next item.

        Args:
            limit_s: How long at most, in seconds.

        Returns:
            The item; None after the last.

        Raises:
            Cancelled: The user cancelled.
            TimeoutError: Nothing came in that time.
            BaseException: Whatever the generator raised.
        """
        until = time.monotonic() + limit_s
        while True:
            self._token.raise_if_cancelled()
            try:
                item = self._items.get(timeout=_LOOK_S)
            except queue.Empty:
                if time.monotonic() > until:
                    raise TimeoutError from None
                continue
            if isinstance(item, BaseException):
                raise item
            return item

    def leave(self) -> None:
        """Want no more: the thread ends as soon as what it waits for lets it."""
        self._left.set()
        self._thread.join(_LEAVE_S)

    def _run(self) -> None:
        with contextlib.closing(self._source()) as items:
            try:
                for item in items:
                    if not self._put(item):
                        return
            except BaseException as error:  # noqa: BLE001 - raised again where it is waited for
                self._put(error)
            else:
                self._put(None)

    def _put(self, item: _Item | BaseException | None) -> bool:
        """Hand an item over; False where nobody wants it any more."""
        while not self._left.is_set():
            with contextlib.suppress(queue.Full):
                self._items.put(item, timeout=_LOOK_S)
                return True
        return False
