"""A `.keras` file taken apart: a zip of three members, of which nothing is believed."""

import json
import re
import struct
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, BinaryIO

from training.dataset.archive_members import unpack_member
from training.dataset.zip_directory import (
    DEFLATED,
    LOCAL_HEADER,
    LOCAL_SIGNATURE,
    STORED,
    Entry,
    read_directory,
)
from training.errors import ArchiveError, ModelFileError
from training.learning.foreign.allowed import MOST_CONFIG_BYTES
from training.learning.foreign.copying import MOST_BYTES

METADATA, CONFIG, WEIGHTS = "metadata.json", "config.json", "model.weights.h5"

_MOST: Mapping[str, int] = {METADATA: 1 << 16, CONFIG: MOST_CONFIG_BYTES, WEIGHTS: MOST_BYTES}
_MOST_ENTRIES = 100
_MOST_RATIO = 100
_AGAIN = "Copy or download the file again."
_HARMFUL = "Do not use this file."
_UNKNOWN_SIZE = 0xFFFFFFFF


def take_apart(file: Path, folder: Path) -> Mapping[str, Path]:
    """Unpack the three members, each compared with its checksum.

    Args:
        file: The `.keras` file.
        folder: Where the members go.

    Returns:
        Where each of `METADATA`, `CONFIG` and `WEIGHTS` lies.

    Raises:
        ModelFileError: It is cut off or damaged, or not what Keras saves.
    """
    with file.open("rb") as packed:
        try:
            entries = read_directory(packed, most_entries=_MOST_ENTRIES)
        except ArchiveError as error:
            raise _damaged(packed, error) from error
        _check_entries(entries)
        members = {entry.name: folder / f"member-{entry.name}" for entry in entries}
        for entry in entries:
            try:
                unpack_member(packed, entry, members[entry.name], on_bytes=lambda _: None)
            except ArchiveError as error:
                raise ModelFileError(
                    f"The file is damaged: {entry.name} inside it differs from its checksum "
                    "(checksum error).",
                    _AGAIN,
                ) from error
    return members


def put_together(
    file: Path, architecture: Mapping[str, Any], keras_version: str, weights: Path
) -> None:
    """Write a `.keras` file of what was checked, and of nothing else."""
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(METADATA, json.dumps({"keras_version": keras_version}))
        archive.writestr(CONFIG, json.dumps(architecture))
        archive.write(weights, WEIGHTS)


def _check_entries(entries: Sequence[Entry]) -> None:
    names = [entry.name for entry in entries]
    for name in names:
        if name not in _MOST:
            raise ModelFileError(
                f"The file holds “{_printable(name)}”, which no model has that Keras saved.",
                _HARMFUL,
            )
        if names.count(name) > 1:
            raise ModelFileError(
                f"The file holds {name} more than once, as a file made to mislead does.", _HARMFUL
            )
    for name in _MOST:
        if name not in names:
            raise ModelFileError(
                f"The file is no Keras model: {name} is missing in it.",
                "Choose another file, or save the model again with Keras.",
            )
    for entry in entries:
        _check_entry(entry)


def _check_entry(entry: Entry) -> None:
    if entry.is_secret or not entry.is_plain or entry.method not in (STORED, DEFLATED):
        raise ModelFileError(
            f"The member {entry.name} of the file is not packed as Keras packs it.", _HARMFUL
        )
    most = _MOST[entry.name]
    if entry.real_bytes > most or entry.real_bytes > entry.packed_bytes * _MOST_RATIO:
        raise ModelFileError(
            f"The member {entry.name} of the file would have {entry.real_bytes / 1e6:,.0f} MB once "
            "unpacked, far more than a model has.",
            _HARMFUL,
        )


def _damaged(packed: BinaryIO, error: ArchiveError) -> ModelFileError:
    """Say how much is there of how much, where the file's own headers tell."""
    there, whole = packed.seek(0, 2), _whole_size(packed)
    if there < whole:
        words = f"{there / 1e6:,.1f} of {whole / 1e6:,.1f} MB are there"
        return ModelFileError(f"The file is damaged: {words}.", _AGAIN)
    return ModelFileError(f"The file is damaged: {error.message}", _AGAIN)


def _whole_size(packed: BinaryIO) -> int:
    """Where the last member would end, by the headers before the members; 0 if none is there."""
    place = 0
    for _ in range(_MOST_ENTRIES):
        packed.seek(place)
        header = packed.read(LOCAL_HEADER.size)
        if len(header) < LOCAL_HEADER.size or not header.startswith(LOCAL_SIGNATURE):
            break
        fields = LOCAL_HEADER.unpack(header)
        extra = packed.read(fields[9] + fields[10])[fields[9] :]
        size = _size_in_zip64(extra) if fields[7] == _UNKNOWN_SIZE else fields[7]
        place += LOCAL_HEADER.size + fields[9] + fields[10] + size
    return place


def _size_in_zip64(extra: bytes) -> int:
    found: tuple[int, ...] = struct.unpack_from("<Q", extra, 12) if len(extra) >= 20 else (0,)
    return found[0]


def _printable(name: str) -> str:
    return re.sub(r"[^\x20-\x7e]", "?", name)[:60]
