"""A real `catdog train`, killed again and again, and resumed to the end."""

import json
import os
import random
import signal
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from training.home import Home
from training.inference.classifier import Classifier
from training.learning.checkpoint import read_checkpoint
from training.runs.history import read_history
from training.runs.lab_book import list_runs
from training.runs.run_folder import FINISHED, KERAS_FILE, UNFINISHED, read_record

EPOCHS = 40
KILLS = 5
SEED = 20120

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.name == "nt", reason="Windows has no such kill"),
    pytest.mark.timeout(900),
]

TRAIN = (
    "--data", "sample", "--preset", "notebook", "--epochs", str(EPOCHS), "--steps-per-epoch", "3",
    "--validation-steps", "2", "--batch-size", "8", "--image-size", "40", "--deterministic",
)  # fmt: skip


class Training(subprocess.Popen[str]):
    """`catdog train` in a process of its own."""

    def __init__(self, home: Home, *words: str) -> None:
        command = [sys.executable, "-m", "training.cli", "train", *words, "--json"]
        super().__init__(
            [*command, "--home", str(home.root)], stdout=subprocess.PIPE, encoding="utf-8"
        )

    def lines(self) -> Iterator[dict[str, Any]]:
        assert self.stdout is not None
        yield from map(json.loads, self.stdout)

    def to_the_end(self) -> str:
        """Wait for it; returns the run."""
        with self:
            *_, last = self.lines()
        assert self.returncode == 0
        return str(last["run"])

    def kill_after(self, epochs: int, *, seconds: float) -> None:
        """Kill it a while after it has told the end of so many epochs."""
        with self:
            told = self.lines()
            for _ in range(epochs):
                next(told)
            try:
                self.wait(seconds)
            except subprocess.TimeoutExpired:
                self.send_signal(signal.SIGKILL)


VARIED = """
import dataclasses, sys
from training.learning import keeping, presets
from training.learning.methods import Augmentation
keeping.CHECKPOINT_EVERY_S = float(sys.argv[1])
row = presets.PRESETS["notebook"]
method = dataclasses.replace(row.method, augmentation=Augmentation(least_area=0.5, colour=0.2))
presets.PRESETS["notebook"] = dataclasses.replace(row, method=method)
from training.cli.app import main
sys.exit(main(sys.argv[2:]))
"""
"""`catdog`, whose preset notebook varies its pictures, with so many seconds between checkpoints."""

SHORT = (
    "--data", "sample", "--preset", "notebook", "--epochs", "3", "--steps-per-epoch", "6",
    "--validation-steps", "3", "--batch-size", "8", "--image-size", "40", "--deterministic",
)  # fmt: skip
SHORT_KILLS = 6


class Varied(Training):
    """A training with augmentation and dropout, and a checkpoint before each batch."""

    def __init__(self, home: Home, *words: str, every_s: float = 0.0) -> None:
        command = [sys.executable, "-c", VARIED, str(every_s), "train", *words, "--json"]
        subprocess.Popen.__init__(
            self,
            [*command, "--home", str(home.root)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )

    def kill_in_training(self, moment: random.Random) -> None:
        """Kill it a moment after it has said that it trains; a whole epoch later at the most."""
        with self:
            assert self.stderr is not None
            for line in self.stderr:
                if "Training" in line:
                    break
            try:
                self.wait(moment.uniform(0, 1))
            except subprocess.TimeoutExpired:
                self.send_signal(signal.SIGKILL)


def arrays(home: Home, run: str) -> dict[str, np.ndarray]:
    entries = read_checkpoint(home.runs / run).entries
    return {name: each for name, each in entries.items() if name.startswith(("model", "optimi"))}


@pytest.mark.fault(67)
def test_kills_in_the_middle_of_epochs_and_of_checkpoints_change_no_bit(sample_home: Home) -> None:
    moment = random.Random(SEED)
    alone = Varied(sample_home, *SHORT, every_s=300).to_the_end()
    Varied(sample_home, *SHORT).kill_in_training(moment)
    killed = next((i.run for i in list_runs(sample_home) if i.run != alone), None)
    assert killed is not None
    for _ in range(SHORT_KILLS - 1):
        Varied(sample_home, "--resume", killed).kill_in_training(moment)
    assert Varied(sample_home, "--resume", killed).to_the_end() == killed
    assert figures(sample_home, killed) == figures(sample_home, alone)
    one, other = arrays(sample_home, killed), arrays(sample_home, alone)
    assert one.keys() == other.keys()
    assert [name for name in one if not np.array_equal(one[name], other[name])] == []
    assert not list((sample_home.runs / killed).rglob(".*"))


def figures(home: Home, run: str) -> list[tuple[float, ...]]:
    history = read_history(home.runs / run)
    return [(e.loss, e.accuracy, e.val_loss, e.val_accuracy) for e in history]


def test_a_training_that_is_killed_at_any_moment_ends_as_one_that_was_left_alone(
    sample_home: Home,
) -> None:
    moment = random.Random(SEED)
    alone = Training(sample_home, *TRAIN).to_the_end()

    Training(sample_home, *TRAIN).kill_after(1, seconds=moment.uniform(0, 0.05))
    killed = next(info.run for info in list_runs(sample_home) if info.run != alone)
    for _ in range(KILLS - 1):
        process = Training(sample_home, "--resume", killed)
        process.kill_after(2, seconds=moment.uniform(0, 0.05))
    assert read_record(sample_home.runs / killed).state == UNFINISHED
    assert Training(sample_home, "--resume", killed).to_the_end() == killed

    folder = sample_home.runs / killed
    record, undisturbed = read_record(folder), read_record(sample_home.runs / alone)
    assert (record.state, record.epochs_done) == (FINISHED, EPOCHS)
    assert figures(sample_home, killed) == figures(sample_home, alone)
    assert (record.best_epoch, record.metrics) == (undisturbed.best_epoch, undisturbed.metrics)
    assert Classifier.load(folder)
    assert (folder / KERAS_FILE).is_file()
    assert not list(folder.rglob(".*"))
