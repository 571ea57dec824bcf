"""What folders of an import show, said otherwise afterwards: their pictures are corrected."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace

import numpy as np

from training.cancellation import CancelToken
from training.config import LEAVE_OUT, NEITHER
from training.dataset import naming
from training.dataset.catalog import Catalog
from training.dataset.class_folders import ClassFolder
from training.dataset.decode import Pixels, thumbnail
from training.dataset.intake import EXAMPLE_PX
from training.dataset.journal import Status, Step
from training.dataset.picture import BY_HAND_REASON, NEITHER_REASON, Picture, State
from training.errors import PictureError


def taken_folders(
    catalog: Catalog, folders: Sequence[ClassFolder], *, examples: int, token: CancelToken
) -> tuple[ClassFolder, ...]:
    """Those folders of an import whose pictures came, with how many did, and some of them.

    Args:
        catalog: Of the dataset that they came to.
        folders: All folders, as they were taken.
        examples: How many pictures of each.
        token: Checked for each folder.

    Raises:
        Cancelled: The user cancelled.
    """
    ids = _ids_by_folder(catalog, folders)
    taken: list[ClassFolder] = []
    for folder in folders:
        token.raise_if_cancelled()
        own = ids[folder.key]
        if own:
            some = tuple(_small(catalog.pictures_by_id(own[:examples])))
            taken.append(replace(folder, pictures=len(own), examples=some))
    return tuple(taken)


def correct_folders(
    catalog: Catalog, folders: Sequence[ClassFolder], answers: Mapping[str, str]
) -> Step | None:
    """Correct the pictures of folders that show something else than they were taken for.

    Pictures that are not of the folder's class any more were corrected one by one, and stay as they
    are. No file is touched, and what was not imported does not come.

    Args:
        catalog: Of the dataset that they came to.
        folders: The folders, as they were taken.
        answers: What they show, one of `FOLDER_CLASSES`, by their keys.

    Returns:
        One step for all of them; None where nothing was to change.
    """
    changed = [each for each in folders if answers.get(each.key, each.shown) != each.shown]
    ids = _ids_by_folder(catalog, changed)
    wanted = {
        picture.id: _corrected(picture, answers[folder.key])
        for folder in changed
        for picture in catalog.pictures_by_id(ids[folder.key])
        if _counts_as(picture, folder.shown)
    }
    return catalog.journal.correct(_step_words(changed, answers), wanted)


def _ids_by_folder(catalog: Catalog, folders: Sequence[ClassFolder]) -> dict[str, list[int]]:
    """The ids of the pictures of each folder, by the folders' keys."""
    keys = {(each.source, each.place): each.key for each in folders}
    found: dict[str, list[int]] = {key: [] for key in keys.values()}
    for source in dict.fromkeys(each.source for each in folders):
        for number, name in catalog.sources.names(str(source)):
            key = keys.get((source, naming.statement_of(name.split("/")).place))
            if key is not None:
                found[key].append(number)
    return found


def _small(pictures: Sequence[Picture]) -> Iterator[Pixels]:
    for picture in pictures:
        with suppress(OSError, PictureError):
            yield np.asarray(thumbnail(picture.path.read_bytes(), EXAMPLE_PX), dtype=np.uint8)


def _counts_as(picture: Picture, shown: str) -> bool:
    if shown == NEITHER:
        return picture.is_neither
    return picture.label == shown and not picture.is_neither


def _corrected(picture: Picture, shown: str) -> Status:
    if shown == NEITHER:
        return Status(picture.label, State.EXCLUDED, NEITHER_REASON)
    if shown == LEAVE_OUT:
        return Status(picture.label, State.EXCLUDED, BY_HAND_REASON)
    if picture.is_neither:
        return Status(shown, State.USED, "")
    return Status(shown, picture.state, picture.reason)


def _step_words(changed: Sequence[ClassFolder], answers: Mapping[str, str]) -> str:
    if len(changed) != 1:
        return f"{len(changed):,} folders taken for something else"
    (folder,) = changed
    shown = answers[folder.key]
    return f"“{folder.name}” {'left out' if shown == LEAVE_OUT else f'taken for {shown}'}"
