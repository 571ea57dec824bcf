"""A training that has been, for the tests of what it leaves."""

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.training.learning.watching import Watcher, small
from training.cancellation import CancelToken
from training.home import Home
from training.learning.trainer import TrainingResult, train


@dataclass(frozen=True)
class Learned:
    """A run of `small()` that is only looked at, and all that it told.

    Attributes:
        home: The home that it lies in; not to be changed.
        result: What `train` gave back.
        told: Its events.
    """

    home: Home
    result: TrainingResult
    told: Watcher


@pytest.fixture(scope="session")
def learned(sample_source: Path, tmp_path_factory: pytest.TempPathFactory) -> Learned:
    root = tmp_path_factory.mktemp("learned") / "home"
    shutil.copytree(sample_source, root)
    told = Watcher()
    result = train(small(), Home(root), emit=told, token=CancelToken())
    return Learned(Home(root), result, told)


@pytest.fixture
def learned_home(learned: Learned, tmp_path: Path) -> Home:
    """A home of the test's own with that run in it."""
    return Home(shutil.copytree(learned.home.root, tmp_path / "home"))
