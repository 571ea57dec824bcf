"""Which picture is for training, which for validation and which for the test."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from training.cancellation import CancelToken
from training.config import FOLDERS_SCHEME, NOTEBOOK_SCHEME, SplitConfig
from training.dataset.catalog import (
    CLASSES,
    Catalog,
    Picture,
    Split,
)
from training.dataset.leaks import (
    Assignment,
    SplitResult,
    pictures_to_split,
    refuse_lacking_class,
    write_split,
)
from training.dataset.library import open_dataset
from training.errors import DatasetError
from training.events import EventSink
from training.home import Home

NOTEBOOK_NUMBERS: Mapping[Split, range] = {
    Split.TRAIN: range(10_000),
    Split.VALIDATION: range(10_000, 11_000),
    Split.TEST: range(11_000, 12_000),
}
"""The notebook's split: the numbers in the file names of each class."""

SPLIT_FOLDERS: Mapping[Split, tuple[str, ...]] = {
    Split.TRAIN: ("train", "training"),
    Split.VALIDATION: ("validation", "valid", "val"),
    Split.TEST: ("test", "testing"),
}
"""What folders of each split are called, in any case."""

_BY_SHARES = "Split by shares instead, such as .8 and .1."


def split_dataset(
    name: str,
    config: SplitConfig,
    home: Home,
    *,
    emit: EventSink,
    token: CancelToken,
    exclude_copies: bool = False,
) -> SplitResult:
    """Split a dataset; it replaces the split that there was.

    Args:
        name: The dataset's name.
        config: By the notebook's numbers, by shares, or by the pictures' folders.
        home: Where the dataset lives.
        emit: Told the stage, and of each leak.
        token: Checked until the split is written.
        exclude_copies: Of a picture that would lie in several splits, keep one, in training if
            it is there, and exclude the others. By the pictures' folders that is always so.

    Raises:
        ConfigError: The shares do not add up.
        DatasetError: There is no such dataset, or its pictures cannot be split so.
        Cancelled: The user cancelled; the old split stays.
    """
    config.validate()
    with open_dataset(home, name) as catalog:
        return split_catalog(catalog, config, emit=emit, token=token, exclude_copies=exclude_copies)


def split_catalog(
    catalog: Catalog,
    config: SplitConfig,
    *,
    emit: EventSink,
    token: CancelToken,
    exclude_copies: bool = False,
) -> SplitResult:
    """Split the pictures of an open catalogue; see `split_dataset`."""
    pictures = pictures_to_split(catalog)
    by_folder = config.scheme == FOLDERS_SCHEME
    return write_split(
        catalog,
        pictures,
        _assignment(pictures, config),
        emit=emit,
        token=token,
        exclude_copies=exclude_copies or by_folder,
    )


def split_by_number(pictures: Sequence[Picture]) -> Assignment:
    """The notebook's split: by the number in each picture's name, exactly.

    Raises:
        DatasetError: There are no numbers, or training or validation would lack a class.
    """
    if all(picture.number is None for picture in pictures):
        raise DatasetError(
            "The notebook's split goes by the numbers in the file names, and these have none.",
            _BY_SHARES,
        )
    splits: Assignment = {picture.id: _by_number(picture.number) for picture in pictures}
    for split in (Split.TRAIN, Split.VALIDATION):
        numbers = NOTEBOOK_NUMBERS[split]
        refuse_lacking_class(
            pictures,
            splits,
            split,
            what="The notebook's split",
            why=f"none has a number from {numbers[0]} to {numbers[-1]}",
            hint=_BY_SHARES,
        )
    return splits


def split_by_shares(pictures: Sequence[Picture], config: SplitConfig) -> Assignment:
    """A split by shares, class by class, with all copies and near copies of a picture on one side.

    Groups of copies, and of near copies where a check has found them, are dealt one by one to the
    split that lacks most, the largest first and the rest in an order that only the seed and their
    content decide. So each class in each split is within one group of its share: a split is only
    dealt to while it lacks something, and while it lacks most, which bounds both what it can get
    too much and what it can miss. Where enough pictures are alone to be dealt after the groups, it
    is within one picture.

    Args:
        pictures: The pictures to split, in any order.
        config: The shares and the seed.

    Raises:
        DatasetError: There are too few pictures for each split to get one of each class.
    """
    shares = {
        Split.TRAIN: config.train,
        Split.VALIDATION: config.validation,
        Split.TEST: config.test,
    }
    totals = Counter(picture.label for picture in pictures)
    lacking = {
        (split, label): share * totals[label]
        for split, share in shares.items()
        if share > 0
        for label in CLASSES
    }
    splits: Assignment = {}
    for group in _groups_of_copies(pictures, config.seed):
        labels = Counter(picture.label for picture in group)
        split = _neediest(lacking, labels)
        for label, count in labels.items():
            lacking[split, label] -= count
        splits.update(dict.fromkeys((picture.id for picture in group), split))
    _require_each_class(pictures, splits, lacking)
    return splits


def split_by_folders(pictures: Sequence[Picture]) -> Assignment:
    """The split that the pictures came in: by the innermost folder that is named like one.

    Raises:
        DatasetError: There are no such folders, or training or validation would lack a class.
    """
    splits: Assignment = {picture.id: _by_folder(picture.name) for picture in pictures}
    if not any(splits.values()):
        raise DatasetError(
            "The pictures lie in no folders named train, validation and test.", _BY_SHARES
        )
    for split in (Split.TRAIN, Split.VALIDATION):
        folders = " or ".join(SPLIT_FOLDERS[split])
        refuse_lacking_class(
            pictures,
            splits,
            split,
            what="The folders' own split",
            why=f"none is in a folder named {folders}",
            hint=_BY_SHARES,
        )
    return splits


def _assignment(pictures: Sequence[Picture], config: SplitConfig) -> Assignment:
    if config.scheme == NOTEBOOK_SCHEME:
        return split_by_number(pictures)
    if config.scheme == FOLDERS_SCHEME:
        return split_by_folders(pictures)
    return split_by_shares(pictures, config)


def _by_folder(name: str) -> Split | None:
    for folder in reversed(name.casefold().split("/")[:-1]):
        for split, names in SPLIT_FOLDERS.items():
            if folder in names:
                return split
    return None


def _by_number(number: int | None) -> Split | None:
    for split, numbers in NOTEBOOK_NUMBERS.items():
        if number is not None and number in numbers:
            return split
    return None


def _groups_of_copies(pictures: Sequence[Picture], seed: int) -> list[list[Picture]]:
    """Copies and near copies of a picture together, the largest groups first."""
    groups: dict[str, list[Picture]] = {}
    for picture in pictures:
        groups.setdefault(picture.kin, []).append(picture)

    def order(kin: str) -> tuple[int, bytes]:
        return -len(groups[kin]), hashlib.sha256(f"{seed} {kin}".encode()).digest()

    return [groups[kin] for kin in sorted(groups, key=order)]


def _neediest(lacking: Mapping[tuple[Split, str], float], labels: Iterable[str]) -> Split:
    needs: dict[Split, float] = {}
    for (split, label), need in lacking.items():
        if label in labels:
            needs[split] = needs.get(split, 0.0) + need
    return max(needs, key=needs.__getitem__)


def _require_each_class(
    pictures: Sequence[Picture], splits: Assignment, wanted: Iterable[tuple[Split, str]]
) -> None:
    filled = {(splits[picture.id], picture.label) for picture in pictures}
    for split, label in wanted:
        if (split, label) not in filled:
            raise DatasetError(
                f"There are too few pictures: {split} would get no {label}s.",
                "Import more pictures, or choose a larger share for it.",
            )
