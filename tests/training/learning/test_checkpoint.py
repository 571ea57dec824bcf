"""A checkpoint on the disk: whole, noted by its sum, and never alone."""

import random
from pathlib import Path

import keras
import numpy as np
import pytest

from training.errors import NotANumberError, RunError
from training.events import EpochEnded
from training.learning.checkpoint import (
    BEST_FILE,
    Position,
    drop_damaged,
    read_checkpoint,
    restore_best,
    save_best,
    save_state,
)
from training.learning.keeping import fill_metrics, metrics_of
from training.learning.pace import Pace
from training.runs.run_folder import (
    CHECKPOINT_FOLDER,
    PREVIOUS_STATE_FILE,
    STATE_FILE,
    has_checkpoint,
)

PACE = Pace(1, 0.001)
EPOCH = EpochEnded(0, 0.7, 0.5, 0.6, 0.62, 1.5, 190.0)
FLIPS = 60
SEED = 67


@pytest.fixture
def network() -> keras.Model:
    keras.utils.set_random_seed(1)
    rows = keras.Input((4,))
    hidden = keras.layers.Dropout(0.5)(keras.layers.Dense(3)(rows))
    network = keras.Model(rows, keras.layers.Dense(1, "sigmoid")(hidden))
    network.compile("adam", "binary_crossentropy", metrics=["accuracy"], run_eagerly=True)
    learn(network)
    return network


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / CHECKPOINT_FOLDER).mkdir()
    return tmp_path


def learn(network: keras.Model) -> None:
    network.train_on_batch(np.ones((8, 4), np.float32), np.ones(8, np.float32))


def file(folder: Path, name: str = STATE_FILE) -> Path:
    return folder / CHECKPOINT_FOLDER / name


def variables(network: keras.Model) -> list[np.ndarray]:
    return [np.asarray(each).copy() for each in (*network.variables, *network.optimizer.variables)]


def same(one: list[np.ndarray], other: list[np.ndarray]) -> bool:
    return all(np.array_equal(*pair) for pair in zip(one, other, strict=True))


def test_what_is_saved_comes_back(folder: Path, network: keras.Model) -> None:
    metrics = metrics_of(network)
    save_state(folder, network, [EPOCH], Position(3, 1.25, metrics))
    saved = variables(network)
    learn(network)
    assert not same(saved, variables(network))
    found = read_checkpoint(folder)
    found.restore(network, PACE)
    assert same(saved, variables(network))
    assert (found.history, found.position.step, found.position.seconds) == ((EPOCH,), 3, 1.25)
    assert same(list(found.position.metrics), list(metrics))
    assert not found.is_previous


def test_metrics_go_on_in_a_network_that_has_seen_no_batch(network: keras.Model) -> None:
    gathered = metrics_of(network)
    fresh = keras.models.clone_model(network)
    fresh.compile("adam", "binary_crossentropy", metrics=["accuracy"])
    fill_metrics(fresh, gathered)
    assert same(list(gathered), list(metrics_of(fresh)))
    ours, theirs = fresh.get_metrics_result(), network.get_metrics_result()
    assert {name: float(value) for name, value in ours.items()} == {
        name: float(value) for name, value in theirs.items()
    }


