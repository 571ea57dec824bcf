"""ImageNet weights for networks that others trained: found on this machine, or downloaded once."""

import hashlib
import os
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from training import atomic
from training.cancellation import CancelToken
from training.errors import TrainingError
from training.events import EventSink, Stage, StageStarted
from training.progress import Ticker
from training.resources import resource

KERAS_HOME_VARIABLE = "KERAS_HOME"
_BUNDLED = "weights"  # a folder of `resources/`, in bundles alone
_CHUNK_BYTES = 1 << 16
_TIMEOUT_S = 20.0


@dataclass(frozen=True)
class Weights:
    """A file of weights.

    Attributes:
        name: Its name, the one that Keras gives it.
        url: Where Keras has it from.
        checksum: Of its bytes, in hexadecimal digits.
        size_bytes: Its size.
        source: Whose work it is, under which licence.
        algorithm: The checksum's, a name that hashlib knows. Keras publishes MD5 sums alone: they
            find what is damaged or another file. SHA-256 where we had the file to sum it up.
    """

    name: str
    url: str
    checksum: str
    size_bytes: int
    source: str
    algorithm: str = "sha256"


MOBILENET_V2 = Weights(
    name="mobilenet_v2_weights_tf_dim_ordering_tf_kernels_1.0_224_no_top.h5",
    url=(
        "https://storage.googleapis.com/tensorflow/keras-applications/mobilenet_v2/"
        "mobilenet_v2_weights_tf_dim_ordering_tf_kernels_1.0_224_no_top.h5"
    ),
    checksum="102a691e175c0747a9da59affe8b7bce915f9a814111257bf65163730a50e1c6",
    size_bytes=9_421_704,
    source="MobileNetV2, trained on ImageNet: Google, Apache-2.0",
)

MOBILENET_V3 = Weights(
    name="weights_mobilenet_v3_large_224_1.0_float_no_top_v2.h5",
    url=(
        "https://storage.googleapis.com/tensorflow/keras-applications/mobilenet_v3/"
        "weights_mobilenet_v3_large_224_1.0_float_no_top_v2.h5"
    ),
    checksum="07fb09a5933dd0c8eaafa16978110389",
    size_bytes=12_683_000,
    source="MobileNetV3, trained on ImageNet: Google, Apache-2.0",
    algorithm="md5",
)

EFFICIENTNET_V2_B0 = Weights(
    name="efficientnetv2-b0_notop.h5",
    url=(
        "https://storage.googleapis.com/tensorflow/keras-applications/efficientnet_v2/"
        "efficientnetv2-b0_notop.h5"
    ),
    checksum="893217f2bb855e2983157299931e43ff",
    size_bytes=24_274_472,
    source="EfficientNetV2, trained on ImageNet: Google, Apache-2.0",
    algorithm="md5",
)

WEIGHTS: Mapping[str, Weights] = {
    "mobilenet-v2": MOBILENET_V2,
    "mobilenet-v3": MOBILENET_V3,
    "efficientnet-v2-b0": EFFICIENTNET_V2_B0,
}
"""By the backbone."""


def keras_folder() -> Path:
    """Where Keras keeps weights: `KERAS_HOME`, or `.keras` in the user's home."""
    root = os.environ.get(KERAS_HOME_VARIABLE)
    return (Path(root) if root else Path.home() / ".keras") / "models"


def find_weights(weights: Weights, *, emit: EventSink, token: CancelToken) -> Path:
    """The file of weights: that of a bundle, or Keras' own, downloaded if it is not there.

    Args:
        weights: Which.
        emit: Told how the download goes.
        token: Checked for each piece of it.

    Returns:
        A file whose checksum is right.

    Raises:
        Cancelled: The user cancelled; nothing is left behind.
        TrainingError: There is no network, or what came is not the file.
    """
    file = keras_folder() / weights.name
    for place in (resource(_BUNDLED, weights.name), file):
        if is_whole(place, weights):
            return place
    try:
        _download(weights, file, emit=emit, token=token)
    except (urllib.error.URLError, TimeoutError, ConnectionError) as error:
        if isinstance(error, urllib.error.HTTPError):
            error.close()  # it is the server's answer, too, and holds its socket
        raise TrainingError(
            f"This preset needs {weights.name} ({weights.size_bytes / 1e6:.0f} MB), which is not "
            "on this machine and cannot be downloaded now.",
            f"Connect to the network once, put the file into {file.parent}, or name a copy of it "
            "as the weights file. The presets that begin from random weights, or from a run, need "
            "nothing.",
        ) from error
    return file


def is_whole(file: Path, weights: Weights) -> bool:
    """Whether a file is there and has the checksum of these weights."""
    return file.is_file() and _checksum_of(file, weights) == weights.checksum


def _download(weights: Weights, file: Path, *, emit: EventSink, token: CancelToken) -> None:
    ticker = Ticker(
        emit, StageStarted(Stage.DOWNLOADING_WEIGHTS, total=weights.size_bytes, unit="bytes")
    )
    file.parent.mkdir(parents=True, exist_ok=True)
    digest = _new_digest(weights)
    with (
        atomic.replacing(file) as temporary,
        urllib.request.urlopen(weights.url, timeout=_TIMEOUT_S) as answer,  # noqa: S310 - our table
        temporary.open("wb") as target,
    ):
        while chunk := answer.read(_CHUNK_BYTES):
            token.raise_if_cancelled()
            target.write(chunk)
            digest.update(chunk)
            ticker.advance(len(chunk))
        if digest.hexdigest() != weights.checksum:
            raise TrainingError(
                f"What was downloaded as {weights.name} is not that file.",
                "Try again later; a captive network or a proxy may have answered instead.",
            )


def _new_digest(weights: Weights) -> "hashlib._Hash":
    return hashlib.new(weights.algorithm, usedforsecurity=False)


def _checksum_of(file: Path, weights: Weights) -> str:
    with file.open("rb") as source:
        return hashlib.file_digest(source, lambda: _new_digest(weights)).hexdigest()
