"""The tab's jobs. What they need is imported in them, in the worker thread, and not before."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from training.cancellation import CancelToken
from training.config import TrainingConfig
from training.dataset.picture import DatasetInfo
from training.events import EventSink, NetworkBuilt
from training.home import Home
from training.runs.lab_book import RunInfo, delete_run, list_runs

if TYPE_CHECKING:
    from training.learning.export import ExportResult
    from training.learning.trainer import TrainingResult


@dataclass(frozen=True)
class HomeRead:
    """What there is to train on, and what was trained."""

    datasets: Sequence[DatasetInfo]
    runs: Sequence[RunInfo]


def read_home(home: Home, *, emit: EventSink, token: CancelToken) -> HomeRead:  # noqa: ARG001 - a job's form
    """List the datasets and the runs."""
    from training.dataset.library import list_datasets

    return HomeRead(list_datasets(home), list_runs(home))


def train(
    config: TrainingConfig, home: Home, *, emit: EventSink, token: CancelToken
) -> "TrainingResult":
    """See `training.learning.trainer.train`."""
    from training.learning import trainer

    return trainer.train(config, home, emit=emit, token=token)


def resume(run: str, home: Home, *, emit: EventSink, token: CancelToken) -> "TrainingResult":
    """See `training.learning.trainer.resume`."""
    from training.learning import trainer

    return trainer.resume(run, home, emit=emit, token=token)


def describe(
    config: TrainingConfig, home: Home, *, emit: EventSink, token: CancelToken
) -> NetworkBuilt:
    """See `training.learning.trainer.describe`."""
    from training.learning import trainer

    return trainer.describe(config, home, emit=emit, token=token)


def export_h5(
    folder: Path, output: Path, home: Home, *, emit: EventSink, token: CancelToken
) -> "ExportResult":
    """See `training.learning.export.export_run`."""
    from training.learning.export import export_run

    return export_run(folder, "h5", output, home, emit=emit, token=token)


def delete(run: str, home: Home, *, emit: EventSink, token: CancelToken) -> None:  # noqa: ARG001 - a job's form
    """See `training.runs.lab_book.delete_run`."""
    delete_run(home, run)
