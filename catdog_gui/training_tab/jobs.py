"""The tab's jobs. What they need is imported in them, in the worker thread, and not before."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from catdog_gui.widgets.rate_plot import load_rate_plot
from training.cancellation import CancelToken
from training.config import TrainingConfig
from training.dataset.picture import CLASSES, DatasetInfo, Split
from training.errors import DatasetError
from training.events import EventSink, NetworkBuilt
from training.home import Home
from training.runs.lab_book import RunInfo, list_all_runs
from training.runs.stopped import newest_stopped
from training.runs.trash import Trashed, list_trash

if TYPE_CHECKING:
    from training.dataset.decode import Pixels
    from training.learning.export import ExportResult
    from training.learning.rate_finder import RateFound
    from training.learning.trainer import TrainingResult

VARIED_TIMES = 5
"""How often each picture of the preview is varied."""
_SHOWN_OF_CLASS = (2, 1)  # of each of `CLASSES`


@dataclass(frozen=True)
class HomeRead:
    """What there is to train on, what was trained, and what of it was deleted.

    Attributes:
        datasets: The datasets.
        runs: The runs, newest first, and after them the damaged ones.
        trash: The deleted ones.
        stopped: The run to ask about, see `newest_stopped`.
    """

    datasets: Sequence[DatasetInfo]
    runs: Sequence[RunInfo]
    trash: Sequence[Trashed]
    stopped: RunInfo | None = None


def read_home(home: Home, *, emit: EventSink, token: CancelToken) -> HomeRead:  # noqa: ARG001 - a job's form
    """List the datasets, the runs, and the trash."""
    from training.dataset.library import list_datasets

    runs = list_all_runs(home)
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


def find_rate(
    config: TrainingConfig, home: Home, *, emit: EventSink, token: CancelToken
) -> "RateFound":
    """See `training.learning.rate_finder.find_rate`; what draws it is loaded too."""
    from training.learning import rate_finder

    found = rate_finder.find_rate(config, home, emit=emit, token=token)
    load_rate_plot(emit, token)
    return found


def vary(
    config: TrainingConfig,
    home: Home,
    *,
    seed: int,
    emit: EventSink,  # noqa: ARG001 - a job's form
    token: CancelToken,
) -> "Sequence[Sequence[Pixels]]":
    """The first training pictures of each class as they are, and each varied some times.

    Args:
        config: How they are varied, and the dataset.
        home: Where the dataset lives.
        seed: Decides how each comes out.
        emit: Told nothing: it takes a moment.
        token: Checked now and then.

    Returns:
        A row for each picture: as it is, then `VARIED_TIMES` varied ones; uint8 (side, side, 3).

    Raises:
        UserError: There are no training pictures, or one cannot be read.
    """
    from training.dataset.decode import load_pixels
    from training.learning.preview import preview

    paths = _first_pictures(home, config.dataset)
    columns = []
    for time in range(VARIED_TIMES):  # each a batch of its own: one is blended all alike
        token.raise_if_cancelled()
        chance = replace(config, seed=seed * VARIED_TIMES + time)
        columns.append(preview(paths, chance, count=len(paths)))
    whole = [load_pixels(path, columns[0].shape[1]) for path in paths]
    return [[first, *rest] for first, *rest in zip(whole, *columns, strict=True)]


def _first_pictures(home: Home, dataset: str) -> Sequence[Path]:
    from training.dataset.library import open_dataset

    with open_dataset(home, dataset) as catalog:
        found = [
            catalog.pictures(split=Split.TRAIN, label=label, limit=most)
            for label, most in zip(CLASSES, _SHOWN_OF_CLASS, strict=True)
        ]
    paths = [picture.path for pictures in found for picture in pictures]
    if not paths:
        raise DatasetError(
            f"The dataset “{dataset}” has no training pictures.", "Split it on the Dataset tab."
        )
    return paths
