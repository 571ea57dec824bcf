"""A run's history: one row an epoch, written, read, and judged."""

import csv
import dataclasses
import io
import math
from collections.abc import Mapping, Sequence
from pathlib import Path

from training import atomic
from training.errors import RunError
from training.events import EpochEnded

HISTORY_FILE = "history.csv"

_EPOCH_FIELDS = tuple(column.name for column in dataclasses.fields(EpochEnded))


def best_epoch(history: Sequence[EpochEnded]) -> EpochEnded | None:
    """The epoch with the highest validation accuracy, by lower validation loss where equal.

    Returns:
        The epoch; None where no epoch has finite figures.
    """
    finite = [epoch for epoch in history if math.isfinite(epoch.val_loss)]
    if not finite:
        return None
    return max(finite, key=lambda epoch: (epoch.val_accuracy, -epoch.val_loss))


def write_history(folder: Path, epochs: Sequence[EpochEnded]) -> None:
    """Replace the run's history: one row an epoch."""
    atomic.write_text(folder / HISTORY_FILE, history_csv(epochs))


def history_csv(epochs: Sequence[EpochEnded]) -> str:
    """The history as CSV text, with a header; epochs are 0-based."""
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(_EPOCH_FIELDS)
    rows.writerows([getattr(epoch, name) for name in _EPOCH_FIELDS] for epoch in epochs)
    return text.getvalue()


def read_history(folder: Path) -> tuple[EpochEnded, ...]:
    """The epochs of a run, in order; none where the history is missing.

    Raises:
        RunError: The file is damaged.
    """
    try:
        text = (folder / HISTORY_FILE).read_text(encoding="utf-8")
        return tuple(_epoch_of(row) for row in csv.DictReader(io.StringIO(text)))
    except FileNotFoundError:
        return ()
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise RunError(
            f"The history of the run {folder.name} is damaged.", "Its model can still be used."
        ) from error


def _epoch_of(row: Mapping[str, str]) -> EpochEnded:
    figures = {name: float(row[name]) for name in _EPOCH_FIELDS if name != "epoch"}
    return EpochEnded(epoch=int(row["epoch"]), **figures)
