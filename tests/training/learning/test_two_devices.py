"""Several devices learn together: two that TensorFlow makes of one processor stand for two GPUs.

TensorFlow can be told so only before its first use: each test has a process of its own.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import REPOSITORY
from tests.training.learning.watching import Watcher, small
from training.cancellation import CancelToken
from training.home import Home
from training.learning.trainer import resume, train
from training.runs.history import read_history

CHILD = """
import json, sys
from pathlib import Path
import numpy as np
from training.learning.devices import load_tensorflow
load_tensorflow(lambda event: None)
import tensorflow as tf
half = tf.config.LogicalDeviceConfiguration()
tf.config.set_logical_device_configuration(tf.config.list_physical_devices("CPU")[0], [half, half])

from tests.training.learning.watching import Watcher, small
from tests.training.learning.test_computing import greatest_difference, state
from training.cancellation import Cancelled, CancelToken
from training.events import StepEnded
from training.home import Home
from training.learning.trainer import resume, train
from training.runs.history import read_history
from training.runs.lab_book import list_runs
from training.runs.run_folder import read_record

home = Home(Path(sys.argv[1]))
changes = json.loads(sys.argv[2])

def figures(folder):
    return [(row.loss, row.accuracy, row.val_loss) for row in read_history(folder)]

middle = lambda event: isinstance(event, StepEnded) and (event.epoch, event.step) == (1, 0)

def paused():
    token, before = CancelToken(), {info.run for info in list_runs(home)}
    watcher = Watcher(middle, lambda: token.cancel(keep_saved=True))
    try:
        train(small(**changes), home, emit=watcher, token=token)
    except Cancelled:
        return next(info.run for info in list_runs(home) if info.run not in before)

straight = train(small(**changes), home, emit=Watcher(), token=CancelToken())
resumed = resume(paused(), home, emit=Watcher(), token=CancelToken())
print(json.dumps({
    "devices": len(tf.config.list_logical_devices("CPU")),
    "figures": figures(straight.folder),
    "is_same": figures(resumed.folder) == figures(straight.folder)
        and state(resumed.folder) == state(straight.folder),
    "metrics": read_record(straight.folder).metrics["validation"],
    "paused": paused(),
    "difference": greatest_difference(straight.folder, home),
}))
"""


def in_two(home: Home, **changes: object) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-c", CHILD, str(home.root), json.dumps(changes)],
        check=False,
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    answer: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    assert answer["devices"] == 2
    return answer


def losses(folder: Path) -> list[float]:
    return [row.loss for row in read_history(folder)]


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_two_devices_learn_what_one_learns(sample_home: Home) -> None:
    alone = train(small(), sample_home, emit=Watcher(), token=CancelToken())
    together = in_two(sample_home)
    for one, (loss, *_) in zip(losses(alone.folder), together["figures"], strict=True):
        assert loss == pytest.approx(one, rel=0.02)  # their dropout differs
    assert together["is_same"], "a paused run ends otherwise than one that was never paused"
    assert together["difference"] < 1e-3
    assert together["metrics"]["log_loss"] > 0
    resumed = resume(together["paused"], sample_home, emit=Watcher(), token=CancelToken())
    for one, (loss, *_) in zip(losses(resumed.folder), together["figures"], strict=True):
        assert loss == pytest.approx(one, rel=0.02), "it cannot go on on one device"


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_two_devices_learn_in_16_bits(sample_home: Home) -> None:
    together = in_two(sample_home, precision="mixed")
    assert together["is_same"]
    assert together["difference"] < 1e-3
