"""A run's model card: what its model is, how good, and what not to use it for; in Markdown.

The form follows Mitchell and others, "Model Cards for Model Reporting" (2019), kept to a page.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

from training.config import TrainingConfig
from training.events import EpochEnded
from training.progress import duration_words
from training.runs.history import read_history
from training.runs.interval import wilson
from training.runs.judgement import Judgement
from training.runs.run_folder import DEFAULT_RUN, IMPORTED, RunRecord, read_record, spoken

_RANDOM_WEIGHTS = {"notebook", "notebook-described", "scratch"}
_IMAGENET_WEIGHTS = {"express", "fine-tune"}
_FIGURES: Mapping[str, str] = {
    "accuracy": "accuracy",
    "log_loss": "log loss",
    "brier": "Brier score",
    "auc": "AUC",
    "ece": "calibration error (ECE)",
    "neither_rate": "called “neither”",
}
_SPLITS = ("validation", "test")
_FINGERPRINT_DIGITS = 12


def read_model_card(folder: Path) -> str:
    """The model card of a run's folder; see `model_card`.

    Raises:
        RunError: The run's record or history cannot be read.
    """
    return model_card(folder.name, read_record(folder), read_history(folder))


def model_card(run: str, record: RunRecord, history: Sequence[EpochEnded] = ()) -> str:
    """A page about a run's model; it names no folder and no file of the user.

    Args:
        run: The run's name.
        record: What the run is, and what was measured.
        history: Its epochs, for the time that it took.

    Returns:
        Markdown, with a heading, tables and lists.
    """
    parts = (
        _title(run, record),
        _purpose(),
        _making(record, history),
        _figures(record),
        _confidence(record),
        _neither(record),
        _limits(record),
        _licence(run, record),
    )
    return "\n\n".join(parts) + "\n"


def _title(run: str, record: RunRecord) -> str:
    answers = "a cat, a dog or neither" if _says_neither(record) else "a cat or a dog"
    purpose = f"Says of a picture whether it shows {answers}, and how sure it is."
    return f"# Model card: {spoken(run)}\n\n{purpose}"


def _purpose() -> str:
    return (
        "## What it is for\n\n"
        "- **For:** sorting photographs of one cat or one dog, and seeing how a network learns.\n"
        "- **Not for:** telling one animal or breed from another, or any decision that could harm "
        "a person or an animal when the answer is wrong."
    )


def _making(record: RunRecord, history: Sequence[EpochEnded]) -> str:
    if record.config.preset == IMPORTED:
        return _importing(record)
    config, size = record.config, record.config.image_size
    steps = f" of {config.steps_per_epoch:,} steps" if config.steps_per_epoch else ""
    rows = {
        "Preset": f"`{config.preset}`{_beginning(config)}",
        "Settings": f"{_counted(config.epochs, 'epoch')}{steps}, batches of {config.batch_size}, "
        f"learning rate {config.learning_rate:g}, seed {config.seed}",
        "Learned": _learned(record, history),
        "Pictures": f"dataset “{config.dataset}”, fingerprint "
        f"`{record.fingerprint[:_FINGERPRINT_DIGITS]}`",
        "Input": f"{size} x {size} pixels, prepared as `{record.preprocessing}`",
        "Made with": _versions(record),
    }
    return _list("How it was made", rows)


def _importing(record: RunRecord) -> str:
    size = record.config.image_size
    rows = {
        "Imported": f"from {record.origin}",
        "Learned": "elsewhere: nobody here knows from which pictures",
        "Input": f"{size} x {size} pixels, prepared as `{record.preprocessing}`",
        "Adapted with": _versions(record),
    }
    return _list("How it was made", rows)


def _list(heading: str, rows: Mapping[str, str]) -> str:
    return f"## {heading}\n\n" + "\n".join(f"- **{a}:** {b}" for a, b in rows.items())


def _versions(record: RunRecord) -> str:
    return ", ".join(f"{name} {each}" for name, each in record.versions.items())


def _beginning(config: TrainingConfig) -> str:
    if config.preset in _IMAGENET_WEIGHTS:
        return f", on the backbone `{config.backbone}`"
    if config.preset in _RANDOM_WEIGHTS:
        return ", from random weights"
    source = Path(config.start_from).name  # it may be a folder, whose place is the user's own
    if source in {"", DEFAULT_RUN}:
        return ", from the model that ships"
    return f", from the model of `{source}`"


def _learned(record: RunRecord, history: Sequence[EpochEnded]) -> str:
    words = f"on {record.created[:10]}"
    if record.best_epoch is not None:
        words += f"; best epoch {record.best_epoch + 1} of {record.epochs_done}"
    if history:
        words += f" ({duration_words(sum(epoch.seconds for epoch in history))} in all)"
    return words


def _figures(record: RunRecord) -> str:
    measured = [split for split in _SPLITS if record.metrics.get(split)]
    if not measured:
        return "## Figures\n\nNothing is measured yet."
    rows = [
        (words, *(_figure(record.metrics[split], name) for split in measured))
        for name, words in _FIGURES.items()
        if any(name in record.metrics[split] for split in measured)
    ]
    rows.insert(1, ("its 95 % interval", *(_interval(record.metrics[each]) for each in measured)))
    heads = [f"{split}{_of_pictures(record.metrics[split])}" for split in measured]
    note = (
        "The validation pictures also chose the epoch and the temperature, so they flatter a "
        "little."
    )
    if "test" not in measured:
        note += " The test pictures are not looked at yet."
    return f"## Figures\n\n{_table(('figure', *heads), rows)}\n\n{note}"


def _figure(figures: Mapping[str, float], name: str) -> str:
    value = figures.get(name)
    if value is None:
        return "—"
    return f"**{value:.4f}**" if name == "accuracy" else f"{value:.4f}"


def _interval(figures: Mapping[str, float]) -> str:
    if "accuracy" not in figures or not figures.get("pictures"):
        return "—"
    pictures = round(figures["pictures"])
    interval = wilson(round(figures["accuracy"] * pictures), pictures)
    return f"{interval.low:.4f} to {interval.high:.4f}"


def _of_pictures(figures: Mapping[str, float]) -> str:
    return f" ({figures['pictures']:,.0f} pictures)" if "pictures" in figures else ""


def _confidence(record: RunRecord) -> str:
    judgement = record.judgement
    if judgement is None:
        words = "It is not calibrated: its confidence may be too high or too low."
    else:
        words = f"{_temperature(judgement)} {_threshold(judgement)}".strip()
    return f"## How far its confidence can be believed\n\n{words}"


def _temperature(judgement: Judgement) -> str:
    before = "more sure than it was right" if judgement.temperature > 1 else "too modest"
    return (
        f"Calibrated on validation pictures. Before, it was {before}; a temperature of "
        f"{judgement.temperature:.2f} mends that and changes no verdict."
    )


def _threshold(judgement: Judgement) -> str:
    cost = judgement.cost(0.5)
    if cost is None:
        return ""
    return (
        f"At the threshold of 0.50, {cost.cats_wrong:,} of {cost.cats:,} validation cats are "
        f"called dogs, and {cost.dogs_wrong:,} of {cost.dogs:,} dogs cats."
    )


def _neither(record: RunRecord) -> str:
    rule = record.judgement.neither if record.judgement else None
    if rule is None:
        words = "It cannot say “neither”: whatever the picture shows, it is called cat or dog."
    else:
        words = (
            "A picture is called neither when it is too unlike all that the network learned from: "
            f"when its features lie further than {rule.limit:.3f} from each of {rule.centres:,} "
            f"clusters of training pictures. The limit was tuned on {rule.tuned_on}; "
            f"{100 * rule.lost:.1f} % of the validation cats and dogs are lost to it."
        )
        if rule.doubt_weight:
            words += " A picture that could as well be a cat as a dog counts as stranger."
        if record.config.preset in _RANDOM_WEIGHTS:
            words += (
                " **It is weak here:** a network that began with random weights has seen nothing "
                "but cats and dogs, and finds them in many other things."
            )
    return f"## Neither\n\n{words}"


def _limits(record: RunRecord) -> str:
    size = record.config.image_size
    return (
        "## Limits\n\n"
        "- **Breeds:** those that are rare in its pictures, such as hairless cats, are mistaken "
        "more often.\n"
        "- **Drawings, toys and statues** were hardly among them: do not count on any verdict.\n"
        "- **Several animals:** there is one verdict a picture, and a cat beside a dog may be "
        "called either.\n"
        f"- **Small pictures:** all are scaled to {size} x {size} pixels; an animal that fills "
        "little of its picture, or is blurred, is easily missed."
    )


def _licence(run: str, record: RunRecord) -> str:
    if record.config.preset == IMPORTED:
        words = "It is somebody else's: ask whoever gave it before you pass it on."
    elif record.config.preset in _RANDOM_WEIGHTS:
        words = "It began with random weights: nobody else's are in it."
    elif record.config.weights_file:
        words = (
            "It began with weights from a file of the user's: what their licence asks for holds."
        )
    elif record.config.preset in _IMAGENET_WEIGHTS:
        words = (
            "It began with weights that Google trained on ImageNet and Keras distributes, under "
            "the Apache License 2.0: keep that notice when you pass the model on."
        )
    else:
        words = "It began with another model, whose card says where that one's weights are from."
    if run == DEFAULT_RUN:
        words += " The rest is the program's own, under its MIT licence."
    return f"## Licence\n\n{words}"


def _says_neither(record: RunRecord) -> bool:
    return record.judgement is not None and record.judgement.neither is not None


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _counted(count: int, noun: str) -> str:
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"
