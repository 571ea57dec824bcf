"""Features of pictures, as a backbone sees them; Keras is loaded only to make its ONNX file."""

from pathlib import Path

import numpy as np

from training import atomic
from training.cancellation import CancelToken
from training.dataset.cache import RowKind, Rows, Transform
from training.dataset.decode import Pixels
from training.events import EventSink, Stage, StageStarted
from training.home import Home
from training.inference.session import open_session
from training.learning.backbones import Backbone
from training.learning.devices import load_tensorflow

_BATCH = 2  # what a core's own cache holds: 460 pictures a second on two cores, with 8 only 370
_HASH_DIGITS = 8


def feature_rows(backbone: Backbone, image_size: int, weights: Path) -> RowKind:
    """Rows of a backbone's features of pictures of this size: float32 (features,).

    Their name has the content of the weights in it: features of other weights are other rows.
    """
    content = atomic.sha256_of(weights)[:_HASH_DIGITS]
    return RowKind(
        f"{image_size}.{backbone.key}-{content}.features",
        image_size,
        (backbone.features,),
        "float32",
        Stage.COMPUTING_FEATURES,
    )


def feature_transform(
    backbone: Backbone,
    kind: RowKind,
    weights: Path,
    home: Home,
    *,
    emit: EventSink,
    token: CancelToken,
) -> Transform:
    """What turns pixels into features, by ONNX Runtime, which a verdict uses too.

    Args:
        backbone: Which.
        kind: What `feature_rows` gave for these weights.
        weights: The file of weights.
        home: Where the network is kept, as ONNX.
        emit: Told the stage.
        token: Checked after it.

    Raises:
        Cancelled: The user cancelled.
        TrainingError: See `training.learning.backbone.build_backbone`.
    """
    file = home.cache / f"{kind.name}.onnx"
    if not file.is_file():
        load_tensorflow(emit)
        from training.learning.backbone import write_backbone

        emit(StageStarted(Stage.BUILDING_NETWORK, interruptible=False))
        home.cache.mkdir(parents=True, exist_ok=True)
        write_backbone(backbone, kind.image_size, weights, file)
        token.raise_if_cancelled()
    return in_pieces(open_session(file, threads=1).answers)


def in_pieces(compute: Transform) -> Transform:
    """A transform that gives its work to another, a few pictures at a time.

    Each thread of the cache's computes its own chunk, so the session has one thread.
    """

    def transform(pixels: Pixels) -> Rows:
        pieces = [pixels[start : start + _BATCH] for start in range(0, len(pixels), _BATCH)]
        return np.concatenate([compute(piece) for piece in pieces])

    return transform
