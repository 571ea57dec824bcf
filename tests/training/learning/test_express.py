"""The express preset: a head on frozen features becomes one ordinary model."""

import os
from pathlib import Path

import pytest

from tests.training.learning.watching import Watcher
from training.cancellation import Cancelled, CancelToken
from training.config import TrainingConfig
from training.dataset.catalog import Split
from training.dataset.library import open_dataset
from training.events import EpochEnded, NetworkBuilt, Stage, StageStarted, StepEnded
from training.home import Home
from training.inference.classifier import Classifier
from training.learning.presets import training_config
from training.learning.trainer import resume, train
from training.runs.lab_book import list_runs


@pytest.fixture(autouse=True)
def keras_home(monkeypatch: pytest.MonkeyPatch, shared_data: Path) -> None:
    """The ImageNet weights that this machine has; Keras itself only reads them here."""
    folder = shared_data.parent / "keras-cache"
    if not folder.is_dir():
        pytest.skip("the ImageNet weights (shared/keras-cache) are not on this machine")
    monkeypatch.setenv("KERAS_HOME", os.fspath(folder))


def small(**changes: object) -> TrainingConfig:
    values: dict[str, object] = {
        "epochs": 3,
        "steps_per_epoch": 10,
        "validation_steps": 2,
        "batch_size": 16,
        "image_size": 96,
    }
    return training_config("express", "sample", **(values | changes))


def features_were_computed(watcher: Watcher) -> bool:
    stages = [event.stage for event in watcher if isinstance(event, StageStarted)]
    return Stage.COMPUTING_FEATURES in stages


@pytest.mark.slow
def test_express_learns_the_sample_and_its_run_is_like_any_other(sample_home: Home) -> None:
    watcher = Watcher()
    result = train(small(), sample_home, emit=watcher, token=CancelToken())
    assert result.val_accuracy >= 0.9
    (built,) = watcher.kinds(NetworkBuilt)
    assert isinstance(built, NetworkBuilt)
    assert sum(layer.kind == "DepthwiseConv2D" for layer in built.layers) == 17
    with open_dataset(sample_home, "sample") as catalog:
        pictures = catalog.pictures(split=Split.TEST)
    verdicts = Classifier.load(result.folder).classify([picture.path for picture in pictures])
    right = [
        verdict.verdict == picture.label
        for verdict, picture in zip(verdicts, pictures, strict=True)
    ]
    assert sum(right) / len(right) >= 0.8

    again = Watcher()
    longer = resume(result.run, sample_home, emit=again, token=CancelToken(), epochs=4)
    assert longer.epochs == 4
    assert not features_were_computed(again)
    assert len(again.kinds(EpochEnded)) == 1


def test_discard_while_features_are_computed_leaves_nothing(sample_home: Home) -> None:
    token = CancelToken()
    watcher = Watcher(
        lambda event: isinstance(event, StageStarted) and event.stage == Stage.COMPUTING_FEATURES,
        token.cancel,
    )
    with pytest.raises(Cancelled):
        train(small(), sample_home, emit=watcher, token=token)
    assert watcher.condition is None
    assert not watcher.kinds(StepEnded)
    assert list_runs(sample_home) == []
    assert not list(sample_home.cache.glob("*.features"))
