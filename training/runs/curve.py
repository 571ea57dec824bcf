"""A run's curve in a few figures: what the coach's rules look at."""

import itertools
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from training.events import EpochEnded
from training.runs.history import best_epoch

LAST_EPOCHS = 3
"""One epoch may be a whim; this many in a row are not."""
_LEAST_WINDOW = 5
_JUMP_STEPS = 8

SAYS_NOTHING = math.log(2)
"""The log loss of a network that says 0.5 of every picture."""
_CHANCE_LOSS = 0.98 * SAYS_NOTHING  # on real curves at chance: 0.681 and more
_CHANCE_DEVIATIONS = 3.0
_SAME_SHARE = 1e-4  # Keras reports accuracies as float32
LOSS_SPREAD = 0.5
"""Standard deviation of one picture's log loss, about. Measured on 900 pictures: 0.30 at a mean of
0.65 and 0.40 at 0.075, both calibrated; a network that still learns is surer than it should be."""
_JUMP_SHARE, JUMP = 0.2, 0.1
"""Three standard deviations of the mean loss of 240 pictures: smaller steps may be noise."""


class Ended(Enum):
    """Why a run learns no further."""

    ALL_EPOCHS = auto()
    """It has the epochs that it was asked for."""
    FINISH_NOW = auto()
    """The user ended it with the best epoch so far."""
    EARLY = auto()
    """Too many epochs in a row were no better than its best."""
    BROKEN_OFF = auto()
    """It is not finished: it failed, was interrupted, or learns elsewhere now."""


@dataclass(frozen=True)
class Circumstances:
    """What a curve does not say by itself.

    Attributes:
        epochs_planned: Epochs that the run was asked for.
        validation_pictures: How many different pictures judge an epoch: the fewer, the more its
            figures vary by chance, and the more the coach waits for. 0 where that is not known.
        ended: Why it learns no further; None while it does.
        is_number: Whether the loss was a number to the end: an epoch in which it no longer is
            breaks the run off and is not in its history.
        phase_starts: 0-based first epochs of the run's phases. At such a border the learning
            rate, what learns or the pictures' size change, and the loss may jump.
    """

    epochs_planned: int
    validation_pictures: int
    ended: Ended | None = None
    is_number: bool = True
    phase_starts: tuple[int, ...] = (0,)


@dataclass(frozen=True)
class Trend:
    """How far the last epochs are better than as many before them.

    Attributes:
        gain: Difference of their means; above 0 where it becomes better.
        noise: Standard error of that difference, by how the curve varies from epoch to epoch.
    """

    gain: float
    noise: float


@dataclass(frozen=True)
class Curve:
    """The figures of a run so far; all but the first six are of its current phase.

    Attributes:
        epochs: Epochs done.
        epochs_planned: Epochs that the run was asked for.
        ended: Why it learns no further; None while it does.
        best: The best epoch; None where none has finite figures.
        is_number: Whether the loss still is.
        is_last_phase: Whether no other phase follows, which may change how it learns.
        validation_noise: One standard deviation of the validation loss by its pictures alone.
        peak_loss: Highest training loss.
        chance_epochs: How many of the last epochs in a row are no better than guessing.
        same_epochs: How many of these have the accuracy that one answer for all pictures has.
        lowest_loss: Lowest training loss.
        climb: How far above that each of the last `LAST_EPOCHS` training losses lies.
        jumps: How often the training loss rose by a fifth (and by 0.1) in the last 8 steps.
        lowest_val_loss: Lowest validation loss.
        lowest_val_epoch: Its 0-based epoch.
        val_climb: How far above that each of the last `LAST_EPOCHS` validation losses lies.
        loss_since: How much the training loss fell since then.
        window: Epochs in each of the two stretches that the trends compare.
        accuracy: Mean training accuracy over the last of them, in [0, 1].
        val_accuracy: The same of validation.
        accuracy_trend: Of the validation accuracy; None where the phase is too short for one.
        training_trend: Of the training accuracy, likewise.
        loss_trend: Of the validation loss, likewise.
        late_gain: How far the later half of the last `window` epochs is better than the earlier,
            in validation accuracy.
        perfect_epochs: How many of the last epochs in a row have all validation pictures right.
    """

    epochs: int
    epochs_planned: int
    ended: Ended | None
    best: EpochEnded | None
    is_number: bool
    is_last_phase: bool
    validation_noise: float
    peak_loss: float
    chance_epochs: int
    same_epochs: int
    lowest_loss: float
    climb: float
    jumps: int
    lowest_val_loss: float
    lowest_val_epoch: int
    val_climb: float
    loss_since: float
    window: int
    accuracy: float
    val_accuracy: float
    accuracy_trend: Trend | None
    training_trend: Trend | None
    loss_trend: Trend | None
    late_gain: float
    perfect_epochs: int


