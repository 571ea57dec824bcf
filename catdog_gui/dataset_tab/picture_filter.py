"""What is looked at, and where the copies of a leak are."""

from collections.abc import Mapping, Sequence

from catdog_gui.widgets.thumbnail_model import Tile
from training.dataset.picture import Order, Picture, State
from training.dataset.picture_filter import PictureFilter, Problem

__all__ = ["Leaks", "Look", "Order", "PictureFilter", "Problem", "find_leaks"]

Look = tuple[PictureFilter, Order]
"""What is looked at, and in which order."""

Leaks = Mapping[int, str]
"""By a picture's id, where its copies are, in a sentence."""


def find_leaks(pictures: Sequence[Picture]) -> Leaks:
    """Say of each used picture that has copies in another split where they are."""
    groups: dict[str, list[Picture]] = {}
    for picture in pictures:
        if picture.state is State.USED and picture.split is not None:
            groups.setdefault(picture.kin, []).append(picture)
    return {
        picture.id: _leak_words(picture, group)
        for group in groups.values()
        if len({each.split for each in group}) > 1
        for picture in group
    }


def _leak_words(picture: Picture, group: Sequence[Picture]) -> str:
    others = (Tile(each) for each in group if each is not picture)
    places = [f"{tile.name} ({tile.split.lower()})" for tile in others]
    return f"The same picture as {', '.join(places)}."
