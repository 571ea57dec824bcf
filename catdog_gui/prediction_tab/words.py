"""The tab's sentences: plain functions of plain facts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from training.events import Verdict
from training.inference.judge import NEITHER
from training.inference.sorting import Sorted
from training.runs.judgement import Judgement
from training.runs.lab_book import RunInfo
from training.runs.run_folder import DEFAULT_RUN

NEITHER_WORDS = "It looks like none of the pictures that this model learned from."

_ALMOST_SURE = 0.995  # what would be rounded to 1.00 is not certain, and is not said to be
_TOSS_UP = 0.5
_KILO = 1024
_NO_NEITHER = "This model cannot say “neither”."


@dataclass(frozen=True)
class Tally:
    """How many pictures the list has, by what became of them."""

    pictures: int = 0
    cats: int = 0
    dogs: int = 0
    neither: int = 0
    failed: int = 0

    @property
    def read(self) -> int:
        """Pictures with a verdict or an error."""
        return self.cats + self.dogs + self.neither + self.failed


def run_words(info: RunInfo) -> str:
    """A run in one line: "Grey cats · notebook · 2026-11-24 10:00 · validation 0.96"."""
    own = [*filter(None, [info.title]), info.preset, _minute_of(info.created)]
    parts = ["The model that ships"] if info.run == DEFAULT_RUN else own
    if info.val_accuracy is not None:
        parts.append(f"validation {info.val_accuracy:.2f}")
    return " · ".join(parts)


def judgement_words(judgement: Judgement | None, threshold: float) -> str:
    """What a threshold costs on the validation pictures, and whether "neither" can be said.

    Args:
        judgement: What the run knows of its answers; None where it knows nothing.
        threshold: In [0, 1].
    """
    if judgement is None:
        return _NO_NEITHER
    cost = judgement.cost(threshold)
    words = [] if judgement.neither else [_NO_NEITHER]
    if cost is not None:
        words.insert(
            0,
            f"At {threshold:.2f}: {cost.cats_wrong:,} of {cost.cats:,} validation cats would be "
            f"called dogs, {cost.dogs_wrong:,} of {cost.dogs:,} dogs cats.",
        )
    return " ".join(words)


def summary_words(tally: Tally, *, is_reading: bool) -> str:
    """The list in one line, such as "3 pictures: 1 cat, 1 dog, 1 could not be read".

    Args:
        tally: What the list has.
        is_reading: Whether the rest is still being read, or was left out.
    """
    if not tally.pictures:
        return ""
    rest = tally.pictures - tally.read
    parts = [
        *_kinds(tally.cats, tally.dogs, tally.neither),
        f"{tally.failed:,} could not be read" if tally.failed else "",
        f"{rest:,} {'to go' if is_reading else 'not read'}" if rest else "",
    ]
    return f"{_counted(tally.pictures, 'picture')}: {', '.join(filter(None, parts))}."


def shown_words(shown: int, pictures: int) -> str:
    """How many pictures of a list are shown, such as "3 of 1,204 shown"."""
    return f"{shown:,} of {pictures:,} shown"


def watched_words(folder: Path) -> str:
    """Which folder is watched."""
    return f"Watching {name_words(folder)}: new pictures are classified as they come."


def cleared_words(pictures: int) -> str:
    """What became of the list, such as "The list of 1,204 pictures is cleared"."""
    return f"The list of {_counted(pictures, 'picture')} is cleared. The files are where they were."


def stopped_words(tally: Tally) -> str:
    """What a stopped job left undone, such as "Stopped. 12 pictures are not read"."""
    rest = tally.pictures - tally.read
    if not rest:
        return "Stopped before all pictures were found."
    return f"Stopped. {_counted(rest, 'picture')} {'is' if rest == 1 else 'are'} not read."


def saved_words(count: int, target: Path) -> str:
    """What was saved where."""
    verb = "is" if count == 1 else "are"
    return f"{_counted(count, 'picture')} {verb} saved in {name_words(target)}."


def sorted_words(done: Sorted) -> str:
    """What was written where, such as "3 pictures are in /out: 2 cats, 1 dog."."""
    verb = "is" if done.pictures == 1 else "are"
    words = f"{_counted(done.pictures, 'picture')} {verb} in {text_words(str(done.folder))}"
    words = ": ".join([words, ", ".join(_kinds(*done.counts.values()))]).removesuffix(": ") + "."
    if done.left_out:
        words += f" {done.left_out:,} without a verdict left out."
    if done.gone:
        words += f" {done.gone:,} could not be found any more."
    return words


def share_words(share: float) -> str:
    """A probability with two digits; "> 0.99" and "< 0.01" where rounding would claim certainty.

    Args:
        share: In [0, 1].
    """
    if share >= _ALMOST_SURE:
        return "> 0.99"
    return "< 0.01" if share < 1 - _ALMOST_SURE else f"{share:.2f}"


def model_words(p_dog: float) -> str:
    """What the model says, such as "The model gives dog 0.97 and cat 0.03".

    Args:
        p_dog: Probability of dog, in [0, 1].
    """
    return f"The model gives {_both_words(p_dog)}."


def sentences_for(verdict: Verdict) -> tuple[str, str]:
    """What there is to say of a picture that was read: a sentence, and one beside it or none."""
    if verdict.p_dog is None or verdict.confidence is None:
        return verdict.error or "", ""
    if verdict.verdict == NEITHER:
        return NEITHER_WORDS, f"Were it one of the two: {_both_words(verdict.p_dog)}."
    aside = ""
    if verdict.confidence < _TOSS_UP:
        aside = f"The threshold makes it a {verdict.verdict}, though that is less likely."
    return model_words(verdict.p_dog), aside


def verdict_words(verdict: Verdict | None, *, is_reading: bool) -> str:
    """A verdict in a word or two: "Cat", "Unreadable", "Reading"."""
    if verdict is None:
        return "Reading" if is_reading else "Not read"
    return verdict.verdict.capitalize() if verdict.verdict else "Unreadable"


def size_words(size_bytes: int) -> str:
    """A file's size: "812 bytes", "34 KB", "1.2 MB"."""
    if size_bytes < _KILO:
        return _counted(size_bytes, "byte")
    if size_bytes < _KILO**2:
        return f"{size_bytes / _KILO:.0f} KB"
    return f"{size_bytes / _KILO**2:,.1f} MB"


