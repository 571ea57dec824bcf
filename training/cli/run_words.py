"""What a run's record says, and what the coach says of it, in lines for people."""

from collections.abc import Mapping, Sequence
from typing import Any

from training.progress import duration_words
from training.runs.coach import Advice
from training.runs.comparing import Comparison, Row
from training.runs.judgement import Judgement
from training.runs.lab_book import RunInfo
from training.runs.run_folder import RunRecord

_FIGURES: Mapping[str, str] = {
    "accuracy": "accuracy",
    "log_loss": "log loss",
    "brier": "Brier",
    "auc": "AUC",
    "ece": "ECE",
    "neither_rate": "neither",
}
_SAID = ("preset", "dataset", "state", "epochs", "val_accuracy", "test_accuracy")
_LONGEST_CELL = 24


def run_facts(info: RunInfo) -> dict[str, Any]:
    """A run in one line, for programs; what is not known is left out."""
    facts = {
        "run": info.run,
        "title": info.title or None,
        "starred": info.starred or None,
        "notes": info.notes or None,
        "preset": info.preset,
        "dataset": info.dataset,
        "fingerprint": info.fingerprint or None,
        "state": info.state,
        "epochs": info.epochs,
        "val_accuracy": info.val_accuracy,
        "val_log_loss": info.val_log_loss,
        "test_accuracy": info.test_accuracy,
        "test_log_loss": info.test_log_loss,
        "seconds": info.seconds or None,
        "device": info.device or None,
        "created": info.created,
        "problem": info.problem or None,
    }
    return {
        name: value for name, value in facts.items() if value is not None or name == "val_accuracy"
    }


def run_line(info: RunInfo) -> str:
    """The same for people: "★ run …, “Grey cats”, preset express, …"."""
    facts = run_facts(info)
    parts = [f"{'★ ' if info.starred else ''}run {info.run}"]
    parts += [f"“{info.title}”"] if info.title else []
    parts += [f"{name} {facts[name]}" for name in _SAID if facts.get(name) not in (None, "")]
    if info.problem:
        return f"{', '.join(parts)}: {info.problem}"
    return ", ".join([*parts, duration_words(info.seconds)] if info.seconds else parts)


def comparison_facts(comparison: Comparison) -> dict[str, Any]:
    """Runs side by side, for programs: of each setting and figure a value a run, in their order."""
    return {
        "runs": [info.run for info in comparison.runs],
        "differences": {row.name: list(row.values) for row in comparison.settings},
        "figures": {row.name: list(row.values) for row in comparison.figures},
    }


def comparison_lines(comparison: Comparison) -> list[str]:
    """The same as a table for people: a column a run, in the order in which they were named."""
    if not comparison.settings:
        settings = ["Their settings are the same."]
    else:
        settings = ["Settings that differ:", *_table(comparison.settings)]
    return [*settings, "Figures:", *_table(comparison.figures)]


def _table(rows: Sequence[Row]) -> list[str]:
    cells = [[row.name, *(_cell(value) for value in row.values)] for row in rows]
    widths = [max(len(line[place]) for line in cells) for place in range(len(cells[0]))]
    padded = (map(str.ljust, line, widths) for line in cells)
    return ["  " + "  ".join(line).rstrip() for line in padded]


def _cell(value: object) -> str:
    words = "-" if value is None else f"{value:.4g}" if isinstance(value, float) else str(value)
    return words if len(words) <= _LONGEST_CELL else words[: _LONGEST_CELL - 1] + "…"


def record_lines(record: RunRecord) -> list[str]:
    """Where it is from, a line for each split, one on confidence, one on the third verdict."""
    lines = [f"  imported from {record.origin}"] if record.origin else []
    lines += [f"  {split}: {_figures(figures)}" for split, figures in record.metrics.items()]
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
