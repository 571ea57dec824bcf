"""Pictures by their ids, read from the catalogue a page at a time as they are looked at."""

from collections import OrderedDict
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import overload

from training.dataset.library import open_dataset
from training.dataset.picture import CLASSES, Picture, State
from training.errors import UserError
from training.home import Home

PAGE_PICTURES = 128
_PAGES_KEPT = 32

ReadPictures = Callable[[Sequence[int]], Sequence[Picture]]
"""Gives the pictures of some ids, in any order."""


class PicturePages(Sequence[Picture]):
    """As many pictures as there are ids, of which only the pages in use are in memory.

    A page is read when a picture of it is first asked for, a few milliseconds. A picture that
    cannot be read is a quarantined one whose reason says so.

    Args:
        ids: The pictures' ids, in their order.
        read: Reads some of them.
    """

    def __init__(self, ids: Sequence[int], read: ReadPictures) -> None:
        self.ids = ids
        self._read = read
        self._pages: OrderedDict[int, Sequence[Picture]] = OrderedDict()

    def __len__(self) -> int:
        return len(self.ids)

    @overload
    def __getitem__(self, row: int) -> Picture: ...

    @overload
    def __getitem__(self, row: slice) -> Sequence[Picture]: ...

    def __getitem__(self, row: int | slice) -> Picture | Sequence[Picture]:
        if isinstance(row, slice):
            return PicturePages(self.ids[row], self._read)
        page, place = divmod(range(len(self.ids))[row], PAGE_PICTURES)
        if page in self._pages:
            self._pages.move_to_end(page)
            return self._pages[page][place]
        return self._load(page)[place]

    def _load(self, page: int) -> Sequence[Picture]:
        ids = self.ids[page * PAGE_PICTURES : (page + 1) * PAGE_PICTURES]
        try:
            found = {picture.id: picture for picture in self._read(ids)}
        except UserError as error:  # it is tried again whenever the page is looked at
            return [_unreadable(each, error.message) for each in ids]
        gone = "It is not in the catalogue any more."
        self._pages[page] = [found.get(each) or _unreadable(each, gone) for each in ids]
        if len(self._pages) > _PAGES_KEPT:
            self._pages.popitem(last=False)
        return self._pages[page]


def pages_of(name: str, ids: Sequence[int], home: Home) -> PicturePages:
    """The pictures of a dataset; its catalogue is open only while a page is read."""

    def read(some: Sequence[int]) -> Sequence[Picture]:
        with open_dataset(home, name) as catalog:
            return catalog.pictures_by_id(some)

    return PicturePages(ids, read)


def _unreadable(row: int, reason: str) -> Picture:
    return Picture(
        row, Path(), "?", "", 0, 0, 0, CLASSES[0], None, None, State.QUARANTINED, reason
    )
