"""Loads TensorFlow in a way that leaves the window fluid, and chooses where to compute."""

import contextlib
import ctypes
import gc
import importlib.util
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from training.config import TrainingConfig
from training.errors import ConfigError
from training.events import EventSink, Stage, StageStarted

_LIBRARIES = ("libtensorflow_framework.so.2", "libtensorflow_cc.so.2")
_RTLD_NOW = 2
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
    with _collector_resting(), _remarks_muted():
        _open_libraries()
        import keras  # noqa: F401 - the import is the point
        import tensorflow as tf
    tf.get_logger().setLevel("ERROR")  # its hints on retracing and source code are for programmers


@contextlib.contextmanager
def _collector_resting() -> Iterator[None]:
    """No garbage collection inside; what is alive at the end is never looked through again."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if was_enabled:
            gc.enable()


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
            process.dlopen(str(folder / name).encode(), _RTLD_NOW)


def _has_nvidia_driver() -> bool:
    return Path("/proc/driver/nvidia/version").exists() or os.name == "nt"


@contextlib.contextmanager
def computing_on(config: TrainingConfig) -> Iterator[str]:
    """Compute on the device that the settings name, reproducibly if they say so.

    The settings of Keras are a thread's own: this belongs into the job that computes.

    Yields:
        The device in words, such as "CPU, 2 cores".

    Raises:
        ConfigError: A GPU was asked for and TensorFlow sees none.
    """
    import tensorflow as tf

    gpus = tf.config.list_physical_devices("GPU")
    if config.device == "gpu" and not gpus:
        raise ConfigError(
            "device",
            "TensorFlow sees no GPU that it can use.",
            "Choose the device “auto” or “cpu”; the guide says what a GPU needs.",
        )
    for gpu in gpus:
        with contextlib.suppress(RuntimeError):  # already in use in this process: set before
            tf.config.experimental.set_memory_growth(gpu, True)  # noqa: FBT003 - TensorFlow's form
    use_gpu = bool(gpus) and config.device != "cpu"
    with reproducible(wanted=config.deterministic), tf.device("/GPU:0" if use_gpu else "/CPU:0"):
        yield _words(use_gpu, gpus)


@contextlib.contextmanager
def reproducible(*, wanted: bool) -> Iterator[None]:
    """Compute bit for bit the same inside, where that is wanted, and fast again afterwards.

    TensorFlow offers the way there alone. The way back stands beside it, for its own tests.
    """
    if not wanted:
        yield
        return
    from tensorflow.python.framework import config

    was_enabled = config.is_op_determinism_enabled()
    config.enable_op_determinism()
    try:
        yield
    finally:
        if not was_enabled:
            config.disable_op_determinism()


def _words(use_gpu: bool, gpus: list[object]) -> str:  # noqa: FBT001 - private, one caller
    if not use_gpu:
        return f"CPU, {os.cpu_count()} cores"
    import tensorflow as tf

    return str(tf.config.experimental.get_device_details(gpus[0]).get("device_name", "GPU"))
