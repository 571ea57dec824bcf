"""What lies below the pointer in a chart, in words."""

import dataclasses
from collections.abc import Iterable

from catdog_gui.judging.charts import Spot, confusion_of
from catdog_gui.judging.facts import Judged
from catdog_gui.judging.words import counted_words, percent_words, share_help, threshold_words
from training.inference.evaluation import ECE_BINS
from training.inference.figures import Share, ThresholdFigures, at_threshold, reliability
from training.inference.groups import Group


def spot_words(judged: Judged, threshold: float, spot: Spot) -> str:
    """What a place stands for, its number, and what a click there does; empty for nothing.

    Args:
        judged: What the chart shows.
        threshold: That of now, in [0, 1].
        spot: What lies there.

    Returns:
        A few lines of plain text.
    """
    if spot is None:
        return ""
    if isinstance(spot, Group):
        return "\n".join(_group_lines(judged, threshold, spot))
    return "\n".join(_threshold_lines(at_threshold(judged.answers, spot)))


def _group_lines(judged: Judged, threshold: float, group: Group) -> Iterable[str]:
    pictures = judged.count(group, threshold)
    yield counted_words(group, pictures)
    if not pictures:
        return
    if group.bin is not None:
        yield from _bin_lines(judged, group.bin)
    else:
        yield _share_line(judged, threshold, group, pictures)
    yield "A click shows them."


def _bin_lines(judged: Judged, place: int) -> Iterable[str]:
    (found,) = (each for each in reliability(judged.answers) if round(each.low * ECE_BINS) == place)
    yield f"Right: {percent_words(found.right.value)}, {share_help(found.right)}"
    yield f"Their mean confidence: {percent_words(found.confidence)}"


def _share_line(judged: Judged, threshold: float, group: Group, pictures: int) -> str:
    whole = dataclasses.replace(group, called=None, bar=None)
    share = Share(pictures, judged.count(whole, threshold))
    kind = f"{group.label}s" if group.label else f"{'right' if group.is_right else 'wrong'} ones"
    return f"{percent_words(share.value)} of {share.of:,} {kind}"


def _threshold_lines(at: ThresholdFigures) -> Iterable[str]:
    yield threshold_words(confusion_of(at), at.threshold)
    for each in at.classes:
        precision, recall = percent_words(each.precision.value), percent_words(each.recall.value)
        yield f"{each.name.capitalize()}s: precision {precision}, recall {recall}"
    yield "A click sets this threshold."
