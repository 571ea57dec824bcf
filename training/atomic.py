"""Files that are either the old one or the new one, never half of each."""

import contextlib
import hashlib
import os
import secrets
import time
from collections.abc import Iterator
from pathlib import Path

_CHUNK_BYTES = 1 << 20


@contextlib.contextmanager
def replacing(
    target: Path, *, previous: Path | None = None, private: bool = False
) -> Iterator[Path]:
    """Give a temporary path in the target's folder; on success it takes the target's place.

    The temporary file is flushed to the disk before it replaces the target, and the folder after
    it, so that a crash or a full disk leaves the old file whole. Libraries that save with "wb"
    (Keras among them) destroy the old file first; writing through here they cannot.

    Args:
        target: The file to write. Its folder must exist; its suffix is kept, since some
            libraries choose the format by it.
        previous: Where the old file goes, in the same folder; None for nowhere. A kill between
            the two renames leaves no target, but the old file whole in this place.
        private: Whether only the user may read it, from its first byte on (mode 0600).

    Yields:
        The path to write to.
    """
    name = f".{target.stem}-{secrets.token_hex(4)}.partial{target.suffix}"
    temporary = target.with_name(name)
    temporary.touch(mode=0o600 if private else 0o666, exist_ok=False)
    try:
        yield temporary
        _flush_file(temporary)
        if previous is not None and target.exists():
            target.replace(previous)
        temporary.replace(target)
        _flush_folder(target.parent)
    finally:
        temporary.unlink(missing_ok=True)


def write_text(target: Path, text: str, *, private: bool = False) -> None:
    """Write UTF-8 text to a file, whole or not at all; `private` as in `replacing`."""
    with replacing(target, private=private) as temporary:
        temporary.write_text(text, encoding="utf-8", newline="\n")


def remove_abandoned(folder: Path, *, older_than_s: float = 0.0) -> None:
    """Remove the temporary files that a program which was killed has left in a folder.

    Args:
        folder: Where `replacing` wrote; files in folders inside it stay.
        older_than_s: Leave those that were written to since, in seconds: another program may be
            at work in the same folder.
    """
    for path in folder.glob(".*.partial.*"):
        with contextlib.suppress(OSError):  # gone meanwhile, or in use
            if time.time() - path.stat().st_mtime >= older_than_s:
                path.unlink()


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file's bytes, in hexadecimal."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK_BYTES):
            digest.update(chunk)
    return digest.hexdigest()


def _flush_file(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _flush_folder(folder: Path) -> None:
    if os.name == "nt":  # Windows cannot open a folder to flush it; its rename is journalled
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
