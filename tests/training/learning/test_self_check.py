"""One wrong step is caught before the first batch: wrong scaling, stale rows, strange labels."""

import dataclasses
import os
import re
import time
from collections.abc import Callable
from pathlib import Path

import keras
import numpy as np
import numpy.typing as npt
import pytest

from tests.slow_rows import first_quickly
from tests.training.learning.watching import Watcher
from training.cancellation import Cancelled, CancelToken
from training.config import TrainingConfig
from training.dataset.cache import RowReader, Rows
from training.dataset.catalog import Picture, Split
from training.dataset.decode import Pixels
from training.dataset.library import open_dataset
from training.errors import TrainingError
from training.events import Event, Stage, StageStarted, StepEnded
from training.home import Home
from training.learning.backbone import build_backbone
from training.learning.backbones import BACKBONES
from training.learning.pipeline import Batch, Batches, Labels
from training.learning.presets import PRESETS, training_config
from training.learning.scaling import BACKBONE_RANGES, UNIT, input_range
from training.learning.self_check import Seen, entering, labels_fault, levels_fault, scale_fault
from training.learning.trainer import train
from training.runs.lab_book import list_runs

SCALED = keras.layers.Rescaling
ON_IMAGENET = ("express", "fine-tune")


def small(preset: str) -> TrainingConfig:
    steps = {"epochs": 1, "steps_per_epoch": 2, "validation_steps": 1}
    return training_config(preset, "sample", **steps, batch_size=16, image_size=96)


@pytest.fixture
def weights(monkeypatch: pytest.MonkeyPatch, shared_data: Path) -> None:
    """The ImageNet weights that this machine has."""
    folder = shared_data.parent / "keras-cache"
    if not folder.is_dir():
        pytest.skip("the ImageNet weights (shared/keras-cache) are not on this machine")
    monkeypatch.setenv("KERAS_HOME", os.fspath(folder))


@pytest.fixture
def pictures() -> Pixels:
    return np.random.default_rng(1).integers(0, 256, (8, 4, 4, 3), dtype=np.uint8)


class Learning(BaseException):
    pass


def until_it_learns(
    config: TrainingConfig, home: Home, when_checking: Callable[[], None] = lambda: None
) -> dict[Stage, float]:
    """Train until the first step is prepared: what is checked before has passed then.

    Returns:
        When each stage began, in seconds.
    """
    began: dict[Stage, float] = {}

    def watch(event: Event) -> None:
        if isinstance(event, StageStarted):
            began[event.stage] = time.perf_counter()
            if event.stage == Stage.CHECKING_INPUT:
                when_checking()
            if event.stage == Stage.TRACING:
                raise Learning

    with pytest.raises(Learning):
        train(config, home, emit=watch, token=CancelToken())
    return began


def refusal(config: TrainingConfig, home: Home) -> str:
    watcher = Watcher()
    with pytest.raises(TrainingError) as caught:
        train(config, home, emit=watcher, token=CancelToken())
    assert not watcher.kinds(StepEnded)
    assert list_runs(home) == []
    return str(caught.value)


def as_it_is(*_: float, **__: float) -> keras.Layer:
    return SCALED(1.0)


def as_for_another_network(scale: float, offset: float = 0.0) -> keras.Layer:
    return SCALED(1 / 255) if offset else SCALED(1 / 127.5, offset=-1.0)


def scaled_twice(scale: float, offset: float = 0.0) -> object:
    first, second = SCALED(scale, offset=offset), SCALED(scale, offset=offset)
    return lambda pictures: second(first(pictures))


