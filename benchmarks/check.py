"""The check of the 24,000 pictures, everything cold: how long it takes, and what it finds.

The known bad labels are those that other people have published; they are read from the README of
the shared data and only counted here. `KERAS_HOME` must have the ImageNet weights of MobileNetV2,
or the network must be there to download them.
"""

import re
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from benchmarks.pictures import DATASET, train_zip
from benchmarks.report import at_least, at_most, publish
from training.cancellation import CancelToken
from training.config import ImportConfig
from training.dataset.finding import LABEL_KINDS
from training.dataset.importing import import_pictures
from training.dataset.library import open_dataset
from training.home import Home
from training.learning.check import CheckResult, check_dataset

_KNOWN = re.compile(r"\b(?:cat|dog)\.\d+")
_KNOWN_FROM = "Known bad labels"
_PARAGRAPH_END = "\n\n"
FIRST = (100, 300)


@dataclass(frozen=True)
class Timed:
    """A job's result, its seconds by the clock, and those of the processors."""

    result: CheckResult
    seconds: float
    cpu_seconds: float


def main() -> int:
    known = known_bad(train_zip().parent.parent / "README.md")
    with tempfile.TemporaryDirectory() as folder:
        home = Home(Path(folder))
        config = ImportConfig(source=train_zip(), name=DATASET)
        import_pictures(config, home, emit=_ignore, token=CancelToken())
        survey = _timed(lambda: _check(home, labels=False))
        labels = _timed(lambda: _check(home, labels=True))
        ranked = _suspects(home, labels.result)
        with open_dataset(home, DATASET) as catalog:  # else nothing would be checked again
            catalog.journal.exclude([catalog.pictures(limit=1)[0].id])
        again = _timed(lambda: _check(home, labels=True))
    found = {first: len(known & set(ranked[:first])) for first in FIRST}
    recall = found[FIRST[-1]] / len(known)
    return publish(
        "check",
        [
            at_most("check of 24,000 pictures without labels, s", survey.seconds, 60),
            at_most("suspicious labels, features cold, s", labels.seconds, 240),
            at_most("the same with features at hand, s", again.seconds, 240),
            at_least("recall of the known bad labels in the first 300", recall, 0.6),
        ],
        known_bad=len(known),
        found_in_the_first=found,
        missed=sorted(known - set(ranked[: FIRST[-1]])),
        listed=len(ranked),
        kinds=Counter(str(finding.kind) for finding in labels.result.findings),
        processor_seconds={
            "without labels": round(survey.cpu_seconds, 1),
            "labels": round(labels.cpu_seconds, 1),
            "labels with features at hand": round(again.cpu_seconds, 1),
        },
    )


def known_bad(readme: Path) -> set[str]:
    """Names such as "dog.1773" of pictures that show neither animal, or both."""
    text = readme.read_text(encoding="utf-8")
    paragraph = text[text.index(_KNOWN_FROM) :].partition(_PARAGRAPH_END)[0]
    return set(_KNOWN.findall(paragraph))


def _suspects(home: Home, result: CheckResult) -> list[str]:
    """The pictures whose label is in doubt, in the order in which the check lists them."""
    with open_dataset(home, DATASET) as catalog:
        pictures = catalog.pictures_with_findings()
    return [
        PurePosixPath(pictures[finding.picture].name).stem
        for finding in result.findings
        if finding.kind in LABEL_KINDS and finding.picture is not None
    ]


def _check(home: Home, *, labels: bool) -> CheckResult:
    return check_dataset(DATASET, home, emit=_ignore, token=CancelToken(), labels=labels)


def _timed(job: Callable[[], CheckResult]) -> Timed:
    began, cpu_began = time.perf_counter(), time.process_time()
    result = job()
    return Timed(result, time.perf_counter() - began, time.process_time() - cpu_began)


def _ignore(event: object) -> None:
    """Benchmarks look at the clock, not at events."""


if __name__ == "__main__":
    raise SystemExit(main())
