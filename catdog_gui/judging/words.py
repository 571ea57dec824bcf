"""The window's sentences: plain functions of plain facts."""

from collections.abc import Sequence

from catdog_gui.judging.facts import Behind, Judged, Special
from catdog_gui.widgets.thumbnail_model import SPLIT_WORDS
from training.dataset.picture import Split
from training.inference.evaluation import ECE_BINS
from training.inference.figures import CONFIDENCE_BINS, Share
from training.inference.groups import ALL, MISTAKES, NEITHER_GROUP, RIGHT, Group
from training.inference.labelled import FolderSource, Source, SplitSource
from training.runs.interval import Interval
from training.runs.lab_book import RunInfo
from training.runs.run_folder import DEFAULT_RUN

TEST_WORDS = (
    "Look at the test split once, when all is decided: what is chosen by it looks better there "
    "than elsewhere."
)
ONE_CLASS_WORDS = (
    "There are not both cats and dogs any more: these figures are those of before. Undo it, or "
    "judge on other pictures."
)

_SURE = 0.05  # below this p-value a difference is hardly chance
_LEAST_SAID = 1e-4
_ALMOST_SURE = 0.9995  # what would be rounded to 100 % is not certain, and is not said to be
_SPECIAL_WORDS = {
    Special.BOTH: "Both runs right",
    Special.ONLY_FIRST: "Only this run right",
    Special.ONLY_SECOND: "Only the other right",
    Special.NONE: "Both runs wrong",
    Special.UNREAD: "Not readable",
}
_GROUP_WORDS = {
    ALL: "All pictures",
    MISTAKES: "Mistakes",
    RIGHT: "Right",
    NEITHER_GROUP: "Called “neither”",
}


def behind_words(behind: Behind) -> str:
    """The name of the pictures behind a figure, such as "Dogs called cats"."""
    if isinstance(behind, Special):
        return _SPECIAL_WORDS[behind]
    if behind in _GROUP_WORDS:
        return _GROUP_WORDS[behind]
    if behind.bin is not None:
        return f"Confidence {_range_words(behind.bin / ECE_BINS, (behind.bin + 1) / ECE_BINS)}"
    if behind.bar is not None:
        low, high = (0.5 + bar / CONFIDENCE_BINS / 2 for bar in (behind.bar, behind.bar + 1))
        return f"{'Right' if behind.is_right else 'Wrong'}, confidence {_range_words(low, high)}"
    return _class_words(behind)


def counted_words(behind: Behind, pictures: int) -> str:
    """The same with how many there are, such as "Mistakes · 33"."""
    return f"{behind_words(behind)} · {pictures:,}"


def source_words(source: Source, pictures: int | None = None) -> str:
    """Where pictures are from, such as "pets · validation · 2,000"."""
    if isinstance(source, FolderSource):
        return f"Folder {source.folder.name}"
    count = "" if pictures is None else f" · {pictures:,}"
    return f"{source.dataset} · {SPLIT_WORDS[source.split].lower()}{count}"


def source_hint(source: Source | None) -> str:
    """What to know before a run is judged on these pictures; empty for nothing."""
    is_test = isinstance(source, SplitSource) and source.split is Split.TEST
    return TEST_WORDS if is_test else ""


def judged_words(judged: Judged) -> str:
    """What the figures are of."""
    words = judged.source.words
    return f"{words[0].upper()}{words[1:]}: {run_name(judged.run)}"


def run_name(info: RunInfo) -> str:
    """What a run is called inside a sentence: its title, else its folder's name."""
    return "the model that ships" if info.run == DEFAULT_RUN else info.title or info.run


def threshold_words(confusion: Sequence[Sequence[int]], threshold: float) -> str:
    """What a threshold costs, such as "At 0.50: 12 of 1,000 cats called dogs, 3 of 990 dogs cats".

    Args:
        confusion: Counts by class (rows: cat, dog) and what it is called (columns).
        threshold: In [0, 1].
    """
    cats, dogs = confusion
    return (
        f"At {threshold:.2f}: {cats[1]:,} of {sum(cats):,} cats called dogs, "
        f"{dogs[0]:,} of {sum(dogs):,} dogs cats"
    )


def percent_words(value: float | None) -> str:
    """A share, such as "98.35 %"."""
    return "—" if value is None else f"{value * 100:.2f} %"


def interval_words(interval: Interval | None) -> str:
    """Such as "95 % interval: 97.70 to 98.82 %"."""
    if interval is None:
        return ""
    return f"95 % interval: {interval.low * 100:.2f} to {interval.high * 100:.2f} %"


def share_help(share: Share) -> str:
    """A share in counts, with its interval."""
    counts = f"{share.counted:,} of {share.of:,}"
    return ". ".join(filter(None, (counts, interval_words(share.interval))))


def chance_words(p_value: float) -> str:
    """Whether the difference of two runs may be chance."""
    said = f"p = {p_value:.2g}" if p_value >= _LEAST_SAID else f"p < {_LEAST_SAID:.4f}"
    belief = "is hardly chance" if p_value < _SURE else "may well be chance"
    return f"That one is right more often {belief} ({said}, McNemar's exact test)."


def answer_words(called: str, confidence: float, *, verdict: str) -> str:
    """What a run says of a picture, such as "Called dog, 98.7 %"."""
    said = f"; verdict {verdict}" if verdict not in {called, ""} else ""
    sure = f"{confidence * 100:.1f} %" if confidence < _ALMOST_SURE else "over 99.9 %"
    return f"Called {called}, {sure}{said}."


def no_pictures_words(behind: Behind) -> str:
    """What is said in place of pictures."""
    return "There are no mistakes." if behind == MISTAKES else "There are no such pictures."


def _class_words(group: Group) -> str:
    label = f"{group.label}s".capitalize() if group.label else ""
    called = f"{'called' if label else 'Called'} {group.called}s" if group.called else ""
    return " ".join(filter(None, (label, called)))


def _range_words(low: float, high: float) -> str:
    return f"{low * 100:.1f} to {high * 100:.1f} %"
