"""A real `catdog train`, killed again and again, and resumed to the end."""

import json
import os
import random
import signal
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest

from training.home import Home
from training.inference.classifier import Classifier
from training.runs.history import read_history
from training.runs.run_folder import FINISHED, KERAS_FILE, UNFINISHED, list_runs, read_record

EPOCHS = 40
KILLS = 5
SEED = 20120

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.name == "nt", reason="Windows has no such kill"),
    pytest.mark.timeout(300),
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
