"""What the gallery can be narrowed down to, and where the copies of a leak are."""

from collections.abc import Mapping, Sequence

from catdog_gui.widgets.thumbnail_model import Tile
from training.dataset.finding import FindingKind
from training.dataset.picture import Order, Picture, State
from training.dataset.picture_filter import PictureFilter, Problem

__all__ = [
    "ORDER_WORDS",
    "PROBLEM_WORDS",
    "Leaks",
    "Order",
    "PictureFilter",
    "Problem",
    "find_leaks",
]

PROBLEM_WORDS: Mapping[Problem | FindingKind | None, str] = {
    None: "Used pictures",
    Problem.ANY: "With problems",
    Problem.QUARANTINED: "Quarantined",
    Problem.EXCLUDED: "Excluded",
    Problem.LEAK: "Leaks",
    **{
        kind: kind.value.capitalize() for kind in FindingKind if kind is not FindingKind.IMBALANCE
    },  # which is of no picture
}
"""What can be looked at, in the words of its choice."""

ORDER_WORDS: Mapping[Order, str] = {
    Order.USUAL: "Usual order",
    Order.SUSPICION: "Most suspicious first",
    Order.NAME: "By name",
    Order.NUMBER: "By number",
    Order.SIZE: "Largest files first",
}

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
