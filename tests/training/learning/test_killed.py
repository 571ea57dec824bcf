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

from tests.training.learning import killing
from tests.training.learning.killing import KILLED, SOMETIME
from training.home import Home
from training.inference.classifier import Classifier
from training.learning.checkpoint import read_checkpoint
from training.runs.curve import LOSS_SPREAD
from training.runs.history import read_history
from training.runs.lab_book import list_runs
from training.runs.run_folder import FINISHED, KERAS_FILE, UNFINISHED, read_record

EPOCHS = 40
KILLS = 5
SEED = 20120

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.name == "nt", reason="Windows has no such kill"),
    pytest.mark.timeout(1800),
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


EPOCHS_STEERED, STEPS = 16, 4
STEERED = (
    "--data", "sample", "--preset", "notebook", "--epochs", str(EPOCHS_STEERED),
    "--steps-per-epoch", str(STEPS), "--validation-steps", "2", "--batch-size", "8",
    "--image-size", "40",
)  # fmt: skip
JUDGED_PICTURES = 16
NEVER = ("never", 0)
FIRST = ("a step", 3)
"""There is a checkpoint by then: before it, a run leaves nothing to go on from."""
LAST = (("a model is measured", 1), ("between two files of a model", 1))
DRAWN = (
    ("a step", 3, 3),
    ("a batch is read", 6, 2),
    ("a validation", 2, 4),
    ("a state is written", 3, 2),
    ("between two renames", 3, 2),
    ("between state and best", 2, 1),
    ("between best and history", 2, 1),
    ("between history and record", 2, 1),
    (SOMETIME, 300, 1),
)
"""Moments, the highest number that is drawn for each, and how many are drawn."""

DISTURBED = (("a validation", 1), ("between two renames", 2), ("a step", 2))


class Steered(Training):
    """A training with augmentation and dropout, which may kill itself."""

    def __init__(self, home: Home, moment: tuple[str, int], *words: str) -> None:
        name, number = moment
        command = [sys.executable, killing.__file__, name, str(number), "train", *words, "--json"]
        subprocess.Popen.__init__(
            self,
            [*command, "--home", str(home.root)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )

    def steps_at_death(self) -> int:
        """Wait for the kill; returns how many steps were learned."""
        with self:
            _, said = self.communicate()
        assert self.returncode == -signal.SIGKILL, said
        (line,) = [line for line in said.splitlines() if line.startswith(KILLED)]
        epoch, step = map(int, line.split()[1:])
        return epoch * STEPS + step + 1

    def finished_run(self) -> str:
        """Wait for its end; returns the run."""
        with self:
            lines, said = self.communicate()
        assert self.returncode == 0, said
        return str(json.loads(lines.splitlines()[-1])["run"])


def moments(seed: int) -> list[tuple[str, int]]:
    """Twenty of them, in the order in which they are met."""
    chance = random.Random(seed)
    drawn = [(name, chance.randint(1, most)) for name, most, times in DRAWN for _ in range(times)]
    chance.shuffle(drawn)
    return [FIRST, *drawn, *LAST]


def kill_again_and_again(home: Home, wanted: list[tuple[str, int]], *words: str) -> str:
    """Start a run and kill it at each moment; returns the run, which is finished then."""
    before = {info.run for info in list_runs(home)}
    run = ""
    for moment in wanted:
        again = ("--resume", run) if run else words
        learned = Steered(home, moment, *again).steps_at_death()
        run = run or next(info.run for info in list_runs(home) if info.run not in before)
        kept = read_checkpoint(home.runs / run)
        assert len(kept.history) * STEPS + kept.position.step >= learned - 1, moment
    return Steered(home, NEVER, "--resume", run).finished_run()


def arrays(home: Home, run: str) -> dict[str, np.ndarray]:
    entries = read_checkpoint(home.runs / run).entries
    return {name: each for name, each in entries.items() if name.startswith(("model", "optimi"))}


@pytest.mark.fault(67)
def test_twenty_kills_in_steps_validations_and_writes_change_no_bit(sample_home: Home) -> None:
    wanted = moments(SEED)
    assert len(wanted) == 20
    alone = Steered(sample_home, NEVER, *STEERED, "--deterministic").finished_run()
    killed = kill_again_and_again(sample_home, wanted, *STEERED, "--deterministic")
    assert figures(sample_home, killed) == figures(sample_home, alone)
    record, undisturbed = (read_record(sample_home.runs / run) for run in (killed, alone))
    assert (record.best_epoch, record.metrics) == (undisturbed.best_epoch, undisturbed.metrics)
    one, other = arrays(sample_home, killed), arrays(sample_home, alone)
    assert one.keys() == other.keys()
    assert [name for name in one if not np.array_equal(one[name], other[name])] == []
    assert not list((sample_home.runs / killed).rglob(".*"))


@pytest.mark.fault(67)
def test_without_determinism_a_killed_run_stays_within_the_spread_of_two_that_were_left_alone(
    sample_home: Home,
) -> None:
    one, other = (Steered(sample_home, NEVER, *STEERED).finished_run() for _ in range(2))
    killed = kill_again_and_again(sample_home, [FIRST, *DISTURBED], *STEERED)
    losses = {run: np.array(figures(sample_home, run))[:, 2] for run in (one, other, killed)}
    spread = np.abs(losses[one] - losses[other]).max()
    off = np.abs(losses[killed] - (losses[one] + losses[other]) / 2).max()
    # two runs may come out alike by chance: then what the few validation pictures let vary counts
    assert off <= max(2 * spread, LOSS_SPREAD / np.sqrt(JUDGED_PICTURES))


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
