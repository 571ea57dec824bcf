"""How a dataset's findings stand: which are open, which are dismissed, which copies are spare."""

from collections.abc import Mapping
from dataclasses import dataclass

from training.dataset.catalog import Catalog, Picture
from training.dataset.finding import (
    Finding,
    FindingKind,
    all_but_one,
    laid_aside,
    still_open,
    worst_first,
)
from training.dataset.finding_rules import judge_balance


@dataclass(frozen=True)
class Standing:
    """What checks found, and what became of it.

    Attributes:
        findings: Those that nobody has dealt with, the worst first.
        dismissed: Those that the user dismissed, in the same order.
        spare: The ids of the copies to exclude so that one of each group is left, ascending.
        pictures: The pictures that something was found of, by their ids.
    """

    findings: tuple[Finding, ...]
    dismissed: tuple[Finding, ...]
    spare: tuple[int, ...]
    pictures: Mapping[int, Picture]


def read_standing(catalog: Catalog) -> Standing:
    """How the findings of a dataset stand.

    A check has named every copy, so that only pictures with findings need to be looked at. The
    balance of the classes is judged as it is now, for corrections change it.
    """
    findings, pictures = _findings_now(catalog), catalog.pictures_with_findings()
    dismissed = catalog.journal.dismissed()
    return Standing(
        findings=tuple(worst_first(still_open(findings, pictures, dismissed))),
        dismissed=tuple(worst_first(laid_aside(findings, pictures, dismissed))),
        spare=tuple(all_but_one(pictures.values(), dismissed)),
        pictures=pictures,
    )


def _findings_now(catalog: Catalog) -> list[Finding]:
    """What a check kept; older programs kept the balance, too."""
    of_pictures = [f for f in catalog.findings.all() if f.kind is not FindingKind.IMBALANCE]
    if catalog.findings.found_in(FindingKind.IMBALANCE) is None:
        return of_pictures
    return [*of_pictures, *judge_balance(catalog.class_counts())]
