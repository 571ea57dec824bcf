"""One training a run: whoever trains it holds a lock that no crash can leave behind."""

import contextlib
import errno
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from training.errors import RunError
from training.runs.run_folder import CHECKPOINT_FOLDER

LOCK_FILE = "lock"

_TRIES = 5
_PAUSE_S = 0.02  # who only looks holds it for less
_HELD = frozenset({errno.EACCES, errno.EAGAIN, errno.EDEADLK})


@contextlib.contextmanager
def training_lock(folder: Path) -> Iterator[None]:
    """Hold a run while it is trained.

    The lock is the operating system's, on a file beside the checkpoint: it is gone with the process
    that holds it, however that ends, and the file that stays behind means nothing. Where the file
    system knows no locks, nothing is held.

    Args:
        folder: The run's.

    Raises:
        RunError: Another training holds it, in this process or another.
    """
    with (folder / CHECKPOINT_FOLDER / LOCK_FILE).open("ab") as file:
        if not any(_is_taken_soon(file, try_number) for try_number in range(_TRIES)):
            raise _held_by_another(folder)
        try:
            yield
        finally:
            _give_back(file)


def is_being_trained(folder: Path) -> bool:
    """Whether some training holds a run now."""
    try:
        with (folder / CHECKPOINT_FOLDER / LOCK_FILE).open("rb+") as file:
            if not _is_taken(file):
                return True
            _give_back(file)
    except OSError:  # nobody ever trained it here, or nobody can
        return False
    return False


def require_untrained(folder: Path) -> None:
    """Refuse a run that some training holds.

    Raises:
        RunError: It is being trained.
    """
    if is_being_trained(folder):
        raise _held_by_another(folder)


def _held_by_another(folder: Path) -> RunError:
    return RunError(
        f"The run {folder.name} is being trained by another window or command.",
        "Pause it there first.",
    )


def _is_taken_soon(file: BinaryIO, try_number: int) -> bool:
    if try_number:
        time.sleep(_PAUSE_S)
    return _is_taken(file)


def _is_taken(file: BinaryIO) -> bool:
    """Whether the lock is ours now; without a word where the file system knows none."""
    try:
        _lock(file)
    except OSError as error:
        return error.errno not in _HELD
    return True


if sys.platform == "win32":
    import msvcrt

    def _lock(file: BinaryIO) -> None:
        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)

    def _give_back(file: BinaryIO) -> None:
        with contextlib.suppress(OSError):
            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _lock(file: BinaryIO) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _give_back(file: BinaryIO) -> None:
        with contextlib.suppress(OSError):
            fcntl.flock(file, fcntl.LOCK_UN)
