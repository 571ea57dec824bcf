"""Finds suspicious labels in a dataset and keeps them in its catalogue."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from training.cancellation import CancelToken
from training.dataset.cache import RowReader, prepare_rows
from training.dataset.catalog import CLASSES, Catalog, Picture
from training.dataset.finding import LABEL_KINDS, Finding, FindingKind
from training.events import EventSink, Noticed, Stage, StageStarted
from training.home import Home
from training.learning.label_features import LabelFeatures, find_label_features
from training.learning.label_issues import (
    LEAST_PICTURES,
    Floats,
    Suspicions,
    Targets,
    find_suspicions,
)

_SEED = 1
_TOO_FEW = f"Labels are not checked: that takes {LEAST_PICTURES} different pictures of each class."


@dataclass(frozen=True)
class _Known:
    """Pictures of different contents, their features and their classes, row by row."""

    pictures: Sequence[Picture]
    features: Floats
    targets: Targets


def check_labels(
    catalog: Catalog, dataset: str, home: Home, *, emit: EventSink, token: CancelToken
) -> None:
    """Find labels that are suspicious, and pictures that are perhaps neither.

    The features come from a network that never saw these labels, MobileNetV2 as trained on
    ImageNet; where its weights are not at hand, from the model that ships. They are kept in the
    cache, where the preset Express finds them too. Nothing is done where the same pictures with
    the same labels were checked before.

    Args:
        catalog: The dataset's; what was found goes into it.
        dataset: Its name, for the cache.
        home: Where the cache is.
        emit: Told the stages.
        token: Checked often.

    Raises:
        Cancelled: The user cancelled; the findings are what they were.
        DatasetError: The disk is full.
    """
    pictures = catalog.pictures()
    source = find_label_features(emit=emit, token=token)
    of = f"{catalog.fingerprint()} {source.kind.name}"
    if catalog.findings.found_in(FindingKind.LABEL) == of:
        return
    known = _features_of(pictures, dataset, source, home, emit=emit, token=token)
    if np.bincount(known.targets, minlength=len(CLASSES)).min() < LEAST_PICTURES:
        emit(Noticed(_TOO_FEW))
        catalog.findings.replace(LABEL_KINDS, (), of=of)
        return
    emit(StageStarted(Stage.CHECKING_LABELS))
    suspicions = find_suspicions(known.features, known.targets, seed=_SEED, token=token)
    rows = {picture.sha256: row for row, picture in enumerate(known.pictures)}
    findings = list(judge_labels(pictures, rows, suspicions))
    token.raise_if_cancelled()
    catalog.findings.replace(LABEL_KINDS, findings, of=of)


def judge_labels(
    pictures: Sequence[Picture], rows: Mapping[str, int], suspicions: Suspicions
) -> Iterator[Finding]:
    """Name the pictures that more likely than not are the other class, and the outliers.

    A picture that is both is named once, by what it is nearer to the top of.

    Args:
        pictures: Any pictures.
        rows: The place of each content in what follows, by its sha256.
        suspicions: What was found.
    """
    known = [picture for picture in pictures if picture.sha256 in rows]
    labels = sorted(filter(None, (_label_finding(p, rows, suspicions) for p in known)), key=_worst)
    neither = sorted(filter(None, (_outlier(p, rows, suspicions) for p in known)), key=_worst)
    ranks = {finding.picture: rank for rank, finding in enumerate(labels)}
    for rank, finding in enumerate(neither):
        if rank <= ranks.get(finding.picture, rank):
            ranks.pop(finding.picture, None)
            yield finding
    yield from (finding for finding in labels if finding.picture in ranks)


def _features_of(
    pictures: Sequence[Picture],
    dataset: str,
    source: LabelFeatures,
    home: Home,
    *,
    emit: EventSink,
    token: CancelToken,
) -> _Known:
    stored = prepare_rows(
        pictures,
        source.kind,
        home,
        dataset=dataset,
        emit=emit,
        token=token,
        transform=lambda: source.transform(home, emit, token),
    )
    first = {picture.sha256: picture for picture in reversed(pictures)}
    present = sorted(
        (picture for picture in first.values() if picture.sha256 in stored.rows),
        key=lambda picture: picture.sha256,
    )
    targets = np.array([CLASSES.index(picture.label) for picture in present], dtype=np.int8)
    reader = RowReader(stored)
    try:
        features = reader.read(np.array([stored.rows[p.sha256] for p in present], dtype=np.intp))
    finally:
        reader.close()
    return _Known(present, features, targets)


def _label_finding(
    picture: Picture, rows: Mapping[str, int], suspicions: Suspicions
) -> Finding | None:
    p_dog = float(suspicions.p_dog[rows[picture.sha256]])
    other, p_other = ("dog", p_dog) if picture.label == "cat" else ("cat", 1 - p_dog)
    if p_other <= 1 / 2:
        return None
    reason = (
        f"It is labelled {picture.label}; what was learned from the other pictures says "
        f"{p_other:.0%} {other}."
    )
    return Finding(FindingKind.LABEL, picture.id, p_other, reason, picture.label)


def _outlier(picture: Picture, rows: Mapping[str, int], suspicions: Suspicions) -> Finding | None:
    distance = float(suspicions.distance[rows[picture.sha256]])
    if distance <= suspicions.far:
        return None
    reason = (
        f"It is unlike the other cats and dogs: {distance / suspicions.usual_distance:.1f} times "
        "as far from its neighbours as is usual."
    )
    return Finding(FindingKind.NEITHER, picture.id, min(1.0, distance), reason, picture.label)


def _worst(finding: Finding) -> tuple[float, int]:
    return -finding.score, finding.picture or 0
