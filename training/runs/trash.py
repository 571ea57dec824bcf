"""The trash: runs that were deleted, whole until they have lain there for 30 days."""

import contextlib
import os
import shutil
import time
from dataclasses import dataclass
from pathlib import Path

from training.errors import RunError
from training.home import Home
from training.runs.lab_book import RunInfo, any_run_info, own_folder
from training.runs.training_lock import require_untrained

TRASH_FOLDER = ".trash"
KEPT_DAYS = 30

_DAY_S = 24 * 3600.0
_LEAVING = ".partial"


@dataclass(frozen=True)
class Trashed:
    """A run in the trash.

    Attributes:
        run: Its name in the trash, by which it can be restored: its own, unless another run of
            that name lies there already.
        folder: Where it lies.
        deleted_at: When it was deleted, in seconds since 1970.
    """

    run: str
    folder: Path
    deleted_at: float


def delete_run(home: Home, run: str) -> Trashed:
    """Move a run to the trash, and remove for good what has lain there for `KEPT_DAYS`.

    One whose record is damaged goes there too.

    Raises:
        RunError: There is none of that name under the home's runs.
        OSError: It cannot be moved; it is where it was.
    """
    folder = own_folder(home, run)
    require_untrained(folder)
    trash = _trash(home)
    trash.mkdir(exist_ok=True)
    os.utime(folder)  # before it lies in the trash: what is there is dated
    there = folder.rename(_free_place(trash, folder.name))
    empty_trash(home, older_than_s=KEPT_DAYS * _DAY_S)
    return _trashed(there)


def list_trash(home: Home) -> list[Trashed]:
    """What lies in the trash, deleted last first."""
    trash = _trash(home)
    if not trash.is_dir():
        return []
    found = [_trashed(each) for each in trash.iterdir() if not each.name.startswith(".")]
    return sorted(found, key=lambda each: each.deleted_at, reverse=True)


def restore_run(home: Home, run: str) -> RunInfo:
    """Put a run of the trash back among the others, as it was.

    Args:
        home: Where the runs are.
        run: Its name in the trash.

    Raises:
        RunError: There is none of that name, or there is a run of that name by now.
    """
    found = next((each for each in list_trash(home) if each.run == run), None)
    if found is None:
        known = ", ".join(each.run for each in list_trash(home)[:5]) or "nothing"
        raise RunError(f"There is no run “{run}” in the trash.", f"The newest there: {known}.")
    place = home.runs / run
    if place.exists():
        raise RunError(
            f"There is another run named {run} by now.", "Delete that one first; both stay whole."
        )
    return any_run_info(found.folder.rename(place))


def empty_trash(home: Home, *, older_than_s: float = 0.0) -> int:
    """Remove for good what lies in the trash.

    Args:
        home: Where the runs are.
        older_than_s: Leave what was deleted since, in seconds.

    Returns:
        How many runs are gone. One that cannot be removed, such as while a file of it is open on
        Windows, waits for the next time.
    """
    limit = time.time() - older_than_s
    old = [each for each in list_trash(home) if each.deleted_at <= limit]
    for each in old:
        with contextlib.suppress(OSError):  # from here on it is no run, whatever interrupts
            each.folder.rename(each.folder.with_name(f".{each.run}{_LEAVING}"))
    for leaving in _trash(home).glob(f".*{_LEAVING}"):
        shutil.rmtree(leaving, ignore_errors=True)
    return sum(not each.folder.exists() for each in old)


def _trash(home: Home) -> Path:
    return home.runs / TRASH_FOLDER


def _free_place(trash: Path, name: str) -> Path:
    places = (trash / (name if number == 1 else f"{name}-{number}") for number in range(1, 1000))
    for place in places:
        if not place.exists():
            return place
    raise RunError(f"Too many runs named {name} lie in the trash.", "Empty it, and try again.")


def _trashed(folder: Path) -> Trashed:
    return Trashed(folder.name, folder, folder.stat().st_mtime)
