"""What is known of a picture and of a dataset: the facts that the catalogue keeps."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

CLASSES = ("cat", "dog")
"""The classes; a class's place is the network's target, so that a sigmoid's output is p(dog)."""


class Split(StrEnum):
    """Which part of the work a picture is for."""

    TRAIN = "train"
    VALIDATION = "validation"
    TEST = "test"


class State(StrEnum):
    """Whether a picture takes part."""

    USED = "used"
    QUARANTINED = "quarantined"
    EXCLUDED = "excluded"


class Order(StrEnum):
    """Which pictures come first."""

    USUAL = "in the usual order"
    """As they were imported; findings the worst first, and leaks copy by copy."""
    SUSPICION = "the most suspicious first"
    NAME = "by name"
    NUMBER = "by number"
    SIZE = "the largest files first"


COPY_REASON = "A copy of it is in another split."
"""Why pictures are excluded that a split left out; the next split uses them again."""

BY_HAND_REASON = "It was excluded by hand."
NEITHER_REASON = "It shows neither a cat nor a dog."
"""Why a picture is excluded that the user marked as neither."""


@dataclass(frozen=True)
class Picture:
    """A row of the catalogue.

    Attributes:
        id: Its row.
        path: The file, absolute; of a quarantined picture of an archive, the archive.
        name: Its path inside its source, with slashes.
        sha256: Of the file's bytes; empty where they could not be read.
        size_bytes: The file's size.
        width: Pixels once upright; 0 when quarantined.
        height: Pixels once upright; 0 when quarantined.
        label: One of `CLASSES`.
        number: The number in its name, or None.
        split: Where it belongs, or None.
        state: Whether it takes part.
        reason: Why it does not; empty when it does.
        family: Names the near copies that it belongs to; empty where none are known.
    """

    id: int
    path: Path
    name: str
    sha256: str
    size_bytes: int
    width: int
    height: int
    label: str
    number: int | None
    split: Split | None
    state: State
    reason: str
    family: str = ""

    @property
    def kin(self) -> str:
        """The same for all pictures that are copies or near copies of one another."""
        return self.family or self.sha256

    @property
    def is_neither(self) -> bool:
        """Whether the user marked it as neither cat nor dog."""
        return self.state is State.EXCLUDED and self.reason == NEITHER_REASON


@dataclass(frozen=True, slots=True)
class NewPicture:
    """A picture that is to be added; see `Picture`. It has no split yet."""

    path: str
    name: str
    sha256: str
    size_bytes: int
    width: int
    height: int
    label: str
    number: int | None
    state: State
    reason: str


@dataclass(frozen=True)
class Leak:
    """Copies or near copies of one picture that lie in several splits.

    Attributes:
        pictures: Their names, without the folders that all pictures of the dataset share.
        splits: The split of each.
    """

    pictures: tuple[str, ...]
    splits: tuple[Split, ...]


@dataclass(frozen=True)
class DatasetInfo:
    """What a dataset holds. All but `quarantined` and `excluded` count used pictures.

    Attributes:
        name: The dataset's name.
        pictures: Used pictures, copies included.
        cats: Those labelled cat.
        dogs: Those labelled dog.
        quarantined: Pictures that cannot be read.
        excluded: Pictures that were left out on purpose.
        duplicates: Copies beyond the first of each picture.
        train: Pictures of the training split.
        validation: Pictures of the validation split.
        test: Pictures of the test split.
        leaks: Pictures of which copies or near copies lie in several splits.
    """

    name: str
    pictures: int
    cats: int
    dogs: int
    quarantined: int
    excluded: int
    duplicates: int
    train: int
    validation: int
    test: int
    leaks: int


@dataclass(frozen=True)
class Origin:
    """Where pictures of a dataset come from.

    Attributes:
        source: The zip or folder, or "drawn".
        created: When they were imported, ISO 8601, UTC.
        ignored: How many other files the source held.
        pictures: How many came from it, whatever became of them since.
    """

    source: str
    created: str
    ignored: int
    pictures: int = 0


@dataclass(frozen=True)
class Arrival:
    """What is to be added from one source.

    Attributes:
        source: What the catalogue says of where it comes from.
        ignored: How many other files the source holds.
        pictures: The new pictures.
    """

    source: str
    ignored: int
    pictures: tuple[NewPicture, ...]
