"""Pictures whose labels are known, to judge a run on: a split of a dataset, or a folder."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from training.cancellation import CancelToken
from training.dataset.library import open_dataset
from training.dataset.picture import Picture, Split, State
from training.dataset.scan import Candidate, Watch, scan_folder
from training.errors import DatasetError
from training.home import Home
from training.runs.lab_book import RunInfo
from training.runs.run_folder import read_record, spoken

_FLATTERING: Mapping[Split, str] = {
    Split.TRAIN: "From these pictures {run} has learned: elsewhere it is right less often.",
    Split.VALIDATION: "These pictures also chose the epoch and the temperature of {run}, so they "
    "flatter a little.",
}


@dataclass(frozen=True)
class SplitSource:
    """The pictures of a split that are used.

    Attributes:
        dataset: The dataset's name.
        split: Which of its splits.
    """

    dataset: str
    split: Split

    @property
    def words(self) -> str:
        """Such as: the test split of “pets”."""
        return f"the {self.split} split of “{self.dataset}”"


@dataclass(frozen=True)
class FolderSource:
    """The pictures in a folder, and in the folders in it, that state a class.

    Attributes:
        folder: Where they lie.
    """

    folder: Path

    @property
    def words(self) -> str:
        """Such as: the folder “pets”."""
        return f"the folder “{self.folder.name}”"


Source = SplitSource | FolderSource
"""Where labelled pictures are from."""


def labelled_pictures(source: Source, home: Home, *, token: CancelToken) -> Sequence[Picture]:
    """The pictures of a source, in a steady order; none of their files is opened.

    Args:
        source: Where they are from. In a folder the nearest folder that is named as a class says
            the label, else the file's name.
        home: Where the datasets live.
        token: Checked in each folder.

    Returns:
        Rows of the catalogue; for a folder the like of them, numbered from 0 as they come.

    Raises:
        Cancelled: The user cancelled.
        DatasetError: There is no such dataset or folder, or there are no labelled pictures in it.
    """
    if isinstance(source, SplitSource):
        return _pictures_of_split(source, home)
    return _pictures_in(source.folder, home, token)


def cautions(source: Source, runs: Sequence[RunInfo], home: Home) -> tuple[str, ...]:
    """What makes figures on the pictures of a run's own dataset look better than they are.

    Args:
        source: Where the pictures are from.
        runs: Those that are judged.
        home: Where the datasets live.

    Raises:
        DatasetError: There is no such dataset.
        RunError: A run's record cannot be read.
    """
    own = [
        info for info in runs if isinstance(source, SplitSource) and info.dataset == source.dataset
    ]
    if not isinstance(source, SplitSource) or not own:
        return ()
    with open_dataset(home, source.dataset) as catalog:
        fingerprint = catalog.split_fingerprint()
    words = (_caution(source, info, fingerprint) for info in own)
    return tuple(each for each in words if each)


def _caution(source: SplitSource, info: RunInfo, fingerprint: str) -> str:
    if read_record(info.folder).fingerprint != fingerprint:
        return (
            f"“{source.dataset}” is split otherwise than when {spoken(info.run)} learned from it: "
            "these may be pictures that it has seen."
        )
    return _FLATTERING.get(source.split, "").format(run=spoken(info.run))


def _pictures_of_split(source: SplitSource, home: Home) -> Sequence[Picture]:
    with open_dataset(home, source.dataset) as catalog:
        pictures = catalog.pictures(split=source.split)
    if not pictures:
        raise DatasetError(
            f"The {source.split} split of “{source.dataset}” is empty.", "Split the dataset first."
        )
    return pictures


def _pictures_in(folder: Path, home: Home, token: CancelToken) -> Sequence[Picture]:
    if not folder.is_dir():
        raise DatasetError(f"There is no folder {folder}.", "Check its name.")
    watch = Watch(
        on_listed=token.raise_if_cancelled,
        on_space_needed=lambda _: None,
        on_bytes=lambda _: None,
    )
    scan = scan_folder(folder, never_enter=home.datasets, watch=watch)
    labelled = [each for each in scan.candidates if each.label and not each.is_neither]
    if not labelled:
        raise DatasetError(
            f"No picture in the folder “{folder.name}” states a class.",
            "Put cats and dogs into folders named cat and dog, or name them cat.1.jpg, dog.1.jpg.",
        )
    return [_picture(place, each) for place, each in enumerate(labelled)]


def _picture(place: int, candidate: Candidate) -> Picture:
    """What is known of a file before it is opened: it has no measures yet."""
    return Picture(
        id=place,
        path=candidate.place,
        name=candidate.name,
        sha256="",
        size_bytes=0,
        width=0,
        height=0,
        label=candidate.label,
        number=candidate.number,
        split=None,
        state=State.USED,
        reason="",
    )
