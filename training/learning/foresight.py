"""Whether a training fits into the machine's memory, roughly and before its first step."""

import ctypes
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from training.events import EventSink, LayerFacts, Noticed

_BYTES = 4  # of a number in 32 bits
_COPIES = 4  # of a weight: itself, its gradient, and what an optimizer remembers of it
_KIB = 1024


def tell_if_short(
    layers: Sequence[LayerFacts], batch_size: int, emit: EventSink, *, free: int | None = None
) -> None:
    """Say that a training will probably not fit into memory; it may be tried all the same.

    Args:
        layers: Of the network that learns.
        batch_size: Pictures in a batch.
        emit: Told it.
        free: Memory that is free, in bytes, 0 where that is not known; asked of the system unless
            given.
    """
    free = free_memory() if free is None else free
    needed = memory_of_a_step(layers, batch_size)
    if not free or needed <= free:
        return
    emit(
        Noticed(
            f"A batch of {batch_size} needs at least {needed / 2**30:.1f} GiB of memory and "
            f"{free / 2**30:.1f} GiB are free: the training may be ended by the system. Close "
            "other programs, or pause and start again with a smaller batch or image size."
        )
    )


def memory_of_a_step(layers: Sequence[LayerFacts], batch_size: int) -> int:
    """Bytes that one step of learning takes at least, beside what is loaded already.

    What each layer gives is kept until its gradient is known. Measured with TensorFlow 2.21 on a
    processor, a step takes 1.05 (scratch, 64 or 128 pictures) to 1.8 times as much (notebook, 256).

    Args:
        layers: Of the network that learns.
        batch_size: Pictures in a batch.
    """
    given = sum(_size(layer.output_shape) for layer in layers)
    weights = sum(layer.parameters for layer in layers)
    return _BYTES * (given * batch_size + weights * _COPIES)


def free_memory() -> int:
    """Memory that programs can still get, in bytes; 0 where the system does not say it."""
    if os.name == "nt":
        return _free_on_windows()
    free = _free_on_linux(Path("/proc/meminfo"))
    return min((row for row in (free, _free_in_group(Path("/sys/fs/cgroup"))) if row), default=0)


def _size(shape: Sequence[int]) -> int:
    size = 1
    for side in shape:
        size *= side
    return size


def _free_on_linux(file: Path) -> int:
    try:
        lines = file.read_text().splitlines()
    except OSError:
        return 0
    rows = (line.split() for line in lines if line.startswith("MemAvailable:"))
    return next((int(row[1]) * _KIB for row in rows), 0)


def _free_in_group(folder: Path) -> int:
    """What a container has left of its share."""
    try:
        limit, used = ((folder / name).read_text() for name in ("memory.max", "memory.current"))
        return max(1, int(limit) - int(used))
    except (OSError, ValueError):  # no container, or one without a limit: “max”
        return 0


def _free_on_windows() -> int:
    class Status(ctypes.Structure):
        _fields_ = (
            ("length", ctypes.c_ulong),
            ("load", ctypes.c_ulong),
            *((name, ctypes.c_ulonglong) for name in ("total", "free", "page_total")),
            *((name, ctypes.c_ulonglong) for name in ("page_free", "virtual", "virtual_free")),
            ("extended", ctypes.c_ulonglong),
        )

    status = Status()
    status.length = ctypes.sizeof(Status)
    kernel: Any = getattr(ctypes, "windll").kernel32  # noqa: B009 - Windows alone has it
    return int(status.free) if kernel.GlobalMemoryStatusEx(ctypes.byref(status)) else 0
