"""The tab's jobs. What they need is imported in them, in the worker thread, and not before."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from catdog_gui.widgets.history_plot import load_plots
from training.cancellation import CancelToken
from training.config import TrainingConfig
from training.dataset.picture import DatasetInfo
from training.events import EpochEnded, EventSink, NetworkBuilt
from training.home import Home
from training.runs.comparing import Comparison, compare_runs
from training.runs.history import read_history
from training.runs.lab_book import RunInfo, list_runs
from training.runs.stopped import newest_stopped
from training.runs.trash import Trashed, delete_run, list_trash, restore_run

if TYPE_CHECKING:
    from training.learning.event_files import EventFile
    from training.learning.export import ExportResult
    from training.learning.trainer import TrainingResult
    from training.runs.taking_in import TakenIn


@dataclass(frozen=True)
class HomeRead:
    """What there is to train on, what was trained, and what of it was deleted.

    Attributes:
        datasets: The datasets.
        runs: The runs, newest first.
        trash: The deleted ones.
        stopped: The run to ask about, see `newest_stopped`.
    """

    datasets: Sequence[DatasetInfo]
    runs: Sequence[RunInfo]
    trash: Sequence[Trashed]
    stopped: RunInfo | None = None


@dataclass(frozen=True)
class ComparedRuns:
    """Runs side by side, and the epochs of each."""

    comparison: Comparison
    histories: Sequence[Sequence[EpochEnded]]


def read_home(home: Home, *, emit: EventSink, token: CancelToken) -> HomeRead:  # noqa: ARG001 - a job's form
    """List the datasets, the runs, and the trash."""
    from training.dataset.library import list_datasets

    runs = list_runs(home)
    return HomeRead(list_datasets(home), runs, list_trash(home), newest_stopped(runs))


def train(
    config: TrainingConfig, home: Home, *, emit: EventSink, token: CancelToken
) -> "TrainingResult":
    """See `training.learning.trainer.train`."""
    from training.learning import trainer

    return trainer.train(config, home, emit=emit, token=token)


def resume(
    run: str, home: Home, *, emit: EventSink, token: CancelToken, epochs: int | None = None
) -> "TrainingResult":
    """See `training.learning.trainer.resume`."""
    from training.learning import trainer

    return trainer.resume(run, home, emit=emit, token=token, epochs=epochs)


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


def write_event_file(
    folder: Path, output: Path, *, emit: EventSink, token: CancelToken
) -> "EventFile":
    """See `training.learning.event_files.write_event_file`."""
    from training.learning import event_files

    return event_files.write_event_file(folder, output, emit=emit, token=token)


def delete(
    runs: Sequence[str],
    home: Home,
    *,
    emit: EventSink,  # noqa: ARG001 - a job's form
    token: CancelToken,  # noqa: ARG001 - what is moved at once needs no cancel
) -> Sequence[Trashed]:
    """See `training.runs.trash.delete_run`."""
    return [delete_run(home, run) for run in runs]


def restore(
    runs: Sequence[str],
    home: Home,
    *,
    emit: EventSink,  # noqa: ARG001 - a job's form
    token: CancelToken,  # noqa: ARG001 - what is moved at once needs no cancel
) -> Sequence[RunInfo]:
    """See `training.runs.trash.restore_run`."""
    return [restore_run(home, run) for run in runs]


def compare(infos: Sequence[RunInfo], *, emit: EventSink, token: CancelToken) -> ComparedRuns:
    """Read runs and their histories, and load what draws them."""
    comparison = compare_runs(infos)
    histories = [read_history(info.folder) for info in infos]
    token.raise_if_cancelled()
    load_plots(emit, token)
    return ComparedRuns(comparison, histories)


def take_in(folder: Path, home: Home, *, emit: EventSink, token: CancelToken) -> "TakenIn":
    """See `training.runs.taking_in.take_in_run`."""
    from training.runs.taking_in import take_in_run

    return take_in_run(folder, home, emit=emit, token=token)
