"""The tab's sentences: plain functions of plain facts."""

import datetime as dt

from training.dataset.picture import DatasetInfo
from training.events import RunStarted, Stage, StepEnded
from training.progress import StageState, duration_words, progress_words
from training.runs.lab_book import RunInfo
from training.runs.run_folder import FINISHED

TRAINING = "training"
"""The state of the run that learns now; its record says unfinished until it is done."""


def dataset_words(info: DatasetInfo) -> str:
    """A dataset and its splits in one line: "kaggle · 20,000/2,000/2,000"."""
    if not is_split(info):
        return f"{info.name} · not split yet"
    return f"{info.name} · {info.train:,}/{info.validation:,}/{info.test:,}"


def is_split(info: DatasetInfo) -> bool:
    """Whether there is something to learn from and something to be judged on."""
    return info.train > 0 and info.validation > 0


def training_words(state: StageState, run: RunStarted | None, step: StepEnded | None) -> str:
    """Where a training stands, in one line.

    Such as "Training · epoch 7 of 100 · step 34 of 100 · 193 pictures/s · 4 min 10 s left".
    """
    if state.stage.stage != Stage.TRAINING or run is None:
        return progress_words(state)
    steps_done = state.reading.done
    epoch = step.epoch if step is not None else run.first_epoch
    parts = [
        str(state.stage.stage),
        f"epoch {epoch + 1:,} of {run.epochs:,}",
        f"step {steps_done - epoch * run.steps_per_epoch:,} of {run.steps_per_epoch:,}",
    ]
    if state.reading.rate > 0:
        parts.append(f"{state.reading.rate * run.batch_size:,.0f} pictures/s")
    if state.reading.eta_seconds is not None:
        parts.append(f"{duration_words(state.reading.eta_seconds)} left")
    return " · ".join(parts)


def done_words(val_accuracy: float, best_epoch: int | None) -> str:
    """What a finished training came to; `best_epoch` is 0-based."""
    epoch = "" if best_epoch is None else f" with epoch {best_epoch + 1}"
    return f"Training is done: validation accuracy {percent(val_accuracy)}{epoch}."


def paused_words(run: RunStarted | None) -> str:
    """What is said of a training that is paused; None where it had not begun."""
    if run is None:
        return "The training is stopped before it began."
    return f"The training is paused. Choose the run {run.run} below and “Resume” to go on."


def percent(share: float | None) -> str:
    """A share in [0, 1] as a person reads it; a dash where there is none."""
    return "—" if share is None else f"{share * 100:.1f} %"


def when(created: str) -> str:
    """A time as a list shows it."""
    try:
        return dt.datetime.fromisoformat(created).strftime("%Y-%m-%d %H:%M")
    except ValueError:
        return created


def state_words(info: RunInfo) -> str:
    """How far a run came."""
    if info.state == FINISHED:
        return "finished"
    state = "training" if info.state == TRAINING else "unfinished"
    return f"{state}, {info.epochs:,} of {info.epochs_planned:,} epochs"


def discard_question(epochs: int) -> tuple[str, str]:
    """What is asked before a training of some epochs is discarded."""
    return (
        "Discard this training?",
        f"{epochs} {'epoch' if epochs == 1 else 'epochs'} of learning are deleted. "
        "“Finish now” keeps the best of them instead.",
    )
