"""The coach's table: which curve gets which words, and from which figures on.

No row claims what may be noise: figures of several epochs are compared, within one phase, and
against the spread of the curve itself.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto

from training.runs.curve import JUMP, LAST_EPOCHS, SAYS_NOTHING, Curve, Ended, Trend

BLOWN_UP_LOSS = 2 * SAYS_NOTHING
"""Confidently wrong: a start from random weights had 0.7 to 0.93, one that blew up 2.1 to 164."""
CLIMB_SHARE = 0.25
JUMPS_OF_EIGHT = 3
"""The recorded curves that learn never jump; near a loss of 0 they climb, by 0.012 at most."""
CHANCE_EPOCHS = 4
"""The notebook's network on 240 photographs leaves chance after two epochs of guessing."""
OVERFIT_SHARE = 0.1
"""Prechelt's generalisation loss of 10 % ("Early Stopping: But When?", 1998), epochs in a row."""
OVERFIT_DEVIATIONS = 2.0
"""Of the validation loss, by its pictures alone: on few of them 10 % is nothing."""
LOW_ACCURACY = 0.75
"""Half of the way from guessing to all right; the weakest preset comes to 0.8."""
FLAT_NOISE, RISING_NOISE = 2.0, 3.0
"""Standard errors of a gain. One that is truly none lies within two of them 21 times in 22, above
three once in 740; the notebook's slow rise over 100 epochs never came below 2.9."""
FLAT_ACCURACY, FLAT_LOSS_SHARE = 0.001, 0.05
"""Changes that nobody would wait for: a picture in a thousand, a twentieth of the loss."""
LEAST_SURE = 0.01
"""The standard error beyond which nothing is called flat: a rise of 0.02 would not be seen."""


class Tone(Enum):
    """How a piece of advice is meant."""

    GOOD = auto()
    NEUTRAL = auto()
    WARNING = auto()


@dataclass(frozen=True)
class Rule:
    """A row of the coach's table. The sentences are templates, filled by the coach.

    Attributes:
        key: Its name.
        tone: How it is meant.
        holds: Whether it fits a curve.
        sentence: What it says; empty where the ending of the run says all.
        while_learning: The next step while the run learns.
        once_ended: The next step when it learns no further.
    """

    key: str
    tone: Tone
    holds: Callable[[Curve], bool]
    sentence: str
    while_learning: str = ""
    once_ended: str = ""


def _is_no_number(curve: Curve) -> bool:
    return not curve.is_number


def _is_blown_up(curve: Curve) -> bool:
    """The training loss went up and the network is lost; one that comes back is not."""
    return curve.peak_loss > BLOWN_UP_LOSS and curve.chance_epochs >= LAST_EPOCHS


def _is_rate_too_high(curve: Curve) -> bool:
    """Within a phase the training loss falls, unless steps are too long for the slope."""
    climbs = curve.climb > max(CLIMB_SHARE * curve.lowest_loss, JUMP)
    return climbs or curve.jumps >= JUMPS_OF_EIGHT


def _is_one_answer(curve: Curve) -> bool:
    return curve.same_epochs >= CHANCE_EPOCHS


def _is_chance(curve: Curve) -> bool:
    return curve.chance_epochs >= CHANCE_EPOCHS


def _is_overfitting(curve: Curve) -> bool:
    """The validation loss rises beyond its noise while the training loss falls.

    How far the two lie apart says nothing: augmentation, dropout and smoothed labels make
    training look worse than it is.
    """
    noise = OVERFIT_DEVIATIONS * curve.validation_noise
    least = max(OVERFIT_SHARE * curve.lowest_val_loss, noise)
    return curve.val_climb > least and curve.loss_since > 0


def _is_underfitting(curve: Curve) -> bool:
    training = curve.training_trend
    if training is None or max(curve.accuracy, curve.val_accuracy) >= LOW_ACCURACY:
        return False
    return _is_flat(curve) and _is_none(training, least=FLAT_ACCURACY)


def _is_perfect(curve: Curve) -> bool:
    return curve.perfect_epochs >= LAST_EPOCHS and curve.ended is not Ended.BROKEN_OFF


def _is_flat(curve: Curve) -> bool:
    """Neither accuracy nor loss of validation changes, as far as its noise lets us see.

    A phase that is to follow may change them yet, with larger pictures or more that learns.
    """
    accuracy, loss = curve.accuracy_trend, curve.loss_trend
    if accuracy is None or loss is None or accuracy.noise > LEAST_SURE or not curve.is_last_phase:
        return False
    least_loss = FLAT_LOSS_SHARE * curve.lowest_val_loss
    return _is_none(accuracy, least=FLAT_ACCURACY) and _is_none(loss, least=least_loss)


