"""A trained network becomes files, each checked to answer as the network does."""

import dataclasses
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from training import atomic
from training.cancellation import CancelToken
from training.dataset.decode import Pixels
from training.errors import ConfigError, DatasetError, TrainingError
from training.events import EventSink, Stage, StageStarted
from training.home import Home
from training.inference.judge import THRESHOLD
from training.learning.devices import load_tensorflow
from training.learning.export_formats import (
    FORMATS,
    MAX_DIFFERENCE,
    ExportFormat,
    Probabilities,
    onnx_answers,
    write_keras,
    write_onnx,
)
from training.learning.export_pictures import ExportPictures, Labelled, gather_pictures
from training.runs.lab_book import require_finished, run_info
from training.runs.run_folder import KERAS_FILE, ONNX_FILE, read_record

H5_NAME = "cats_and_dogs.h5"
"""What the notebook calls its saved model (section 3.10), without its number."""


@dataclass(frozen=True)
class ExportResult:
    """A model that was written for other programs.

    Attributes:
        path: The file, or the folder.
        bytes: Its size.
        max_difference: The largest difference of p_dog to the program's own answers.
        pictures: How many pictures both were asked about.
        accuracy: Of a quantised model on validation pictures, in [0, 1]; None for others.
        accuracy_before: Of the run's model on the same ones.
    """

    path: Path
    bytes: int
    max_difference: float
    pictures: int
    accuracy: float | None = None
    accuracy_before: float | None = None


def save_model(network: object, folder: Path, *, emit: EventSink, token: CancelToken) -> None:
    """Write `model.keras` and `model.onnx`, which gives its reasons too, into a folder.

    Raises:
        Cancelled: The user cancelled; some of the files may be there.
    """
    from training.learning.reasons import with_reasons

    emit(StageStarted(Stage.SAVING, interruptible=False))
    write_keras(_without_optimizer(network), folder / KERAS_FILE)
    token.raise_if_cancelled()
    emit(StageStarted(Stage.EXPORTING, interruptible=False))
    write_onnx(with_reasons(network), folder / ONNX_FILE)
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
    expected = np.concatenate([np.asarray(some)[:, 0] for some in answers])
    return _require_equal(expected, onnx_answers(folder / ONNX_FILE, pixels))


def export_run(
    folder: Path,
    format: str,  # noqa: A002 - the command line's word
    output: Path,
    home: Home,
    *,
    dataset: str = "",
    emit: EventSink,
    token: CancelToken,
) -> ExportResult:
    """Write a finished run's model for another program, and check what it answers.

    What was written is loaded again and asked about the same pictures as the program itself.

    Args:
        folder: The run's folder.
        format: A row of `FORMATS`.
        output: The file to write, which is replaced whole or not at all; or a folder that is not
            there yet.
        home: Where the pictures are that it is checked on.
        dataset: Their dataset; the run's own unless given. Without one they are drawn.
        emit: Told the stages.
        token: Checked between them.

    Raises:
        Cancelled: The user cancelled; the output is as it was before.
        ConfigError: There is no such format, or the output does not fit it.
        DatasetError: A quantised model needs pictures, and there are none.
        RunError: The run is not finished.
        TrainingError: The file answers otherwise than the run.
    """
    row = find_format(format)
    _check_output(output, row)
    require_finished(run_info(folder))
    load_tensorflow(emit)
    import keras

    token.raise_if_cancelled()
    network = keras.models.load_model(folder / KERAS_FILE, compile=False, safe_mode=True)
    pictures = gather_pictures(
        home,
        dataset or read_record(folder).config.dataset,
        network.input_shape[1],
        all_kinds=row.is_quantised,
        emit=emit,
        token=token,
    )
    if row.is_quantised:
        _require_enough(pictures)
    output.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{output.name}-", dir=output.parent) as staging:
        written = Path(staging) / output.name
        emit(StageStarted(Stage.EXPORTING, interruptible=False))
        row.write(network, written, pictures.calibrating)
        token.raise_if_cancelled()
        emit(StageStarted(Stage.COMPARING_EXPORT, interruptible=False))
        result = _checked(row, written, folder, pictures)
        token.raise_if_cancelled()
        _publish(written, output)
    return dataclasses.replace(result, path=output)


def find_format(name: str) -> ExportFormat:
    """The format of that name.

    Raises:
        ConfigError: There is none.
    """
    if name in FORMATS:
        return FORMATS[name]
    raise ConfigError(
        "format", f"There is no export format “{name}”.", f"Choose one of: {', '.join(FORMATS)}."
    )


def _checked(
    row: ExportFormat, written: Path, folder: Path, pictures: ExportPictures
) -> ExportResult:
    expected = onnx_answers(folder / ONNX_FILE, pictures.compared)
    answers = row.answers(written, pictures.compared)
    size = _size_of(written)
    if not row.is_quantised:
        difference = _require_equal(expected, answers)
        return ExportResult(written, size, difference, len(expected))
    measured = pictures.measured
    return ExportResult(
        written,
        size,
        float(np.abs(expected - answers).max()),
        len(expected),
        accuracy=_accuracy(measured, row.answers(written, measured.pixels)),
        accuracy_before=_accuracy(measured, onnx_answers(folder / ONNX_FILE, measured.pixels)),
    )


def _accuracy(measured: Labelled, p_dog: Probabilities) -> float:
    return float(np.mean((p_dog >= THRESHOLD) == (measured.labels == 1)))


def _require_equal(expected: Probabilities, answers: Probabilities) -> float:
    difference = float(np.abs(expected - answers).max())
    if difference <= MAX_DIFFERENCE:  # also refuses NaN
        return difference
    raise TrainingError(
        f"The exported model answers otherwise than the trained one (by up to {difference:.2g}).",
        "Its file is not kept; the log has the details.",
    )


def _require_enough(pictures: ExportPictures) -> None:
    if not pictures.is_enough_to_quantise:
        raise DatasetError(
            "A model in 8 bits needs pictures that show how it is used: a split dataset with cats "
            "and dogs.",
            "Name one with --data, or choose another format.",
        )


def _without_optimizer(network: Any) -> Any:  # noqa: ANN401 - Keras ships no types
    """The same layers as a model that was never compiled: an optimizer triples the file."""
    import keras

    return keras.Model(network.input, network.output, name=network.name)


def _check_output(output: Path, row: ExportFormat) -> None:
    if row.is_folder:
        if output.exists():
            raise ConfigError(
                "output", f"{output} is there already.", "Name a folder that is not there yet."
            )
        return
    suffix = row.suffix
    if output.is_dir():
        raise ConfigError("output", f"{output} is a folder.", f"Add a name such as model{suffix}.")
    if output.suffix.lower() != suffix:  # Keras chooses what it writes by the suffix alone
        raise ConfigError(
            "output",
            f"“{output.name}” does not end in {suffix}, by which other programs know the format.",
            f"Choose a name such as {output.stem}{suffix}.",
        )


def _size_of(path: Path) -> int:
    files = path.rglob("*") if path.is_dir() else [path]
    return sum(file.stat().st_size for file in files if file.is_file())


def _publish(written: Path, output: Path) -> None:
    if written.is_dir():
        written.rename(output)
        return
    with atomic.replacing(output) as temporary:
        written.replace(temporary)
