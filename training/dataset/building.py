"""A dataset's folder is there whole or not at all."""

import errno
import secrets
import shutil
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

from training.errors import DatasetError
from training.home import Home

PICTURES_FOLDER = "pictures"

_FULL = (errno.ENOSPC, errno.EDQUOT)
_ABANDONED_SECONDS = 600.0  # what is being unpacked grows every second or two
_SPARE_BYTES = 16_000_000  # so that an import does not leave a disk with nothing


@contextmanager
def building(home: Home, name: str) -> Iterator[Path]:
    """Give a folder to build a dataset in; on success it becomes the dataset, else it is removed.

    What an import that was killed left under this name is removed first.

    Args:
        home: Where datasets live.
        name: The new dataset's name.

    Yields:
        An empty folder beside the other datasets.

    Raises:
        DatasetError: There is a dataset of that name, or the disk is full.
    """
    refuse_taken(home, name)
    partial = partial_folder(home, name)
    discard(partial)
    try:
        with _full_disk_explained():
            partial.mkdir(parents=True)
            yield partial
            partial.rename(home.datasets / name)
    finally:
        discard(partial)


@contextmanager
def unpacking(dataset: Path, *, in_use: Collection[str]) -> Iterator[Path]:
    """Give a place for pictures that are added to a dataset; whatever fails, it is cleared.

    What an addition that was killed left is removed first, once nothing has been written there for
    ten minutes: another program may be adding to the same dataset.

    Args:
        dataset: The dataset's folder.
        in_use: Folders in it that its pictures lie in.

    Yields:
        A folder that does not exist yet; whoever wants more takes names that begin with its name.

    Raises:
        DatasetError: The disk is full.
    """
    for folder in dataset.glob(f"{PICTURES_FOLDER}-*"):
        if folder.name not in in_use and _is_abandoned(folder):
            discard(folder)
    place = dataset / f"{PICTURES_FOLDER}-{secrets.token_hex(4)}"
    try:
        with _full_disk_explained():
            yield place
    except BaseException:
        for folder in dataset.glob(f"{place.name}*"):
            discard(folder)
        raise


@contextmanager
def _full_disk_explained() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno not in _FULL:
            raise
        raise DatasetError(
            "The disk is full; nothing of the import was kept.",
            "Free some space, or choose a home folder on another disk, and import again.",
        ) from error


def partial_folder(home: Home, name: str) -> Path:
    """Where a dataset is while it is being built or deleted."""
    return home.datasets / f".{name}.partial"


def discard(folder: Path) -> None:
    """Remove a folder of ours if it is there; a link is removed, not what it leads to."""
    if folder.is_symlink():
        folder.unlink()
    elif folder.exists():
        shutil.rmtree(folder)


def require_space(folder: Path, needed_bytes: int) -> None:
    """Refuse to begin what the disk cannot hold.

    Args:
        folder: An existing folder on that disk.
        needed_bytes: What will be written.

    Raises:
        DatasetError: It does not fit; says how much is needed.
    """
    free = shutil.disk_usage(folder).free
    needed = needed_bytes + _SPARE_BYTES
    if needed > free:
        raise DatasetError(
            f"The import needs {needed / 1e6:,.0f} MB and the disk has {free / 1e6:,.0f} MB free.",
            "Free some space, or choose a home folder on another disk.",
        )


def refuse_taken(home: Home, name: str) -> None:
    """Refuse a name that another dataset has, in whatever case.

    Raises:
        DatasetError: There is a dataset of that name.
    """
    if not home.datasets.is_dir():
        return
    for folder in home.datasets.iterdir():
        if folder.name.casefold() == name.casefold():
            raise DatasetError(
                f"There is already a dataset named “{folder.name}”.",
                "Choose another name, or delete that dataset first.",
            )


def _is_abandoned(folder: Path) -> bool:
    changed = max(each.stat().st_mtime for each in (folder, *folder.glob("*")))
    return time.time() - changed > _ABANDONED_SECONDS