def _is_none(trend: Trend, *, least: float) -> bool:
    return abs(trend.gain) <= max(FLAT_NOISE * trend.noise, least)


def _is_cut_short(curve: Curve) -> bool:
    """It rose, and not only at the beginning of the epochs that are compared."""
    trend = curve.accuracy_trend
    if curve.ended is not Ended.ALL_EPOCHS or trend is None:
        return False
    rose = trend.gain > max(RISING_NOISE * trend.noise, FLAT_ACCURACY)
    return rose and curve.late_gain > max(trend.noise, FLAT_ACCURACY)


def _is_broken_off(curve: Curve) -> bool:
    return curve.ended is Ended.BROKEN_OFF


def _is_seldom_right(curve: Curve) -> bool:
    best = curve.best
    return curve.ended is not None and (best is None or best.val_accuracy < LOW_ACCURACY)


def _has_ended(curve: Curve) -> bool:
    return curve.ended is not None


def _always(curve: Curve) -> bool:  # noqa: ARG001 - a rule's form
    return True


_SMALLER_RATE = "Train again with a smaller learning rate, a third or a tenth of it."

RULES: tuple[Rule, ...] = (
    Rule(
        "not-a-number",
        Tone.WARNING,
        _is_no_number,
        "The loss is no longer a number: the learning rate is too high.",
        _SMALLER_RATE,
        _SMALLER_RATE,
    ),
    Rule(
        "blown-up",
        Tone.WARNING,
        _is_blown_up,
        "The learning rate is too high: the training loss went up to {peak}, and since then the "
        "network is no better than guessing.",
        _SMALLER_RATE,
        _SMALLER_RATE,
    ),
    Rule(
        "rate-too-high",
        Tone.WARNING,
        _is_rate_too_high,
        "The learning rate is too high: the training loss climbs or jumps where it should fall.",
        _SMALLER_RATE,
        _SMALLER_RATE,
    ),
    Rule(
        "one-answer",
        Tone.WARNING,
        _is_one_answer,
        "The network gives all pictures the same answer, for {same} epochs by now. Usual causes: a "
        "learning rate that is too high, labels that are mixed up, too few pictures.",
        "Train again with a smaller learning rate, and look whether the labels are right.",
        "Train again with a smaller learning rate, and look whether the labels are right.",
    ),
    Rule(
        "chance",
        Tone.WARNING,
        _is_chance,
        "For {chance} epochs it is no better than guessing (50\u00a0%). Usual causes: a learning "
        "rate that is too low or too high, labels that are mixed up, too few pictures.",
        "Train again with another learning rate, and look whether the labels are right.",
        "Train again with another learning rate, and look whether the labels are right.",
    ),
    Rule(
        "overfitting",
        Tone.WARNING,
        _is_overfitting,
        "It learns its pictures by heart (overfitting): since epoch {lowest} the validation loss "
        "rises while the training loss falls.",
        "Finish now keeps epoch {best}; more pictures help, or a preset that varies them.",
        "More pictures help, or, if this one does not, a preset that varies them: Fine-tune does.",
    ),
    Rule(
        "underfitting",
        Tone.WARNING,
        _is_underfitting,
        "It learns too little (underfitting): even on its training pictures it is right in no more "
        "than {accuracy}, and that no longer rises.",
        "Try a larger learning rate, or a preset that knows pictures already, such as Express.",
        "Try a larger learning rate, or a preset that knows pictures already, such as Express.",
    ),
    Rule(
        "all-right",
        Tone.GOOD,
        _is_perfect,
        "All validation pictures are right, for {perfect} epochs by now.",
        "Finish now keeps epoch {best}; more epochs change little.",
    ),
    Rule(
        "plateau",
        Tone.NEUTRAL,
        _is_flat,
        "A plateau: for {flat} epochs the validation accuracy stays at about {val_accuracy}.",
        "Finish now keeps epoch {best}; more epochs change little.",
        "More epochs change little; more pictures or another preset may.",
    ),
    Rule(
        "cut-short",
        Tone.NEUTRAL,
        _is_cut_short,
        "It was still learning at its end.",
        once_ended="Train again with more epochs.",
    ),
    Rule("broken-off", Tone.NEUTRAL, _is_broken_off, "", once_ended="Resume it to go on."),
    Rule(
        "seldom-right",
        Tone.NEUTRAL,
        _is_seldom_right,
        "",
        once_ended="Train again with more epochs, or with a preset that knows pictures already, "
        "such as Express.",
    ),
    Rule("ended", Tone.GOOD, _has_ended, ""),
    Rule("still-learning", Tone.NEUTRAL, _always, "Still learning; {best_was}."),
)
"""In the order of their weight: what makes the rows below it meaningless stands above them."""
