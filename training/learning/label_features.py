"""Where the features come from that labels are checked by."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from training import atomic
from training.cancellation import CancelToken
from training.config import DEFAULT_BACKBONE
from training.dataset.cache import CHANNELS, RowKind, Transform
from training.errors import TrainingError
from training.events import EventSink, Noticed, Stage
from training.home import Home
from training.inference.session import open_session
from training.learning.backbones import BACKBONES
from training.learning.features import feature_rows, feature_transform, in_pieces
from training.learning.presets import find_preset
from training.learning.weights import WEIGHTS, find_weights
from training.runs.lab_book import default_run
from training.runs.run_folder import ONNX_FILE, read_record

_HASH_DIGITS = 8
_FALLBACK = (
    "The ImageNet weights are not at hand: labels are checked by the features of the model that "
    "ships, which finds less."
)


@dataclass(frozen=True)
class LabelFeatures:
    """A network's features.

    Attributes:
        kind: What a row of them is.
        transform: Gives what computes them.
    """

    kind: RowKind
    transform: Callable[[Home, EventSink, CancelToken], Transform]


def find_label_features(*, emit: EventSink, token: CancelToken) -> LabelFeatures:
    """Features of MobileNetV2 as trained on ImageNet, else of the model that ships.

    Args:
        emit: Told how a download goes, and that there is none.
        token: Checked while the weights are downloaded.

    Raises:
        Cancelled: The user cancelled.
        RunError: The installation lacks the model that ships.
    """
    backbone = BACKBONES[DEFAULT_BACKBONE]
    try:
        weights = find_weights(WEIGHTS[backbone.key], emit=emit, token=token)
    except TrainingError:
        emit(Noticed(_FALLBACK))
        return _of_the_model_that_ships()
    kind = feature_rows(backbone, find_preset("express").image_size, weights)

    def transform(home: Home, emit: EventSink, token: CancelToken) -> Transform:
        return feature_transform(backbone, kind, weights, home, emit=emit, token=token)

    return LabelFeatures(kind, transform)


def _of_the_model_that_ships() -> LabelFeatures:
    run = default_run()
    file = run.folder / ONNX_FILE
    session = open_session(file, threads=1)
    size = read_record(run.folder).config.image_size
    name = f"{size}.default-{atomic.sha256_of(file)[:_HASH_DIGITS]}.features"
    _, features = session.with_features(np.zeros((1, size, size, CHANNELS), np.uint8))
    kind = RowKind(name, size, features.shape[1:], "float32", Stage.COMPUTING_FEATURES)

    def transform(_: Home, __: EventSink, ___: CancelToken) -> Transform:
        return in_pieces(lambda pixels: session.with_features(pixels)[1])

    return LabelFeatures(kind, transform)
