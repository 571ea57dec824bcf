"""The notebook's own file, imported: a run like others, with the answers that Keras gives."""

import dataclasses
import shutil
from pathlib import Path

import keras
import numpy as np
import pytest
from keras import layers

from tests.training.learning.foreign.crafting import members, sequential, write_keras
from training.cancellation import CancelToken
from training.dataset.catalog import Split
from training.dataset.decode import load_pixels
from training.dataset.library import open_dataset
from training.errors import ConfigError, ModelFileError
from training.home import Home
from training.inference.classifier import Classifier
from training.inference.evaluation import evaluate
from training.learning.coaching import coach_run
from training.learning.explaining import explain
from training.learning.export import export_run
from training.learning.foreign.facts import Adaptation
from training.learning.foreign.importing import examine_model, import_model
from training.learning.presets import training_config
from training.learning.trainer import train
from training.runs.lab_book import RunInfo, list_runs
from training.runs.model_card import read_model_card
from training.runs.run_folder import IMPORTED, read_record
from training.runs.taking_in import take_in_run

pytestmark = pytest.mark.slow

FILE = "cats_and_dogs_small_2.h5"  # what the notebook calls it
TOLD = {"emit": lambda _: None, "token": CancelToken()}
CHOICE = Adaptation("0-1", ("cat", "dog"))


def notebook_network() -> keras.Model:
    """As the notebook codes it: the scaling by 1/255 is not in it."""
    keras.utils.set_random_seed(20)
    network = keras.Sequential(
        [
            keras.Input((150, 150, 3)),
            layers.Conv2D(16, 3, activation="relu"),
            layers.MaxPooling2D(2),
            layers.Conv2D(32, 3, activation="relu"),
            layers.MaxPooling2D(2),
            layers.Conv2D(32, 3, activation="relu"),
            layers.MaxPooling2D(2),
            layers.Flatten(),
            layers.Dropout(0.5),
            layers.Dense(512, activation="relu"),
            layers.Dense(1, activation="sigmoid"),
        ]
    )
    optimizer = keras.optimizers.RMSprop(learning_rate=1e-4)
    network.compile(loss="binary_crossentropy", optimizer=optimizer, metrics=["acc"])
    return network


@pytest.fixture(scope="module")
def imported(
    sample_source: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Home, RunInfo, keras.Model]:
    root = tmp_path_factory.mktemp("imported")
    shutil.copytree(sample_source, root / "home")
    home, network = Home(root / "home"), notebook_network()
    network.save(root / FILE)
    taken = import_model(root / FILE, CHOICE, home, **TOLD)
    return home, taken.info, network


def some_pictures(home: Home) -> list[tuple[Path, str]]:
    with open_dataset(home, "sample") as catalog:
        return [(each.path, each.label) for each in catalog.pictures(split=Split.TEST)]


def test_verdicts_are_those_of_keras_itself(
    imported: tuple[Home, RunInfo, keras.Model],
) -> None:
    home, run, network = imported
    paths = [path for path, _ in some_pictures(home)]
    verdicts = Classifier.load(run.folder).classify(paths)
    scaled = np.stack([load_pixels(path, 150) for path in paths]).astype(np.float32) / 255
    wanted = network.predict(scaled, verbose=0)[:, 0]
    assert np.ptp(wanted) > 0.01
    assert [verdict.p_dog for verdict in verdicts] == pytest.approx(wanted, abs=1e-4)
    assert {verdict.p_neither for verdict in verdicts} == {None}


def test_the_run_stands_in_the_lab_book_with_its_origin(
    imported: tuple[Home, RunInfo, keras.Model],
) -> None:
    home, run, _ = imported
    assert run.run in {info.run for info in list_runs(home)}
    (listed,) = [info for info in list_runs(home) if info.run == run.run]
    assert (listed.title, listed.preset) == ("cats_and_dogs_small_2", IMPORTED)
    record, card = read_record(run.folder), read_model_card(run.folder)
    assert record.origin in card
    assert "0 to 1" in record.origin
    assert "elsewhere" in card
    assert "somebody else's" in card
    assert coach_run(run.folder) is None


def test_the_run_can_be_evaluated_explained_and_exported(
    imported: tuple[Home, RunInfo, keras.Model], tmp_path: Path
) -> None:
    home, run, _ = imported
    pictures = some_pictures(home)
    assert evaluate(run.folder, pictures, **TOLD).pictures == len(pictures)
    assert explain(pictures[0][0], run.folder, **TOLD).values.ndim == 2
    result = export_run(run.folder, "h5", tmp_path / "model.h5", home, **TOLD)
    assert result.max_difference < 1e-4


def test_the_run_learns_on_from_the_users_pictures(
    imported: tuple[Home, RunInfo, keras.Model],
) -> None:
    home, run, _ = imported
    config = training_config(
        "continue",
        "sample",
        start_from=run.run,
        epochs=1,
        steps_per_epoch=2,
        validation_steps=0,
        batch_size=8,
    )
    result = train(config, home, **TOLD)
    assert read_record(result.folder).config.image_size == 150


def test_the_run_can_be_given_to_somebody(
    imported: tuple[Home, RunInfo, keras.Model], tmp_path: Path
) -> None:
    _, run, _ = imported
    given = take_in_run(run.folder, Home(tmp_path / "other"), **TOLD)
    assert not given.was_there
    assert read_record(given.info.folder) == read_record(run.folder)


def test_nothing_is_left_of_a_refused_model(home: Home, tmp_path: Path) -> None:
    file = write_keras(tmp_path / "m.keras", members(sequential()))
    sha256 = examine_model(file, home, **TOLD).model.sha256
    write_keras(file, members(sequential(), version="3.14.0"))
    with pytest.raises(ModelFileError, match="has changed since it was looked at"):
        import_model(file, CHOICE, home, sha256=sha256, **TOLD)
    wrong = dataclasses.replace(CHOICE, scaling="caffe")
    with pytest.raises(ConfigError, match="no scaling"):
        import_model(file, wrong, home, **TOLD)
    assert list(home.cache.iterdir()) == []
    assert list_runs(home) == []
