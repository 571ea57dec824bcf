"""The charts of a judged run: how each is drawn, and what lies where in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from catdog_gui.judging.facts import Judged
from training.dataset.picture import CLASSES
from training.inference.evaluation import ECE_BINS
from training.inference.figures import (
    ThresholdFigures,
    at_threshold,
    confidence_bars,
    confidence_histogram,
    reliability,
)
from training.inference.groups import Group
from training.inference.operating_points import (
    nearest_on_precision_recall,
    nearest_on_roc,
    precision_recall_point,
    roc_point,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from training.plots.style import PlotStyle

Spot = Group | float | None
"""What lies at a place: pictures, a threshold, or nothing."""


@dataclass(frozen=True)
class Chart:
    """One way to draw a judged run.

    Attributes:
        words: On its button.
        help: How it is read, and what a click does.
        draw: Draws it, at a threshold, in the colours of a style.
        spot: What lies at a place, given across and upward in the drawing's own units.
    """

    words: str
    help: str
    draw: Callable[[Axes, Judged, float, PlotStyle], None]
    spot: Callable[[Judged, float, float], Spot]


def load_charts() -> None:
    """Load what the charts need, in a worker thread: it takes seconds."""
    from matplotlib.backends import backend_qtagg  # noqa: F401 - loaded for its own sake

    from training.plots import judging  # noqa: F401 - likewise


def confusion_of(figures: ThresholdFigures) -> list[list[int]]:
    """Counts by class (rows: cat, dog) and what it is called (columns)."""
    cat, dog = (each.recall for each in figures.classes)
    return [[cat.counted, cat.of - cat.counted], [dog.of - dog.counted, dog.counted]]


def _draw_confusion(axes: Axes, judged: Judged, threshold: float, style: PlotStyle) -> None:
    from training.plots.judging import draw_confusion

    confusion = confusion_of(at_threshold(judged.answers, threshold))
    draw_confusion(axes, confusion, threshold=threshold, style=style)


def _draw_roc(axes: Axes, judged: Judged, threshold: float, style: PlotStyle) -> None:
    from training.plots.judging import draw_roc

    mark = roc_point(at_threshold(judged.answers, threshold))
    draw_roc(axes, judged.roc, mark=mark, style=style)


def _draw_precision_recall(axes: Axes, judged: Judged, threshold: float, style: PlotStyle) -> None:
    from training.plots.judging import draw_precision_recall

    at = at_threshold(judged.answers, threshold)
    marks = [precision_recall_point(at, name) for name in CLASSES]
    draw_precision_recall(axes, judged.precision_recall, marks=marks, style=style)


def _draw_reliability(axes: Axes, judged: Judged, _threshold: float, style: PlotStyle) -> None:
    from training.plots.judging import draw_reliability

    draw_reliability(axes, reliability(judged.answers), ece=judged.metrics.ece, style=style)


def _draw_confidences(axes: Axes, judged: Judged, _threshold: float, style: PlotStyle) -> None:
    from training.plots.judging import draw_confidences

    draw_confidences(axes, *confidence_histogram(judged.answers), style=style)


def _cell(_judged: Judged, across: float, upward: float) -> Spot:
    row, column = int(np.floor(upward)), int(np.floor(across))
    if row not in range(len(CLASSES)) or column not in range(len(CLASSES)):
        return None
    return Group(label=CLASSES[row], called=CLASSES[column])


def _roc_threshold(judged: Judged, across: float, upward: float) -> Spot:
    return nearest_on_roc(judged.answers, (across, upward))


def _precision_recall_threshold(judged: Judged, across: float, upward: float) -> Spot:
    return nearest_on_precision_recall(judged.answers, (across, upward))


def _bin(judged: Judged, across: float, _upward: float) -> Spot:
    """The dot that is nearest across: where it stands in height says how it did."""
    nearest = min(reliability(judged.answers), key=lambda each: abs(each.confidence - across))
    return Group(bin=round(nearest.low * ECE_BINS))


def _bar(_judged: Judged, across: float, upward: float) -> Spot:
    bar = int(confidence_bars(np.asarray([across]))[0])
    return Group(bar=bar, is_right=upward >= 0)


CHARTS = (
    Chart(
        "Confusion",
        "Each row is a class, each column what its pictures are called. A click on a cell shows "
        "its pictures.",
        _draw_confusion,
        _cell,
    ),
    Chart(
        "ROC",
        "Receiver operating characteristic: how many dogs each threshold finds, and how many cats "
        "it calls dogs for that; best is the upper left corner. The ring is the threshold of now; "
        "a click sets another one.",
        _draw_roc,
        _roc_threshold,
    ),
    Chart(
        "Precision",
        "Precision: how many of those called so are so. Recall: how many of those that are so are "
        "found. The rings are the threshold of now; a click sets another one.",
        _draw_precision_recall,
        _precision_recall_threshold,
    ),
    Chart(
        "Reliability",
        "How often the run is right where it is how sure: on the dashed line as often as it says. "
        "A click on a dot shows its pictures.",
        _draw_reliability,
        _bin,
    ),
    Chart(
        "Confidence",
        "Confidence: the probability of what a picture is called. How sure the run is where it is "
        "right (up) and where it is wrong (down). A click on a bar shows its pictures.",
        _draw_confidences,
        _bar,
    ),
)
"""In the order of their buttons."""
