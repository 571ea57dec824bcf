"""Pictures that are moved, damaged or unplugged while a run learns from them."""

import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from tests.training.learning.growing import GROWING, ONE_PHASE, settings, shrink
from tests.training.learning.watching import Watcher
from training.cancellation import CancelToken
from training.dataset.cache import RowKind, prepare_rows
from training.dataset.catalog import Picture, Split
from training.dataset.library import open_dataset
from training.errors import DatasetError, FolderGoneError, TrainingError
from training.events import EpochEnded, Event, Noticed, RunStarted, StepEnded
from training.home import Home
from training.learning.pipeline import SplitPictures, TrainingData, build_data
from training.learning.trainer import resume, train
from training.runs.lab_book import list_runs
from training.runs.run_folder import FINISHED, UNFINISHED, read_record

GARBAGE = b"\xff\xd8\xff\xe0 this was a picture"


@pytest.fixture
def growing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each epoch has a phase of its own, with pictures of its own size."""
    shrink(monkeypatch, GROWING)


@pytest.fixture
def folder(sample_home: Home) -> Path:
    """Where the pictures are."""
    return sample_home.datasets / "sample" / "pictures"


def is_epoch(event: Event) -> bool:
    return isinstance(event, EpochEnded)


def pictures_of(home: Home, split: Split) -> list[Picture]:
    with open_dataset(home, "sample") as catalog:
        return catalog.pictures(split=split)


@pytest.mark.fault(79)
@pytest.mark.fault(81)
@pytest.mark.usefixtures("growing")
def test_a_folder_that_is_gone_pauses_the_training_and_once_it_is_back_it_goes_on(
    sample_home: Home, folder: Path
) -> None:
    elsewhere = folder.with_name("unplugged")
    watcher = Watcher(is_epoch, lambda: folder.rename(elsewhere))
    with pytest.raises(TrainingError, match="pauses") as caught:
        train(settings(epochs=3), sample_home, emit=watcher, token=CancelToken())
    assert f"is gone ({folder})" in caught.value.message
    assert "plug its drive in, and resume" in caught.value.hint
    (left,) = list_runs(sample_home)
    assert (left.state, left.epochs) == (UNFINISHED, 1)
    with pytest.raises(TrainingError, match="is gone"):
        resume(left.run, sample_home, emit=Watcher(), token=CancelToken())
    elsewhere.rename(folder)
    watcher = Watcher()
    resume(left.run, sample_home, emit=watcher, token=CancelToken())
    (started,) = watcher.kinds(RunStarted)
    assert isinstance(started, RunStarted)
    assert started.first_epoch == 1
    assert not watcher.kinds(Noticed)  # not one picture is left out
    assert read_record(left.folder).state == FINISHED


@pytest.mark.slow
@pytest.mark.fault(79)
def test_a_training_whose_pictures_are_prepared_goes_on_without_their_folder(
    sample_home: Home, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shrink(monkeypatch, ONE_PHASE)
    watcher = Watcher(lambda event: isinstance(event, StepEnded), lambda: shutil.rmtree(folder))
    result = train(settings(epochs=1), sample_home, emit=watcher, token=CancelToken())
    assert not folder.exists()
    assert read_record(result.folder).state == FINISHED


@pytest.mark.fault(79)
def test_a_folder_that_is_gone_before_anything_is_learned_leaves_no_run(
    sample_home: Home, folder: Path
) -> None:
    shutil.rmtree(folder)
    with pytest.raises(FolderGoneError, match="is gone"):
        train(settings(epochs=1), sample_home, emit=Watcher(), token=CancelToken())
    assert list_runs(sample_home) == []
    assert list(sample_home.cache.glob("*.pixels")) == []


@pytest.mark.slow
@pytest.mark.fault(80)
@pytest.mark.usefixtures("growing")
def test_a_picture_that_becomes_garbage_is_left_out_and_told_once_it_is_prepared_anew(
    sample_home: Home,
) -> None:
    spoilt = [pictures_of(sample_home, split)[0] for split in (Split.TRAIN, Split.VALIDATION)]

    def spoil() -> None:
        for picture in spoilt:
            picture.path.write_bytes(GARBAGE)

    watcher = Watcher(is_epoch, spoil)
    result = train(settings(epochs=3), sample_home, emit=watcher, token=CancelToken())
    told = [event.message for event in watcher if isinstance(event, Noticed)]
    assert len(told) == 2  # the sizes of the second and of the third phase
    assert all(message.startswith("2 pictures have changed or cannot") for message in told)
    assert all(picture.name in message for picture in spoilt for message in told)
    assert read_record(result.folder).metrics["validation"]["pictures"] == 39


@pytest.fixture
def features(sample_home: Home) -> Callable[[], TrainingData]:
    """Gives batches of features, not of pixels."""

    def lay_out() -> TrainingData:
        config = settings()
        with open_dataset(sample_home, "sample") as catalog:
            pictures = SplitPictures.of(catalog, config)
        stored = prepare_rows(
            [*pictures.train, *pictures.validation],
            RowKind("means", 32, (3,), "float32"),
            sample_home,
            dataset="sample",
            emit=lambda _: None,
            token=CancelToken(),
            transform=lambda: lambda pixels: pixels.mean(axis=(1, 2)),
        )
        return build_data(pictures, config, stored)

    return lay_out


def test_pictures_that_are_gone_are_not_compared(
    sample_home: Home, folder: Path, features: Callable[[], TrainingData]
) -> None:
    data = features()
    whole = data.compared_pixels(32)
    first, second, *others = data.validation.some(64)[0]
    first.path.unlink()
    second.path.write_bytes(GARBAGE)
    assert np.array_equal(data.compared_pixels(32), whole[2:])
    for picture in others:
        picture.path.unlink()
    with pytest.raises(DatasetError, match="cannot be read"):
        data.compared_pixels(32)
    shutil.rmtree(folder)
    with pytest.raises(FolderGoneError, match="is gone"):
        data.compared_pixels(32)
    data.close()
