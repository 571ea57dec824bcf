"""The jobs that check a dataset and put it right; see `jobs` for their form."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from catdog_gui.dataset_tab.found import Corrected, Decision, Depth, Found, Journal
from catdog_gui.dataset_tab.found_words import step_words
from catdog_gui.dataset_tab.picture_filter import Leaks, find_leaks
from training.cancellation import CancelToken
from training.dataset.finding import COPY_KINDS, FindingKind
from training.dataset.picture import DatasetInfo
from training.events import EventSink
from training.home import Home

if TYPE_CHECKING:
    from training.dataset.catalog import Catalog
    from training.dataset.class_folders import ClassFolder
    from training.dataset.journal import Step


def check(
    name: str, home: Home, *, emit: EventSink, token: CancelToken, labels: bool
) -> Sequence[FindingKind]:
    """Check a dataset; see `training.learning.check.check_dataset`.

    Returns:
        The kind of each finding, the worst first.
    """
    from training.learning.check import check_dataset

    found = check_dataset(name, home, emit=emit, token=token, labels=labels)
    return [finding.kind for finding in found.findings]


def read_figures(
    name: str,
    home: Home,
    *,
    emit: EventSink,  # noqa: ARG001 - a job's form
    token: CancelToken,
) -> tuple[DatasetInfo, Found, Leaks]:
    """A dataset in figures, what is wrong with it, and what leaks.

    Raises:
        DatasetError: There is no such dataset, or it cannot be read.
        Cancelled: A newer answer is wanted.
    """
    from training.dataset.library import open_dataset

    with open_dataset(home, name) as catalog:
        info = catalog.info()
        token.raise_if_cancelled()
        return info, read_found(catalog, home), read_leaks(catalog)


def correct(
    name: str,
    decision: Decision,
    ids: Sequence[int],
    kind: FindingKind | None,
    home: Home,
    *,
    emit: EventSink,  # noqa: ARG001 - a job's form
    token: CancelToken,  # noqa: ARG001 - a job's form
) -> Corrected:
    """Do with pictures what the user decided.

    Args:
        name: The dataset.
        decision: What it is.
        ids: The pictures.
        kind: What is dismissed or listed again; None for all that was found of them.
        home: Where the dataset lives.
        emit: Told nothing.
        token: Not asked: it is over in a moment.
    """
    return _change(name, home, lambda catalog: _DOERS[decision](catalog, ids, kind))


def correct_folders(
    name: str,
    folders: "Sequence[ClassFolder]",
    answers: Mapping[str, str],
    home: Home,
    *,
    emit: EventSink,  # noqa: ARG001 - a job's form
    token: CancelToken,  # noqa: ARG001 - a job's form
) -> Corrected:
    """Change what folders were taken for; see `training.dataset.folder_answers`."""
    from training.dataset import folder_answers

    return _change(
        name, home, lambda catalog: folder_answers.correct_folders(catalog, folders, answers)
    )


def keep_one(name: str, home: Home, *, emit: EventSink, token: CancelToken) -> Corrected:  # noqa: ARG001 - a job's form
    """Exclude all but one of each group of copies, in one step."""
    return _change(name, home, _exclude_spare)


def undo(name: str, home: Home, *, emit: EventSink, token: CancelToken) -> Corrected:  # noqa: ARG001 - a job's form
    """Take the last step back."""
    return _change(name, home, lambda catalog: catalog.journal.undo())


def redo(name: str, home: Home, *, emit: EventSink, token: CancelToken) -> Corrected:  # noqa: ARG001 - a job's form
    """Do the step again that was taken back last."""
    return _change(name, home, lambda catalog: catalog.journal.redo())


def read_found(catalog: "Catalog", home: Home) -> Found:
    """What is wrong with a dataset, as its catalogue has it."""
    from training.dataset.standing import read_standing

    standing = read_standing(catalog)
    copies = [f.picture for f in standing.findings if f.kind in COPY_KINDS and f.picture]
    return Found(
        findings=standing.findings,
        dismissed=standing.dismissed,
        depth=_depth(catalog),
        spare=frozenset(standing.spare),
        kept=len({standing.pictures[row].kin for row in copies}),
        former_runs=_former_runs(catalog, home),
    )


def read_leaks(catalog: "Catalog") -> Leaks:
    """Which pictures have copies in other splits."""
    return find_leaks(catalog.pictures_by_id(catalog.selection.leaking()))


def read_journal(catalog: "Catalog") -> Journal:
    """What can be undone and redone."""
    journal = catalog.journal
    return Journal(
        step_words(journal.undoable()), step_words(journal.redoable()), journal.first_labels()
    )


def _change(name: str, home: Home, do: "Callable[[Catalog], Step | None]") -> Corrected:
    from training.dataset.dismissing import dismissed_among
    from training.dataset.library import open_dataset

    with open_dataset(home, name) as catalog:
        step = do(catalog)
        ids = [] if step is None else catalog.journal.pictures_of(step)
        return Corrected(
            step_words(step),
            catalog.pictures_by_id(ids),
            dismissed_among(catalog, ids),
            read_journal(catalog),
        )


def _exclude_spare(catalog: "Catalog") -> "Step | None":
    from training.dataset.standing import read_standing

    return catalog.journal.exclude(read_standing(catalog).spare)


def _keep(catalog: "Catalog", ids: Sequence[int], kind: FindingKind | None) -> "Step | None":
    from training.dataset.dismissing import dismiss

    return dismiss(catalog, ids, kind)


def _restore(catalog: "Catalog", ids: Sequence[int], kind: FindingKind | None) -> "Step | None":
    from training.dataset.dismissing import restore

    return restore(catalog, ids, kind)


def _depth(catalog: "Catalog") -> Depth:
    if catalog.findings.found_in(FindingKind.DAMAGED) is None:
        return Depth.NOT_AT_ALL
    is_whole = catalog.findings.found_in(FindingKind.LABEL) is not None
    return Depth.LABELS if is_whole else Depth.LOOKS


def _former_runs(catalog: "Catalog", home: Home) -> int:
    """Runs of what the dataset was before its corrections."""
    from training.runs.lab_book import list_runs

    if catalog.journal.undoable() is None:
        return 0
    now = catalog.fingerprint()
    runs = [run for run in list_runs(home) if run.dataset == catalog.name and run.fingerprint]
    return sum(not now.startswith(run.fingerprint) for run in runs)


_DOERS: "Mapping[Decision, Callable[[Catalog, Sequence[int], FindingKind | None], Step | None]]" = {
    Decision.CAT: lambda catalog, ids, _: catalog.journal.relabel(ids, "cat"),
    Decision.DOG: lambda catalog, ids, _: catalog.journal.relabel(ids, "dog"),
    Decision.NEITHER: lambda catalog, ids, _: catalog.journal.mark_neither(ids),
    Decision.KEEP: _keep,
    Decision.EXCLUDE: lambda catalog, ids, _: catalog.journal.exclude(ids),
    Decision.RESTORE: _restore,
}
