"""Decoded pictures on disk, so that an epoch decodes nothing and memory stays flat.

One file a dataset and image size holds a row of pixels for each picture. A batch reads its rows
with `readinto`: the system's page cache makes that a copy in memory, and what the system needs
for other work it takes back, which an array of all pictures would not give.
"""

import errno
import hashlib
import json
import os
import shutil
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from training import atomic
from training.cancellation import CancelToken
from training.dataset.catalog import Picture
from training.dataset.chunks import bounded_map, in_chunks
from training.dataset.decode import PREPROCESSING_ID, Pixels, load_pixels
from training.errors import DatasetError, PictureError
from training.events import EventSink, Noticed, Stage, StageStarted
from training.home import Home
from training.progress import Ticker

CHANNELS = 3
_CHUNK_PICTURES = 64
_NAMED_PICTURES = 5  # of those left out; a whole dataset may be on a drive that is not there
_ABANDONED_SECONDS = 600.0  # a cache that is being written grows every second or two


@dataclass(frozen=True)
class PixelRows:
    """Where the pixels of some pictures lie.

    Attributes:
        file: The cache file: rows of `image_size * image_size * 3` bytes, one after another.
        image_size: Side of each picture in pixels.
        rows: The row of each picture by its sha256; pictures that could not be decoded since
            they were imported are missing.
    """

    file: Path
    image_size: int
    rows: dict[str, int]


class PixelReader:
    """Reads rows of pixels; several threads may ask it.

    Keras reads ahead in a thread of its own, which may still be reading when a training is left.

    Args:
        source: What `prepare_pixels` returned.
    """

    def __init__(self, source: PixelRows) -> None:
        self._shape = (source.image_size, source.image_size, CHANNELS)
        self._row_bytes = source.image_size * source.image_size * CHANNELS
        self._reading = threading.Lock()
        self._file = source.file.open("rb", buffering=0)
        if hasattr(os, "posix_fadvise"):  # the system reads ahead what fits, without our waiting
            os.posix_fadvise(self._file.fileno(), 0, 0, os.POSIX_FADV_WILLNEED)

    def read(self, rows: npt.NDArray[np.intp]) -> Pixels:
        """The pixels of some rows.

        Args:
            rows: Row numbers, any order, repeats welcome; shape (n,).

        Returns:
            uint8 array of shape (n, image_size, image_size, 3), values in [0, 255].

        Raises:
            OSError: The file cannot be read, or is shorter than it was.
        """
        batch = np.empty((len(rows), *self._shape), dtype=np.uint8)
        flat = batch.reshape(-1).data
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


def prepare_pixels(
    pictures: Sequence[Picture],
    image_size: int,
    home: Home,
    *,
    dataset: str,
    emit: EventSink,
    token: CancelToken,
) -> PixelRows:
    """Find or make the cache of these pictures at this size.

    Args:
        pictures: The pictures; copies share a row.
        image_size: Side of the square, in pixels.
        home: Where the cache lives.
        dataset: The dataset's name; it has one cache file for each image size.
        emit: Told the stage and its progress, and of pictures that changed since their import.
        token: Checked for each chunk of pictures.

    Raises:
        Cancelled: The user cancelled; nothing is left behind.
        DatasetError: The disk has too little space.
    """
    unique = sorted({picture.sha256: picture for picture in pictures}.values(), key=_content)
    key = _key_of(unique, image_size)
    file = _cache_file(home, dataset, image_size)
    index = file.with_suffix(".json")
    known = _read_index(index, key)
    if (
        known is None
        or not _is_whole(file, known, image_size)
        or _some_are_back(unique, known, image_size)
    ):
        file.parent.mkdir(parents=True, exist_ok=True)
        atomic.remove_abandoned(file.parent, older_than_s=_ABANDONED_SECONDS)
        index.unlink(missing_ok=True)
        file.unlink(missing_ok=True)
        _require_space(file.parent, len(unique) * image_size * image_size * CHANNELS)
        known = _write_pixels(file, unique, image_size, emit=emit, token=token)
        atomic.write_text(index, json.dumps({"key": key, "pictures": known}))
    return PixelRows(file, image_size, {sha256: row for row, sha256 in enumerate(known)})


