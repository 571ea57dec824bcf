"""What is new of checked pictures: a picture that is there already does not count twice."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from training.dataset.catalog import Catalog
from training.dataset.intake import Lot
from training.dataset.picture import Arrival, NewPicture, State


@dataclass
class Tally:
    """How many pictures came, and did not come.

    Attributes:
        cats: New used pictures labelled cat.
        dogs: New used pictures labelled dog.
        quarantined: New ones that cannot be read.
        copies: Those of which the dataset had a copy; they are not in it twice.
        contrary: Those among them that the dataset labels otherwise; its own label stays.
    """

    cats: int = 0
    dogs: int = 0
    quarantined: int = 0
    copies: int = 0
    contrary: int = 0

    @property
    def added(self) -> int:
        """New used pictures."""
        return self.cats + self.dogs

    def count(self, picture: NewPicture) -> None:
        """Count one that came."""
        if picture.state is State.USED:
            self.cats += picture.label == "cat"
            self.dogs += picture.label == "dog"
        self.quarantined += picture.state is State.QUARANTINED


@dataclass
class Arrivals:
    """Sifts sources one after another, against a catalogue and against one another.

    Copies inside one source stay, as its owner has them; of each content a dataset has as many as
    the source that has most of them. So it makes no difference which source comes first, and
    nothing when one comes again. Their names begin with the source's but for the first source's,
    so that no two collide.

    Attributes:
        known: How many pictures there are of each content and label.
        folders: What names begin with already; empty for an empty dataset.
        is_first: Whether the next source is the dataset's first one.
        tally: What came.
    """

    known: Counter[tuple[str, str]] = field(default_factory=Counter)
    folders: set[str] = field(default_factory=set)
    is_first: bool = True
    tally: Tally = field(default_factory=Tally)

    @classmethod
    def to(cls, catalog: Catalog) -> "Arrivals":
        """What comes to a dataset."""
        sources = catalog.sources
        return cls(sources.contents(), sources.top_folders(), is_first=False)

    def sift(self, lot: Lot, pictures: Sequence[NewPicture], name: str = "") -> Arrival:
        """What is new of a source.

        Args:
            lot: The source.
            pictures: Its pictures, checked.
            name: What the catalogue says of it; its path unless given.
        """
        new = self._without_copies(pictures)
        for picture in new:
            self.tally.count(picture)
            self.known[_content(picture), picture.label] += 1
        named = new if self.is_first else self._named(new, lot.source)
        self.folders |= {picture.name.partition("/")[0] for picture in named}
        self.is_first = False
        return Arrival(name or str(lot.source), lot.scan.left_out.total(), tuple(named))

    def _without_copies(self, pictures: Sequence[NewPicture]) -> list[NewPicture]:
        there: Counter[str] = Counter()
        for (content, _), count in self.known.items():
            there[content] += count
        new: list[NewPicture] = []
        for picture in pictures:
            content = _content(picture)
            if there[content] > 0:
                there[content] -= 1
                self.tally.copies += 1
                self.tally.contrary += not self.known[content, picture.label]
            else:
                new.append(picture)
        return new

    def _named(self, pictures: Sequence[NewPicture], source: Path) -> list[NewPicture]:
        wanted = source.name or "pictures"
        folder, number = wanted, 1
        while folder in self.folders:
            number += 1
            folder = f"{wanted} {number}"
        return [replace(picture, name=f"{folder}/{picture.name}") for picture in pictures]


def _content(picture: NewPicture) -> str:
    return picture.sha256 or picture.path
