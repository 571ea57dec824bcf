"""Groups of copies and near copies among the pictures of a dataset, as findings."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

import numpy as np

from training.cancellation import CancelToken
from training.dataset.finding import Finding, FindingKind
from training.dataset.looks import OUTLINE_SIDE, Look
from training.dataset.near_copies import find_near_copies
from training.dataset.picture import Picture, State
from training.events import EventSink, Stage, StageStarted
from training.progress import Ticker

_NAMED = 3


def find_families(
    looks: Mapping[str, Look], *, emit: EventSink, token: CancelToken
) -> dict[str, tuple[str, float]]:
    """Which contents are near copies of one another.

    Args:
        looks: By sha256.
        emit: Told the stage.
        token: Checked often.

    Returns:
        By the sha256 of each that has near copies: the first sha256 of its family, and how like
        it is to the nearest other one, in [0, 1].

    Raises:
        Cancelled: The user cancelled.
    """
    if not looks:
        return {}
    contents = sorted(looks)
    flat = np.frombuffer(b"".join(looks[sha256].outline for sha256 in contents), dtype=np.uint8)
    outlines = flat.reshape(len(contents), OUTLINE_SIDE, OUTLINE_SIDE)
    stage = StageStarted(Stage.COMPARING, total=len(contents), unit="pictures")
    ticker = Ticker(emit, stage)
    return {
        contents[member]: (contents[group.members[0]], likeness)
        for group in find_near_copies(outlines, token, on_done=ticker.advance)
        for member, likeness in zip(group.members, group.likeness, strict=True)
    }


def judge_copies(
    pictures: Iterable[Picture], families: Mapping[str, tuple[str, float]]
) -> Iterator[Finding]:
    """Name the copies of each picture that has some.

    Args:
        pictures: All pictures of the dataset.
        families: What `find_families` returned.
    """
    readable = [picture for picture in pictures if picture.state is not State.QUARANTINED]
    for group in _groups(readable, lambda picture: picture.sha256):
        for picture in group:
            yield _finding(FindingKind.EXACT, picture, group, 1.0, group[0].sha256)
    related = [picture for picture in readable if picture.sha256 in families]
    for group in _groups(related, lambda picture: families[picture.sha256][0]):
        contents = {picture.sha256 for picture in group}
        if len(contents) > 1:
            name = _name_of(contents)
            for picture in group:
                _, likeness = families[picture.sha256]
                yield _finding(FindingKind.NEAR, picture, group, likeness, name)


def _groups(pictures: Iterable[Picture], key: Callable[[Picture], str]) -> Iterator[list[Picture]]:
    groups: dict[str, list[Picture]] = {}
    for picture in pictures:
        groups.setdefault(key(picture), []).append(picture)
    return (group for group in groups.values() if len(group) > 1)


def _name_of(contents: Iterable[str]) -> str:
    """Another one for each set of contents: what is said of a group is said of no larger one."""
    return hashlib.sha256("\n".join(sorted(contents)).encode()).hexdigest()


def _finding(
    kind: FindingKind, picture: Picture, group: Sequence[Picture], likeness: float, name: str
) -> Finding:
    others = [other.name for other in group if other is not picture]
    named = ", ".join(others[:_NAMED])
    more = f" and {len(others) - _NAMED:,} more" if len(others) > _NAMED else ""
    same = "The same file as" if kind is FindingKind.EXACT else "Almost the same picture as"
    labels = {other.label for other in group}
    clash = "; they are labelled differently" if len(labels) > 1 else ""
    score = min(1.0, float(likeness))
    return Finding(kind, picture.id, score, f"{same} {named}{more}{clash}.", picture.label, name)