def curve_of(history: Sequence[EpochEnded], circumstances: Circumstances) -> Curve:
    """Sum up a history; epochs without finite figures count in `epochs` and `is_number` alone.

    Args:
        history: The epochs, in order; at least one.
        circumstances: What the curve does not say by itself.
    """
    phase = _current_phase(history, circumstances.phase_starts)
    losses, val_losses = [each.loss for each in phase], [each.val_loss for each in phase]
    pictures = max(1, circumstances.validation_pictures)
    lowest = min(phase, key=lambda each: each.val_loss, default=history[-1])
    chance = _run_at_end(phase, lambda each: _is_chance(each, pictures))
    window = max(_LEAST_WINDOW, len(phase) // 3)
    latest = phase[-window:]
    return Curve(
        epochs=len(history),
        epochs_planned=circumstances.epochs_planned,
        ended=circumstances.ended,
        best=best_epoch(history),
        is_number=circumstances.is_number and _is_finite(history[-1]),
        is_last_phase=history[-1].epoch >= max(circumstances.phase_starts, default=0),
        validation_noise=LOSS_SPREAD / math.sqrt(pictures),
        peak_loss=max(losses, default=0.0),
        chance_epochs=chance,
        same_epochs=_same_answers(phase[len(phase) - chance :]),
        lowest_loss=min(losses, default=0.0),
        climb=_climb(losses),
        jumps=_jumps(losses[-_JUMP_STEPS - 1 :]),
        lowest_val_loss=min(val_losses, default=0.0),
        lowest_val_epoch=lowest.epoch,
        val_climb=_climb(val_losses),
        loss_since=lowest.loss - _mean(losses[-LAST_EPOCHS:]),
        window=window,
        accuracy=_mean([each.accuracy for each in latest]),
        val_accuracy=_mean([each.val_accuracy for each in latest]),
        accuracy_trend=_trend([each.val_accuracy for each in phase], window),
        training_trend=_trend([each.accuracy for each in phase], window),
        loss_trend=_trend([-each.val_loss for each in phase], window),
        late_gain=_late_gain([each.val_accuracy for each in latest]),
        perfect_epochs=_run_at_end(phase, lambda each: each.val_accuracy >= 1),
    )


def _current_phase(history: Sequence[EpochEnded], starts: Sequence[int]) -> list[EpochEnded]:
    last = history[-1].epoch
    first = max((start for start in starts if start <= last), default=0)
    return [each for each in history if each.epoch >= first and _is_finite(each)]


def _is_finite(epoch: EpochEnded) -> bool:
    figures = (epoch.loss, epoch.accuracy, epoch.val_loss, epoch.val_accuracy)
    return all(map(math.isfinite, figures))


def _is_chance(epoch: EpochEnded, pictures: int) -> bool:
    """Whether guessing could have made that epoch: its accuracy, and neither loss better.

    The loss decides where pictures are few: then an accuracy far from 0.5 can be luck.
    """
    reach = _CHANCE_DEVIATIONS * 0.5 / math.sqrt(pictures)
    is_near = abs(epoch.val_accuracy - 0.5) <= reach
    return is_near and min(epoch.loss, epoch.val_loss) >= _CHANCE_LOSS


def _same_answers(epochs: Sequence[EpochEnded]) -> int:
    """How many of the last epochs have one of two accuracies that make 1 together.

    They are what "all cats" and "all dogs" get, and both must have been met (or be the same):
    a network that hardly moves has one of its own again and again.
    """
    if not epochs:
        return 0
    share = epochs[-1].val_accuracy
    same = _run_at_end(epochs, lambda each: _is_either(each.val_accuracy, share))
    met = [each.val_accuracy for each in epochs[len(epochs) - same :]]
    has_both = any(abs(each - (1 - share)) <= _SAME_SHARE for each in met)
    return same if has_both else 0


def _is_either(accuracy: float, share: float) -> bool:
    return min(abs(accuracy - share), abs(accuracy - (1 - share))) <= _SAME_SHARE


def _run_at_end(epochs: Sequence[EpochEnded], holds: Callable[[EpochEnded], bool]) -> int:
    """How many of the last epochs in a row are so."""
    others = (place for place, each in enumerate(reversed(epochs)) if not holds(each))
    return next(others, len(epochs))


def _climb(losses: Sequence[float]) -> float:
    """How far each of the last epochs lies above the lowest before them; 0 where too few."""
    if len(losses) <= LAST_EPOCHS:
        return 0.0
    return max(0.0, min(losses[-LAST_EPOCHS:]) - min(losses[:-LAST_EPOCHS]))


def _jumps(losses: Sequence[float]) -> int:
    pairs = itertools.pairwise(losses)
    return sum(after - before > max(_JUMP_SHARE * before, JUMP) for before, after in pairs)


def _trend(values: Sequence[float], window: int) -> Trend | None:
    """Compare the last `window` values with as many before them.

    The noise comes from differences of neighbours, which a slow rise hardly touches (von Neumann
    and others, "The Mean Square Successive Difference", 1941).
    """
    if len(values) < 2 * window:
        return None
    both = values[-2 * window :]
    steps = [after - before for before, after in itertools.pairwise(both)]
    variance = _mean([step * step for step in steps]) / 2
    gain = _mean(both[window:]) - _mean(both[:window])
    return Trend(gain, math.sqrt(variance * 2 / window))


def _late_gain(values: Sequence[float]) -> float:
    middle = len(values) // 2
    return _mean(values[-middle:]) - _mean(values[:-middle]) if middle else 0.0


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0
