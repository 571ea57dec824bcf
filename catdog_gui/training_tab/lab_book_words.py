"""What the lab book says of runs, in words."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from catdog_gui.training_tab.words import percent, state_words, when
from training.config import TrainingConfig
from training.progress import duration_words
from training.runs.comparing import Comparison, Row
from training.runs.given import SHARED_SUFFIX
from training.runs.lab_book import RunInfo
from training.runs.run_folder import DAMAGED, FINISHED
from training.runs.trash import KEPT_DAYS, Trashed

NOTHING = "No runs yet: the first one appears here."

NOT_TRAINED_HERE = (
    "This model came as a file and was not trained here. The preset Continue teaches it on."
)

_LONGEST_LABEL = 22
_NOT_IN_NAMES = frozenset('<>:"/\\|?*')
_NAMES: Mapping[str, str] = {
    "val_accuracy": "Validation accuracy",
    "val_log_loss": "Validation log loss",
    "test_log_loss": "Test log loss",
    "epochs_done": "Epochs done",
    "seconds": "Duration",
    "fingerprint": "Fingerprint of the dataset",
}
_FIGURES = ("val_accuracy", "test_accuracy")


def title_words(info: RunInfo) -> str:
    """A run as a list calls it: "Grey cats · express", or its preset alone."""
    return f"{info.title} · {info.preset}" if info.title else info.preset


def run_words(info: RunInfo) -> str:
    """A run as a sentence calls it: its title, or "express · 2026-11-24 10:40"."""
    return info.title or f"{info.preset} · {when(info.created)}"


def stopped_words(info: RunInfo) -> str:
    """The question about a run that was stopped: "Run … stopped at epoch 12 of 30. Continue?"."""
    epoch = max(1, info.epochs)
    where = f"{'at' if info.epochs else 'in'} epoch {epoch:,} of {info.epochs_planned:,}"
    return f"Run “{run_words(info)}” stopped {where}. Continue?"


def more_epochs_words(info: RunInfo) -> str:
    """What is asked before a run learns longer than it was asked to."""
    return (
        f"The run “{run_words(info)}” has learned {info.epochs:,} of {info.epochs_planned:,} "
        "epochs. To which epoch is it to learn?"
    )


def epochs_words(info: RunInfo) -> str:
    """How many epochs: "100", or "6 of 100" where they are not all."""
    if info.state == DAMAGED:
        return "—"
    if info.state == FINISHED or info.epochs == info.epochs_planned:
        return f"{info.epochs:,}"
    return f"{info.epochs:,} of {info.epochs_planned:,}"


def validation_words(info: RunInfo) -> str:
    """The accuracy on the validation pictures; until it is measured, why it is not."""
    return percent(info.val_accuracy) if info.state == FINISHED else info.state


def loss_words(log_loss: float | None) -> str:
    """A log loss with three decimals."""
    return "—" if log_loss is None else f"{log_loss:.3f}"


def duration_or_dash(info: RunInfo) -> str:
    """How long its epochs took."""
    return duration_words(info.seconds) if info.seconds else "—"


def help_words(info: RunInfo) -> str:
    """All that has no column: the folder's name, the state, the notes."""
    return "\n".join(filter(None, (info.run, state_words(info), info.notes)))


def nothing_words(words: str) -> str:
    """What is said where no run shows."""
    return f"No run has “{words}” in its title, preset, dataset or notes." if words else NOTHING


def compare_help(chosen: int, most: int) -> str:
    """What the button does, or what it needs."""
    if chosen > most:
        return f"Choose at most {most} runs: more curves cannot be told apart"
    return "Curves, settings that differ, and figures of the chosen runs (Ctrl or Shift adds one)"


def curve_labels(infos: Sequence[RunInfo]) -> list[str]:
    """A name for each run that is short, and no other's in the same drawing."""
    names = [_shortened(info.title or info.preset) for info in infos]
    labels = [
        name if names.count(name) == 1 else f"{_shortened(name, 10)} {when(info.created)[5:]}"
        for name, info in zip(names, infos, strict=True)
    ]
    return [
        label if labels.count(label) == 1 else f"{label} ({number})"
        for number, label in enumerate(labels, 1)
    ]


def row_name(row: Row) -> str:
    """What a row of a comparison is called: "Learning rate"."""
    return _NAMES.get(row.name, row.name.replace("_", " ").capitalize())


def row_cells(row: Row) -> list[str]:
    """A row's values in words; a dash where there is none."""
    return [_cell(row.name, value) for value in row.values]


def same_settings_words(comparison: Comparison) -> str:
    """What is said above the rows."""
    if comparison.settings:
        return "Settings that differ, and figures"
    return "Their settings are the same; these are their figures"


def deleted_words(titles: Sequence[str]) -> str:
    """What is said once runs are in the trash."""
    what = f"The run “{titles[0]}” is" if len(titles) == 1 else f"{len(titles):,} runs are"
    return f"{what} in the trash, for {KEPT_DAYS} days."


def trashed_words(trashed: Trashed) -> str:
    """A deleted run in the menu that brings it back."""
    deleted = datetime.fromtimestamp(trashed.deleted_at, tz=UTC).astimezone()
    return f"Restore {trashed.run}, deleted {deleted:%Y-%m-%d %H:%M}"


def restored_words(count: int) -> str:
    """What is said once they are back."""
    return "The run is back." if count == 1 else f"{count:,} runs are back."


def shared_name(info: RunInfo) -> str:
    """What the file of a shared run is called at first: its title without what no file has."""
    stem = "".join("-" if letter in _NOT_IN_NAMES else letter for letter in info.title).strip(" .")
    return f"{stem or info.run}{SHARED_SUFFIX}"


def shared_words(path: Path, size_bytes: int) -> tuple[str, str]:
    """What is said of a shared run, and how others take it in."""
    return (
        f"{path.name} is written ({size_bytes / 1e6:.1f} MB): the model, its title and your notes.",
        "Another CatDog takes it in with “Add a model…”, or when it is dropped on its window.",
    )


def repeated_words(
    config: TrainingConfig, left_out: Sequence[str], *, is_here: bool
) -> tuple[str, str]:
    """What is said once the form holds a run's settings, and the next step.

    Args:
        config: The run's settings.
        left_out: Settings of the run that the form has otherwise.
        is_here: Whether its dataset is.
    """
    said = "The form holds the settings of that run."
    if left_out:
        names = ", ".join(name.replace("_", " ") for name in left_out)
        said = f"The form holds the settings of that run, but for: {names}."
    if is_here:
        return said, "Train repeats it; change what you like before."
    return said, f"Its dataset “{config.dataset}” is not here: choose another one, then Train."


def event_file_words(path: Path, output: Path) -> tuple[str, str]:
    """What is said of a file for TensorBoard, and how to look at it."""
    return f"{path} is written.", f"Look at it with: tensorboard --logdir {output}"


def _shortened(words: str, most: int = _LONGEST_LABEL) -> str:
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"


def _cell(name: str, value: object) -> str:
    if value is None:
        return "—"
    if name in _FIGURES and isinstance(value, float):
        return percent(value)
    if name == "seconds" and isinstance(value, float):
        return duration_words(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.4g}"
    return f"{value:,}" if isinstance(value, int) and name != "seed" else str(value)
