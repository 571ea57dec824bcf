"""The tab's jobs. What they need is imported in them, in the worker thread, and not before."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from catdog_gui.dataset_tab.check_jobs import read_found, read_journal, read_leaks
from catdog_gui.dataset_tab.found import Found, Journal
from catdog_gui.dataset_tab.picture_filter import Leaks
from training.cancellation import CancelToken
from training.config import ImportConfig, SplitConfig
from training.dataset.picture import DatasetInfo
from training.events import EventSink, Stage, StageStarted
from training.home import Home

if TYPE_CHECKING:
    from training.dataset.arrivals import Tally
    from training.dataset.class_folders import ClassFolder
    from training.dataset.split_files import SplitExport


EXAMPLES = 3
"""Pictures of each folder that are shown where it is asked what the folder shows."""


@dataclass(frozen=True)
class DatasetRead:
    """A dataset as its catalogue has it now.

    Attributes:
        info: In figures.
        leaks: Which of its pictures have copies in other splits.
        found: What is wrong with it.
        journal: What can be undone and redone.
    """

    info: DatasetInfo
    leaks: Leaks
    found: Found
    journal: Journal


@dataclass(frozen=True)
class Question:
    """Folders of which the user has to say what they show.

    Attributes:
        config: What was to be imported.
        folders: The folders, each with some pictures.
        adds: Whether it was to come to a dataset that there is.
    """

    config: ImportConfig
    folders: "tuple[ClassFolder, ...]"
    adds: bool


@dataclass(frozen=True)
class Imported:
    """What an import or an addition brought.

    Attributes:
        info: The dataset as it is now.
        tally: What came, and which copies did not.
        mapping: Which folder was taken for what, in words.
        adds: Whether it came to a dataset that there was.
        doubtful: All folders, where some was taken for what its name does not say; else none.
    """

    info: DatasetInfo
    tally: "Tally"
    mapping: str
    adds: bool
    doubtful: "tuple[ClassFolder, ...]" = ()


def list_all(home: Home, *, emit: EventSink, token: CancelToken) -> list[DatasetInfo]:  # noqa: ARG001 - a job's form
    """The datasets by name; see `training.dataset.library.list_datasets`."""
    from training.dataset.library import list_datasets

    return list_datasets(home)


def read(name: str, home: Home, *, emit: EventSink, token: CancelToken) -> DatasetRead:  # noqa: ARG001 - a job's form
    """Read what a catalogue comes to.

    Raises:
        DatasetError: There is no such dataset, or it cannot be read.
        Cancelled: Another dataset is wanted meanwhile.
    """
    from training.dataset.library import open_dataset

    with open_dataset(home, name) as catalog:
        info = catalog.info()
        token.raise_if_cancelled()
        found, journal = read_found(catalog, home), read_journal(catalog)
        return DatasetRead(info, read_leaks(catalog), found, journal)


def import_sources(
    config: ImportConfig, home: Home, *, adds: bool, emit: EventSink, token: CancelToken
) -> Imported | Question:
    """Make a dataset of pictures, or add them to one; see `training.dataset.importing`, `adding`.

    Returns:
        What came; where it is not clear what folders show, nothing came and that is asked.
    """
    from training.dataset.adding import add_pictures
    from training.dataset.class_folders import (
        UnclearFoldersError,
        mapping_words,
        may_be_mistaken,
    )
    from training.dataset.importing import import_pictures

    bring = add_pictures if adds else import_pictures
    try:
        done = bring(config, home, emit=emit, token=token, examples=EXAMPLES)
    except UnclearFoldersError as error:
        return Question(config, error.folders, adds)
    is_doubtful = done.tally.added and may_be_mistaken(done.folders)
    doubtful = done.folders if is_doubtful else ()
    return Imported(done.info, done.tally, mapping_words(done.folders), adds, doubtful)


def read_folders(
    name: str,
    folders: "tuple[ClassFolder, ...]",
    home: Home,
    *,
    emit: EventSink,
    token: CancelToken,
) -> "tuple[ClassFolder, ...]":
    """The folders whose pictures came; see `training.dataset.folder_answers.taken_folders`."""
    from training.dataset.folder_answers import taken_folders
    from training.dataset.library import open_dataset

    emit(StageStarted(Stage.READING_PICTURES))
    with open_dataset(home, name) as catalog:
        return taken_folders(catalog, folders, examples=EXAMPLES, token=token)


def draw_sample(name: str, home: Home, *, emit: EventSink, token: CancelToken) -> DatasetInfo:
    """Draw the sample set; see `training.dataset.importing.make_sample`."""
    from training.dataset.importing import make_sample

    return make_sample(name, home, emit=emit, token=token).info


def split(
    name: str,
    config: SplitConfig,
    home: Home,
    *,
    emit: EventSink,
    token: CancelToken,
) -> DatasetInfo:
    """Split a dataset; see `training.dataset.split.split_dataset`."""
    from training.dataset.library import open_dataset
    from training.dataset.split import split_dataset

    split_dataset(name, config, home, emit=emit, token=token)
    with open_dataset(home, name) as catalog:
        return catalog.info()


def leave_copies_out(name: str, home: Home, *, emit: EventSink, token: CancelToken) -> DatasetInfo:
    """Exclude the copies that leak; see `training.dataset.leaks.leave_copies_out`."""
    from training.dataset import leaks
    from training.dataset.library import open_dataset

    leaks.leave_copies_out(name, home, emit=emit, token=token)
    with open_dataset(home, name) as catalog:
        return catalog.info()


def import_split(
    name: str, file: Path, home: Home, *, emit: EventSink, token: CancelToken
) -> DatasetInfo:
    """Split a dataset as a table says; see `training.dataset.split_files.import_table`."""
    from training.dataset.library import open_dataset
    from training.dataset.split_files import import_table

    import_table(name, file, home, emit=emit, token=token)
    with open_dataset(home, name) as catalog:
        return catalog.info()


def export_split(
    name: str, place: Path, home: Home, *, as_table: bool, emit: EventSink, token: CancelToken
) -> "SplitExport":
    """Write a split into files; see `training.dataset.split_files`."""
    from training.dataset.split_files import export_folders, export_table

    export = export_table if as_table else export_folders
    return export(name, place, home, emit=emit, token=token)


def delete(name: str, home: Home, *, emit: EventSink, token: CancelToken) -> None:
    """Delete a dataset; see `training.dataset.library.delete_dataset`."""
    from training.dataset.library import delete_dataset

    delete_dataset(home, name, emit=emit, token=token)
