"""What the gallery says of pictures that a check found, or that were relabelled."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from catdog_gui.dataset_tab.found import Corrected, Found
from catdog_gui.dataset_tab.picture_filter import Problem
from catdog_gui.widgets.thumbnail_model import GroupPlace, Remark
from training.dataset.finding import COPY_KINDS, Finding, FindingKind


def remarks_for(
    found: Found, problem: Problem | FindingKind | None, first_labels: Mapping[int, str]
) -> dict[int, Remark]:
    """The remarks by the pictures' ids.

    Args:
        found: What was found.
        problem: What is looked at: the reasons of those findings are told.
        first_labels: What pictures were labelled before they were relabelled, by their ids.
    """
    is_kept = problem is Problem.DISMISSED
    shown = [f for f in found.findings if problem in {f.kind, Problem.ANY}]
    shown += found.dismissed if is_kept else ()
    groups = _places(shown, found.spare) if problem in COPY_KINDS else {}
    remarks = {
        finding.picture: Remark(finding.reason, group=groups.get(finding.picture), is_kept=is_kept)
        for finding in reversed(shown)  # of several findings the worst is told
        if finding.picture is not None
    }
    for picture, label in first_labels.items():
        remarks[picture] = replace(remarks.get(picture, Remark()), first_label=label)
    return remarks


def renewed(
    remarks: Mapping[int, Remark], corrected: Corrected, problem: Problem | FindingKind | None
) -> dict[int, Remark]:
    """The remarks after some pictures were corrected; what was found of them stays in sight.

    Args:
        remarks: Those before.
        corrected: What was changed.
        problem: What is looked at: what else was dismissed is of no interest.
    """
    first_labels = corrected.journal.first_labels
    is_one_kind = isinstance(problem, FindingKind)
    kept = {f.picture for f in corrected.dismissed if not is_one_kind or f.kind is problem}
    changed = {
        picture.id: replace(
            remarks.get(picture.id, Remark()),
            first_label=first_labels.get(picture.id, ""),
            is_kept=picture.id in kept,
        )
        for picture in corrected.pictures
    }
    return {**remarks, **changed}


def _places(findings: Sequence[Finding], spare: frozenset[int]) -> dict[int, GroupPlace]:
    groups: dict[str, list[int]] = {}
    for finding in findings:
        if finding.picture is not None:
            groups.setdefault(finding.group, []).append(finding.picture)
    return {
        picture: GroupPlace(number, place, len(group), is_kept=picture not in spare)
        for number, group in enumerate(groups.values())
        for place, picture in enumerate(group, start=1)
    }
