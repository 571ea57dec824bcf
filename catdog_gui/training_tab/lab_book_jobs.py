"""The lab book's jobs. What they need is imported in them, in the worker thread."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from catdog_gui.widgets.history_plot import load_plots
from training.cancellation import CancelToken
from training.events import EpochEnded, EventSink
from training.home import Home
from training.runs.comparing import Comparison, compare_runs
from training.runs.history import read_history
from training.runs.lab_book import RunInfo
from training.runs.trash import Trashed, delete_run, restore_run

if TYPE_CHECKING:
    from training.learning.event_files import EventFile


@dataclass(frozen=True)
class ComparedRuns:
    """Runs side by side, and the epochs of each."""

    comparison: Comparison
    histories: Sequence[Sequence[EpochEnded]]


@dataclass(frozen=True)
class SharedRun:
    """The file that a run was written into."""

    path: Path
    size_bytes: int


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


def share(folder: Path, output: Path, *, emit: EventSink, token: CancelToken) -> SharedRun:
    """See `training.runs.sharing.share_run`."""
    from training.runs.sharing import share_run

    written = share_run(folder, output, emit=emit, token=token)
    return SharedRun(written, written.stat().st_size)
