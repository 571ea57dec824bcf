"""Pictures by their ids, read a page at a time as they are looked at."""

from collections import OrderedDict
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Self

from training.dataset.picture import CLASSES, Picture, State
from training.errors import UserError

PAGE_PICTURES = 128
_PAGES_KEPT = 32
_GONE = "It is not in the catalogue any more."

ReadPictures = Callable[[Sequence[int]], Sequence[Picture]]
"""Gives the pictures of some ids, in any order."""


class PicturePages:
    """As many pictures as there are ids, of which only the pages in use are in memory.

    A page is read when a picture of it is first asked for, in a few milliseconds. A picture that
    cannot be read is a quarantined one whose reason says so.

    Args:
        ids: The pictures' ids, in their order.
        read: Reads some of them.

    Attributes:
        ids: As given.
    """

    def __init__(self, ids: Sequence[int] = (), read: ReadPictures = lambda _: ()) -> None:
        self.ids = ids
        self._read = read
        self._pages: OrderedDict[int, Sequence[Picture]] = OrderedDict()

    @classmethod
    def of(cls, pictures: Sequence[Picture]) -> Self:
        """Pictures that are in memory already."""
        return cls([picture.id for picture in pictures], lambda _: pictures)

    def __len__(self) -> int:
        return len(self.ids)

    def __getitem__(self, row: int) -> Picture:
        page, place = divmod(row, PAGE_PICTURES)
        if page not in self._pages:
            return self._load(page)[place]
        self._pages.move_to_end(page)
        return self._pages[page][place]

    def row_of(self, picture: int) -> int | None:
        """The row of the picture with that id; None where it has none."""
        try:
            return self.ids.index(picture)
        except ValueError:
            return None

    def _load(self, page: int) -> Sequence[Picture]:
        ids = self.ids[page * PAGE_PICTURES : (page + 1) * PAGE_PICTURES]
        try:
            found = {picture.id: picture for picture in self._read(ids)}
        except UserError as error:  # it is tried again whenever the page is looked at
            return [_unreadable(each, error.message) for each in ids]
        self._pages[page] = [found.get(each) or _unreadable(each, _GONE) for each in ids]
        if len(self._pages) > _PAGES_KEPT:
            self._pages.popitem(last=False)
        return self._pages[page]


def _unreadable(row: int, reason: str) -> Picture:
    quarantined = State.QUARANTINED
    return Picture(row, Path(), "?", "", 0, 0, 0, CLASSES[0], None, None, quarantined, reason)
