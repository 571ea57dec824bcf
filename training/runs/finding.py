"""Runs by words, and in any order."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from training.errors import ConfigError
from training.runs.lab_book import RunInfo

COLUMNS: Mapping[str, Callable[[RunInfo], Any]] = {
    "starred": lambda info: info.starred,
    "title": lambda info: ((info.title or info.preset).casefold(), info.created, info.run),
    "preset": lambda info: info.preset,
    "dataset": lambda info: info.dataset.casefold(),
    "epochs": lambda info: info.epochs,
    "validation": lambda info: info.val_accuracy,
    "log_loss": lambda info: info.val_log_loss,
    "test": lambda info: info.test_accuracy,
    "duration": lambda info: info.seconds or None,
    "device": lambda info: info.device.casefold() or None,
    "created": lambda info: (info.created, info.run),
}
"""What runs can be sorted by; None where a run has no such figure."""

LARGEST_FIRST = frozenset({"starred", "validation", "test", "created"})
"""Columns whose best or newest is the largest."""


def matches(info: RunInfo, words: str) -> bool:
    """Whether each of the words is in the run's title, preset, dataset, notes or name."""
    told = (info.title, info.preset, info.dataset, info.notes, info.run)
    text = "\n".join(told).casefold()
    return all(word in text for word in words.casefold().split())


def sorted_runs(infos: Sequence[RunInfo], column: str) -> list[RunInfo]:
    """Runs by a column, the best or newest first; those without the figure come last.

    Raises:
        ConfigError: There is no such column.
    """
    if column not in COLUMNS:
        raise ConfigError(
            "sort", f"Runs have no column “{column}”.", f"Choose one of: {', '.join(COLUMNS)}."
        )
    value_of = COLUMNS[column]
    with_value = [info for info in infos if value_of(info) is not None]
    without = [info for info in infos if value_of(info) is None]
    return sorted(with_value, key=value_of, reverse=column in LARGEST_FIRST) + without
