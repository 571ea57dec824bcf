"""The coach: says in plain words what a run's curve tells, and what to do next."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from training.events import EpochEnded
from training.runs.coach_rules import RULES, Tone
from training.runs.curve import Circumstances, Curve, Ended, curve_of


@dataclass(frozen=True)
class Advice:
    """What the coach says.

    Attributes:
        key: The rule's, such as "overfitting".
        tone: How it is meant.
        sentence: What the curve tells; of a run that learns no further, also why, and its best
            epoch.
        next_step: A sentence; empty where nothing is to be done.
    """

    key: str
    tone: Tone
    sentence: str
    next_step: str = ""


_ENDINGS: Mapping[Ended, str] = {
    Ended.ALL_EPOCHS: "Stopped because {all_done}; {best_was}.",
    Ended.FINISH_NOW: "Stopped because you finished it after {epochs} of {planned} epochs; "
    "{best_was}.",
    Ended.EARLY: "Stopped because epoch {epochs} was the {in_vain} in a row without a better one; "
    "{best_was}.",
    Ended.BROKEN_OFF: "It has {epochs} of {planned} epochs and is not finished; {best_was}.",
}


def advice(history: Sequence[EpochEnded], circumstances: Circumstances) -> Advice | None:
    """What the coach says of a run.

    Args:
        history: The run's epochs, in order; figures may be NaN.
        circumstances: What the curve does not say by itself.

    Returns:
        The first row of `RULES` that fits; None where there is no epoch yet.
    """
    if not history:
        return None
    curve = curve_of(history, circumstances)
    rule = next(row for row in RULES if row.holds(curve))
    ending = _ENDINGS[curve.ended] if curve.ended is not None else ""
    step = rule.while_learning if curve.ended is None else rule.once_ended
    words = _words(curve)
    sentence = " ".join(part for part in (rule.sentence, ending) if part)
    return Advice(rule.key, rule.tone, sentence.format_map(words), step.format_map(words))


def _words(curve: Curve) -> Mapping[str, str]:
    """What the templates may name; epochs are 1-based as on the screen."""
    best = curve.best
    return {
        "epochs": f"{curve.epochs:,}",
        "planned": f"{curve.epochs_planned:,}",
        "all_done": "its only epoch is done"
        if curve.epochs_planned == 1
        else f"all {curve.epochs_planned:,} epochs are done",
        "in_vain": _ordinal(curve.epochs if best is None else curve.epochs - 1 - best.epoch),
        "best": "none" if best is None else f"{best.epoch + 1:,}",
        "best_was": "there is no best epoch yet"
        if best is None
        else f"best was epoch {best.epoch + 1:,} ({_percent(best.val_accuracy)})",
        "peak": f"{curve.peak_loss:,.3g}",
        "lowest": f"{curve.lowest_val_epoch + 1:,}",
        "chance": f"{curve.chance_epochs:,}",
        "same": f"{curve.same_epochs:,}",
        "perfect": f"{curve.perfect_epochs:,}",
        "flat": f"{2 * curve.window:,}",
        "accuracy": _percent(max(curve.accuracy, curve.val_accuracy)),
        "val_accuracy": _percent(curve.val_accuracy),
    }


def _percent(share: float) -> str:
    return f"{share * 100:.1f}\u00a0%"


def _ordinal(number: int) -> str:
    """A number as English counts: 1st, 2nd, 3rd, 4th, 11th, 21st."""
    is_teen = number % 100 in (11, 12, 13)
    ending = "th" if is_teen else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number:,}{ending}"
