"""The sections of a report that are words and tables."""

import base64
from collections.abc import Sequence
from pathlib import Path

from training.inference.evaluation import Metrics
from training.inference.figures import Mistake, Share, at_threshold, at_thresholds, mistakes
from training.inference.judge import NEITHER
from training.report.facts import ReportFacts, Rival
from training.report.markup import bullets, element, escaped, paragraph, table

_ROWS = 100
_NAMES = 50
_SURE = 0.05  # below this p-value a difference is hardly chance
_FIGURES = {
    "log_loss": "log loss, in nats",
    "brier": "Brier score",
    "auc": "area below the ROC curve (AUC)",
    "ece": "calibration error (ECE)",
    "neither_rate": "called “neither”",
}


def figures_section(facts: ReportFacts) -> str:
    """What the run is asked about, how often it is right, and how far that can be trusted."""
    accuracy = at_threshold(facts.answers).accuracy
    asked = f"On the {facts.metrics.pictures:,} pictures of {facts.source} it is right in"
    return (
        paragraph(f"{asked} {_with_interval(accuracy)}.", css_class="headline")
        + "".join(paragraph(each, css_class="caution") for each in facts.cautions)
        + _figures_table(facts)
        + paragraph(
            "All but the last come from the probability of dog alone; accuracy at 0.5. In "
            "parentheses: the 95 % interval (Wilson).",
            css_class="quiet",
        )
    )


def class_section(facts: ReportFacts) -> str:
    """Precision and recall of cats and of dogs."""
    rows = [
        (f"{each.name}s", _with_interval(each.precision), _with_interval(each.recall), _4(each.f1))
        for each in at_threshold(facts.answers).classes
    ]
    return element("h2", "By class") + table(("class", "precision", "recall", "F1"), rows)


def threshold_section(facts: ReportFacts) -> str:
    """What other thresholds would do."""
    rows = [
        (
            f"{at.threshold:.2f}",
            _with_interval(at.accuracy),
            *(_percent(share) for each in at.classes for share in (each.precision, each.recall)),
        )
        for at in at_thresholds(facts.answers)
    ]
    heads = ("dog from", "accuracy", "cats: precision", "recall", "dogs: precision", "recall")
    return (
        element("h2", "Threshold")
        + table(heads, rows)
        + paragraph(
            "A threshold that is chosen here looks a little better here than elsewhere.",
            css_class="quiet",
        )
    )


def rival_section(facts: ReportFacts) -> str:
    """What this run gets right and the other one does not, and the other way round."""
    if facts.rival is None:
        return ""
    rival, found = facts.rival, facts.rival.agreement
    rows = [
        ("both", f"{len(found.both):,}"),
        (f"only {facts.run}", f"{len(found.only_first):,}"),
        (f"only {rival.run}", f"{len(found.only_second):,}"),
        ("neither of them", f"{len(found.none):,}"),
    ]
    return (
        element("h2", escaped(f"Compared with {rival.run}"))
        + table(("right", "pictures"), rows)
        + paragraph(_chance_words(rival))
        + _names(f"Only {facts.run} is right", found.only_first)
        + _names(f"Only {rival.run} is right", found.only_second)
    )


def mistakes_section(facts: ReportFacts) -> str:
    """The mistakes, the most confident first."""
    found = mistakes(facts.answers)
    if not found:
        return element("h2", "Mistakes") + paragraph("There are none.")
    rows = [(*_mistake_words(facts, each), each.verdict) for each in found[:_ROWS]]
    return (
        element("h2", f"Mistakes: {len(found):,}")
        + paragraph("The most confident first: among them are wrong labels, too.")
        + _thumbnails(facts, found)
        + table(("picture", "label", "called", "confidence", "verdict"), rows)
        + _more(len(found) - _ROWS)
    )


def _figures_table(facts: ReportFacts) -> str:
    runs = [(facts.run, facts.metrics)]
    if facts.rival is not None:
        runs.append((facts.rival.run, facts.rival.metrics))
    rows = [("accuracy", *(_with_interval(_right(metrics)) for _, metrics in runs))]
    rows += [
        (words, *(_4(getattr(metrics, name)) for _, metrics in runs))
        for name, words in _FIGURES.items()
    ]
    return table(("figure", *(run for run, _ in runs)), rows)


def _right(metrics: Metrics) -> Share:
    return Share(sum(metrics.confusion[each][each] for each in (0, 1)), metrics.pictures)


def _chance_words(rival: Rival) -> str:
    chance = rival.agreement.p_value
    words = f"p = {chance:.2g}" if chance >= 1e-4 else "p < 0.0001"
    belief = "is hardly chance" if chance < _SURE else "may well be chance"
    return f"That one of them is right more often {belief} ({words}, McNemar's exact test)."


def _names(words: str, paths: Sequence[Path]) -> str:
    if not paths:
        return ""
    summary = element("summary", escaped(f"{words}: {len(paths):,}"))
    listed = bullets(path.name for path in paths[:_NAMES])
    return element("details", summary, listed, _more(len(paths) - _NAMES))


def _more(count: int) -> str:
    return paragraph(f"And {count:,} more.", css_class="quiet") if count > 0 else ""


def _thumbnails(facts: ReportFacts, found: Sequence[Mistake]) -> str:
    shown = [each for each in found if each.index in facts.thumbnails]
    figures = (_thumbnail(facts, each) for each in shown)
    return element("div", *figures, css_class="pictures") if shown else ""


def _thumbnail(facts: ReportFacts, mistake: Mistake) -> str:
    data = base64.b64encode(facts.thumbnails[mistake.index]).decode("ascii")
    name, label, called, confidence = _mistake_words(facts, mistake)
    said = f", with the verdict {NEITHER}" if mistake.verdict == NEITHER else ""
    caption = f"{name}: {label}, called {called} ({confidence}){said}"
    return element(
        "figure",
        f'<img src="data:image/jpeg;base64,{data}" alt="{escaped(name)}">',
        element("figcaption", escaped(caption)),
    )


def _mistake_words(facts: ReportFacts, mistake: Mistake) -> tuple[str, str, str, str]:
    name = facts.answers.paths[mistake.index].name
    return name, mistake.label, mistake.called, f"{mistake.confidence * 100:.1f} %"


def _with_interval(share: Share) -> str:
    interval = share.interval
    if interval is None:
        return "—"
    return f"{_percent(share)} ({interval.low * 100:.2f} to {interval.high * 100:.2f})"


def _percent(share: Share) -> str:
    return "—" if share.value is None else f"{share.value * 100:.2f} %"


def _4(value: float) -> str:
    return f"{value:.4f}"