def forget(home: Home, dataset: str) -> None:
    """Delete what is cached of a dataset; it can be made again."""
    for path in home.cache.glob("*"):
        if path.name.rpartition("@")[0].removeprefix(".") == dataset:
            path.unlink()


def _content(picture: Picture) -> str:
    return picture.sha256


def _cache_file(home: Home, dataset: str, image_size: int) -> Path:
    return home.cache / f"{dataset}@{image_size}.pixels"


def _key_of(pictures: Sequence[Picture], image_size: int) -> str:
    digest = hashlib.sha256(f"{PREPROCESSING_ID} {image_size}".encode())
    for picture in pictures:
        digest.update(picture.sha256.encode())
    return digest.hexdigest()


def _read_index(index: Path, key: str) -> list[str] | None:
    try:
        found = json.loads(index.read_text(encoding="utf-8"))
        return list(found["pictures"]) if found["key"] == key else None
    except (OSError, ValueError, KeyError, TypeError):
        return None  # a cache that cannot be read is made again


def _is_whole(file: Path, known: Sequence[str], image_size: int) -> bool:
    expected = len(known) * image_size * image_size * CHANNELS
    return file.is_file() and file.stat().st_size == expected


def _some_are_back(pictures: Sequence[Picture], known: Sequence[str], image_size: int) -> bool:
    """Whether a picture that was left out can be read now: its drive is plugged in again, say."""
    present = set(known)
    left_out = (picture for picture in pictures if picture.sha256 not in present)
    return any(_pixels_or_none(picture, image_size) is not None for picture in left_out)


def _require_space(folder: Path, needed_bytes: int) -> None:
    free = shutil.disk_usage(folder).free
    if free < needed_bytes:
        raise DatasetError(
            f"The prepared pictures need {needed_bytes / 1e6:,.1f} MB and the disk has "
            f"{free / 1e6:,.1f} MB free.",
            "Free some space, or choose a smaller image size.",
        )


def _write_pixels(
    file: Path,
    pictures: Sequence[Picture],
    image_size: int,
    *,
    emit: EventSink,
    token: CancelToken,
) -> list[str]:
    """Write the rows in order; returns the sha256 of each row."""
    ticker = Ticker(
        emit, StageStarted(Stage.PREPARING_PICTURES, total=len(pictures), unit="pictures")
    )
    written: list[str] = []
    left_out: list[str] = []
    with atomic.replacing(file) as temporary, temporary.open("wb") as rows:
        for chunk, pixels in _decoded(pictures, image_size, token):
            for picture, one in zip(chunk, pixels, strict=True):
                if one is None:
                    left_out.append(picture.name)
                    continue
                rows.write(one.data)
                written.append(picture.sha256)
            ticker.advance(len(chunk))
    if left_out:
        emit(Noticed(_left_out_words(left_out)))
    return written


def _left_out_words(names: Sequence[str]) -> str:
    some = ", ".join(names[:_NAMED_PICTURES])
    if len(names) == 1:
        return f"{some} has changed or cannot be read; it is left out."
    rest = f" and {len(names) - _NAMED_PICTURES:,} more" if len(names) > _NAMED_PICTURES else ""
    return f"{len(names):,} pictures have changed or cannot be read; left out: {some}{rest}."


def _decoded(
    pictures: Sequence[Picture], image_size: int, token: CancelToken
) -> Iterator[tuple[Sequence[Picture], list[Pixels | None]]]:
    def decode_chunk(
        chunk: Sequence[Picture],
    ) -> tuple[Sequence[Picture], list[Pixels | None]]:
        return chunk, [_pixels_or_none(picture, image_size) for picture in chunk]

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        yield from bounded_map(pool, decode_chunk, in_chunks(pictures, _CHUNK_PICTURES), token)


def _pixels_or_none(picture: Picture, image_size: int) -> Pixels | None:
    try:
        content = picture.path.read_bytes()
        if hashlib.sha256(content).hexdigest() != picture.sha256:
            return None
        return load_pixels(content, image_size)
    except (OSError, PictureError):
        return None
