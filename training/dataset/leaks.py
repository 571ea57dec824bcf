"""A split is written down; of copies in several splits all but one can be left out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from training.cancellation import CancelToken
from training.dataset.catalog import CLASSES, COPY_REASON, Catalog, Leak, Picture, Split, State
from training.dataset.library import open_dataset
from training.errors import DatasetError
from training.events import EventSink, Noticed, Stage, StageStarted
from training.home import Home
from training.progress import Ticker

Assignment = dict[int, Split | None]
"""The split of each picture, by its id."""

_RANKS = tuple(Split)  # of copies in several splits the first of these keeps its own
_NAMED_LEAKS = 20


@dataclass(frozen=True)
class SplitResult:
    """How many pictures went where.

    Attributes:
        train: Used pictures for training.
        validation: Used pictures for validation.
        test: Used pictures for the test.
        leaks: Copies and near copies that lie in several splits.
    """

    train: int
    validation: int
    test: int
    leaks: tuple[Leak, ...]


def leave_copies_out(name: str, home: Home, *, emit: EventSink, token: CancelToken) -> SplitResult:
    """Keep a dataset's split, and exclude all but one of the copies that leak.

    Args:
        name: The dataset's name.
        home: Where it lives.
        emit: Told the stage, and of each picture that is excluded.
        token: Checked until that is written.

    Raises:
        DatasetError: There is no such dataset.
        Cancelled: The user cancelled; nothing is changed.
    """
    with open_dataset(home, name) as catalog:
        pictures = catalog.pictures()
        splits: Assignment = {picture.id: picture.split for picture in pictures}
        return write_split(
            catalog, pictures, splits, emit=emit, token=token, exclude_copies=True, anew=False
        )


def pictures_to_split(catalog: Catalog) -> list[Picture]:
    """Those that are used, and those that only an earlier split excluded as copies."""
    return [
        picture
        for picture in catalog.pictures(state=None)
        if picture.state is State.USED
        or (picture.state is State.EXCLUDED and picture.reason == COPY_REASON)
    ]


def write_split(
    catalog: Catalog,
    pictures: Sequence[Picture],
    splits: Assignment,
    *,
    emit: EventSink,
    token: CancelToken,
    exclude_copies: bool = False,
    anew: bool = True,
) -> SplitResult:
    """Write a split into the catalogue, and tell its leaks.

    Args:
        catalog: The dataset's.
        pictures: Those that take part.
        splits: Where each of them goes.
        emit: Told the stage, and of each leak.
        token: Checked until it is written.
        exclude_copies: Of copies that would lie in several splits, keep one, in training if it is
            there, and exclude the others.
        anew: Whether it replaces the split that there was, and pictures that take no part, or
            that an earlier one excluded as copies, are freed of it.

    Raises:
        Cancelled: The user cancelled; the old split stays.
    """
    ticker = Ticker(emit, StageStarted(Stage.SPLITTING, total=len(pictures), unit="pictures"))
    copies = _copies_elsewhere(pictures, splits) if exclude_copies else {}
    token.raise_if_cancelled()
    if anew:
        none: Assignment = dict.fromkeys((p.id for p in catalog.pictures(state=None)), None)
        catalog.assign_splits(none | splits, copies=copies.keys())
    else:
        catalog.exclude_copies(copies.keys())
    ticker.advance(len(pictures))
    leaks = catalog.leaks()
    _tell(leaks, copies, emit)
    info = catalog.info()
    return SplitResult(info.train, info.validation, info.test, leaks)


def refuse_lacking_class(
    pictures: Sequence[Picture],
    splits: Assignment,
    split: Split,
    *,
    what: str,
    why: str,
    hint: str,
) -> None:
    """Refuse a split of which one part lacks a class.

    Args:
        pictures: Those that take part.
        splits: Where each of them would go.
        split: The part that is looked at.
        what: The scheme, as a sentence begins.
        why: Why it may be so.
        hint: What else to do.

    Raises:
        DatasetError: It lacks one.
    """
    labels = {picture.label for picture in pictures if splits[picture.id] is split}
    for label in CLASSES:
        if label not in labels:
            raise DatasetError(f"{what} leaves {split} without {label}s: {why}.", hint)


def _copies_elsewhere(pictures: Sequence[Picture], splits: Assignment) -> dict[int, str]:
    """Which pictures to exclude so that no leak is left, each with what the user is told."""
    groups: dict[str, list[tuple[int, int, Picture]]] = {}
    for picture in pictures:
        split = splits[picture.id]
        if split is not None:
            place = (_RANKS.index(split), picture.id, picture)
            groups.setdefault(picture.kin, []).append(place)
    excluded: dict[int, str] = {}
    for group in groups.values():
        kept, *others = sorted(group, key=lambda place: place[:2])
        if any(rank != kept[0] for rank, _, _ in others):
            where = f"{kept[2].name}, which is in {_RANKS[kept[0]]}"
            for _, row, picture in others:
                excluded[row] = f"{picture.name} is excluded: it is a copy of {where}."
    return excluded


def _tell(leaks: Sequence[Leak], copies: Mapping[int, str], emit: EventSink) -> None:
    told = [*copies.values(), *(_leak_words(leak) for leak in leaks)]
    for message in told[:_NAMED_LEAKS]:
        emit(Noticed(message))
    if len(told) > _NAMED_LEAKS:
        emit(Noticed(f"The same holds for {len(told) - _NAMED_LEAKS:,} more."))


def _leak_words(leak: Leak) -> str:
    places = [f"{n} ({s})" for n, s in zip(leak.pictures, leak.splits, strict=True)]
    return f"The same picture is in several splits: {', '.join(places)}."
