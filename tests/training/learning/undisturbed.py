"""What a training that was disturbed is held against: one that was not, bit for bit."""

import contextlib
import dataclasses
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from training.learning.checkpoint import BEST_FILE, read_checkpoint
from training.learning.methods import Augmentation
from training.learning.presets import PRESETS
from training.runs.history import read_history
from training.runs.run_folder import CHECKPOINT_FOLDER, read_record


@contextlib.contextmanager
def varied_pictures() -> Iterator[None]:
    """The notebook's network has dropout; inside, its pictures are varied too."""
    row = PRESETS["notebook"]
    varying = Augmentation(least_area=0.5, stretch=1.3, colour=0.2)
    method = dataclasses.replace(row.method, augmentation=varying)
    with pytest.MonkeyPatch.context() as patched:
        patched.setitem(PRESETS, "notebook", dataclasses.replace(row, method=method))  # type: ignore[misc]
        yield


def assert_same(one: Path, other: Path) -> None:
    """Two runs' curves, weights, optimizers, random states and figures are equal to the bit."""
    assert _figures(one) == _figures(other)
    first, second = _arrays(one), _arrays(other)
    assert first.keys() == second.keys()
    assert [name for name in first if not np.array_equal(first[name], second[name])] == []
    assert read_record(one).metrics == read_record(other).metrics


def _figures(folder: Path) -> list[tuple[float, ...]]:
    return [
        (epoch.epoch, epoch.loss, epoch.accuracy, epoch.val_loss, epoch.val_accuracy)
        for epoch in read_history(folder)
    ]


def _arrays(folder: Path) -> dict[str, np.ndarray]:
    """Weights, optimizer and random states at the end, and the best weights."""
    with np.load(folder / CHECKPOINT_FOLDER / BEST_FILE) as best:
        kept = {f"best {name}": best[name] for name in best.files}
    return kept | {
        name: array
        for name, array in read_checkpoint(folder).entries.items()
        if name.startswith(("model", "optimizer"))
    }
