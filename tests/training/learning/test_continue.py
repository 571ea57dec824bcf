"""The preset that goes on from a finished run: its model, its image size, its place taken in."""

import dataclasses
import shutil
from pathlib import Path

import pytest

from tests.slow_rows import first_quickly
from tests.training.learning.watching import Watcher, small
from training import atomic
from training.cancellation import CancelToken
from training.config import TrainingConfig
from training.errors import ConfigError, RunError
from training.events import EpochEnded, NetworkBuilt
from training.home import Home
from training.learning.presets import training_config
from training.learning.trainer import describe, resume, train
from training.runs.history import read_history
from training.runs.lab_book import RunInfo, list_runs
from training.runs.run_folder import KERAS_FILE, read_record, write_record
from training.runs.trash import delete_run


def further(source: str, **changes: object) -> TrainingConfig:
    values: dict[str, object] = {
        "epochs": 1,
        "steps_per_epoch": 3,
        "validation_steps": 0,
        "batch_size": 8,
        "deterministic": True,
        "start_from": source,
    }
    return training_config("continue", "sample", **(values | changes))


@pytest.fixture(scope="module")
def source_home(sample_source: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with a finished run of the notebook's network, which has learned a little."""
    root = tmp_path_factory.mktemp("source") / "home"
    shutil.copytree(sample_source, root)
    config = small(epochs=1, steps_per_epoch=10, validation_steps=0, learning_rate=1e-3)
    train(config, Home(root), emit=Watcher(), token=CancelToken())
    return root


@pytest.fixture
def own_home(source_home: Path, tmp_path: Path) -> Home:
    root = tmp_path / "home"
    shutil.copytree(source_home, root)
    return Home(root)


@pytest.fixture
def source(own_home: Home) -> RunInfo:
    (info,) = list_runs(own_home)
    return info


def figures(folder: Path) -> list[tuple[float, ...]]:
    return [(epoch.loss, epoch.val_loss) for epoch in read_history(folder)]


@pytest.mark.parametrize("named", first_quickly(["by its name", "by its folder"]))
def test_a_run_that_hardly_learns_begins_where_its_source_stands(
    own_home: Home, source: RunInfo, named: str
) -> None:
    given = source.run if named == "by its name" else str(source.folder)
    config = further(given, learning_rate=1e-12, steps_per_epoch=1)
    result = train(config, own_home, emit=Watcher(), token=CancelToken())
    assert result.val_accuracy == source.val_accuracy
    record, before = read_record(result.folder), read_record(source.folder)
    assert record.config.start_from == source.run
    assert record.config.image_size == before.config.image_size
    assert record.start_sha256 == before.files[KERAS_FILE]


@pytest.mark.slow
def test_going_on_with_the_same_pictures_lowers_the_loss_and_leaves_the_source_alone(
    own_home: Home, source: RunInfo
) -> None:
    stands = {path: atomic.sha256_of(path) for path in source.folder.rglob("*") if path.is_file()}
    config = further(source.run, epochs=2, steps_per_epoch=40, learning_rate=1e-3)
    result = train(config, own_home, emit=Watcher(), token=CancelToken())
    before = read_record(source.folder).metrics["validation"]
    after = read_record(result.folder).metrics["validation"]
    assert after["log_loss"] < before["log_loss"]
    assert stands == {
        path: atomic.sha256_of(path) for path in source.folder.rglob("*") if path.is_file()
    }


@pytest.mark.slow
def test_it_goes_on_as_if_nothing_had_happened_after_its_source_is_deleted(
    own_home: Home, source: RunInfo
) -> None:
    config = further(source.run, epochs=2)
    straight = train(config, own_home, emit=Watcher(), token=CancelToken())
    token = CancelToken()
    watcher = Watcher(lambda event: isinstance(event, EpochEnded), token.finish_now)
    broken = train(config, own_home, emit=watcher, token=token)
    assert broken.epochs == 1
    delete_run(own_home, source.run)
    resumed = resume(broken.run, own_home, emit=Watcher(), token=CancelToken())
    assert figures(resumed.folder) == figures(straight.folder)
    (resumed.folder / "checkpoint" / "start.keras").unlink()
    with pytest.raises(RunError, match="has lost the file that it started from"):
        resume(broken.run, own_home, emit=Watcher(), token=CancelToken())


def test_the_network_of_the_source_is_what_is_shown(own_home: Home, source: RunInfo) -> None:
    built = describe(further(source.run), own_home, emit=Watcher(), token=CancelToken())
    assert isinstance(built, NetworkBuilt)
    assert built.layers[0].output_shape == (40, 40, 3)


def refused(config: TrainingConfig, home: Home, kind: type[Exception]) -> str:
    before = len(list_runs(home))
    with pytest.raises(kind) as caught:
        train(config, home, emit=Watcher(), token=CancelToken())
    assert len(list_runs(home)) == before
    return str(caught.value)


@pytest.mark.slow
def test_another_image_size_is_refused_and_its_own_is_not(own_home: Home, source: RunInfo) -> None:
    said = refused(further(source.run, image_size=64), own_home, ConfigError)
    assert "takes pictures of 40 x 40 pixels" in said
    config = further(source.run, image_size=40, steps_per_epoch=1)
    assert train(config, own_home, emit=Watcher(), token=CancelToken())


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"class_names": ("dog", "cat")}, "other classes"),
        ({"preprocessing": "another-decode-1"}, "read otherwise"),
        ({"state": "unfinished"}, "is not finished"),
    ],
)
def test_a_source_of_another_kind_is_refused(
    own_home: Home, source: RunInfo, change: dict[str, object], sentence: str
) -> None:
    record = dataclasses.replace(read_record(source.folder), **change)  # type: ignore[arg-type]
    write_record(source.folder, record)
    assert sentence in refused(further(source.run), own_home, RunError)


def test_a_source_without_its_model_or_with_a_damaged_one_is_refused(
    own_home: Home, source: RunInfo
) -> None:
    model = source.folder / KERAS_FILE
    model.write_bytes(model.read_bytes()[:1000])
    assert "is damaged" in refused(further(source.run), own_home, RunError)
    model.unlink()
    assert "has no model.keras" in refused(further(source.run), own_home, RunError)
    assert "no run" in refused(further("nobody"), own_home, RunError)
