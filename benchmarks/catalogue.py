"""A catalogue of 1,000,000 pictures: how soon it is open, and how soon any filter and sort is done.

The rows are made up; no picture is read.
"""

import itertools
import random
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.report import at_most, publish
from training.dataset.catalog import CLASSES, Catalog, NewPicture, Split, State
from training.dataset.finding import Finding, FindingKind
from training.dataset.survey import open_findings

ROWS = 1_000_000
FINDINGS = 20_000
NEAR_COPIES = 10_000
PAGE = 200
STARTS = (0, ROWS // 2)

Timed = tuple[float, str]


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        began = time.perf_counter()
        fill(Path(folder))
        filled = time.perf_counter() - began
        megabytes = sum(file.stat().st_size for file in Path(folder).iterdir()) / 1e6
        opened, info = _timed(lambda: _open(Path(folder)))
        with Catalog.open(Path(folder)) as catalog:
            pages = list(time_pages(catalog))
            counts = list(time_counts(catalog))
            findings, _ = _timed(lambda: open_findings(catalog))
    return publish(
        "catalogue",
        [
            at_most("open a catalogue of 1,000,000 and read its figures, s", opened, 1.0),
            at_most("the slowest of all filters and sorts, a page of 200, s", max(pages)[0], 0.5),
            at_most("the slowest count of a filter, s", max(counts)[0], 0.5),
        ],
        the_dataset=info,
        seconds_for_its_20000_findings_with_their_pictures=round(findings, 2),
        slowest_page=max(pages)[1],
        slowest_count=max(counts)[1],
        filters_and_sorts=len(pages),
        seconds_to_fill=round(filled, 1),
        megabytes=round(megabytes),
    )


def fill(folder: Path) -> None:
    """A catalogue of made-up rows, split, with findings and near copies."""
    dice = random.Random(1)
    with Catalog.create(folder, source="made up", ignored=0) as catalog:
        catalog.add(_pictures(dice))
        catalog.assign_splits({row: _split_of(row) for row in range(1, ROWS + 1)})
        catalog.findings.set_families(
            {_content(n): _content(n - n % 2) for n in range(1, NEAR_COPIES)}
        )
        found = [
            Finding(kind, dice.randrange(1, ROWS), dice.random(), "made up", CLASSES[0])
            for kind in FindingKind
            for _ in range(FINDINGS // len(FindingKind))
        ]
        catalog.findings.replace(tuple(FindingKind), found, of="")


def time_pages(catalog: Catalog) -> Iterator[Timed]:
    """Each filter in each order, from the start and from the middle."""
    for order, start, chosen in itertools.product(Order, STARTS, _filters()):
        page = partial(catalog.pictures, **chosen, order=order, start=start, most=PAGE)
        yield _timed(page)[0], f"{order}, {_words(chosen)}, from {start:,}"


def time_counts(catalog: Catalog) -> Iterator[Timed]:
    """How many pictures each filter has."""
    for chosen in _filters():
        yield _timed(partial(catalog.count, **chosen))[0], _words(chosen)


def _filters() -> Iterator[dict[str, Any]]:
    for split, label, state in itertools.product((*Split, None), (*CLASSES, None), (*State, None)):
        yield {"split": split, "label": label, "state": state}


def _words(chosen: dict[str, Any]) -> str:
    return ", ".join(f"{key} {value or 'any'}" for key, value in chosen.items())


def _open(folder: Path) -> object:
    with Catalog.open(folder) as catalog:
        return catalog.info()


def _timed(job: Callable[[], object]) -> tuple[float, object]:
    began = time.perf_counter()
    result = job()
    return time.perf_counter() - began, result


def _pictures(dice: random.Random) -> Iterator[NewPicture]:
    states = (State.USED,) * 97 + (State.EXCLUDED, State.EXCLUDED, State.QUARANTINED)
    for row in range(ROWS):
        label = CLASSES[row % 2]
        yield NewPicture(
            path=f"pictures/{label}.{row}.jpg",
            name=f"train/{label}.{row}.jpg",
            sha256=_content(row - 1 if row % 100 == 0 else row),
            size_bytes=dice.randrange(2_000, 60_000),
            width=200,
            height=200,
            label=label,
            number=row,
            state=dice.choice(states),
            reason="",
        )


def _content(row: int) -> str:
    """Spread like a sha256, so that the index is filled in no order."""
    return f"{row * 0x9E3779B97F4A7C15 % 2**64:016x}" * 4


def _split_of(row: int) -> Split:
    return tuple(Split)[max(0, row % 10 - 7)]  # 8 of 10, 1, 1


if __name__ == "__main__":
    raise SystemExit(main())
