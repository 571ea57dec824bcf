"""A dataset's split for other programs: as a table, or as folders of links; and a table read in."""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from training import atomic
from training.cancellation import CancelToken
from training.dataset.building import discard
from training.dataset.catalog import Picture, Split
from training.dataset.leaks import (
    SplitResult,
    pictures_to_split,
    refuse_lacking_class,
    write_split,
)
from training.dataset.library import open_dataset
from training.dataset.links import make_link
from training.dataset.naming import suffix_of
from training.errors import DatasetError
from training.events import EventSink, Stage, StageStarted
from training.home import Home
from training.progress import Ticker

COLUMNS = ("name", "label", "split", "sha256")
"""The columns of a table. Read in, `split` is needed, and `sha256` or `name`."""

_Key = tuple[str, str]  # content and name; one of them may be empty

_ANOTHER_DISK = "Choose a folder on the disk of the pictures, or export a table."
_TAKE_OURS = "Choose a table that this program exported, or one with the same columns."


@dataclass(frozen=True)
class SplitExport:
    """What was written.

    Attributes:
        place: The table or the folder.
        pictures: How many pictures are in it.
    """

    place: Path
    pictures: int


def export_table(
    name: str, file: Path, home: Home, *, emit: EventSink, token: CancelToken
) -> SplitExport:
    """Write which picture is in which split as CSV, whole or not at all.

    Args:
        name: The dataset's name.
        file: The table; one that is there is replaced.
        home: Where the dataset lives.
        emit: Told the stage.
        token: Checked before it is written.

    Raises:
        DatasetError: There is no such dataset, or it is not split.
        Cancelled: The user cancelled.
        OSError: The table cannot be written.
    """
    place = file.expanduser().absolute()
    pictures = _split_pictures(name, home)
    ticker = Ticker(emit, StageStarted(Stage.EXPORTING_SPLIT, len(pictures), "pictures"))
    token.raise_if_cancelled()
    with (
        atomic.replacing(place) as temporary,
        temporary.open("w", encoding="utf-8", newline="") as target,
    ):
        rows = csv.writer(target)
        rows.writerow(COLUMNS)
        rows.writerows((p.name, p.label, p.split, p.sha256) for p in pictures)
    ticker.advance(len(pictures))
    return SplitExport(place, len(pictures))


def export_folders(
    name: str, folder: Path, home: Home, *, emit: EventSink, token: CancelToken
) -> SplitExport:
    """Lay out the split as other programs read it: `train/cat/…`, each picture a link to its file.

    Args:
        name: The dataset's name.
        folder: A new folder.
        home: Where the dataset lives.
        emit: Told the stage.
        token: Checked for each picture.

    Raises:
        DatasetError: There is no such dataset, it is not split, the folder is there already, or
            the system permits no links.
        Cancelled: The user cancelled; nothing is left behind.
        OSError: The folder cannot be written.
    """
    place = folder.expanduser().absolute()
    pictures = _split_pictures(name, home)
    if place.exists():
        raise DatasetError(f"“{folder}” is there already.", "Choose a new folder's name.")
    partial = place.with_name(f".{place.name}.partial")
    discard(partial)
    ticker = Ticker(emit, StageStarted(Stage.EXPORTING_SPLIT, len(pictures), "pictures"))
    try:
        for picture in pictures:
            token.raise_if_cancelled()
            _link(partial, picture)
            ticker.advance()
        partial.rename(place)
    finally:
        discard(partial)
    return SplitExport(place, len(pictures))


def import_table(
    name: str,
    file: Path,
    home: Home,
    *,
    emit: EventSink,
    token: CancelToken,
    exclude_copies: bool = False,
) -> SplitResult:
    """Split a dataset as a table says; it replaces the split that there was.

    Pictures are found by their content, else by their name; those that the table does not name
    are in no split. It is taken exactly: its leaks are named, and mended only if that is asked.

    Args:
        name: The dataset's name.
        file: A CSV with the columns `split` and `sha256` or `name`.
        home: Where the dataset lives.
        emit: Told the stage, and of each leak.
        token: Checked until the split is written.
        exclude_copies: Keep one of the copies that leak, and exclude the others.

    Raises:
        DatasetError: There is no such dataset, the file is no such table, names none of its
            pictures, or leaves training or validation without a class.
        Cancelled: The user cancelled; the old split stays.
    """
    wanted = _read_table(file)
    with open_dataset(home, name) as catalog:
        pictures = pictures_to_split(catalog)
        splits = {picture.id: _place_of(picture, wanted) for picture in pictures}
        if not any(splits.values()):
            raise DatasetError(
                f"“{file.name}” names no picture of “{name}”.", "Choose the table of this dataset."
            )
        for split in (Split.TRAIN, Split.VALIDATION):
            what, why = f"“{file.name}”", "it names none"
            refuse_lacking_class(pictures, splits, split, what=what, why=why, hint=_TAKE_OURS)
        return write_split(
            catalog, pictures, splits, emit=emit, token=token, exclude_copies=exclude_copies
        )


def _split_pictures(name: str, home: Home) -> list[Picture]:
    with open_dataset(home, name) as catalog:
        pictures = [picture for split in Split for picture in catalog.pictures(split=split)]
    if not pictures:
        raise DatasetError(f"The dataset “{name}” is not split.", "Split it first.")
    return pictures


def _link(folder: Path, picture: Picture) -> None:
    """Under a name of our own, since two pictures in folders of their own may have the same one."""
    place = folder / str(picture.split) / picture.label
    place.mkdir(parents=True, exist_ok=True)
    link = place / f"{picture.label}.{picture.id}{suffix_of(picture.name)}"
    make_link(picture.path, link, hint=_ANOTHER_DISK)


def _place_of(picture: Picture, wanted: Mapping[_Key, Split]) -> Split | None:
    content, name = picture.sha256, picture.name
    keys: tuple[_Key, ...] = ((content, name), (content, ""), ("", name))
    return next((wanted[key] for key in keys if key in wanted), None)


def _read_table(file: Path) -> dict[_Key, Split]:
    """Where pictures go, by content and name, by either alone."""
    try:
        text = file.expanduser().read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise DatasetError(f"“{file.name}” is no table of text.", _TAKE_OURS) from error
    rows = csv.DictReader(text.splitlines())
    columns: Sequence[str] = rows.fieldnames or ()
    if "split" not in columns or not {"sha256", "name"} & set(columns):
        raise DatasetError(
            f"“{file.name}” has no columns named split and sha256 or name.", _TAKE_OURS
        )
    places: dict[_Key, Split] = {}
    for row in rows:
        if row["split"]:
            split = _split_named(row["split"], f"“{file.name}”, line {rows.line_num}")
            content, name = row.get("sha256") or "", row.get("name") or ""
            for key in ((content, name), (content, ""), ("", name)):
                places.setdefault(key, split)
    places.pop(("", ""), None)
    return places


def _split_named(name: str, where: str) -> Split:
    try:
        return Split(name)
    except ValueError as error:
        raise DatasetError(
            f"{where}: there is no split named “{name}”.", f"The splits are {', '.join(Split)}."
        ) from error
