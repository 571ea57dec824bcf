"""All pictures of a dataset as the gallery has them: some may change, and their leaks with them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cached_property

from catdog_gui.dataset_tab.picture_filter import Leaks, find_leaks
from training.dataset.picture import Picture


class PictureSet:
    """Pictures in a fixed order.

    Args:
        pictures: All of a dataset.
        leaks: See `find_leaks`.
    """

    def __init__(self, pictures: Sequence[Picture] = (), leaks: Leaks | None = None) -> None:
        self.pictures = list(pictures)
        self.leaks = dict(leaks or {})

    def replace(self, pictures: Iterable[Picture]) -> None:
        """Take what some of them are now, in the places that they have."""
        kins: set[str] = set()
        for picture in pictures:
            place = self._places.get(picture.id)
            if place is not None:
                self.pictures[place] = picture
                kins.add(picture.kin)
        for kin in kins:
            family = [self.pictures[place] for place in self._families[kin]]
            for picture in family:
                self.leaks.pop(picture.id, None)
            self.leaks.update(find_leaks(family))

    @cached_property
    def _places(self) -> dict[int, int]:
        return {picture.id: place for place, picture in enumerate(self.pictures)}

    @cached_property
    def _families(self) -> dict[str, list[int]]:
        families: dict[str, list[int]] = defaultdict(list)
        for place, picture in enumerate(self.pictures):
            families[picture.kin].append(place)
        return families
