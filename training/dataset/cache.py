"""What is computed of each picture once, on disk: pixels, or features of a network.

One file a dataset and kind holds a row for each picture. A batch reads its rows with `readinto`: a
copy in memory by the system's page cache, which gives way where an array of all would not.
"""

import errno
import json
import os
import shutil
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from training import atomic
from training.cancellation import CancelToken
from training.dataset.catalog import Picture
from training.dataset.chunks import bounded_map, in_chunks
from training.dataset.decode import PREPROCESSING_ID, Pixels
from training.dataset.presence import left_out_words, pixels_or_none, require_folder
from training.errors import DatasetError
from training.events import EventSink, Noticed, Stage, StageStarted
from training.home import Home
from training.progress import Ticker

CHANNELS = 3
_CHUNK_PICTURES = 64
_ABANDONED_SECONDS = 600.0  # a cache that is being written grows every second or two

Rows = npt.NDArray[Any]
Transform = Callable[[Pixels], Rows]
"""Pixels, uint8 (n, side, side, 3), to a row for each picture; several threads call it at once."""


@dataclass(frozen=True)
class RowKind:
    """What a row holds.

    Attributes:
        name: Tells kinds apart, in the file's name and in its key.
        image_size: Side of the square that the pictures are decoded to, in pixels.
        shape: The shape of one row.
        dtype: Its type.
        stage: What the user reads while the rows are computed.
    """

    name: str
    image_size: int
    shape: tuple[int, ...]
    dtype: str = "uint8"
    stage: Stage = Stage.READING_PICTURES

    @property
    def row_bytes(self) -> int:
        """The size of one row."""
        return int(np.prod(self.shape)) * np.dtype(self.dtype).itemsize


def pixel_rows(image_size: int) -> RowKind:
    """Rows of pixels: uint8 (image_size, image_size, 3), values in [0, 255]."""
    return RowKind(f"{image_size}.pixels", image_size, (image_size, image_size, CHANNELS))


@dataclass(frozen=True)
class StoredRows:
    """Where the rows of some pictures lie.

    Attributes:
        file: The cache file: rows, one after another.
        kind: What they hold.
        rows: The row of each picture by its sha256; pictures that could not be decoded since
            they were imported are missing.
    """

    file: Path
    kind: RowKind
    rows: dict[str, int]


@dataclass(frozen=True)
class _Chunk:
    """The rows of some pictures; None where none of them can be read."""

    present: Sequence[Picture]
    left_out: Sequence[Picture]
    rows: Rows | None


class RowReader:
    """Reads rows; several threads may ask it.

    Keras reads ahead in a thread of its own, which may still be reading when a training is left.

    Args:
        source: What `prepare_rows` returned.
    """

    def __init__(self, source: StoredRows) -> None:
        self._kind = source.kind
        self._row_bytes = source.kind.row_bytes
        self._reading = threading.Lock()
        self._file = source.file.open("rb", buffering=0)
        if hasattr(os, "posix_fadvise"):  # the system reads ahead what fits, without our waiting
            os.posix_fadvise(self._file.fileno(), 0, 0, os.POSIX_FADV_WILLNEED)

    def read(self, rows: npt.NDArray[np.intp]) -> Rows:
        """Some rows.

        Args:
            rows: Row numbers, any order, repeats welcome; shape (n,).

        Returns:
            Array of the kind's type, of shape (n, *shape).

        Raises:
            OSError: The file cannot be read, or is shorter than it was.
        """
        batch = np.empty((len(rows), *self._kind.shape), dtype=self._kind.dtype)
        flat = batch.reshape(-1).view(np.uint8).data
        with self._reading:  # the place in the file is one for all threads
            for place, row in enumerate(rows.tolist()):
                start = place * self._row_bytes
                self._read_row(row, flat[start : start + self._row_bytes])
        return batch

    def close(self) -> None:
        """Close the file."""
        with self._reading:
            self._file.close()

    def _read_row(self, row: int, into: memoryview) -> None:
        self._file.seek(row * self._row_bytes)
        if self._file.readinto(into) != self._row_bytes:
            raise OSError(errno.EIO, "the cache of pictures is cut off", self._file.name)


