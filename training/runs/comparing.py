"""Runs side by side: in which settings they differ, and their figures."""

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from training.config import TrainingConfig
from training.method_settings import MethodSettings
from training.runs.lab_book import RunInfo
from training.runs.run_folder import RunRecord, read_record

MOST_CURVES = 7
"""How many runs one drawing shows: as many as can be told apart."""


@dataclass(frozen=True)
class Row:
    """One thing of several runs.

    Attributes:
        name: What is compared: a field of `TrainingConfig`, or a key of `FIGURES`.
        values: Of each run, in their order; None where a run has none.
    """

    name: str
    values: tuple[object, ...]


@dataclass(frozen=True)
class Comparison:
    """Several runs, side by side.

    Attributes:
        runs: In the order in which they were named.
        settings: Those that differ.
        figures: All that one of the runs has at least, alike or not.
    """

    runs: tuple[RunInfo, ...]
    settings: tuple[Row, ...]
    figures: tuple[Row, ...]


FIGURES: Mapping[str, Callable[[RunInfo], object]] = {
    "val_accuracy": lambda info: info.val_accuracy,
    "val_log_loss": lambda info: info.val_log_loss,
    "test_accuracy": lambda info: info.test_accuracy,
    "test_log_loss": lambda info: info.test_log_loss,
    "epochs_done": lambda info: info.epochs,
    "best_epoch": lambda info: None if info.best_epoch is None else info.best_epoch + 1,
    "seconds": lambda info: info.seconds or None,
    "computed_on": lambda info: info.device or None,
    "fingerprint": lambda info: info.fingerprint or None,
}
"""What is told of a run beside its settings; the best epoch is 1-based, as people count."""


def differences(configs: Sequence[TrainingConfig]) -> tuple[Row, ...]:
    """The settings in which runs differ, the method's last; none for one run."""
    method = {field.name for field in dataclasses.fields(MethodSettings)}
    names = [field.name for field in dataclasses.fields(TrainingConfig)]
    names.sort(key=method.__contains__)
    rows = (Row(name, tuple(getattr(config, name) for config in configs)) for name in names)
    return tuple(row for row in rows if any(value != row.values[0] for value in row.values))


def compare_runs(infos: Sequence[RunInfo]) -> Comparison:
    """Put runs side by side.

    Raises:
        RunError: The record of one of them is missing or damaged.
    """
    records: list[RunRecord] = [read_record(info.folder) for info in infos]
    rows = (Row(name, tuple(figure(info) for info in infos)) for name, figure in FIGURES.items())
    return Comparison(
        tuple(infos),
        differences([record.config for record in records]),
        tuple(row for row in rows if any(value is not None for value in row.values)),
    )
