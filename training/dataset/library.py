"""The datasets that a home folder holds."""

import logging
import os
from pathlib import Path

from training.cancellation import CancelToken
from training.config import check_name
from training.dataset import cache, taking_over
from training.dataset.building import discard, partial_folder
from training.dataset.catalog import Catalog, DatasetInfo
from training.dataset.catalog_file import CATALOGUE_FILE
from training.errors import DatasetError, UserError
from training.events import EventSink, Stage, StageStarted
from training.home import Home
from training.progress import Ticker

_log = logging.getLogger(__name__)


def list_datasets(home: Home) -> list[DatasetInfo]:
    """The datasets by name. One whose catalogue cannot be read is left out and logged."""
    found: list[DatasetInfo] = []
    for name in dataset_names(home):
        try:
            with Catalog.open(home.datasets / name) as catalog:
                found.append(catalog.info())
        except UserError as error:
            _log.warning("The dataset %s is not listed: %s", name, error)
    return found


def open_dataset(home: Home, name: str) -> Catalog:
    """Open a dataset's catalogue; the caller closes it.

    Raises:
        DatasetError: There is none of that name, or its catalogue cannot be read.
        ConfigError: It cannot be a name.
    """
    return Catalog.open(_existing(home, name))


def delete_dataset(home: Home, name: str, *, emit: EventSink, token: CancelToken) -> None:
    """Delete a dataset: what is under its folder, and what is cached of it.

    The user's own pictures, which are read in place, lie elsewhere and stay. What was corrected
    is kept by content, for when the same pictures are imported again.

    Raises:
        DatasetError: There is none of that name.
        Cancelled: The user cancelled before anything was deleted.
        OSError: A file is in use or may not be deleted.
    """
    folder = _existing(home, name)
    token.raise_if_cancelled()
    leaving = partial_folder(home, name)
    discard(leaving)
    _keep_corrections(folder, home)
    folder.rename(leaving)  # from here on it is no dataset, whatever interrupts
    cache.forget(home, name)
    _delete_files(leaving, emit)
    discard(leaving)


def _existing(home: Home, name: str) -> Path:
    folder = home.datasets / check_name(name)
    if folder.is_dir():
        return folder
    names = dataset_names(home)
    hint = f"There are: {', '.join(names)}." if names else "Import pictures first."
    raise DatasetError(f"There is no dataset named “{name}”.", hint)


def _keep_corrections(folder: Path, home: Home) -> None:
    try:
        with Catalog.open(folder) as catalog:
            taking_over.keep(catalog, home)
    except UserError as error:  # a damaged catalogue is often what it is deleted for
        _log.warning("The corrections of %s are not kept: %s", folder.name, error)


def dataset_names(home: Home) -> list[str]:
    """The names of the datasets, in alphabetical order."""
    if not home.datasets.is_dir():
        return []
    names = [path.parent.name for path in home.datasets.glob(f"*/{CATALOGUE_FILE}")]
    return sorted((name for name in names if not name.startswith(".")), key=str.casefold)


def _delete_files(folder: Path, emit: EventSink) -> None:
    if folder.is_symlink():
        return
    paths = [Path(above, file) for above, _, files in os.walk(folder) for file in files]
    stage = StageStarted(Stage.DELETING, total=len(paths), unit="files", interruptible=False)
    ticker = Ticker(emit, stage)
    for path in paths:
        path.unlink()
        ticker.advance()
