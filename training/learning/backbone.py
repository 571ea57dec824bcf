"""A network that others trained on ImageNet: pictures in, features out."""

import warnings
from pathlib import Path

import keras
from keras import layers

from training import atomic
from training.errors import TrainingError
from training.learning.backbones import Backbone
from training.learning.export_formats import write_onnx
from training.learning.methods import EVERYTHING, UPPER

_UNFIT = (ValueError, OSError, KeyError, TypeError, AttributeError, IndexError, UserWarning)
"""Keras' ways to say that a file is not what it should be."""


def build_backbone(backbone: Backbone, image_size: int, weights: Path) -> keras.Model:
    """A backbone without its top.

    Args:
        backbone: Which.
        image_size: Side of the square input, in pixels; the weights serve any.
        weights: The file of weights.

    Returns:
        A frozen model from uint8 (batch, image_size, image_size, 3) to features, float32
        (batch, features).

    Raises:
        TrainingError: The file is damaged, or holds the weights of another network.
    """
    pictures = keras.Input((image_size, image_size, 3), dtype="uint8", name="pictures")
    scaled = layers.Rescaling(backbone.scale, offset=backbone.offset)(pictures)
    build = getattr(keras.applications, backbone.builder)
    options = {"include_preprocessing": False} if backbone.scales_itself else {}
    body = build(input_tensor=scaled, include_top=False, weights=None, pooling="avg", **options)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")  # of layers that it found nothing for, Keras only warns
            body.load_weights(str(weights))
    except _UNFIT as error:
        raise TrainingError(
            f"The file of weights cannot be read, or is not of {backbone.title}.",
            "Choose the file that Keras publishes or saves for this network without its top, or "
            "leave it out.",
        ) from error
    body.trainable = False
    return keras.Model(pictures, body.output, name=backbone.key.replace("-", "_"))


def freeze(network: keras.Model, learns: str, first_upper_layer: str = "") -> None:
    """Say which layers of a trained network learn.

    Its batch norms keep their statistics all through: their averages over small batches would be
    worse than what they hold, and frozen ones train almost twice as fast on a CPU.

    Args:
        network: What `build_backbone` returned, or a run's model.
        learns: `EVERYTHING`, `UPPER` for the blocks from that layer on, or `HEAD` for none.
        first_upper_layer: The name of that layer.
    """
    network.trainable = True
    reached = learns == EVERYTHING
    for layer in network.layers:
        reached = reached or (learns == UPPER and layer.name == first_upper_layer)
        layer.trainable = reached and not isinstance(layer, layers.BatchNormalization)


def write_backbone(backbone: Backbone, image_size: int, weights: Path, file: Path) -> None:
    """Write a backbone as ONNX, whole or not at all.

    Args:
        backbone: Which.
        image_size: Side of the square input, in pixels.
        weights: The file of weights.
        file: Where it goes.

    Raises:
        TrainingError: See `build_backbone`.
    """
    network = build_backbone(backbone, image_size, weights)
    with atomic.replacing(file) as temporary:
        write_onnx(network, temporary)
