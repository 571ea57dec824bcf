"""What a check finds in a dataset, as facts, and what follows from it."""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from training.dataset.picture import Picture, Split, State


class FindingKind(StrEnum):
    """What may be wrong with a picture, in the words that the user reads; the worst first."""

    DAMAGED = "damaged"
    LABEL = "suspicious label"
    NEITHER = "perhaps neither"
    EXACT = "exact copy"
    NEAR = "near copy"
    IMBALANCE = "classes out of balance"
    EMPTY = "little in it"
    DARK = "dark"
    BLURRED = "blurred"
    TINY = "tiny"
    SHAPE = "extreme shape"
    FORMAT = "odd format"


LABEL_KINDS = (FindingKind.LABEL, FindingKind.NEITHER)
"""What needs a network's features to be found."""

COPY_KINDS = (FindingKind.EXACT, FindingKind.NEAR)
"""What is found of several pictures at once."""

_FACTS = (FindingKind.DAMAGED, FindingKind.IMBALANCE)
DISMISSIBLE_KINDS = tuple(kind for kind in FindingKind if kind not in _FACTS)
"""What the user may know better; a file that cannot be read, and a count, are as they are."""

_RANKS = {kind: rank for rank, kind in enumerate(FindingKind)}
_RANKS[FindingKind.NEITHER] = _RANKS[FindingKind.LABEL]  # these two take turns
_SPLITS = (Split.TRAIN, Split.VALIDATION, Split.TEST, None)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a check found.

    Attributes:
        kind: What it is.
        picture: The picture's id; None where it is about the whole dataset.
        score: How bad it is among those of its kind, in [0, 1].
        reason: Why, in a sentence.
        label: The picture's label when it was found.
        group: The same for all pictures of one group of copies; empty elsewhere.
    """

    kind: FindingKind
    picture: int | None
    score: float
    reason: str
    label: str = ""
    group: str = ""


@dataclass(frozen=True, slots=True)
class Dismissal:
    """What the user said is all right, of a content: it holds for each picture that has it.

    Attributes:
        kind: What was found.
        content: The picture's sha256.
        about: The label that is right, or the group that it is no copy in; empty elsewhere.
    """

    kind: FindingKind
    content: str
    about: str = ""


def dismissal_of(finding: Finding, picture: Picture) -> Dismissal:
    """What it is to dismiss a finding of a picture."""
    about = finding.label if finding.kind is FindingKind.LABEL else finding.group
    return Dismissal(finding.kind, picture.sha256, about)


def rank_of(kind: FindingKind) -> int:
    """Where findings of a kind stand among all, the worst at 0; kinds of one rank take turns."""
    return _RANKS[kind]


def worst_first(findings: Iterable[Finding]) -> list[Finding]:
    """Put findings into the order in which they are looked at.

    By kind, then by score, and copies group by group. Suspicious labels and pictures of neither
    take turns: their scores measure different things, so that only the ranks can be compared.
    """
    by_kind: dict[FindingKind, list[Finding]] = {}
    for finding in findings:
        by_kind.setdefault(finding.kind, []).append(finding)
    ranked = [
        (rank_of(kind), turn, finding)
        for kind, found in by_kind.items()
        for turn, finding in enumerate(_ordered(found))
    ]
    return [finding for *_, finding in sorted(ranked, key=lambda row: row[:2])]


def still_open(
    findings: Iterable[Finding],
    pictures: Mapping[int, Picture],
    dismissed: Container[Dismissal] = (),
) -> list[Finding]:
    """Those that nobody has dealt with.

    A finding is closed once it is dismissed, its picture is excluded, was given another label, or,
    of copies, is the only one of its group that is left.

    Args:
        findings: Any.
        pictures: All pictures of the dataset, by their ids.
        dismissed: What the user dismissed.
    """
    kept = [
        finding
        for finding in findings
        if _is_of_interest(finding, pictures) and not _is_among(dismissed, finding, pictures)
    ]
    members: dict[tuple[FindingKind, str], int] = {}
    for finding in kept:
        place = (finding.kind, finding.group)
        members[place] = members.get(place, 0) + 1
    return [f for f in kept if f.kind not in COPY_KINDS or members[f.kind, f.group] > 1]


def laid_aside(
    findings: Iterable[Finding],
    pictures: Mapping[int, Picture],
    dismissed: Container[Dismissal],
) -> list[Finding]:
    """Those that the user dismissed, of pictures that are used; the arguments of `still_open`."""
    return [
        finding
        for finding in findings
        if _is_of_interest(finding, pictures) and _is_among(dismissed, finding, pictures)
    ]


def all_but_one(pictures: Iterable[Picture], dismissed: Container[Dismissal] = ()) -> list[int]:
    """Which pictures to exclude so that one of each group of copies and near copies is left.

    Kept is the largest picture; of equal ones the one in training, then in validation, and then
    the one that was imported first. Copies of it stay too where the user wants them.

    Args:
        pictures: Any; only those that are used count.
        dismissed: What the user dismissed.

    Returns:
        Their ids, ascending.
    """
    groups: dict[str, list[Picture]] = {}
    for picture in pictures:
        if picture.state is State.USED:
            groups.setdefault(picture.kin, []).append(picture)
    return sorted(row for group in groups.values() for row in _spare(group, dismissed))


def _ordered(findings: Sequence[Finding]) -> list[Finding]:
    worst: dict[str, float] = {}
    for finding in findings:
        worst[finding.group] = max(finding.score, worst.get(finding.group, 0.0))

    def order(finding: Finding) -> tuple[float, str, float, int]:
        return -worst[finding.group], finding.group, -finding.score, finding.picture or 0

    return sorted(findings, key=order)


def _is_of_interest(finding: Finding, pictures: Mapping[int, Picture]) -> bool:
    if finding.picture is None:
        return True
    picture = pictures.get(finding.picture)
    if picture is None:
        return False
    if picture.state is State.QUARANTINED:
        return finding.kind is FindingKind.DAMAGED
    is_relabelled = finding.kind in LABEL_KINDS and picture.label != finding.label
    return picture.state is State.USED and not is_relabelled


def _is_among(
    dismissed: Container[Dismissal], finding: Finding, pictures: Mapping[int, Picture]
) -> bool:
    picture = pictures.get(finding.picture) if finding.picture is not None else None
    return picture is not None and dismissal_of(finding, picture) in dismissed


def _spare(group: Iterable[Picture], dismissed: Container[Dismissal]) -> Iterator[int]:
    kept, *others = sorted(group, key=_worth_keeping)
    are_wanted = Dismissal(FindingKind.EXACT, kept.sha256, kept.sha256) in dismissed
    for picture in others:
        if not (are_wanted and picture.sha256 == kept.sha256):
            yield picture.id


def _worth_keeping(picture: Picture) -> tuple[int, int, int]:
    return -picture.width * picture.height, _SPLITS.index(picture.split), picture.id
