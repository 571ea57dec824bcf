"""The check of a dataset, as one job: its pictures, their copies, and their labels."""

import time
from dataclasses import dataclass

from training.cancellation import CancelToken
from training.dataset.finding import Finding
from training.dataset.library import open_dataset
from training.dataset.standing import read_standing
from training.dataset.survey import survey
from training.events import EventSink
from training.home import Home
from training.learning.label_check import check_labels


@dataclass(frozen=True)
class CheckResult:
    """What a check found.

    Attributes:
        findings: Those that nobody has dealt with, the worst first.
        dismissed: How many were found that the user dismissed.
        seconds: How long it took.
    """

    findings: tuple[Finding, ...]
    dismissed: int
    seconds: float


def check_dataset(
    name: str, home: Home, *, emit: EventSink, token: CancelToken, labels: bool = True
) -> CheckResult:
    """Look for what is wrong with a dataset; nothing is changed but what the catalogue knows of it.

    Args:
        name: The dataset's name.
        home: Where it lives.
        emit: Told the stages.
        token: Checked often.
        labels: Whether labels are checked too, which takes a network's features.

    Raises:
        DatasetError: There is no such dataset, or the disk is full.
        Cancelled: The user cancelled; what was found by whole stages stays.
    """
    started = time.monotonic()
    with open_dataset(home, name) as catalog:
        survey(catalog, emit=emit, token=token)
        if labels:
            check_labels(catalog, name, home, emit=emit, token=token)
        standing = read_standing(catalog)
        seconds = time.monotonic() - started
        return CheckResult(standing.findings, len(standing.dismissed), seconds)
