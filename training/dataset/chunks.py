"""Work on many pictures in several threads, in order and without holding all of them."""

import os
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

from training.cancellation import CancelToken

_Item = TypeVar("_Item")
_Result = TypeVar("_Result")


def in_chunks(items: Sequence[_Item], size: int) -> Iterator[Sequence[_Item]]:
    """Cut a sequence into runs of `size` items; the last may be shorter."""
    for start in range(0, len(items), size):
        yield items[start : start + size]


def bounded_map(
    pool: ThreadPoolExecutor,
    work: Callable[[_Item], _Result],
    items: Iterator[_Item],
    token: CancelToken,
) -> Iterator[_Result]:
    """Apply `work` to the items in a pool; results come in the items' order.

    Only a few items a thread are under way at a time, so that results which nobody has taken yet
    cannot fill the memory, as they do with `ThreadPoolExecutor.map`.

    Args:
        pool: Where the work is done.
        work: Called with each item.
        items: The items.
        token: Checked for each item; what is under way is awaited, the rest is dropped.

    Raises:
        Cancelled: The user cancelled.
    """
    limit = 2 * (os.cpu_count() or 1)
    under_way: deque[Future[_Result]] = deque()
    try:
        for item in items:
            token.raise_if_cancelled()
            under_way.append(pool.submit(work, item))
            if len(under_way) > limit:
                yield under_way.popleft().result()
        while under_way:
            token.raise_if_cancelled()
            yield under_way.popleft().result()
    finally:
        for future in under_way:
            future.cancel()
