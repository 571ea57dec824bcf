"""What the user decided follows a picture's content: it holds again when that is imported again."""

import json
import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple
from pathlib import Path, PurePosixPath
from typing import Any

from training import atomic
from training.dataset.catalog import Catalog, Picture
from training.dataset.finding import Dismissal, FindingKind
from training.dataset.journal import Correction, Ruling, Status
from training.errors import UserError
from training.events import EventSink, Noticed
from training.home import Home

_log = logging.getLogger(__name__)


def take_over(catalog: Catalog, others: Iterable[str], home: Home, *, emit: EventSink) -> None:
    """Correct new pictures as the same ones were corrected before, in one step.

    What was found of them and dismissed will not be listed either.

    Args:
        catalog: Of the new dataset.
        others: The names of the other datasets.
        home: Where they live, and what is kept of deleted ones.
        emit: Told how many pictures it is.
    """
    known, rulings = _kept_corrections(home), dict.fromkeys(_kept_dismissals(home), True)
    for name in others:
        try:
            with Catalog.open(home.datasets / name) as other:
                known += other.journal.corrections()
                rulings |= other.journal.rulings()
        except UserError as error:
            _log.warning("Corrections of %s are not taken over: %s", name, error)
    pictures = catalog.pictures(state=None) if known or rulings else []
    step = catalog.journal.correct(
        "Corrected as before", matched(known, pictures), _dismissed(rulings, pictures)
    )
    if step is not None:
        emit(Noticed(f"{step.pictures:,} pictures are corrected as before; that can be undone."))


def keep(catalog: Catalog, home: Home) -> None:
    """Keep the decisions about a dataset that is about to be deleted, by content.

    Raises:
        OSError: They cannot be written.
    """
    corrections, rulings = catalog.journal.corrections(), catalog.journal.rulings()
    if corrections:
        rows = [astuple(correction) for correction in _kept_corrections(home) + corrections]
        atomic.write_text(home.corrections_file, json.dumps(rows))
    if rulings:
        last = dict.fromkeys(_kept_dismissals(home), True) | rulings
        rows = [astuple(dismissal) for dismissal, holds in last.items() if holds]
        atomic.write_text(home.dismissals_file, json.dumps(rows))


def matched(corrections: Iterable[Correction], pictures: Iterable[Picture]) -> dict[int, Status]:
    """Which pictures to correct, and how.

    Of several pictures of one content, a correction goes to the one of the same file name, else
    to the first that has none yet. Of several corrections of one file the last holds.

    Args:
        corrections: In the order in which they were made.
        pictures: Those that may be corrected.
    """
    by_content: dict[str, dict[str, Correction]] = {}
    for correction in corrections:
        of_content = by_content.setdefault(correction.sha256, {})
        of_content[_file_name(correction.name)] = correction
    copies: dict[str, list[Picture]] = {}
    for picture in pictures:
        if picture.sha256 in by_content:
            copies.setdefault(picture.sha256, []).append(picture)
    wanted: dict[int, Status] = {}
    for sha256, group in copies.items():
        wanted |= _dealt(by_content[sha256], group)
    return wanted


def _dismissed(rulings: Mapping[Dismissal, bool], pictures: Sequence[Picture]) -> list[Ruling]:
    """What is dismissed of pictures that are there; of each content the first one stands for it."""
    first = {picture.sha256: picture.id for picture in reversed(pictures)}
    return [
        Ruling(first[of.content], of, is_dismissed=True)
        for of, holds in rulings.items()
        if holds and of.content in first
    ]


def _dealt(corrections: dict[str, Correction], copies: Sequence[Picture]) -> dict[int, Status]:
    left = dict(corrections)
    named = {picture.id: left.pop(_file_name(picture.name), None) for picture in copies}
    others = iter(left.values())
    dealt = {row: found or next(others, None) for row, found in named.items()}
    return {row: found.status for row, found in dealt.items() if found is not None}


def _file_name(name: str) -> str:
    return PurePosixPath(name).name


def _kept_corrections(home: Home) -> list[Correction]:
    try:
        rows = _rows(home.corrections_file)
        return [Correction(sha256, name, Status(*status)) for sha256, name, status in rows]
    except (OSError, ValueError, TypeError) as error:
        _log.warning("Kept corrections cannot be read: %s", error)
        return []


def _kept_dismissals(home: Home) -> list[Dismissal]:
    try:
        rows = _rows(home.dismissals_file)
        return [Dismissal(FindingKind(kind), content, about) for kind, content, about in rows]
    except (OSError, ValueError, TypeError) as error:
        _log.warning("Kept dismissals cannot be read: %s", error)
        return []


def _rows(file: Path) -> list[Any]:
    try:
        rows: list[Any] = json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return []
    return rows
