"""A copy of the user's file: what is checked is what is loaded, whatever happens to the file."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from training.cancellation import CancelToken
from training.errors import ModelFileError
from training.events import EventSink, Stage, StageStarted
from training.progress import Ticker

MOST_BYTES = 2 << 30
"""Of a model's file; the largest of Keras' own networks for ImageNet has 0.6 GB."""

_PIECE = 1 << 20


@dataclass(frozen=True)
class PrivateCopy:
    """A file's bytes as they were when they were read, once.

    Attributes:
        file: The copy.
        name: What the user's file is called.
        sha256: Of the bytes, in hexadecimal.
    """

    file: Path
    name: str
    sha256: str


def copy_privately(
    source: Path, target: Path, *, emit: EventSink, token: CancelToken
) -> PrivateCopy:
    """Read a file once, into a new one that nobody else writes to.

    Raises:
        Cancelled: The user cancelled.
        ModelFileError: It is larger than any model.
        OSError: It cannot be read, or the copy not written.
    """
    total = source.stat().st_size
    ticker = Ticker(emit, StageStarted(Stage.TAKING_IN, total=total, unit="bytes"))
    digest, size = hashlib.sha256(), 0
    with source.open("rb") as read, target.open("xb") as written:
        target.chmod(0o600)
        while piece := read.read(_PIECE):
            token.raise_if_cancelled()
            size += len(piece)
            if size > MOST_BYTES:
                raise ModelFileError(
                    f"{source.name} is larger than {MOST_BYTES / 1e9:.1f} GB, more than any model "
                    "for pictures needs.",
                    "Choose a smaller model.",
                )
            digest.update(piece)
            written.write(piece)
            ticker.advance(len(piece))
    return PrivateCopy(target, source.name, digest.hexdigest())
