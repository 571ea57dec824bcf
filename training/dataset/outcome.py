"""What an import and an addition bring, and what neither goes on without."""

import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from training.dataset.arrivals import Tally
from training.dataset.catalog import DatasetInfo, NewPicture, State
from training.dataset.class_folders import ClassFolder
from training.dataset.intake import Lot
from training.dataset.library import open_dataset
from training.dataset.scan import LeftOut, left_out_words
from training.errors import DatasetError
from training.events import EventSink, Noticed
from training.home import Home

_TAKE_THESE = "Choose Kaggle's train.zip, or pictures in folders named cat and dog."


@dataclass(frozen=True)
class ImportResult:
    """What an import brought.

    Attributes:
        info: The dataset as it is now.
        ignored: Files of the sources that were not taken.
        seconds: How long it took.
        tally: What came, and which copies did not.
        folders: Which folder was taken for what.
    """

    info: DatasetInfo
    ignored: int
    seconds: float
    tally: Tally
    folders: tuple[ClassFolder, ...]


def result_of(
    home: Home,
    name: str,
    lots: Sequence[Lot],
    tally: Tally,
    *,
    started: float,
    emit: EventSink,
) -> ImportResult:
    """What an import brought; what was left out is told.

    Args:
        home: Where the dataset lives.
        name: Its name.
        lots: What was taken.
        tally: What came of it.
        started: When, of the monotonic clock.
        emit: Told what was left out.
    """
    left_out = _left_out(lots)
    if left_out.total():
        emit(Noticed(f"Left out: {left_out_words(left_out)}."))
    folders = tuple(folder for lot in lots for folder in lot.folders)
    with open_dataset(home, name) as catalog:
        seconds = time.monotonic() - started
        return ImportResult(catalog.info(), left_out.total(), seconds, tally, folders)


def require_pictures(lots: Sequence[Lot]) -> None:
    """Refuse sources without a picture of a class.

    Raises:
        DatasetError: There is none; says what there is instead.
    """
    if any(lot.scan.candidates for lot in lots):
        return
    left_out, sources = _left_out(lots), names_of(lots)
    if left_out[LeftOut.NO_CLASS]:
        raise DatasetError(
            f"“{sources}” holds {left_out[LeftOut.NO_CLASS]:,} pictures, and none states "
            "whether it is a cat or a dog.",
            "Put them into folders named cat and dog, or name them cat.1.jpg and dog.1.jpg; "
            "of Kaggle's files, choose train.zip.",
        )
    words = left_out_words(left_out)
    found = f" ({words})" if words else ""
    raise DatasetError(f"No pictures are in “{sources}”{found}.", _TAKE_THESE)


def require_readable(lots: Sequence[Lot], checked: Sequence[Sequence[NewPicture]]) -> None:
    """Refuse sources of which no picture can be read.

    Raises:
        DatasetError: None can; gives the first one's reason.
    """
    pictures = [picture for every in checked for picture in every]
    if all(picture.state is State.QUARANTINED for picture in pictures):
        raise DatasetError(
            f"None of the {len(pictures):,} pictures in “{names_of(lots)}” can be read; "
            f"the first one: {pictures[0].reason}",
            "Get the pictures again, or choose others.",
        )


def names_of(lots: Sequence[Lot]) -> str:
    """What the sources are called, to stand in quotation marks."""
    return "”, “".join(lot.source.name for lot in lots)


def _left_out(lots: Sequence[Lot]) -> Counter[LeftOut]:
    return sum((lot.scan.left_out for lot in lots), Counter[LeftOut]())
