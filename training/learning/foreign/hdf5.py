"""An HDF5 file looked through before Keras reads it: plain numbers, in this file, and no more."""

import struct
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from training.errors import ModelFileError
from training.learning.foreign.allowed import MOST_CONFIG_BYTES
from training.learning.foreign.copying import MOST_BYTES

ARCHITECTURE = "model_config"
"""The attribute that holds the architecture."""

_TRAINING = "training_config"
_MOST_PARTS = 50_000
_MOST_DEPTH = 60
_MOST_EXPANSION = 4
_UNCOUNTED_BYTES = 1 << 20  # what small arrays may declare beyond what is stored
_KNOWN_FILTERS = frozenset({1, 2, 3})  # deflate, shuffle, checksum: they need no plug-in
_AGAIN = "Copy or download the file again."
_HARMFUL = "Do not use this file."


@contextmanager
def opened(file: Path, *, writable: bool = False) -> Iterator[Any]:
    """Open an HDF5 file to read, or a copy of one to change it.

    Yields:
        An `h5py.File`.

    Raises:
        ModelFileError: It is cut off or damaged.
    """
    import h5py

    _require_whole(file)
    try:
        with h5py.File(file, "r+" if writable else "r") as found:
            yield found
    except ModelFileError:
        raise
    except (OSError, RuntimeError, ValueError, KeyError, TypeError) as error:
        raise ModelFileError("The file is damaged: its HDF5 cannot be read.", _AGAIN) from error


def check_weights(file: Any) -> None:  # noqa: ANN401 - h5py ships no types
    """Refuse what could lead elsewhere, or grow once it is read.

    Args:
        file: What `opened` gave.

    Raises:
        ModelFileError: It holds a link, an array that lies outside or is put together, anything
            but numbers, or one that declares far more than is stored.
    """
    seen = _Seen()
    _check_group(file, seen, depth=0)
    most = _MOST_EXPANSION * seen.stored + _UNCOUNTED_BYTES
    if seen.declared > min(most, MOST_BYTES):
        raise ModelFileError(
            f"The file declares {seen.declared / 1e6:,.0f} MB of weights and holds "
            f"{seen.stored / 1e6:,.2f} MB, as in a file made to fill the memory.",
            _HARMFUL,
        )


def text_attribute(file: Any, name: str) -> bytes | None:  # noqa: ANN401 - likewise
    """An attribute of the file's root, as bytes.

    Returns:
        None where there is none.

    Raises:
        ModelFileError: It is no text, or longer than any architecture.
    """
    if name not in file.attrs:
        return None
    shape, dtype = file.attrs.get_id(name).shape, file.attrs.get_id(name).dtype
    if shape not in ((), (1,)) or dtype.kind not in "OS" or dtype.itemsize > MOST_CONFIG_BYTES:
        raise ModelFileError(f"The attribute {name} of the file is no text.", _HARMFUL)
    value = file.attrs[name]
    value = value if isinstance(value, str | bytes) else value[0]
    return value.encode("utf-8") if isinstance(value, str) else bytes(value)


def replace_architecture(file: Any, text: str) -> None:  # noqa: ANN401 - likewise
    """Put the checked architecture in the place of the stated one, and how it was trained away."""
    for name in (ARCHITECTURE, _TRAINING):
        if name in file.attrs:
            del file.attrs[name]
    file.attrs[ARCHITECTURE] = text


@dataclass
class _Seen:
    """What was met so far: places in the file, and sizes in bytes."""

    places: set[int] = field(default_factory=set)
    declared: int = 0
    stored: int = 0


def _check_group(group: Any, seen: _Seen, depth: int) -> None:  # noqa: ANN401 - likewise
    import h5py

    if depth > _MOST_DEPTH or len(seen.places) + len(group) > _MOST_PARTS:
        raise ModelFileError("The file has more parts than any model.", _HARMFUL)
    for name in group:
        if not isinstance(group.get(name, getlink=True), h5py.HardLink):
            raise ModelFileError(
                f"“{_short(name)}” in the file is a link to somewhere else.", _HARMFUL
            )
        found = group[name]
        place = h5py.h5o.get_info(found.id).addr
        if place in seen.places:
            raise ModelFileError(f"“{_short(name)}” in the file is there twice.", _HARMFUL)
        seen.places.add(place)
        if isinstance(found, h5py.Group):
            _check_group(found, seen, depth + 1)
        elif isinstance(found, h5py.Dataset):
            _check_array(found, _short(name), seen)
        else:
            raise ModelFileError(f"“{_short(name)}” in the file is no array.", _HARMFUL)


def _check_array(array: Any, name: str, seen: _Seen) -> None:  # noqa: ANN401 - likewise
    if array.external or array.is_virtual:
        raise ModelFileError(f"The numbers of “{name}” lie in another file.", _HARMFUL)
    if array.dtype.kind not in "fiu":
        raise ModelFileError(f"“{name}” in the file holds something else than numbers.", _HARMFUL)
    plan = array.id.get_create_plist()
    if {plan.get_filter(place)[0] for place in range(plan.get_nfilters())} - _KNOWN_FILTERS:
        raise ModelFileError(f"“{name}” is packed in a way that Keras does not use.", _HARMFUL)
    seen.declared += int(array.size or 0) * array.dtype.itemsize
    seen.stored += array.id.get_storage_size()


_END_PLACES = {0: 40, 1: 44, 2: 28, 3: 28}
"""Where the superblock of each version says where the file ends (format 3.0, section II.A)."""


def _require_whole(file: Path) -> None:
    with file.open("rb") as read:
        head, there = read.read(64), file.stat().st_size
    place = _END_PLACES.get(head[8]) if len(head) == 64 else None
    if place is None:
        raise ModelFileError("The file is damaged: its HDF5 cannot be read.", _AGAIN)
    (whole,) = struct.unpack_from("<Q", head, place)
    if there < whole:
        raise ModelFileError(
            f"The file is damaged: {there / 1e6:,.1f} of {whole / 1e6:,.1f} MB are there.", _AGAIN
        )


def _short(name: str) -> str:
    return name if len(name) <= 60 else f"{name[:60]}…"