@pytest.mark.fault(70)
def test_any_damage_to_the_newest_falls_back_to_the_one_before(
    folder: Path, network: keras.Model
) -> None:
    save_state(folder, network, [])
    save_state(folder, network, [EPOCH])
    sound, place = file(folder).read_bytes(), random.Random(SEED)
    for _ in range(FLIPS):
        content = bytearray(sound)
        content[place.randrange(len(content))] ^= 1 << place.randrange(8)
        file(folder).write_bytes(content)
        found = read_checkpoint(folder)
        # a bit that says nothing, such as a date in the zip, is no damage
        assert found.history == (() if found.is_previous else (EPOCH,))
    for length in (0, 1, len(sound) // 2, len(sound) - 1):
        file(folder).write_bytes(sound[:length])
        assert read_checkpoint(folder).is_previous


@pytest.mark.fault(69)
def test_a_kill_between_the_two_renames_leaves_the_one_before(
    folder: Path, network: keras.Model
) -> None:
    save_state(folder, network, [])
    save_state(folder, network, [EPOCH])
    file(folder).unlink()
    assert has_checkpoint(folder)
    assert read_checkpoint(folder).is_previous


def test_a_damaged_one_never_becomes_the_one_before(folder: Path, network: keras.Model) -> None:
    save_state(folder, network, [])
    file(folder, PREVIOUS_STATE_FILE).write_bytes(file(folder).read_bytes())
    file(folder).write_bytes(b"damaged")
    drop_damaged(folder)
    save_state(folder, network, [EPOCH])
    file(folder).write_bytes(b"damaged again")
    assert read_checkpoint(folder).history == ()


def test_damage_to_both_is_a_sentence(folder: Path, network: keras.Model) -> None:
    for name in (STATE_FILE, PREVIOUS_STATE_FILE):
        file(folder, name).write_bytes(b"damaged")
    with pytest.raises(RunError, match="damaged"):
        read_checkpoint(folder)
    file(folder).unlink()
    file(folder, PREVIOUS_STATE_FILE).unlink()
    with pytest.raises(RunError, match="no checkpoint"):
        read_checkpoint(folder)


def test_a_changed_number_in_a_file_that_is_whole_is_damage(
    folder: Path, network: keras.Model
) -> None:
    save_state(folder, network, [])
    save_state(folder, network, [EPOCH])
    with np.load(file(folder)) as stored:
        entries = {name: stored[name] for name in stored.files}
    entries["model/0"] = entries["model/0"] + 1
    np.savez(file(folder), **entries)
    assert read_checkpoint(folder).is_previous


@pytest.mark.fault(73)
def test_weights_that_are_no_numbers_are_never_a_checkpoint(
    folder: Path, network: keras.Model
) -> None:
    save_state(folder, network, [])
    before = file(folder).read_bytes()
    network.variables[0].assign(np.full(network.variables[0].shape, np.nan))
    with pytest.raises(NotANumberError, match="epoch 2"):
        save_state(folder, network, [EPOCH])
    assert file(folder).read_bytes() == before
    assert not file(folder, PREVIOUS_STATE_FILE).exists()


@pytest.mark.fault(68)
def test_a_disk_that_is_full_leaves_both_checkpoints(folder: Path, network: keras.Model) -> None:
    resource = pytest.importorskip("resource")  # Windows has none
    save_state(folder, network, [])
    save_state(folder, network, [EPOCH])
    before = {path.name: path.read_bytes() for path in file(folder).parent.iterdir()}
    old = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (len(before[STATE_FILE]) // 2, old[1]))
    try:
        with pytest.raises(OSError, match="too large"):
            save_state(folder, network, [EPOCH, EPOCH])
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, old)
    assert {path.name: path.read_bytes() for path in file(folder).parent.iterdir()} == before


def test_a_checkpoint_of_an_older_version_goes_on_from_its_epochs_end(
    folder: Path, network: keras.Model
) -> None:
    save_state(folder, network, [EPOCH])
    with np.load(file(folder)) as stored:
        old = {n: stored[n] for n in stored.files if n not in {"position", "sha256"}}
    np.savez(file(folder), **old)
    found = read_checkpoint(folder)
    assert (found.history, found.position) == ((EPOCH,), Position())


def test_the_best_weights_are_those_of_the_epoch_that_is_asked_for(
    folder: Path, network: keras.Model
) -> None:
    save_best(folder, network, 2)
    second = variables(network)[: len(network.variables)]
    learn(network)
    save_best(folder, network, 5)
    assert restore_best(folder, network, 2)
    assert same(second, [np.asarray(each) for each in network.variables])
    assert not restore_best(folder, network, None)
    with pytest.raises(RunError, match="damaged"):
        restore_best(folder, network, 3)


def test_best_weights_of_an_older_version_are_taken_as_they_are(
    folder: Path, network: keras.Model
) -> None:
    save_best(folder, network, 2)
    with np.load(file(folder, BEST_FILE)) as stored:
        old = {n: stored[n] for n in stored.files if n not in {"epoch", "sha256"}}
    np.savez(file(folder, BEST_FILE), **old)
    assert restore_best(folder, network, 4)
