"""The table of formats that a model can be written in, and how a file of each is asked."""

import logging
import tempfile
import warnings
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from training.dataset.decode import Pixels

MAX_DIFFERENCE = 1e-4
"""Of p_dog, between two files of one model."""

_BATCH = 8

Probabilities = npt.NDArray[np.float32]


@dataclass(frozen=True)
class ExportFormat:
    """A way to write a model.

    Attributes:
        title: What it is called.
        suffix: What its files end in; empty for a format that is a folder.
        write: Writes a Keras network to a path that does not exist. The pictures set the ranges
            of a quantised one; others do not look at them.
        answers: Asks the file: uint8 (n, side, side, 3) to p_dog, float32 (n,).
        is_quantised: Whether it computes with 8-bit numbers: its answers differ, and what that
            costs is measured instead of compared.
    """

    title: str
    suffix: str
    write: Callable[[Any, Path, Pixels], None]
    answers: Callable[[Path, Pixels], Probabilities]
    is_quantised: bool = False

    @property
    def is_folder(self) -> bool:
        """Whether it is a folder rather than a file."""
        return not self.suffix


def write_keras(network: Any, path: Path) -> None:  # noqa: ANN401 - Keras ships no types
    """Write a network in Keras' own format, or the older HDF5, as the suffix says."""
    absl_log = logging.getLogger("absl")
    level = absl_log.level
    absl_log.setLevel(logging.ERROR)  # Keras warns of HDF5 as legacy: it was asked for by name
    try:
        network.save(path)
    finally:
        absl_log.setLevel(level)


def write_onnx(network: Any, path: Path) -> None:  # noqa: ANN401
    """Write a network as ONNX."""
    pictures = network.inputs[0]
    network(np.zeros((1, *pictures.shape[1:]), pictures.dtype))  # Keras' export wants a call
    with warnings.catch_warnings():
        # tf2onnx reads the old name `np.object` (Keras 3.15 patches it in the same breath)
        warnings.filterwarnings("ignore", message=".*np.object.*", category=FutureWarning)
        network.export(path, format="onnx", verbose=False)


def onnx_answers(path: Path, pixels: Pixels) -> Probabilities:
    """Ask a file of ONNX as the program does."""
    from training.inference.session import open_session

    session = open_session(path)
    return _in_batches(session.p_dog, pixels)


def _write_savedmodel(network: Any, path: Path) -> None:  # noqa: ANN401
    network.export(path, format="tf_saved_model", verbose=False)


def _write_tflite(network: Any, path: Path, examples: Pixels | None = None) -> None:  # noqa: ANN401
    """Convert by way of a SavedModel; with examples all that can be is put into 8 bits.

    Weights and activations become 8-bit integers, with ranges from the examples (Jacob and
    others, "Quantization and Training of Neural Networks", 2018); pictures go in as they do
    elsewhere.
    """
    import tensorflow as tf

    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        _write_savedmodel(network, Path(folder) / "saved")
        converter = tf.lite.TFLiteConverter.from_saved_model(str(Path(folder) / "saved"))
        if examples is not None:
            converter.optimizations = [tf.lite.Optimize.DEFAULT]
            converter.representative_dataset = lambda: _one_by_one(examples)
        path.write_bytes(converter.convert())


def _one_by_one(pixels: Pixels) -> Iterator[list[Pixels]]:
    for place in range(len(pixels)):
        yield [pixels[place : place + 1]]


def _keras_answers(path: Path, pixels: Pixels) -> Probabilities:
    import keras

    loaded = keras.models.load_model(path, compile=False, safe_mode=True)
    return _in_batches(lambda batch: np.asarray(loaded.predict_on_batch(batch))[:, 0], pixels)


def _savedmodel_answers(path: Path, pixels: Pixels) -> Probabilities:
    import tensorflow as tf

    loaded = tf.saved_model.load(str(path))
    return _in_batches(lambda batch: loaded.serve(batch).numpy()[:, 0], pixels)


def _tflite_answers(path: Path, pixels: Pixels) -> Probabilities:
    import tensorflow as tf

    with warnings.catch_warnings():
        # TensorFlow 2.21 still brings the interpreter, and names the package that comes after it
        warnings.filterwarnings("ignore", message=r"(?s).*tf\.lite\.Interpreter is deprecated")
        interpreter = tf.lite.Interpreter(model_content=path.read_bytes())
    interpreter.allocate_tensors()
    place = interpreter.get_input_details()[0]["index"]
    answer = interpreter.get_output_details()[0]["index"]

    def ask(picture: Pixels) -> Probabilities:
        interpreter.set_tensor(place, picture)
        interpreter.invoke()
        return np.asarray(interpreter.get_tensor(answer)[:, 0])

    return np.concatenate([ask(*picture) for picture in _one_by_one(pixels)])


def _in_batches(ask: Callable[[Pixels], Probabilities], pixels: Pixels) -> Probabilities:
    starts = range(0, len(pixels), _BATCH)
    return np.concatenate([ask(pixels[start : start + _BATCH]) for start in starts])


FORMATS: Mapping[str, ExportFormat] = {
    "keras": ExportFormat("Keras", ".keras", lambda n, p, _: write_keras(n, p), _keras_answers),
    "h5": ExportFormat("Keras, HDF5", ".h5", lambda n, p, _: write_keras(n, p), _keras_answers),
    "savedmodel": ExportFormat(
        "TensorFlow SavedModel",
        "",
        lambda n, p, _: _write_savedmodel(n, p),
        _savedmodel_answers,
    ),
    "tflite": ExportFormat(
        "TensorFlow Lite",
        ".tflite",
        lambda n, p, _: _write_tflite(n, p),
        _tflite_answers,
    ),
    "tflite-int8": ExportFormat(
        "TensorFlow Lite, 8 bits",
        ".tflite",
        _write_tflite,
        _tflite_answers,
        is_quantised=True,
    ),
    "onnx": ExportFormat(
        "ONNX",
        ".onnx",
        lambda n, p, _: write_onnx(n, p),
        onnx_answers,
    ),
}
