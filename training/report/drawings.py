"""The drawings of a report, each with a sentence on how to read it."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from training.dataset.catalog import CLASSES
from training.inference.figures import (
    confidence_histogram,
    precision_recall_curve,
    reliability,
    roc_curve,
)
from training.inference.judge import THRESHOLD
from training.plots.inline import Draw, inline_svg
from training.plots.judging import (
    draw_confidences,
    draw_confusion,
    draw_precision_recall,
    draw_reliability,
    draw_roc,
)
from training.plots.style import LIGHT
from training.report.facts import ReportFacts
from training.report.markup import element, escaped


@dataclass(frozen=True)
class _Drawing:
    """One drawing: what tells its parts from others', what draws it, and how it is read."""

    name: str
    draw: Draw
    words: str


def drawings(facts: ReportFacts) -> str:
    """All of them, side by side where the page is wide enough."""
    figures = (
        element(
            "figure",
            inline_svg(each.draw, name=each.name, words=each.words),
            element("figcaption", escaped(each.words)),
        )
        for each in _drawings(facts)
    )
    return element("h2", "Drawings") + element("div", *figures, css_class="plots")


def _drawings(facts: ReportFacts) -> Iterator[_Drawing]:
    answers, metrics = facts.answers, facts.metrics
    curves = [precision_recall_curve(answers, name) for name in CLASSES]
    right, wrong = confidence_histogram(answers)
    yield _Drawing(
        "confusion",
        partial(draw_confusion, confusion=metrics.confusion, threshold=THRESHOLD, style=LIGHT),
        "Each row is a class, each column what its pictures are called: green is right.",
    )
    yield _Drawing(
        "confidences",
        partial(draw_confidences, right=right, wrong=wrong, style=LIGHT),
        "How sure the run is where it is right (up) and where it is wrong (down). Mistakes "
        "should be few, and of little confidence.",
    )
    yield _Drawing(
        "roc",
        partial(draw_roc, curve=roc_curve(answers), style=LIGHT),
        "What each threshold costs: the nearer to the upper left corner, the better cats and dogs "
        "are told apart, wherever the threshold lies.",
    )
    yield _Drawing(
        "precision",
        partial(draw_precision_recall, curves=curves, style=LIGHT),
        "Precision: how many of those called so are so. Recall: how many of those that are so are "
        "found.",
    )
    yield _Drawing(
        "reliability",
        partial(draw_reliability, bins=reliability(answers), ece=metrics.ece, style=LIGHT),
        "Of pictures with a confidence of 80 %, 80 % should be right: dots below the dashed line "
        "are of answers that are too sure, dots above it of answers that are too modest.",
    )