@pytest.mark.parametrize(
    "preset",
    first_quickly(["notebook", *sorted(PRESETS.keys() - {"notebook", "express", "continue"})]),
)
def test_every_preset_sees_what_it_was_made_for_and_learns(
    preset: str, sample_home: Home, request: pytest.FixtureRequest
) -> None:
    if preset in ON_IMAGENET:
        request.getfixturevalue("weights")
    began = until_it_learns(small(preset), sample_home)
    assert began[Stage.BUILDING_NETWORK] < began[Stage.CHECKING_INPUT] < began[Stage.TRACING]
    if preset in ("notebook", "notebook-described"):
        assert began[Stage.TRACING] - began[Stage.CHECKING_INPUT] < 1


@pytest.mark.parametrize(
    ("preset", "scaling", "arrived", "made_for"),
    [
        ("notebook", as_it_is, (0, 255), "0 to 1"),
        ("notebook", as_for_another_network, (-1, 1), "0 to 1"),
        ("notebook", scaled_twice, (0, 1 / 255), "0 to 1"),
        pytest.param(
            "notebook-described", as_for_another_network, (-1, 1), "0 to 1", marks=pytest.mark.slow
        ),
        ("scratch", as_it_is, (0, 255), "-1 to 1"),
        ("scratch", as_for_another_network, (0, 1), "-1 to 1"),
        pytest.param("scratch", scaled_twice, (-1.008, -0.992), "-1 to 1", marks=pytest.mark.slow),
        ("fine-tune", as_it_is, (0, 255), "-1 to 1"),
        pytest.param(
            "fine-tune", as_for_another_network, (0, 1), "-1 to 1", marks=pytest.mark.slow
        ),
    ],
)
def test_a_network_that_scales_its_pictures_wrongly_is_refused_before_it_learns(
    preset: str,
    scaling: object,
    arrived: tuple[float, float],
    made_for: str,
    sample_home: Home,
    monkeypatch: pytest.MonkeyPatch,
    request: pytest.FixtureRequest,
) -> None:
    if preset in ON_IMAGENET:
        request.getfixturevalue("weights")
    monkeypatch.setattr(keras.layers, "Rescaling", scaling)
    said = refusal(small(preset), sample_home)
    found = re.search(r"as values from (\S+) to (\S+), where it was made for (.+?):", said)
    assert found is not None
    low, high = float(found[1]), float(found[2])
    assert (low, high) == pytest.approx(arrived, abs=0.2 * (arrived[1] - arrived[0]))
    assert found[3] == made_for
    assert "scale its input exactly once" in said