def name_words(path: Path) -> str:
    """A file's name as it can be shown and saved, also where its bytes are no valid text."""
    return text_words(path.name)


def text_words(text: str) -> str:
    """A text as it can be shown and saved, also where its bytes were no valid text."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _kinds(cats: int, dogs: int, neither: int) -> list[str]:
    return [
        *([_counted(cats, "cat")] if cats else []),
        *([_counted(dogs, "dog")] if dogs else []),
        *([f"{neither:,} neither"] if neither else []),
    ]


def _counted(count: int, noun: str) -> str:
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def _both_words(p_dog: float) -> str:
    return f"dog {share_words(p_dog)} and cat {share_words(1 - p_dog)}"


def _minute_of(created: str) -> str:
    try:
        return datetime.fromisoformat(created).strftime("%Y-%m-%d %H:%M")
    except ValueError:
        return created


def alike_words(labels: Sequence[str], likeness: Sequence[float], *, is_changed: bool) -> str:
    """What the most similar training pictures tell.

    Args:
        labels: Theirs, the most similar first.
        likeness: Theirs, in [-1, 1].
        is_changed: Whether the dataset is another by now than the model's.
    """
    cats = labels.count("cat")
    words = (
        f"By what this model looks at: {_counted(cats, 'cat')} and "
        f"{_counted(len(labels) - cats, 'dog')}. The likeness goes from {likeness[0]:.3f} to "
        f"{likeness[-1]:.3f}; 1 is the same picture."
    )
    if is_changed:
        words += " The dataset has changed since this model learned from it."
    return words


def heat_words(method: str) -> str:
    """What a heat-map's colours mean, and how it was found.

    Args:
        method: See `training.inference.heat.HeatMap`.
    """
    return f"Orange speaks for a dog, blue for a cat. Method: {method}."