def prepare_rows(
    pictures: Sequence[Picture],
    kind: RowKind,
    home: Home,
    *,
    dataset: str,
    emit: EventSink,
    token: CancelToken,
    transform: Callable[[], Transform] | None = None,
) -> StoredRows:
    """Find or make the rows of these pictures.

    A file that holds the rows of more pictures than these serves as it is.

    Args:
        pictures: The pictures; copies share a row.
        kind: What the rows hold.
        home: Where the cache lives.
        dataset: The dataset's name; it has one cache file for each kind.
        emit: Told the stage and its progress, and of pictures that changed since their import.
        token: Checked for each chunk of pictures.
        transform: Gives what makes rows of pixels, called only where rows have to be made; the
            pixels themselves are the rows unless given.

    Raises:
        Cancelled: The user cancelled; nothing is left behind.
        DatasetError: The disk has too little space.
        FolderGoneError: The folder with all the pictures is not there; nothing is left behind.
    """
    by_content = {picture.sha256: picture for picture in pictures}
    unique = [by_content[sha256] for sha256 in sorted(by_content)]
    key = _key_of(kind)
    file = _cache_file(home, dataset, kind)
    index = file.with_name(f"{file.name}.json")
    known = _read_index(index, key)
    if known is None or not _is_whole(file, known, kind) or _some_are_new(unique, known, kind):
        file.parent.mkdir(parents=True, exist_ok=True)
        atomic.remove_abandoned(file.parent, older_than_s=_ABANDONED_SECONDS)
        index.unlink(missing_ok=True)
        file.unlink(missing_ok=True)
        _require_space(file.parent, len(unique) * kind.row_bytes)
        make = transform() if transform is not None else _unchanged
        known = _write_rows(file, unique, kind, make=make, emit=emit, token=token)
        atomic.write_text(index, json.dumps({"key": key, "pictures": known}))
    rows = {sha256: row for row, sha256 in enumerate(known) if sha256 in by_content}
    return StoredRows(file, kind, rows)


def forget(home: Home, dataset: str) -> None:
    """Delete what is cached of a dataset; it can be made again."""
    for path in home.cache.glob("*"):
        if path.name.rpartition("@")[0].removeprefix(".") == dataset:
            path.unlink()


def _unchanged(pixels: Pixels) -> Rows:
    return pixels


def _cache_file(home: Home, dataset: str, kind: RowKind) -> Path:
    return home.cache / f"{dataset}@{kind.name}"


def _key_of(kind: RowKind) -> str:
    return f"{PREPROCESSING_ID} {kind.name} {kind.image_size}"


def _read_index(index: Path, key: str) -> list[str] | None:
    try:
        found = json.loads(index.read_text(encoding="utf-8"))
        return list(found["pictures"]) if found["key"] == key else None
    except (OSError, ValueError, KeyError, TypeError):
        return None  # a cache that cannot be read is made again


def _is_whole(file: Path, known: Sequence[str], kind: RowKind) -> bool:
    return file.is_file() and file.stat().st_size == len(known) * kind.row_bytes


def _some_are_new(pictures: Sequence[Picture], known: Sequence[str], kind: RowKind) -> bool:
    """Whether a picture without a row can be read: its drive is plugged in again, say."""
    present = set(known)
    missing = (picture for picture in pictures if picture.sha256 not in present)
    return any(pixels_or_none(picture, kind.image_size) is not None for picture in missing)


def _require_space(folder: Path, needed_bytes: int) -> None:
    free = shutil.disk_usage(folder).free
    if free < needed_bytes:
        raise DatasetError(
            f"The prepared pictures need {needed_bytes / 1e6:,.1f} MB and the disk has "
            f"{free / 1e6:,.1f} MB free.",
            "Free some space, or choose a smaller image size.",
        )


def _write_rows(
    file: Path,
    pictures: Sequence[Picture],
    kind: RowKind,
    *,
    make: Transform,
    emit: EventSink,
    token: CancelToken,
) -> list[str]:
    """Write the rows in order; returns the sha256 of each row."""
    ticker = Ticker(emit, StageStarted(kind.stage, total=len(pictures), unit="pictures"))
    written: list[str] = []
    left_out: list[str] = []
    with atomic.replacing(file) as temporary, temporary.open("wb") as target:
        for chunk in _computed(pictures, kind, make, token):
            written += [picture.sha256 for picture in chunk.present]
            left_out += [picture.name for picture in chunk.left_out]
            if chunk.left_out:
                require_folder(pictures)
            if chunk.rows is not None:
                target.write(chunk.rows.data)
            ticker.advance(len(chunk.present) + len(chunk.left_out))
    if left_out:
        emit(Noticed(left_out_words(left_out)))
    return written


def _computed(
    pictures: Sequence[Picture], kind: RowKind, make: Transform, token: CancelToken
) -> Iterator[_Chunk]:
    """The rows, chunk by chunk; each is decoded and computed by one thread from end to end."""

    def compute(chunk: Sequence[Picture]) -> _Chunk:
        pixels = [pixels_or_none(picture, kind.image_size) for picture in chunk]
        read = list(zip(chunk, pixels, strict=True))
        present = [picture for picture, one in read if one is not None]
        left_out = [picture for picture, one in read if one is None]
        whole = [one for one in pixels if one is not None]
        rows = make(np.stack(whole)).astype(kind.dtype, order="C", copy=False) if whole else None
        return _Chunk(present, left_out, rows)

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        yield from bounded_map(pool, compute, in_chunks(pictures, _CHUNK_PICTURES), token)