@pytest.mark.slow
@pytest.mark.usefixtures("weights")
def test_features_of_wrongly_scaled_pictures_are_refused_then_and_as_long_as_they_are_stored(
    sample_home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as wrong:
        wrong.setattr(keras.layers, "Rescaling", as_for_another_network)
        assert "made for -1 to 1" in refusal(small("express"), sample_home)
    said = refusal(small("express"), sample_home)
    assert "features are not those of the pictures" in said
    assert "0.001 or less was expected" in said
    assert "Delete what is in the cache folder" in said


@pytest.mark.slow
@pytest.mark.usefixtures("weights")
def test_features_are_those_of_the_pictures_and_learned_from_where_those_are_away(
    sample_home: Home,
) -> None:
    def unplug() -> None:
        for picture in training_pictures(sample_home):
            picture.path.unlink()

    until_it_learns(small("express"), sample_home)
    until_it_learns(small("express"), sample_home, when_checking=unplug)


@pytest.mark.slow
def test_a_run_that_goes_on_from_another_sees_what_that_ones_network_was_made_for(
    sample_home: Home,
) -> None:
    first = train(small("notebook"), sample_home, emit=Watcher(), token=CancelToken())
    config = training_config("continue", "sample", start_from=first.run, batch_size=16)
    until_it_learns(config, sample_home)
    assert input_range("continue", "notebook") == UNIT


def test_prepared_pixels_in_the_wrong_order_are_refused(sample_home: Home) -> None:
    until_it_learns(small("notebook"), sample_home)
    (cache,) = sample_home.cache.glob("*.pixels")
    rows = np.fromfile(cache, dtype=np.uint8).reshape(-1, 96 * 96 * 3)
    rows[::-1].tofile(cache)
    assert "pixels are not those of the pictures" in refusal(small("notebook"), sample_home)


@pytest.mark.parametrize("backbone", first_quickly(BACKBONES))
def test_what_a_backbone_gives_its_first_weights_is_what_the_table_says(
    backbone: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keras.Model, "load_weights", lambda *_, **__: None)
    network = build_backbone(BACKBONES[backbone], 32, Path("any weights do"))
    black_and_white = np.zeros((2, 32, 32, 3), dtype=np.uint8)
    black_and_white[1] = 255
    expected = BACKBONE_RANGES[backbone]
    ends = entering(network, black_and_white)
    assert ends == pytest.approx((expected.low, expected.high), abs=1e-3)


def test_pixels_that_were_scaled_and_cast_to_bytes_are_refused(
    sample_home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    def scaled_and_cast(self: RowReader, rows: npt.NDArray[np.intp]) -> Rows:
        return (read(self, rows) / 255).astype(np.uint8)

    read = RowReader.read
    monkeypatch.setattr(RowReader, "read", scaled_and_cast)
    said = refusal(small("notebook"), sample_home)
    assert "nearly empty: their levels lie between 0 and 1, where" in said


@pytest.mark.parametrize("labels", [lambda found: found + 1, lambda found: found * np.nan])
def test_labels_that_no_network_here_can_learn_are_refused(
    labels: Callable[[Labels], Labels], sample_home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    def relabelled(self: Batches, step: int) -> Batch:
        rows, found = batch(self, step)
        return rows, labels(found)

    batch = Batches.batch
    monkeypatch.setattr(Batches, "batch", relabelled)
    said = refusal(small("notebook"), sample_home)
    assert re.search(r"has the label (2|nan), where 0 \(cat\) or 1 \(dog\)", said)


def test_training_pictures_of_one_class_are_refused(pictures: Pixels) -> None:
    assert labels_fault(seen(pictures)) is None
    said = labels_fault(dataclasses.replace(seen(pictures), has_both_classes=False))
    assert said == "The training pictures are of one class, where cat and dog are needed."


def test_a_few_plain_pictures_among_many_are_no_fault_and_plain_ones_alone_are(
    pictures: Pixels,
) -> None:
    pictures[:4] = 255
    assert levels_fault(seen(pictures)) is None
    pictures[4] = 0
    said = levels_fault(seen(pictures))
    assert said is not None
    assert "5 of 8 are of one colour" in said


def test_pale_pictures_are_no_fault_of_the_scaling(pictures: Pixels) -> None:
    pale = 100 + pictures // 4
    low, high = int(pale.min()) / 255, int(pale.max()) / 255
    assert scale_fault(seen(pale, entering=(low, high))) is None
    assert scale_fault(seen(pale, entering=(0.0, 1.0))) is not None


def test_a_cancel_while_the_pictures_are_checked_leaves_nothing(sample_home: Home) -> None:
    token = CancelToken()
    watcher = Watcher(
        lambda event: isinstance(event, StageStarted) and event.stage == Stage.CHECKING_INPUT,
        token.cancel,
    )
    with pytest.raises(Cancelled):
        train(small("notebook"), sample_home, emit=watcher, token=token)
    assert watcher[-1] == StageStarted(Stage.CHECKING_INPUT)
    assert list_runs(sample_home) == []


def training_pictures(home: Home) -> list[Picture]:
    with open_dataset(home, "sample") as catalog:
        return catalog.pictures(split=Split.TRAIN)


def seen(shown: Pixels, entering: tuple[float, float] = (0.0, 1.0)) -> Seen:
    nothing = np.empty(0, dtype=np.float32)
    return Seen(
        shown=shown,
        entering=entering,
        expected=UNIT,
        stored=shown,
        decoded=shown,
        answers=nothing,
        whole_answers=nothing,
        labels=nothing,
        has_both_classes=True,
    )
