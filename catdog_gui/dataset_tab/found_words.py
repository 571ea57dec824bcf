"""The sentences of checking a dataset and putting it right: plain functions of plain facts."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from catdog_gui.dataset_tab.found import Depth, Found
from catdog_gui.dataset_tab.picture_filter import Problem
from catdog_gui.dataset_tab.words import counted, is_split, unsplit
from training.dataset.finding import COPY_KINDS, FindingKind
from training.dataset.picture import DatasetInfo

if TYPE_CHECKING:
    from training.dataset.journal import Step


@dataclass(frozen=True)
class KindWords:
    """How findings of one kind are spoken of.

    Attributes:
        one: A single one, after its number.
        many: Several.
        why: What is wrong with them, in a sentence.
    """

    one: str
    many: str
    why: str


KIND_WORDS: Mapping[FindingKind, KindWords] = {
    FindingKind.DAMAGED: KindWords(
        "damaged", "damaged", "They cannot be read and are set aside; your files are unchanged"
    ),
    FindingKind.LABEL: KindWords(
        "suspicious label", "suspicious labels", "They look more like the other class"
    ),
    FindingKind.NEITHER: KindWords(
        "perhaps neither", "perhaps neither", "They look like neither cats nor dogs"
    ),
    FindingKind.EXACT: KindWords("exact copy", "exact copies", "The same file several times"),
    FindingKind.NEAR: KindWords(
        "near copy", "near copies", "The same picture resized, saved anew or a little cropped"
    ),
    FindingKind.EMPTY: KindWords(
        "with little in it", "with little in them", "Their grey levels tell next to nothing"
    ),
    FindingKind.DARK: KindWords("dark", "dark", "They are almost black"),
    FindingKind.BLURRED: KindWords("blurred", "blurred", "They have no fine parts"),
    FindingKind.TINY: KindWords("tiny", "tiny", "A network sees them enlarged"),
    FindingKind.SHAPE: KindWords(
        "extreme shape", "extreme shapes", "A network sees them squeezed into a square"
    ),
    FindingKind.FORMAT: KindWords(
        "odd format", "odd formats", "Their files are not what their names or most others say"
    ),
}
"""The kinds that are about pictures, the worst first."""


def kind_words(kind: FindingKind, count: int) -> str:
    """Findings of a kind in figures: "31 suspicious labels"."""
    words = KIND_WORDS[kind]
    return f"{count:,} {words.one if count == 1 else words.many}"


def caption_words(count: int, problem: Problem | FindingKind | None) -> str:
    """What the gallery shows: "31 suspicious labels, the worst first"."""
    if not count:
        return ""
    if isinstance(problem, FindingKind):
        order = "group by group" if problem in COPY_KINDS else "the worst first"
        return f"{kind_words(problem, count)}, {order}"
    return f"{counted(count, 'picture')} · Space shows one large"


def depth_words(found: Found) -> str:
    """How far a dataset was checked, where that is not to the end or nothing was found."""
    match found.depth:
        case Depth.NOT_AT_ALL:
            return "Not checked yet"
        case Depth.LOOKS:
            return "Labels not checked yet"
    if found.findings:
        return ""
    return "Nothing else found" if found.dismissed else "Nothing found"


def dismissed_words(found: Found) -> tuple[int, str]:
    """Of how many pictures something was dismissed, and that in words: "12 dismissed"."""
    count = len({finding.picture for finding in found.dismissed})
    return count, f"{count:,} dismissed"


def keep_one_words(found: Found) -> str:
    """What keeping one of each group does: "Exclude 203 copies, keep 198"."""
    copies = "1 copy" if len(found.spare) == 1 else f"{len(found.spare):,} copies"
    return f"Exclude {copies}, keep {found.kept:,}"


def checked_words(kinds: Sequence[FindingKind]) -> str:
    """What a check found: "The check found 31 suspicious labels and 12 dark"."""
    counts = Counter(kind for kind in kinds if kind in KIND_WORDS)
    if not counts:
        return "The check found nothing to put right."
    phrases = [kind_words(kind, count) for kind, count in counts.items()]
    *most, last = phrases
    listed = f"{', '.join(most)} and {last}" if most else last
    return f"The check found {listed}."


def unreadable_words(count: int) -> tuple[str, str]:
    """How many pictures could not be read, and what became of them."""
    those = "It is" if count == 1 else "They are"
    return (
        f"{counted(count, 'picture')} could not be read.",
        f"{those} set aside; your files are unchanged.",
    )


def step_words(step: "Step | None") -> str:
    """A step of corrections: "Relabelled as dog, 3 pictures"; empty for none."""
    return "" if step is None else f"{step.words}, {counted(step.pictures, 'picture')}"


def aftermath_words(found: Found, info: DatasetInfo) -> str:
    """What corrections leave to do: a split to be made again, runs of other pictures."""
    runs = "1 run" if found.former_runs == 1 else f"{found.former_runs:,} runs"
    lines = [
        f"{counted(unsplit(info), 'picture')} in no split: split again to use them."
        if is_split(info) and unsplit(info)
        else "",
        f"{runs} learned from this dataset as it was before; train again to learn from it as it is."
        if found.former_runs
        else "",
    ]
    return "\n".join(filter(None, lines))
