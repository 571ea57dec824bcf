"""A network that others trained on ImageNet, frozen: pictures in, features out."""

from pathlib import Path

import keras
import numpy as np
from keras import layers

from training import atomic
from training.cancellation import CancelToken
from training.dataset.cache import RowKind, Rows, Transform
from training.dataset.decode import Pixels
from training.events import EventSink, Stage, StageStarted
from training.home import Home
from training.learning.export import write_onnx
from training.learning.methods import EVERYTHING, UPPER
from training.learning.weights import MOBILENET_V2, find_weights

FEATURES = 1280
"""How many features MobileNetV2 gives (Sandler and others, 2018)."""

_FIRST_UPPER_LAYER = "block_13_expand"
_BATCH = 8  # ONNX Runtime on a CPU is quickest with few pictures at a time


def feature_rows(image_size: int) -> RowKind:
    """Rows of MobileNetV2's features of pictures of this size: float32 (1280,)."""
    return RowKind(
        f"{image_size}.mobilenet-v2-{MOBILENET_V2.sha256[:8]}.features",
        image_size,
        (FEATURES,),
        "float32",
        Stage.COMPUTING_FEATURES,
    )


def build_backbone(image_size: int, weights: Path) -> keras.Model:
    """MobileNetV2 without its top.

    Args:
        image_size: Side of the square input, in pixels; the weights serve any.
        weights: The file of weights.

    Returns:
        A frozen model from uint8 (batch, image_size, image_size, 3) to features, float32
        (batch, 1280).
    """
    pictures = keras.Input((image_size, image_size, 3), dtype="uint8", name="pictures")
    scaled = layers.Rescaling(1 / 127.5, offset=-1)(pictures)  # what MobileNetV2 was trained on
    backbone = keras.applications.MobileNetV2(
        input_tensor=scaled, include_top=False, weights=str(weights), pooling="avg"
    )
    backbone.trainable = False
    return keras.Model(pictures, backbone.output, name="mobilenet_v2")


def freeze(network: keras.Model, learns: str) -> None:
    """Say which layers of the backbone learn.

    Its batch norms keep ImageNet's statistics all through: their averages over small batches would
    be worse than what they hold, and frozen ones train almost twice as fast on a CPU.

    Args:
        network: What `build_backbone` returned.
        learns: `EVERYTHING`, `UPPER` for the blocks from the 13th on, or `HEAD` for none.
    """
    network.trainable = True
    reached = learns == EVERYTHING
    for layer in network.layers:
        reached = reached or (learns == UPPER and layer.name == _FIRST_UPPER_LAYER)
        layer.trainable = reached and not isinstance(layer, layers.BatchNormalization)


def feature_transform(
    image_size: int, home: Home, *, emit: EventSink, token: CancelToken
) -> Transform:
    """What turns pixels into features, by ONNX Runtime, which a verdict uses too.

    Raises:
        Cancelled: The user cancelled.
        TrainingError: The weights are not to be had.
    """
    from training.inference.session import open_session

    file = home.cache / f"{feature_rows(image_size).name}.onnx"
    if not file.is_file():
        weights = find_weights(MOBILENET_V2, emit=emit, token=token)
        emit(StageStarted(Stage.BUILDING_NETWORK, interruptible=False))
        home.cache.mkdir(parents=True, exist_ok=True)
        backbone = build_backbone(image_size, weights)
        backbone(np.zeros((1, image_size, image_size, 3), np.uint8))  # export wants a call
        with atomic.replacing(file) as temporary:
            write_onnx(backbone, temporary)
        token.raise_if_cancelled()
    session = open_session(file)

    def transform(pixels: Pixels) -> Rows:
        pieces = [pixels[start : start + _BATCH] for start in range(0, len(pixels), _BATCH)]
        return np.concatenate([session.answers(piece) for piece in pieces])

    return transform
