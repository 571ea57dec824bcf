"""A run is asked about labelled pictures, and what it answers becomes a page."""

import contextlib
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from training import atomic
from training.cancellation import CancelToken
from training.dataset.decode import thumbnail
from training.errors import ConfigError, PictureError
from training.events import EventSink, Stage, StageStarted
from training.inference.agreement import Agreement, compare_answers
from training.inference.answers import Answers, collect_answers, unread_words
from training.inference.evaluation import Metrics, measure_answers
from training.inference.figures import Mistake, mistakes
from training.report.facts import ReportFacts, Rival
from training.runs.model_card import read_model_card

WORST = 12
"""How many of the most confident mistakes a report shows as pictures, where it may."""

_SUFFIXES = (".html", ".htm")
_BOX_PX, _JPEG_QUALITY = 240, 80


@dataclass(frozen=True)
class Report:
    """A report that is written.

    Attributes:
        path: The file.
        run: The run's name.
        metrics: Its figures.
        mistakes: Its mistakes, the most confident first.
        agreement: What it and the other run get right; None where there is no other.
    """

    path: Path
    run: str
    metrics: Metrics
    mistakes: tuple[Mistake, ...]
    agreement: Agreement | None


@dataclass(frozen=True)
class RunAnswers:
    """What a run answered.

    Attributes:
        folder: The run's folder.
        answers: On some pictures.
    """

    folder: Path
    answers: Answers


def write_report(
    folder: Path,
    pictures: Sequence[tuple[Path, str]],
    output: Path,
    *,
    source: str,
    cautions: Sequence[str] = (),
    other: Path | None = None,
    with_pictures: bool = False,
    emit: EventSink,
    token: CancelToken,
) -> Report:
    """Judge a finished run on labelled pictures, and write that as one HTML file.

    The page needs no other file, no network and no script. It names pictures by their files'
    names, never by their folders.

    Args:
        folder: The run's folder.
        pictures: Files and their labels.
        output: The file to write; an existing one is replaced, whole or not at all.
        source: Where the pictures are from, such as “the folder X”.
        cautions: Sentences on how far the figures can be trusted.
        other: The folder of a run to compare it with, on the same pictures.
        with_pictures: Whether the `WORST` mistakes are shown: a report may be passed on.
        emit: Told each verdict as it is reached.
        token: Checked between batches.

    Raises:
        Cancelled: The user cancelled; nothing is written.
        ConfigError: The output is no name of a web page, or its folder is not there.
        DatasetError: There are not both classes.
        OSError: The file cannot be written.
        RunError: A run cannot be used.
    """
    _check_output(output)
    answers = collect_answers(folder, pictures, emit=emit, token=token)
    theirs = None
    if other is not None:
        theirs = RunAnswers(other, collect_answers(other, pictures, emit=emit, token=token))
    unread = len(pictures) - len(answers.paths)
    return report_answers(
        RunAnswers(folder, answers),
        output,
        source=source,
        cautions=(*cautions, *([unread_words(unread)] if unread else ())),
        other=theirs,
        with_pictures=with_pictures,
        emit=emit,
        token=token,
    )


def report_answers(
    asked: RunAnswers,
    output: Path,
    *,
    source: str,
    cautions: Sequence[str] = (),
    other: RunAnswers | None = None,
    with_pictures: bool = False,
    emit: EventSink,
    token: CancelToken,
) -> Report:
    """Write what a run answered already as one HTML file; see `write_report`.

    Args:
        asked: The run and its answers.
        output: See `write_report`, as the rest.
        source: Where the pictures are from.
        cautions: Sentences on how far the figures can be trusted.
        other: A run to compare it with, and its answers on the same pictures.
        with_pictures: Whether the `WORST` mistakes are shown.
        emit: Told that the page is written.
        token: Checked between pictures.
    """
    _check_output(output)
    emit(StageStarted(Stage.WRITING_REPORT))
    answers, found = asked.answers, mistakes(asked.answers)
    rival = None
    if other is not None:
        agreement = compare_answers(answers, other.answers)
        rival = Rival(other.folder.name, measure_answers(other.answers), agreement)
    facts = ReportFacts(
        run=asked.folder.name,
        source=source,
        cautions=tuple(cautions),
        answers=answers,
        metrics=measure_answers(answers),
        card=read_model_card(asked.folder),
        written=datetime.now(UTC).date().isoformat(),
        rival=rival,
        thumbnails=_thumbnails(answers, found[:WORST], token) if with_pictures else {},
    )
    token.raise_if_cancelled()
    atomic.write_text(output, _page_of(facts))
    return Report(output, facts.run, facts.metrics, found, rival.agreement if rival else None)


def _page_of(facts: ReportFacts) -> str:
    from training.report.page import page  # it draws, and only this job needs Matplotlib

    return page(facts)


def _check_output(output: Path) -> None:
    if output.suffix.lower() not in _SUFFIXES:
        raise ConfigError(
            "output", f"“{output.name}” is no name of a web page.", "Let it end in .html."
        )
    if output.is_dir() or not output.parent.is_dir():
        raise ConfigError(
            "output", f"{output} cannot be written.", "Name a file in a folder that is there."
        )


def _thumbnails(answers: Answers, found: Sequence[Mistake], token: CancelToken) -> dict[int, bytes]:
    thumbnails = {}
    for mistake in found:
        token.raise_if_cancelled()
        with contextlib.suppress(PictureError):  # gone since it was answered: its row stays
            thumbnails[mistake.index] = _small_jpeg(answers.paths[mistake.index])
    return thumbnails


def _small_jpeg(path: Path) -> bytes:
    small = thumbnail(path, _BOX_PX)
    small.info = {}  # a comment or a place in the file is no part of the picture: it stays behind
    written = io.BytesIO()
    small.save(written, "JPEG", quality=_JPEG_QUALITY)
    return written.getvalue()
