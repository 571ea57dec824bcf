"""Where a verdict comes from, for any run: by its exported graph, or by Keras' gradients."""

from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from training.cancellation import CancelToken
from training.dataset.decode import Pixels, decode, pixels_of
from training.errors import RunError
from training.events import EventSink, Stage, StageStarted
from training.inference.heat import GRAD_CAM, HeatMap, class_activation
from training.learning.devices import load_tensorflow
from training.runs.run_folder import KERAS_FILE

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
    heat = class_activation(picture, folder)
    if heat is not None:
        return heat
    load_tensorflow(emit)
    token.raise_if_cancelled()
    import keras

    emit(StageStarted(Stage.LOADING_MODEL, interruptible=False))
    network = keras.models.load_model(folder / KERAS_FILE, compile=False, safe_mode=True)
    token.raise_if_cancelled()
    pixels = pixels_of(decode(picture), network.input_shape[1])[np.newaxis]
    return HeatMap(grad_cam(network, pixels)[0], GRAD_CAM)


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
