"""Which pictures of a dataset are looked at, and what is wrong with them."""

from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from catdog_gui.widgets.thumbnail_model import Tile
from training.dataset.finding import Finding, FindingKind
from training.dataset.picture import Picture, Split, State


class Problem(Enum):
    """What may be wrong with a picture."""

    ANY = auto()
    QUARANTINED = auto()
    EXCLUDED = auto()
    LEAK = auto()


@dataclass(frozen=True)
class PictureFilter:
    """What is looked at; None takes any.

    Attributes:
        label: A class.
        split: A split.
        problem: Pictures with that problem, or of which that was found, instead of those that are
            used.
        text: A part of the name, in any case.
    """

    label: str | None = None
    split: Split | None = None
    problem: Problem | FindingKind | None = None
    text: str = ""


Leaks = Mapping[int, str]
"""By a picture's id, where its copies are, in a sentence."""

_Test = Callable[[Picture], bool]


def select(
    pictures: Sequence[Picture],
    leaks: Leaks,
    wanted: PictureFilter,
    findings: Sequence[Finding] = (),
) -> list[Picture]:
    """The pictures that pass a filter, in their order; leaks side by side, findings in theirs.

    Args:
        pictures: All of a dataset.
        leaks: See `find_leaks`.
        wanted: The filter.
        findings: What a check found, in the order in which it is looked at.
    """
    found = [f for f in findings if wanted.problem in {f.kind, Problem.ANY}]
    places = {f.picture: place for place, f in reversed(list(enumerate(found)))}
    chosen = list(pictures)
    for test in _tests_of(wanted, leaks, places):
        chosen = [picture for picture in chosen if test(picture)]
    if wanted.problem is Problem.LEAK:
        chosen.sort(key=lambda picture: picture.kin)
    elif isinstance(wanted.problem, FindingKind):
        chosen.sort(key=lambda picture: places[picture.id])
    return chosen


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


def _tests_of(wanted: PictureFilter, leaks: Leaks, found: Container[int | None]) -> list[_Test]:
    tests = [_problem_test(wanted.problem, leaks, found)]
    if wanted.label is not None:
        tests.append(lambda picture: picture.label == wanted.label)
    if wanted.split is not None:
        tests.append(lambda picture: picture.split is wanted.split)
    if wanted.text:
        part = wanted.text.casefold()
        tests.append(lambda picture: part in picture.name.casefold())
    return tests


def _problem_test(
    problem: Problem | FindingKind | None, leaks: Leaks, found: Container[int | None]
) -> _Test:
    match problem:
        case None:
            return lambda picture: picture.state is State.USED
        case Problem.QUARANTINED:
            return lambda picture: picture.state is State.QUARANTINED
        case Problem.EXCLUDED:
            return lambda picture: picture.state is State.EXCLUDED
        case Problem.LEAK:
            return lambda picture: picture.id in leaks
        case Problem.ANY:
            return lambda picture: (
                picture.state is not State.USED or picture.id in leaks or picture.id in found
            )
        case _:
            return lambda picture: picture.id in found
