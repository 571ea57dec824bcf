"""The tab's sentences: plain functions of plain facts."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from training.dataset.picture import DatasetInfo

if TYPE_CHECKING:
    from catdog_gui.dataset_tab.jobs import Imported
    from training.dataset.arrivals import Tally
    from training.dataset.split_files import SplitExport

_NAMED_SOURCES = 3
_NAME_LENGTH = 24


def counted(count: int, noun: str) -> str:
    """A number and its noun: "1 cat", "12,000 cats"."""
    return f"{count:,} {noun if count == 1 else noun + 's'}"


def dataset_words(info: DatasetInfo) -> str:
    """A dataset in one line: "kaggle · 24,000 pictures"."""
    return f"{info.name} · {counted(info.pictures, 'picture')}"


def imported_words(info: DatasetInfo) -> str:
    """What an import brought.

    Such as "24,000 pictures imported: 12,000 cats and 12,000 dogs. 3 are copies. 0 could not be
    read."
    """
    copies = f"{info.duplicates:,} {'is a copy' if info.duplicates == 1 else 'are copies'}"
    return (
        f"{counted(info.pictures, 'picture')} imported: {counted(info.cats, 'cat')} and "
        f"{counted(info.dogs, 'dog')}. {copies}. {info.quarantined:,} could not be read."
    )


def importing_words(sources: Sequence[Path], dataset: str) -> str:
    """What a job does: "Importing train.zip", "Adding 3 sources to kaggle"."""
    what = sources[0].name if len(sources) == 1 else counted(len(sources), "source")
    return f"Adding {what} to {dataset}" if dataset else f"Importing {what}"


def added_words(tally: "Tally", name: str) -> str:
    """What an addition brought, such as "12 pictures added to “kaggle”: 7 cats and 5 dogs."."""
    verb = "is a copy of a picture" if tally.copies == 1 else "are copies of pictures"
    copies = f" {tally.copies:,} {verb} that it has." if tally.copies else ""
    contrary = (
        f" {tally.contrary:,} of them would be of the other class; its own label stays."
        if tally.contrary
        else ""
    )
    unread = f" {tally.quarantined:,} could not be read." if tally.quarantined else ""
    return (
        f"{counted(tally.added, 'picture')} added to “{name}”: {counted(tally.cats, 'cat')} and "
        f"{counted(tally.dogs, 'dog')}.{copies}{contrary}{unread}"
    )


def brought_words(brought: "Imported") -> tuple[str, str]:
    """What an import or an addition brought, and what else there is to say of it."""
    info, tally = brought.info, brought.tally
    if brought.adds:
        return added_words(tally, info.name), kept_split_words(info, tally)
    return imported_words(info), set_aside_words(info)


def kept_split_words(info: DatasetInfo, tally: "Tally") -> str:
    """What an addition means for the split; empty where there is none."""
    if not (is_split(info) and tally.added):
        return ""
    return "The split is as it was: new pictures are in none until you split again."


def where_words(paths: Sequence[Path]) -> str:
    """What is asked of several things that were dropped at once."""
    names = ", ".join(path.name for path in paths[:_NAMED_SOURCES])
    rest = len(paths) - _NAMED_SOURCES
    more = f" and {rest:,} more" if rest > 0 else ""
    return f"Where do the pictures of {names}{more} go?"


def addition_words(name: str) -> str:
    """The way to bring pictures to a dataset that there is; a long name is cut."""
    short = name if len(name) <= _NAME_LENGTH else f"{name[: _NAME_LENGTH - 1]}…"
    return f"Add to “{short}”"


def set_aside_words(info: DatasetInfo) -> str:
    """What became of the pictures that could not be read; empty where all could."""
    if not info.quarantined:
        return ""
    those = "It is" if info.quarantined == 1 else "They are"
    return f"{those} set aside; your files are unchanged."


def split_words(info: DatasetInfo) -> str:
    """A split in a sentence."""
    sentence = (
        f"{counted(info.train, 'picture')} for training, {info.validation:,} for validation "
        f"and {info.test:,} for the test."
    )
    rest = [
        f"{unsplit(info):,} in none of them." if unsplit(info) else "",
        f"{info.excluded:,} excluded." if info.excluded else "",
    ]
    return " ".join(filter(None, (sentence, *rest)))


def leak_words(info: DatasetInfo) -> str:
    """The leaks of a split in a sentence; empty where there are none."""
    if not info.leaks:
        return ""
    verb = "has a copy" if info.leaks == 1 else "have copies"
    return f"{counted(info.leaks, 'picture')} {verb} in another split, which flatters the results."


def exported_words(export: "SplitExport") -> str:
    """What an export of a split wrote, and where."""
    return f"The split of {counted(export.pictures, 'picture')} is written to {export.place}."


def deleted_words(name: str) -> str:
    """What is said after a deletion."""
    return f"The dataset “{name}” is deleted. Your own pictures are untouched."


def busy_words(title: str) -> tuple[str, str]:
    """Why another job has to wait for the running one, and what to do."""
    return f"{title} is not finished.", "Wait for it, or cancel it."


def in_use_words(name: str) -> tuple[str, str]:
    """Why a dataset cannot be changed while a training reads it, and what to do."""
    return (
        f"A training is learning from “{name}”.",
        "Its split and its pictures can be changed when the training has ended.",
    )


def drop_words(paths: Sequence[Path]) -> str:
    """Why a drop cannot become a dataset."""
    if not paths:
        return "What was dropped is not a file."
    return f"“{paths[0].name}” is neither a zip nor a folder."


def delete_question(info: DatasetInfo) -> tuple[str, str]:
    """What is asked before a deletion, and what it means."""
    return (
        f"Delete the dataset “{info.name}”?",
        f"The catalogue of its {counted(info.pictures, 'picture')} is deleted, and the copies "
        "that were unpacked or drawn. Your own pictures and zips are untouched. Runs that were "
        "trained on it stay. This cannot be undone.",
    )


def is_split(info: DatasetInfo) -> bool:
    """Whether any picture is in a split."""
    return info.train + info.validation + info.test > 0


def unsplit(info: DatasetInfo) -> int:
    """How many used pictures are in no split."""
    return info.pictures - info.train - info.validation - info.test
