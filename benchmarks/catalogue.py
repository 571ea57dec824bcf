"""A catalogue of 1,000,000 pictures: how soon it is open, and how soon any filter and sort is done.

Each is timed twice, and the faster one counts: other programs may run meanwhile.

The rows are made up; no picture is read.
"""

import itertools
import os
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from benchmarks.report import at_most, publish
from training.dataset.catalog import CLASSES, Catalog, NewPicture, Split, State
from training.dataset.finding import Finding, FindingKind
from training.dataset.picture import Order
from training.dataset.picture_filter import PictureFilter, Problem
from training.dataset.standing import read_standing

ROWS = 1_000_000
FINDINGS = 20_000
NEAR_COPIES = 10_000
PAGE = 128
TEXTS = ("", "99", "jpg")

Timed = tuple[float, float, str]
"""Seconds, those of a processor, and what took them."""


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        began = time.perf_counter()
        fill(Path(folder))
        filled = time.perf_counter() - began
        megabytes = sum(file.stat().st_size for file in Path(folder).iterdir()) / 1e6
        opened, info = _timed(lambda: _open(Path(folder)))
        with Catalog.open(Path(folder)) as catalog:
            choices = list(time_choices(catalog))
            page, _ = _timed(partial(catalog.pictures_by_id, range(ROWS // 2, ROWS // 2 + PAGE)))
            figures, _ = _timed(partial(catalog.selection.figures, PictureFilter()))
            findings, _ = _timed(lambda: read_standing(catalog))
    return publish(
        "catalogue",
        [
            at_most("open a catalogue of 1,000,000 and read its figures, s", opened, 1.0),
            at_most("the slowest of all filters and sorts, s", max(choices)[0], 0.5),
            at_most("a page of 128 pictures, s", page, 0.03),
        ],
        the_dataset=info,
        seconds_for_its_20000_findings_with_their_pictures=round(findings, 2),
        slowest=max(choices)[2],
        seconds_of_a_processor_at_most=round(max(seconds for _, seconds, _ in choices), 2),
        median_of_filters_and_sorts=round(statistics.median(c[0] for c in choices), 3),
        filters_and_sorts=len(choices),
        seconds_for_the_figures_of_its_charts=round(figures, 2),
        load=os.getloadavg()[0],
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


def time_choices(catalog: Catalog) -> Iterator[Timed]:
    """Each filter in each order."""
    leaking = tuple(catalog.selection.leaking().tolist())
    for wanted, order in itertools.product(_filters(), Order):
        choose = partial(catalog.selection.ids, wanted, order, leaking=leaking)
        seconds, of_processor = (
            min(times) for times in zip(_times(choose), _times(choose), strict=True)
        )
        yield seconds, of_processor, f"{wanted}, {order}"


def _filters() -> Iterator[PictureFilter]:
    for label, split, text in itertools.product((None, "cat"), (None, Split.TRAIN), TEXTS):
        for problem in (None, *Problem, FindingKind.LABEL, FindingKind.NEAR):
            yield PictureFilter(label, split, problem, text)


def _open(folder: Path) -> object:
    with Catalog.open(folder) as catalog:
        return catalog.info()


def _timed(job: Callable[[], object]) -> tuple[float, object]:
    began = time.perf_counter()
    result = job()
    return time.perf_counter() - began, result


def _times(job: Callable[[], object]) -> tuple[float, float]:
    """Seconds, and those of a processor: the difference is what other programs took."""
    processor = time.process_time()
    seconds, _ = _timed(job)
    return seconds, time.process_time() - processor


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
