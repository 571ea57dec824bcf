"""Runs for tests of the lab book: records and folders without a network in them."""

from pathlib import Path

from training.events import EpochEnded
from training.home import Home
from training.learning.presets import training_config
from training.runs.history import write_history
from training.runs.lab_book import RunInfo
from training.runs.run_folder import FINISHED, RunRecord, create_run

CREATED = "2026-01-01T10:00:00+00:00"


def record(**changes: object) -> RunRecord:
    """A finished run's, of the notebook's preset."""
    values: dict[str, object] = {
        "config": training_config("notebook", "kaggle"),
        "created": CREATED,
        "fingerprint": "f" * 64,
        "class_names": ("cat", "dog"),
        "preprocessing": "p",
        "versions": {"keras": "3"},
        "state": FINISHED,
    }
    return RunRecord(**(values | changes))


def epochs(count: int = 3) -> list[EpochEnded]:
    """Epochs that get better, of 10 s each."""
    return [
        EpochEnded(n, 0.7 - n / 50, 0.5 + n / 50, 0.6 - n / 50, 0.6 + n / 50, 10.0, 190.0)
        for n in range(count)
    ]


def make_run(home: Home, **changes: object) -> Path:
    """A run's folder with three epochs."""
    folder = create_run(home, record(**changes))
    write_history(folder, epochs())
    return folder


def info(run: str = "run", **changes: object) -> RunInfo:
    """A finished run in a line; there is no folder."""
    facts: dict[str, object] = {
        "preset": "notebook",
        "dataset": "kaggle",
        "state": FINISHED,
        "epochs": 3,
        "epochs_planned": 3,
        "best_epoch": 2,
        "val_accuracy": 0.8,
        "test_accuracy": None,
        "created": CREATED,
    }
    return RunInfo(run=run, folder=Path(run), **(facts | changes))
