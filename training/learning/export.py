"""A trained network becomes files, each checked to answer as the network does."""

import logging
import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from training import atomic
from training.cancellation import CancelToken
from training.dataset.decode import Pixels
from training.errors import ConfigError, TrainingError
from training.events import EventSink, Stage, StageStarted
from training.learning.devices import load_tensorflow
from training.runs.lab_book import require_finished, run_info
from training.runs.run_folder import KERAS_FILE, ONNX_FILE

H5_NAME = "cats_and_dogs.h5"
"""What the notebook calls its saved model (section 3.10), without its number."""

MAX_DIFFERENCE = 1e-4
_SELF_TEST_SEED = 20120
_SELF_TEST_PICTURES = 8

Probabilities = npt.NDArray[np.float32]


@dataclass(frozen=True)
class ExportResult:
    """A model that was written for other programs.

    Attributes:
        path: The file.
        bytes: Its size.
        max_difference: The largest difference of p_dog to the run's Keras model.
    """

    path: Path
    bytes: int
    max_difference: float


def save_model(network: object, folder: Path, *, emit: EventSink, token: CancelToken) -> None:
    """Write `model.keras` and `model.onnx`, which gives its features too, into a folder.

    Raises:
        Cancelled: The user cancelled; some of the files may be there.
    """
    from training.learning.judging import with_features

    emit(StageStarted(Stage.SAVING, interruptible=False))
    _write_saved(_without_optimizer(network), folder / KERAS_FILE)
    token.raise_if_cancelled()
    emit(StageStarted(Stage.EXPORTING, interruptible=False))
    complete = with_features(network)
    complete(np.zeros((1, *complete.input_shape[1:]), np.uint8))  # export wants a call
    write_onnx(complete, folder / ONNX_FILE)
    token.raise_if_cancelled()


def compare(pixels: Pixels, network: object, folder: Path, *, batch_size: int) -> float:
    """Put the same pictures to Keras and to the exported graph.

    Args:
        pixels: uint8 (n, image_size, image_size, 3).
        network: The Keras model.
        folder: The run's, with `model.onnx`.
        batch_size: Pictures that the network is given at once.

    Returns:
        The largest difference of p_dog.

    Raises:
        TrainingError: They differ by more than `MAX_DIFFERENCE`.
    """
    answers = [
        network.predict_on_batch(pixels[start : start + batch_size])  # type: ignore[attr-defined]
        for start in range(0, len(pixels), batch_size)
    ]
    expected = np.concatenate([np.asarray(some) for some in answers])
    return _require_equal(expected, _onnx_answers(folder / ONNX_FILE, pixels))


def export_run(
    folder: Path,
    format: str,  # noqa: A002 - the command line's word
    output: Path,
    *,
    emit: EventSink,
    token: CancelToken,
) -> ExportResult:
    """Write a finished run's model for another program, and check what it answers.

    Args:
        folder: The run's folder.
        format: A row of `FORMATS`: "keras", "h5" or "onnx".
        output: The file to write; it is replaced whole or not at all.
        emit: Told the stages.
        token: Checked between them.

    Raises:
        Cancelled: The user cancelled; the output is as it was before.
        ConfigError: There is no such format, or the output is a folder or has another suffix.
        RunError: The run is not finished.
        TrainingError: The file answers otherwise than the run.
    """
    if format not in FORMATS:
        raise ConfigError(
            "format",
            f"There is no export format “{format}”.",
            f"Choose one of: {', '.join(FORMATS)}.",
        )
    _check_output(output, FORMATS[format].suffix)
    require_finished(run_info(folder))
    load_tensorflow(emit)
    import keras

    token.raise_if_cancelled()
    network = keras.models.load_model(folder / KERAS_FILE, compile=False, safe_mode=True)
    pixels = _self_test_pixels(network.input_shape[1])
    expected = np.asarray(network.predict_on_batch(pixels))
    output.parent.mkdir(parents=True, exist_ok=True)
    emit(StageStarted(Stage.SAVING, interruptible=False))
    with atomic.replacing(output) as temporary:
        FORMATS[format].write(network, temporary)
        token.raise_if_cancelled()
        difference = _require_equal(expected, FORMATS[format].answers(temporary, pixels))
        token.raise_if_cancelled()
    return ExportResult(output, output.stat().st_size, difference)


@dataclass(frozen=True)
class ExportFormat:
    """One row of the table of formats: how a model is written, and how the file is asked."""

    suffix: str
    write: Callable[[object, Path], None]
    answers: Callable[[Path, Pixels], Probabilities]


def _without_optimizer(network: object) -> object:
    """The same layers as a model that was never compiled: an optimizer triples the file."""
    import keras

    return keras.Model(network.input, network.output, name=network.name)  # type: ignore[attr-defined]


def _write_saved(network: object, path: Path) -> None:
    absl_log = logging.getLogger("absl")
    level = absl_log.level
    absl_log.setLevel(logging.ERROR)  # Keras warns of HDF5 as legacy: it was asked for by name
    try:
        network.save(path)  # type: ignore[attr-defined]
    finally:
        absl_log.setLevel(level)


def write_onnx(network: object, path: Path) -> None:
    """Write a network as ONNX; it must have been called once."""
    with warnings.catch_warnings():
        # tf2onnx reads the old name `np.object` (Keras 3.15 patches it in the same breath)
        warnings.filterwarnings("ignore", message=".*np.object.*", category=FutureWarning)
        network.export(path, format="onnx", verbose=False)  # type: ignore[attr-defined]


def _keras_answers(path: Path, pixels: Pixels) -> Probabilities:
    import keras

    loaded = keras.models.load_model(path, compile=False, safe_mode=True)
    return np.asarray(loaded.predict_on_batch(pixels))


def _onnx_answers(path: Path, pixels: Pixels) -> Probabilities:
    from training.inference.session import open_session

    return open_session(path).p_dog(pixels)[:, np.newaxis]


FORMATS: Mapping[str, ExportFormat] = {
    "keras": ExportFormat(".keras", _write_saved, _keras_answers),
    "h5": ExportFormat(".h5", _write_saved, _keras_answers),
    "onnx": ExportFormat(".onnx", write_onnx, _onnx_answers),
}


def _check_output(output: Path, suffix: str) -> None:
    if output.is_dir():
        raise ConfigError("output", f"{output} is a folder.", f"Add a name such as model{suffix}.")
    if output.suffix.lower() != suffix:  # Keras chooses what it writes by the suffix alone
        raise ConfigError(
            "output",
            f"“{output.name}” does not end in {suffix}, by which other programs know the format.",
            f"Choose a name such as {output.stem}{suffix}.",
        )


def _self_test_pixels(image_size: int) -> Pixels:
    generator = np.random.default_rng(_SELF_TEST_SEED)
    shape = (_SELF_TEST_PICTURES, image_size, image_size, 3)
    return generator.integers(0, 256, shape, dtype=np.uint8)


def _require_equal(expected: Probabilities, answers: Probabilities) -> float:
    difference = float(np.abs(expected - answers).max())
    if difference <= MAX_DIFFERENCE:  # also refuses NaN
        return difference
    raise TrainingError(
        f"The exported model answers otherwise than the trained one (by up to {difference:.2g}).",
        "Its file is not kept; the log has the details.",
    )
