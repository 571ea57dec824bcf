"""`train(config, …)`: a catalogue becomes a finished run."""

import contextlib
import dataclasses
import datetime as dt
import shutil
from dataclasses import dataclass
from pathlib import Path

from training.cancellation import Cancelled, CancelToken
from training.config import TrainingConfig
from training.dataset.catalog import CLASSES
from training.dataset.decode import PREPROCESSING_ID
from training.dataset.library import open_dataset
from training.errors import RunError
from training.events import EventSink, NetworkBuilt
from training.home import Home
from training.learning.computing import Computing, computing_on
from training.learning.devices import load_tensorflow
from training.learning.pipeline import SplitPictures
from training.learning.presets import check_config, find_preset, method_of
from training.learning.settling import settle_batch, settle_steps
from training.learning.starting import Start, find_start, keep_start, kept_start
from training.learning.versions import versions_here
from training.runs.lab_book import open_run, run_info
from training.runs.run_folder import (
    FINISHED,
    RunRecord,
    create_run,
    has_checkpoint,
    read_record,
    write_record,
)
from training.runs.training_lock import training_lock


@dataclass(frozen=True)
class TrainingResult:
    """A finished run.

    Attributes:
        run: The folder's name under `runs/`.
        folder: The folder.
        epochs: Epochs done in all.
        best_epoch: 0-based epoch whose weights the model has; None if it was ended in its first.
        val_accuracy: Of the saved model on all validation pictures, in [0, 1].
    """

    run: str
    folder: Path
    epochs: int
    best_epoch: int | None
    val_accuracy: float


def train(
    config: TrainingConfig, home: Home, *, emit: EventSink, token: CancelToken
) -> TrainingResult:
    """Train a network on a dataset's training split and keep its best epoch as a run.

    The validation split chooses the epoch; the test split is never looked at. What a run recovers
    from by itself stands in `training.learning.recovering`.

    Args:
        config: What to do.
        home: Where datasets, cache and runs live.
        emit: Told everything that happens.
        token: `cancel` deletes the run, or with `keep_saved` pauses it; `finish_now` ends it with
            the best epoch so far.

    Raises:
        Cancelled: The user ended the run; its folder is gone, or holds its last checkpoint.
        UserError: The settings, the dataset or the disk do not allow it. The last checkpoint can
            be resumed.
    """
    start = _checked_start(config, home)
    pictures = _pictures_of(start.config, home)
    config = settle_steps(settle_batch(start.config, len(pictures.train)), pictures)
    folder = create_run(home, _new_record(config, pictures.fingerprint, start))
    try:
        keep_start(start, folder)
        with training_lock(folder):
            return _learn(config, pictures, folder, home, emit=emit, token=token)
    except Cancelled:
        if not token.keeps_saved:
            shutil.rmtree(folder)
        raise
    finally:
        _forget_if_nothing_is_learned(folder)


def resume(
    run: str, home: Home, *, emit: EventSink, token: CancelToken, epochs: int | None = None
) -> TrainingResult:
    """Go on with a run from its last checkpoint, with the pictures and the seed it had.

    Args:
        run: The run's name.
        home: Where datasets, cache and runs live.
        emit: Told everything that happens.
        token: See `train`; a cancel leaves the run at its last checkpoint, a pause where it is.
        epochs: How many epochs in all; the run's own number unless given.

    Raises:
        Cancelled: The user cancelled.
        RunError: There is no such run, no checkpoint that can be read, or another training of it.
        UserError: See `train`.
    """
    folder = open_run(home, run).folder
    record = read_record(folder)
    if not has_checkpoint(folder):
        raise RunError(
            f"The run {folder.name} has no checkpoint to go on from.", "Start a new run."
        )
    planned = record.config.epochs if epochs is None else epochs
    config = dataclasses.replace(record.config, epochs=planned)
    check_config(config)
    pictures = _pictures_of(config, home)
    if pictures.fingerprint != record.fingerprint:
        raise _changed_dataset(config, folder)
    with training_lock(folder):
        return _learn(config, pictures, folder, home, emit=emit, token=token)


