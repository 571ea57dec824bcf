"""Findings that the user knows better: dismissed, and listed again."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from training.dataset.catalog import Catalog, Picture
from training.dataset.finding import (
    COPY_KINDS,
    DISMISSIBLE_KINDS,
    Finding,
    FindingKind,
    dismissal_of,
    laid_aside,
    still_open,
)
from training.dataset.journal import Ruling, Step


def dismiss(catalog: Catalog, ids: Collection[int], kind: FindingKind | None = None) -> Step | None:
    """Say that pictures are all right: what was found of them leaves the list.

    It holds for the content, so that no later check lists it again. A label is right as long as
    it is that label; a picture is no copy as long as its group is the same. Who is left alone in
    a group leaves with the others.

    Args:
        catalog: The dataset's.
        ids: The pictures.
        kind: What is dismissed; None for all that was found of them.

    Returns:
        The step, or None where nothing was found that could be dismissed.
    """
    chosen = set(ids)
    findings, pictures = _concerned(catalog, chosen, kind)
    found = still_open(findings, pictures, catalog.journal.dismissed())
    contents = {pictures[row].sha256 for row in chosen & pictures.keys()}
    rulings = _with_the_last(_rulings(found, pictures, is_dismissed=True), contents)
    kinds = {ruling.of.kind for ruling in rulings}
    words = ", ".join(kind for kind in DISMISSIBLE_KINDS if kind in kinds)
    return catalog.journal.correct(f"Dismissed: {words}", {}, rulings)


def restore(catalog: Catalog, ids: Collection[int], kind: FindingKind | None = None) -> Step | None:
    """Use pictures again that were left out; of those in use, list again what was dismissed.

    A group of copies is listed again as a whole.

    Args:
        catalog: The dataset's.
        ids: The pictures.
        kind: What is listed again; None for all that was found of them.

    Returns:
        The step, or None where nothing was to change.
    """
    findings, pictures = _concerned(catalog, ids, kind)
    returning = laid_aside(findings, pictures, catalog.journal.dismissed())
    rulings = _rulings(returning, pictures, is_dismissed=False)
    return catalog.journal.restore(ids, rulings)


def dismissed_among(catalog: Catalog, ids: Collection[int]) -> list[Finding]:
    """What was found of pictures and dismissed."""
    chosen = set(ids)
    findings, pictures = _concerned(catalog, chosen, None)
    dismissed = laid_aside(findings, pictures, catalog.journal.dismissed())
    return [finding for finding in dismissed if finding.picture in chosen]


def _concerned(
    catalog: Catalog, ids: Collection[int], kind: FindingKind | None
) -> tuple[list[Finding], dict[int, Picture]]:
    """Findings of pictures and of the groups of copies that these are in, and all of these."""
    findings = [
        finding
        for finding in catalog.findings.among_groups(ids)
        if finding.kind in DISMISSIBLE_KINDS and kind in {None, finding.kind}
    ]
    rows = {finding.picture for finding in findings if finding.picture is not None}
    return findings, {picture.id: picture for picture in catalog.pictures_by_id(rows)}


def _with_the_last(rulings: Sequence[Ruling], chosen: Collection[str]) -> list[Ruling]:
    """Those about chosen contents, and about whoever would be left alone of a group of copies."""
    left: dict[str, set[str]] = {}
    for ruling in rulings:
        if ruling.of.kind in COPY_KINDS and ruling.of.content not in chosen:
            left.setdefault(ruling.of.about, set()).add(ruling.of.content)
    return [
        ruling
        for ruling in rulings
        if ruling.of.content in chosen or len(left[ruling.of.about]) == 1
    ]


def _rulings(
    findings: Iterable[Finding], pictures: Mapping[int, Picture], *, is_dismissed: bool
) -> list[Ruling]:
    return [
        Ruling(row, dismissal_of(finding, pictures[row]), is_dismissed)
        for finding in findings
        if (row := finding.picture) is not None
    ]
