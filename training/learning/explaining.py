"""What lies behind a verdict, for any run: its heat-map, and its network from inside."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from training.cancellation import CancelToken
from training.dataset.decode import Pixels, decode, pixels_of
from training.errors import RunError
from training.events import EventSink, Stage, StageStarted
from training.inference.heat import GRAD_CAM, HeatMap, class_activation
from training.learning.devices import load_tensorflow
from training.runs.run_folder import KERAS_FILE

if TYPE_CHECKING:
    from training.learning.inside import Inside

_PLACES = 3  # rows, columns and channels, without the batch

Floats = npt.NDArray[np.float32]


def explain(picture: Path | bytes, folder: Path, *, emit: EventSink, token: CancelToken) -> HeatMap:
    """The heat-map of a picture.

    The exported graph answers at once where it can; else TensorFlow is loaded.

    Args:
        picture: A file, or a file's bytes.
        folder: A finished run's folder.
        emit: Told the stages.
        token: Checked between them.

    Raises:
        Cancelled: The user cancelled.
        PictureError: The picture cannot be read.
        RunError: The run is damaged, or its network has no maps.
    """
    return Explainer().explain(picture, folder, emit=emit, token=token)


class Explainer:
    """Explains verdicts, and keeps the network that it loaded: the next picture need not wait.

    It is called in one thread at a time.
    """

    def __init__(self) -> None:
        self._folder: Path | None = None
        self._network: Any = None

    def explain(
        self, picture: Path | bytes, folder: Path, *, emit: EventSink, token: CancelToken
    ) -> HeatMap:
        """The heat-map of a picture; see the function `explain`."""
        heat = class_activation(picture, folder)
        if heat is not None:
            return heat
        network = self._loaded(folder, emit=emit, token=token)
        pixels = pixels_of(decode(picture), network.input_shape[1])[np.newaxis]
        return HeatMap(grad_cam(network, pixels)[0], GRAD_CAM)

    def look_inside(
        self, picture: Path | bytes, folder: Path, *, emit: EventSink, token: CancelToken
    ) -> Inside:
        """A picture's way through the network of a run; the rest as for `explain`."""
        network = self._loaded(folder, emit=emit, token=token)
        from training.learning.inside import Inside

        return Inside(network, pixels_of(decode(picture), network.input_shape[1]))

    def _loaded(self, folder: Path, *, emit: EventSink, token: CancelToken) -> Any:  # noqa: ANN401 - Keras ships no types
        if folder != self._folder:
            load_tensorflow(emit)
            token.raise_if_cancelled()
            emit(StageStarted(Stage.LOADING_MODEL, interruptible=False))
            self._network = _load(folder / KERAS_FILE)
            self._folder = folder
        token.raise_if_cancelled()
        return self._network


def _load(file: Path) -> Any:  # noqa: ANN401 - likewise
    if not file.is_file():
        raise RunError(
            f"The run {file.parent.name} has no {file.name}, which this needs.",
            "Choose another run, or bring its whole folder.",
        )
    import keras

    try:
        return keras.models.load_model(file, compile=False, safe_mode=True)
    except (ValueError, OSError, KeyError, TypeError) as error:
        raise RunError(f"The model {file} is damaged.", "Choose another run.") from error


def grad_cam(network: Any, pixels: Pixels) -> Floats:  # noqa: ANN401 - Keras ships no types
    """Grad-CAM of the last maps (Selvaraju and others, 2017), with its sign kept.

    Each map weighs as much as the logit changes with it, on average over its places. The paper
    drops what speaks against the class; here that is what speaks for the other one.

    Args:
        network: From uint8 pictures to p_dog.
        pixels: uint8 (n, side, side, 3), values in [0, 255].

    Returns:
        float32 (n, rows, columns): above 0 a place speaks for a dog, below 0 for a cat.

    Raises:
        RunError: The network has no maps.
    """
    import keras
    import tensorflow as tf

    answer = network.layers[-1]
    asked = keras.Model(network.input, [_last_maps(network), answer.input])
    asked.trainable = True  # the tape follows what variables that learn lead to
    kernel, bias = answer.get_weights()
    with tf.GradientTape() as tape:
        maps, hidden = asked(pixels, training=False)
        logit = hidden @ kernel + bias
    slope = tape.gradient(logit, maps)
    if slope is None:  # nothing before these maps learns: they are the picture itself
        raise _no_maps()
    weights = tf.reduce_mean(slope, axis=(1, 2), keepdims=True)
    return np.asarray(tf.reduce_sum(weights * maps, axis=-1), dtype=np.float32)


def _last_maps(network: Any) -> Any:  # noqa: ANN401 - likewise
    for layer in reversed(network.layers):
        shape = layer.output.shape[1:]
        if len(shape) == _PLACES and shape[0] * shape[1] > 1:
            return layer.output
    raise _no_maps()


def _no_maps() -> RunError:
    return RunError("This network has no maps to look at.", "Choose another run.")
