"""The tab's sentences: plain functions of plain facts."""

import datetime as dt
from collections.abc import Iterator, Sequence

from training.dataset.picture import DatasetInfo
from training.events import EpochEnded, RunStarted, Stage, StepEnded
from training.progress import StageState, left_words, progress_words
from training.runs.history import best_epoch
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

    Such as "Training · epoch 7 of 100 · step 34 of 100 · 193 pictures/s · 12–15 min left", and
    between two steps "Validating · epoch 7 of 100 · step 12 of 50 · 12–15 min left".
    """
    if state.stage.stage != Stage.TRAINING or run is None:
        return progress_words(state)
    epoch = step.epoch if step is not None else run.first_epoch
    parts = [
        str(state.interlude.stage if state.interlude is not None else state.stage.stage),
        f"epoch {epoch + 1:,} of {run.epochs:,}",
        *_step_words(state, run, epoch),
    ]
    if state.reading.left is not None:
        parts.append(left_words(state.reading.left))
    return " · ".join(parts)


def _step_words(state: StageState, run: RunStarted, epoch: int) -> Iterator[str]:
    reading, interlude = state.reading, state.interlude
    if interlude is None:
        done = reading.done - epoch * run.steps_per_epoch
        yield f"step {done:,} of {run.steps_per_epoch:,}"
        if reading.rate > 0:
            yield f"{reading.rate * run.batch_size:,.0f} pictures/s"
    elif interlude.total:
        yield f"step {interlude.done:,} of {interlude.total:,}"


def best_words(history: Sequence[EpochEnded]) -> str:
    """The best so far, such as "Best 91.3 % at epoch 7, 3 epochs ago"; empty before the first."""
    best = best_epoch(history)
    if best is None:
        return ""
    since = len(history) - 1 - best.epoch
    ago = f", {since:,} {'epoch' if since == 1 else 'epochs'} ago" if since else ""
    return f"Best {percent(best.val_accuracy)} at epoch {best.epoch + 1:,}{ago}"


def done_words(val_accuracy: float, best_epoch: int | None) -> str:
    """What a finished training came to; `best_epoch` is 0-based."""
    epoch = "" if best_epoch is None else f" with epoch {best_epoch + 1}"
    return f"Training is done: validation accuracy {percent(val_accuracy)}{epoch}."


def paused_words(run: RunStarted | None) -> str:
    """What is said of a training that is paused; None where it had not begun."""
    if run is None:
        return "The training is stopped before it began."
    return "The training is paused. It goes on from this very step, today or another day."


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
    """How far a run came; of a damaged one, why it cannot be used."""
    if info.problem:
        return info.problem
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
