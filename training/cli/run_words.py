"""What a run's record says, and what the coach says of it, in lines for people."""

from collections.abc import Mapping

from training.runs.coach import Advice
from training.runs.judgement import Judgement
from training.runs.run_folder import RunRecord

_FIGURES: Mapping[str, str] = {
    "accuracy": "accuracy",
    "log_loss": "log loss",
    "brier": "Brier",
    "auc": "AUC",
    "ece": "ECE",
    "neither_rate": "neither",
}


def record_lines(record: RunRecord) -> list[str]:
    """A line for each split that was measured, one on confidence, one on the third verdict."""
    lines = [f"  {split}: {_figures(figures)}" for split, figures in record.metrics.items()]
    if record.judgement is None:
        return [*lines, "  not calibrated; cannot say neither"]
    return [*lines, f"  temperature {record.judgement.temperature:.3f}", _neither(record.judgement)]


def advice_words(advice: Advice) -> str:
    """The coach's sentence and the next step, in a line."""
    return f"{advice.sentence} {advice.next_step}".rstrip()


def advice_facts(advice: Advice) -> dict[str, str]:
    """The same for programs."""
    return {
        "key": advice.key,
        "sentence": advice.sentence,
        "next_step": advice.next_step,
    }


def _figures(figures: Mapping[str, float]) -> str:
    said = [f"{word} {figures[name]:.4f}" for name, word in _FIGURES.items() if name in figures]
    pictures = f" on {figures['pictures']:,.0f} pictures" if "pictures" in figures else ""
    return ", ".join(said) + pictures


def _neither(judgement: Judgement) -> str:
    rule = judgement.neither
    if rule is None:
        return "  cannot say neither"
    return (
        f"  neither from a strangeness of {rule.limit:.4f} on ({rule.centres:,} clusters, doubt "
        f"weighs {rule.doubt_weight:g}), tuned on {rule.tuned_on}; lost to it: {rule.lost:.4f} of "
        "the validation cats and dogs"
    )
