"""The window's jobs. What they need is imported in them, in the worker thread."""

import dataclasses
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from catdog_gui.dataset_tab.check_jobs import read_journal
from catdog_gui.judging.charts import load_charts
from catdog_gui.judging.facts import Choices, Judged, Kept, Rival
from catdog_gui.prediction_tab.run_choice import runs_to_choose_from
from training.cancellation import CancelToken
from training.dataset.picture import Origin, Picture, Split
from training.errors import DatasetError
from training.events import Event, EventSink, Stage, StageProgressed, StageStarted
from training.home import Home
from training.inference.answers import Answers, collect_answers, unread_words
from training.inference.labelled import Source, SplitSource, cautions, labelled_pictures
from training.runs.lab_book import RunInfo
from training.runs.run_folder import FINISHED

if TYPE_CHECKING:
    from training.report import Report


def list_choices(
    home: Home,
    *,
    emit: EventSink,  # noqa: ARG001 - a job's form
    token: CancelToken,
) -> Choices:
    """What can be judged: finished runs, and splits of datasets that have pictures."""
    from training.dataset.library import list_datasets

    runs = [info for info in runs_to_choose_from(home) if info.state == FINISHED]
    token.raise_if_cancelled()
    sources = [
        (SplitSource(info.name, split), pictures)
        for info in list_datasets(home)
        for split, pictures in (
            (Split.VALIDATION, info.validation),
            (Split.TEST, info.test),
            (Split.TRAIN, info.train),
        )
        if pictures
    ]
    return Choices(runs, sources)


def judge(
    run: RunInfo,
    source: Source,
    rival: RunInfo | None,
    home: Home,
    *,
    emit: EventSink,
    token: CancelToken,
) -> Judged:
    """Ask a run about labelled pictures, and load what shows its figures.

    Raises:
        Cancelled: The user cancelled.
        DatasetError: There are no such pictures, or not of both classes.
        RunError: A run cannot be used.
    """
    emit(StageStarted(Stage.LISTING))
    pictures = labelled_pictures(source, home, token=token)
    said = cautions(source, [run], home)
    asked = _ask(run, pictures, emit, token)
    now, kept = _as_they_are_now(source, pictures, home)
    judged = Judged(
        run=run,
        source=source,
        cautions=said,
        pictures={picture.id: picture for picture in now},
        asked=asked,
        kept=kept,
    )
    load_charts()
    if rival is not None:
        judged = compare(judged, rival, emit=emit, token=token)
    return _counted(judged)


def compare(judged: Judged, rival: RunInfo, *, emit: EventSink, token: CancelToken) -> Judged:
    """Ask another run about the same pictures.

    Raises:
        Cancelled: The user cancelled.
        RunError: The run cannot be used.
    """
    asked = _ask(rival, list(judged.pictures.values()), emit, token)
    return _counted(dataclasses.replace(judged, rival=Rival(rival, asked)))


def report(
    judged: Judged, output: Path, *, with_pictures: bool, emit: EventSink, token: CancelToken
) -> "Report":
    """Write what is shown as one HTML file; see `training.report.report_answers`."""
    from training.report import RunAnswers, report_answers

    unread, rival, theirs = len(judged.unread), judged.rival, judged.theirs
    return report_answers(
        RunAnswers(judged.run.folder, judged.answers),
        output,
        source=judged.source.words,
        cautions=(*judged.cautions, *([unread_words(unread)] if unread else ())),
        other=None if rival is None or theirs is None else RunAnswers(rival.run.folder, theirs),
        with_pictures=with_pictures,
        emit=emit,
        token=token,
    )


def origin_of(
    name: str,
    home: Home,
    *,
    emit: EventSink,  # noqa: ARG001 - a job's form
    token: CancelToken,  # noqa: ARG001 - a job's form
) -> Origin | None:
    """Where that dataset's first pictures come from; None where there is none by now."""
    from training.dataset.library import open_dataset

    try:
        with open_dataset(home, name) as catalog:
            return catalog.sources.all()[0]
    except DatasetError:
        return None


def _ask(run: RunInfo, pictures: Sequence[Picture], emit: EventSink, token: CancelToken) -> Answers:
    rows = [(picture.path, picture.label) for picture in pictures]

    def tell(event: Event) -> None:  # not each verdict: nobody watches them come
        if isinstance(event, StageStarted | StageProgressed):
            emit(event)

    return collect_answers(run.folder, rows, emit=tell, token=token)


def _as_they_are_now(
    source: Source, pictures: Sequence[Picture], home: Home
) -> tuple[Sequence[Picture], Kept | None]:
    """The pictures after all of them were asked about: some may be put right meanwhile."""
    from training.dataset.library import open_dataset

    if not isinstance(source, SplitSource):
        return pictures, None
    with open_dataset(home, source.dataset) as catalog:
        kept = Kept(source.dataset, catalog.sources.all()[0], read_journal(catalog))
        return catalog.pictures_by_id(picture.id for picture in pictures), kept


def _counted(judged: Judged) -> Judged:
    """Count here, once, what the window would have to wait for; the facts keep it."""
    for name in ("metrics", "roc", "precision_recall", "agreement"):
        getattr(judged, name)
    return judged
