"""Loads TensorFlow in a way that leaves the window fluid."""

import contextlib
import ctypes
import importlib.util
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from training.events import EventSink, Stage, StageStarted
from training.imports import imports_set_aside

_LIBRARIES = ("libtensorflow_framework.so.2", "libtensorflow_cc.so.2")
_RTLD_LAZY = 1
_STDERR = 2


def load_tensorflow(emit: EventSink) -> None:
    """Import TensorFlow and Keras, once a process, and leave other threads their turns.

    Two things hold the interpreter's lock for long in a plain import: opening the libraries
    (0.2 to 0.8 s), and full garbage collections over the modules that pile up (0.05 to 0.16 s
    each). So the libraries are opened first by a foreign call, which gives the lock up, and the
    collector rests meanwhile. `benchmarks/fluid_window.py` measures it.
    """
    if "keras" in sys.modules:
        return
    emit(StageStarted(Stage.LOADING_TENSORFLOW, interruptible=False))
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2" if _has_nvidia_driver() else "3")
    os.environ.setdefault("KERAS_BACKEND", "tensorflow")
    with imports_set_aside(), _remarks_muted():
        _open_libraries()
        import keras  # noqa: F401 - the import is the point
        import tensorflow as tf
    tf.get_logger().setLevel("ERROR")  # its hints on retracing and source code are for programmers


@contextlib.contextmanager
def _remarks_muted() -> Iterator[None]:
    """Drop what TensorFlow's native code writes to stderr while it loads.

    Without a GPU it writes alarming lines and goes on, and no setting silences those it writes
    before its log is set up. With an NVIDIA driver the lines may matter: they stay.
    """
    if _has_nvidia_driver() or sys.stderr is None:
        yield
        return
    sys.stderr.flush()
    kept = os.dup(_STDERR)
    with Path(os.devnull).open("wb") as nowhere:
        os.dup2(nowhere.fileno(), _STDERR)
    try:
        yield
    finally:
        os.dup2(kept, _STDERR)
        os.close(kept)


def _open_libraries() -> None:
    spec = importlib.util.find_spec("tensorflow")
    if spec is None or spec.origin is None:
        return
    folder = Path(spec.origin).parent
    # On other systems the names differ and Windows has no dlopen: there it is only less fluid
    with contextlib.suppress(OSError, TypeError, AttributeError):
        process = ctypes.CDLL(None)
        for name in _LIBRARIES:
            process.dlopen(str(folder / name).encode(), _RTLD_LAZY)


def _has_nvidia_driver() -> bool:
    in_linux, in_wsl = Path("/proc/driver/nvidia/version"), Path("/dev/dxg")
    return in_linux.exists() or in_wsl.exists() or os.name == "nt"