def describe(
    config: TrainingConfig, home: Home, *, emit: EventSink, token: CancelToken
) -> NetworkBuilt:
    """Build a run's network only to say what it is made of.

    Raises:
        Cancelled: The user cancelled.
        UserError: The settings do not allow it, or weights are not to be had.
    """
    start = _checked_start(config, home)
    config = start.config
    load_tensorflow(emit)
    token.raise_if_cancelled()
    from training.learning.models import describe_network
    from training.learning.recipes import RECIPES, Tools

    preset, tools = find_preset(config.preset), Tools(home, emit, token, start.file)
    recipe = RECIPES[preset.recipe]
    learner = recipe.build(config, preset.method.phases[-1], tools)
    return describe_network(recipe.complete(learner, config, tools))


def _learn(
    config: TrainingConfig,
    pictures: SplitPictures,
    folder: Path,
    home: Home,
    *,
    emit: EventSink,
    token: CancelToken,
) -> TrainingResult:
    load_tensorflow(emit)
    token.raise_if_cancelled()
    from training.learning.lessons import Lessons, Plan
    from training.learning.recipes import RECIPES, Tools
    from training.learning.recovering import recovering
    from training.learning.session import Session

    tools = Tools(home, emit, token, kept_start(config, folder))
    plan = Plan(RECIPES[find_preset(config.preset).recipe], method_of(config))

    def attempt(config: TrainingConfig) -> RunRecord:
        with (
            computing_on(config, emit, goes_on=has_checkpoint(folder)) as computing,
            contextlib.closing(Lessons(pictures, config, plan, tools)) as lessons,
        ):
            config = _settle_precision(config, computing, folder)
            with computing.learning():
                session = Session(config, folder, lessons, plan, tools, computing)
                session.announce()
                ended = session.fit()
            return session.finish(ended)

    finished = recovering(attempt, config, folder, tools)
    return TrainingResult(
        run=folder.name,
        folder=folder,
        epochs=finished.epochs_done,
        best_epoch=finished.best_epoch,
        val_accuracy=finished.metrics["validation"]["accuracy"],
    )


def _settle_precision(config: TrainingConfig, computing: Computing, folder: Path) -> TrainingConfig:
    """Write down what the run computes with: it goes on so, on whatever machine."""
    settled = dataclasses.replace(config, precision=computing.precision)
    if settled != config:
        record = dataclasses.replace(read_record(folder), config=settled)
        write_record(folder, record)
    return settled


def _checked_start(config: TrainingConfig, home: Home) -> Start:
    check_config(config)
    return find_start(config, find_preset(config.preset).takes, home)


def _pictures_of(config: TrainingConfig, home: Home) -> SplitPictures:
    with open_dataset(home, config.dataset) as catalog:
        return SplitPictures.of(catalog, config)


def _new_record(config: TrainingConfig, fingerprint: str, start: Start) -> RunRecord:
    now = dt.datetime.now().astimezone()
    return RunRecord(
        config=config,
        created=now.isoformat(timespec="seconds"),
        fingerprint=fingerprint,
        class_names=CLASSES,
        preprocessing=PREPROCESSING_ID,
        versions=versions_here(),
        start_sha256=start.sha256,
    )


def _forget_if_nothing_is_learned(folder: Path) -> None:
    """A run that failed before its first checkpoint leaves nothing to go on from."""
    if folder.is_dir() and not has_checkpoint(folder) and run_info(folder).state != FINISHED:
        shutil.rmtree(folder)


def _changed_dataset(config: TrainingConfig, folder: Path) -> RunError:
    return RunError(
        f"The dataset “{config.dataset}” is not what it was when the run {folder.name} began.",
        "Split it as it was before, or start a new run.",
    )
