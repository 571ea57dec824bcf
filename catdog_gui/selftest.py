"""`catdog --selftest`: the main job from end to end on a drawn sample set, a line a step."""

import os
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from training.cancellation import CancelToken
from training.config import SplitConfig, TrainingConfig
from training.errors import TrainingError, explain
from training.events import Event
from training.home import HOME_VARIABLE, Home

if TYPE_CHECKING:
    from training.inference.classifier import Classifier

_DATASET = "selftest"
_SPLIT = SplitConfig(train=0.8, validation=0.1, seed=1)
_TRAINING = TrainingConfig(
    dataset=_DATASET,
    preset="notebook",
    epochs=2,
    steps_per_epoch=4,
    validation_steps=2,
    batch_size=8,
    image_size=64,
    learning_rate=1e-3,
    seed=1,
    device="cpu",
)


@dataclass
class _Work:
    """What one step leaves for the next."""

    home: Home
    token: CancelToken = field(default_factory=CancelToken)
    run: Path | None = None


_Step = Callable[[_Work], object]


def run_selftest() -> int:
    """Do each step in a home of its own and say how it went.

    Returns:
        0, or 1 where a step failed.
    """
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory(prefix="catdog-selftest-") as folder:
        os.environ[HOME_VARIABLE] = folder
        return perform(STEPS, _Work(Home(Path(folder))))


def perform(steps: Sequence[tuple[str, _Step]], work: _Work) -> int:
    """Do steps one after another, up to the first that fails.

    Args:
        steps: What each is called, and what it does.
        work: Handed from step to step.

    Returns:
        0, or 1 where a step failed.
    """
    for name, step in steps:
        begun = time.monotonic()
        try:
            step(work)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is said in a line
            text = explain(error)
            _say(f"FAIL {name}: {text.message} {text.hint} ({error})")
            return 1
        _say(f"ok   {name} ({time.monotonic() - begun:.1f} s)")
    return 0


def _draw(work: _Work) -> None:
    from training.dataset.importing import make_sample

    make_sample(_DATASET, work.home, emit=_ignore, token=work.token)


def _split(work: _Work) -> None:
    from training.dataset.split import split_dataset

    split_dataset(_DATASET, _SPLIT, work.home, emit=_ignore, token=work.token)


def _train(work: _Work) -> None:
    from training.learning.trainer import train

    work.run = train(_TRAINING, work.home, emit=_ignore, token=work.token).folder


def _reload(work: _Work) -> None:
    _classifier(work)


def _classify(work: _Work) -> None:
    from training.dataset.catalog import Split
    from training.dataset.library import open_dataset

    with open_dataset(work.home, _DATASET) as catalog:
        pictures = [row.path for row in catalog.pictures(split=Split.TEST)[:4]]
    for verdict in _classifier(work).classify(pictures):
        if verdict.error:
            raise TrainingError(verdict.error, "The run cannot be used on this machine.")


def _classifier(work: _Work) -> "Classifier":
    from training.inference.classifier import Classifier

    assert work.run is not None, "the step before trains it"
    return Classifier.load(work.run)


def _open_tabs(work: _Work) -> None:
    from catdog_gui.app import build_application
    from catdog_gui.main_window import MainWindow
    from catdog_gui.wiring import TabName

    app = build_application()
    window = MainWindow(work.home)
    window.show()
    for name in TabName:
        window.tabs.show(name)
        app.processEvents()
        if window.grab().isNull():
            raise TrainingError(f"The tab {name} cannot be drawn.", "See the log.")
    window.leave()


def _ignore(event: Event) -> None:
    """The steps' own events are not shown: a line a step is all."""


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


STEPS: Sequence[tuple[str, _Step]] = (
    ("draw the sample set", _draw),
    ("split it", _split),
    ("train two short epochs", _train),
    ("load the run again", _reload),
    ("classify pictures", _classify),
    ("open each tab", _open_tabs),
)
