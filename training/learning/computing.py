"""Where a run computes and how exactly; TensorFlow is loaded by then.

All GPUs of a machine learn together, each on its share of every batch, by TensorFlow's
`MirroredStrategy`. 16 bits are Keras' policy `mixed_bfloat16`: weights, their changes and the
answer have 32 bits, what lies between has 16 with the range of 32, so that no loss needs scaling
and a checkpoint is the same in either precision (decision 20).
"""

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from training.config import TrainingConfig
from training.errors import ConfigError
from training.events import EventSink, Noticed
from training.learning.doctor import device_words, diagnose
from training.learning.findings import Finding
from training.learning.machine import core_count, machine_facts
from training.learning.presets import FROM_FEATURES, find_preset
from training.method_settings import AUTO_PRECISION, FLOAT32, MIXED

_POLICIES = {FLOAT32: "float32", MIXED: "mixed_bfloat16"}
_NO_GPU = (
    "TensorFlow sees no GPU that it can use.",
    "Choose the device “auto” or “cpu”; the guide says what a GPU needs.",
)
_PAYS_FROM = (8, 0)
"""The compute capability from which NVIDIA's cards multiply bfloat16 in hardware (Ampere, see the
tables of "Arithmetic Instructions" in the CUDA C++ Programming Guide)."""


@dataclass(frozen=True)
class Computing:
    """What a run computes on.

    Attributes:
        words: In words, such as "CPU, 2 cores".
        precision: `FLOAT32` or `MIXED`, whichever the run's settings come to here.
        is_on_gpu: Whether a GPU computes.
        strategy: TensorFlow's, where several devices learn together; else None.
    """

    words: str
    precision: str
    is_on_gpu: bool
    strategy: Any = None

    @contextlib.contextmanager
    def learning(self) -> Iterator[None]:
        """Networks that are built inside learn on all devices and in the run's precision.

        Outside they are in 32 bits and on one device, as a finished run's model is.
        """
        import keras

        before = keras.config.dtype_policy()
        keras.config.set_dtype_policy(_POLICIES[self.precision])
        try:
            with self.strategy.scope() if self.strategy is not None else contextlib.nullcontext():
                yield
        finally:
            keras.config.set_dtype_policy(before)


@contextlib.contextmanager
def computing_on(
    config: TrainingConfig, emit: EventSink, *, goes_on: bool = False
) -> Iterator[Computing]:
    """Compute on the device that the settings name, reproducibly if they say so.

    Keras' settings and TensorFlow's devices are a thread's own: this belongs into the job that
    computes.

    Args:
        config: The run's settings.
        emit: Told why a GPU that is there is not used.
        goes_on: Whether the run has learned something; it then goes on on the processor where its
            GPU is gone.

    Raises:
        ConfigError: A new run asks for a GPU and TensorFlow sees none.
    """
    import tensorflow as tf

    gpus = tf.config.list_physical_devices("GPU")
    for gpu in gpus:
        with contextlib.suppress(RuntimeError, ValueError):  # in use in this process, or divided
            tf.config.experimental.set_memory_growth(gpu, True)  # noqa: FBT003 - TensorFlow's form
    if config.device == "cpu":
        gpus = []
    elif not gpus:
        _tell_why_no_gpu(config, emit, goes_on=goes_on)
    computing = _computing(config, gpus)
    if config.precision == MIXED != computing.precision:
        emit(Noticed("Only a head learns here, which gains nothing by 16 bits: it learns in 32."))
    device = contextlib.nullcontext() if gpus else tf.device("/CPU:0")
    with reproducible(wanted=config.deterministic), device:
        yield computing


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


def _computing(config: TrainingConfig, gpus: Sequence[Any]) -> Computing:
    import tensorflow as tf

    listed = tf.config.list_logical_devices("GPU" if gpus else "CPU")
    names = sharing([device.name for device in listed], config)
    details = [tf.config.experimental.get_device_details(gpu) for gpu in gpus[: len(names)]]
    return Computing(
        words=device_words(tuple(_name(row) for row in details), core_count()),
        precision=settled_precision(
            config, [row.get("compute_capability", (0, 0)) for row in details]
        ),
        is_on_gpu=bool(gpus),
        strategy=strategy_for(names, config),
    )


def settled_precision(config: TrainingConfig, capabilities: Sequence[tuple[int, int]]) -> str:
    """`FLOAT32` or `MIXED`, whatever the settings leave open.

    Args:
        config: The run's settings.
        capabilities: The compute capability of each GPU that is used.
    """
    if _learns_from_features(config):
        return FLOAT32
    if config.precision != AUTO_PRECISION:
        return config.precision
    return MIXED if capabilities and min(capabilities) >= _PAYS_FROM else FLOAT32


def sharing(devices: Sequence[str], config: TrainingConfig) -> Sequence[str]:
    """Those devices that learn together: the most that get equal shares of each batch.

    Where gradients are accumulated it is one alone: Keras decides in a branch of the graph when to
    apply them, and TensorFlow's replicas cannot meet there. For a head it is one, too.

    Args:
        devices: TensorFlow's names of them.
        config: The run's settings.
    """
    if config.accumulation > 1 or _learns_from_features(config):
        return devices[:1]
    most = max(n for n in range(1, len(devices) + 1) if config.batch_size % n == 0)
    return devices[:most]


def strategy_for(devices: Sequence[str], config: TrainingConfig) -> Any:  # noqa: ANN401 - TensorFlow's
    """TensorFlow's strategy for devices that learn together; None for one.

    Args:
        devices: TensorFlow's names of them.
        config: The run's settings. To be the same bit for bit, one device adds up what the others
            learned, in their order, which NCCL's rings do not promise.
    """
    import tensorflow as tf

    if len(devices) == 1:
        return None
    adds = tf.distribute.ReductionToOneDevice() if config.deterministic else None
    return tf.distribute.MirroredStrategy(list(devices), cross_device_ops=adds)


def _learns_from_features(config: TrainingConfig) -> bool:
    """Then what learns is a head of a thousand weights."""
    return find_preset(config.preset).recipe == FROM_FEATURES


def seen_gpus() -> tuple[str, ...]:
    """The GPUs that TensorFlow sees, by their makers' names."""
    import tensorflow as tf

    gpus = tf.config.list_physical_devices("GPU")
    return tuple(_name(tf.config.experimental.get_device_details(gpu)) for gpu in gpus)


def _name(details: Mapping[str, Any]) -> str:
    return str(details.get("device_name", "GPU"))


def _tell_why_no_gpu(config: TrainingConfig, emit: EventSink, *, goes_on: bool) -> None:
    obstacles = diagnose(machine_facts(), seen=()).obstacles
    is_asked_for = config.device == "gpu"
    if is_asked_for and not goes_on:
        raise ConfigError("device", *(_first_words(obstacles) or _NO_GPU))
    if is_asked_for:
        emit(Noticed("The GPU that this run asks for is gone; it goes on on the processor."))
    if obstacles:
        emit(Noticed(" ".join((*_first_words(obstacles), "This run computes on the processor."))))


def _first_words(obstacles: Sequence[Finding]) -> tuple[str, str] | tuple[()]:
    """The sentence and the next step of what is to be mended first."""
    return (obstacles[0].sentence, obstacles[0].next_step) if obstacles else ()
