"""The training pictures that a run's network finds most similar to a picture."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from training import atomic
from training.cancellation import CancelToken
from training.dataset.cache import RowKind, RowReader, Rows, StoredRows, prepare_rows
from training.dataset.decode import Pixels, load_pixels
from training.dataset.library import open_dataset
from training.dataset.picture import Picture, Split
from training.errors import ConfigError, DatasetError, RunError
from training.events import EventSink, Stage
from training.home import Home
from training.inference.session import OnnxSession, open_session
from training.runs.run_folder import ONNX_FILE, read_record

COUNT = 5
_BATCH = 8  # pictures a question; several threads ask, each with a chunk of its own
_READ_ROWS = 1024
_HASH_DIGITS = 8

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Alike:
    """Training pictures, the most similar first.

    Attributes:
        pictures: The pictures, with their labels.
        likeness: The cosine between each one's features and the picture's, in [-1, 1].
        is_changed: Whether the dataset is no longer what the run learned from.
    """

    pictures: tuple[Picture, ...]
    likeness: tuple[float, ...]
    is_changed: bool


def find_alike(
    picture: Path | bytes, folder: Path, home: Home, *, emit: EventSink, token: CancelToken
) -> Alike:
    """The training pictures whose features are most like those of a picture.

    The features are what the network decides by. Those of the training pictures are computed once
    and kept in the cache: with the model that ships some 110 a second on two busy cores.

    Args:
        picture: A file, or a file's bytes.
        folder: A finished run's folder.
        home: Where the dataset and the cache are.
        emit: Told the stage and its progress.
        token: Checked often.

    Raises:
        Cancelled: The user cancelled; nothing is left behind.
        DatasetError: The disk is full.
        PictureError: The picture cannot be read.
        RunError: The run is damaged, or its training pictures are not here.
    """
    record = read_record(folder)
    name = record.config.dataset
    pictures, fingerprint = _training_pictures(home, name)
    session = open_session(folder / ONNX_FILE, threads=1)
    pixels = load_pixels(picture, session.image_size)[np.newaxis]
    _, features = session.with_features(pixels)
    stored = prepare_rows(
        pictures,
        _kind_of(folder, session, features),
        home,
        dataset=name,
        emit=emit,
        token=token,
        transform=lambda: _Features(session),
    )
    return _nearest(pictures, stored, features[0], is_changed=fingerprint != record.fingerprint)


class _Features:
    """Pixels to features, a few pictures at a time."""

    def __init__(self, session: OnnxSession) -> None:
        self._session = session

    def __call__(self, pixels: Pixels) -> Rows:
        pieces = [pixels[start : start + _BATCH] for start in range(0, len(pixels), _BATCH)]
        return np.concatenate([self._session.with_features(piece)[1] for piece in pieces])


def _training_pictures(home: Home, name: str) -> tuple[list[Picture], str]:
    try:
        with open_dataset(home, name) as catalog:
            pictures = catalog.pictures(split=Split.TRAIN)
            fingerprint = catalog.split_fingerprint()
    except (ConfigError, DatasetError) as error:  # a model from elsewhere names none that could be
        raise _no_pictures(name) from error
    if not pictures:
        raise _no_pictures(name)
    return pictures, fingerprint


def _no_pictures(name: str) -> RunError:
    return RunError(
        f"The pictures that this model learned from, the dataset “{name}”, are not here.",
        "Import them under that name, or choose a model that was trained here.",
    )


def _kind_of(folder: Path, session: OnnxSession, features: Floats) -> RowKind:
    content = atomic.sha256_of(folder / ONNX_FILE)[:_HASH_DIGITS]
    name = f"{session.image_size}.run-{content}.features"
    shape = tuple(features.shape[1:])
    return RowKind(name, session.image_size, shape, "float32", Stage.COMPUTING_FEATURES)


def _nearest(
    pictures: Sequence[Picture], stored: StoredRows, features: Floats, *, is_changed: bool
) -> Alike:
    known = {picture.sha256: picture for picture in pictures if picture.sha256 in stored.rows}
    rows = np.array([stored.rows[sha256] for sha256 in known], dtype=np.intp)
    likeness = _likeness(stored, rows, features)
    best = np.argsort(-likeness, kind="stable")[:COUNT].tolist()
    different = list(known.values())
    return Alike(
        tuple(different[at] for at in best), tuple(float(likeness[at]) for at in best), is_changed
    )


def _likeness(stored: StoredRows, rows: npt.NDArray[np.intp], features: Floats) -> Floats:
    """The cosine of each row's features with some others, float32 (rows,)."""
    reader = RowReader(stored)
    try:
        pieces = [
            _cosine(reader.read(rows[start : start + _READ_ROWS]), features)
            for start in range(0, len(rows), _READ_ROWS)
        ]
    finally:
        reader.close()
    return np.concatenate(pieces)


def _cosine(many: Floats, one: Floats) -> Floats:
    lengths = np.linalg.norm(many, axis=1) * np.linalg.norm(one)
    cosine: Floats = many @ one / np.maximum(lengths, np.finfo(np.float32).tiny)
    return cosine
