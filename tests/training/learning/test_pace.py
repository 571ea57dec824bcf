"""Smaller batches, gathered: the weights change as they did before."""

import dataclasses
from pathlib import Path

import keras
import numpy as np
import pytest

from tests.training.learning.growing import settings
from training.learning.checkpoint import Position, read_checkpoint, save_state
from training.learning.history_callbacks import PlateauRate
from training.learning.methods import Method, Phase, Span
from training.learning.pace import Pace, batches_at
from training.learning.recovering import halved
from training.learning.teaching import Course, compile_learner
from training.method_settings import COSINE, PLATEAU
from training.runs.run_folder import CHECKPOINT_FOLDER

GENERATOR = np.random.default_rng(1)
ROWS = GENERATOR.normal(size=(64, 4)).astype(np.float32)
LABELS = (ROWS[:, 0] > 0).astype(np.float32)
METHODS = {
    "rmsprop": Method("rmsprop"),
    "adam": Method("adam", schedule=COSINE, warm_up=3),
    "adamw": Method("adamw", schedule=COSINE, weight_decay=0.1),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / CHECKPOINT_FOLDER).mkdir()
    return tmp_path


def learner(config, method: Method) -> keras.Model:
    keras.utils.set_random_seed(1)
    rows = keras.Input((4,))
    network = keras.Model(rows, keras.layers.Dense(1, "sigmoid")(rows))
    compile_learner(network, config, method, Span(Phase(), 0, config.epochs))
    return network


def learn(network: keras.Model, size: int, first: int, end: int) -> None:
    """Learn some batches of the endless order of the rows."""
    for step in range(first, end):
        places = np.arange(step * size, (step + 1) * size) % len(ROWS)
        network.train_on_batch(ROWS[places], LABELS[places])


def weights(network: keras.Model) -> list[np.ndarray]:
    return [np.asarray(each).copy() for each in network.variables]


def assert_close(one: keras.Model, other: keras.Model) -> None:
    for mine, theirs in zip(weights(one), weights(other), strict=True):
        assert mine == pytest.approx(theirs, rel=1e-4, abs=1e-6)


@pytest.mark.parametrize("method", METHODS.values(), ids=METHODS)
def test_a_run_that_is_halved_learns_what_it_would_have_learned(
    folder: Path, method: Method
) -> None:
    whole = settings(epochs=2, steps_per_epoch=6, learning_rate=0.01)
    half = halved(whole)
    assert half is not None
    straight = learner(whole, method)
    learn(straight, 8, 0, 5)
    save_state(folder, straight, [], Position(5), pace=Pace.of(whole))
    learn(straight, 8, 5, 12)
    found = read_checkpoint(folder)
    gathering = learner(half, method)
    found.restore(gathering, Pace.of(half))
    place = found.position_at(Pace.of(half)).step
    assert place == 10
    learn(gathering, 4, place, 24)
    assert int(gathering.optimizer.iterations) == int(straight.optimizer.iterations) == 12
    assert_close(gathering, straight)


def test_gradients_that_wait_are_not_lost_when_batches_are_halved_again(folder: Path) -> None:
    method = METHODS["adam"]
    half = halved(settings(epochs=2, steps_per_epoch=6, learning_rate=0.01))
    assert half is not None
    quarter = halved(half)
    assert quarter is not None
    straight = learner(half, method)
    learn(straight, 4, 0, 7)  # the seventh waits for the eighth
    save_state(folder, straight, [], Position(7), pace=Pace.of(half))
    learn(straight, 4, 7, 24)
    found = read_checkpoint(folder)
    gathering = learner(quarter, method)
    found.restore(gathering, Pace.of(quarter))
    place = found.position_at(Pace.of(quarter)).step
    assert place == 14
    learn(gathering, 2, place, 48)
    assert_close(gathering, straight)


def test_a_rate_that_is_a_variable_follows_the_settings(folder: Path) -> None:
    before, after = (settings(learning_rate=rate) for rate in (0.01, 0.001))
    network = learner(before, METHODS["rmsprop"])
    learn(network, 8, 0, 1)
    save_state(folder, network, [], pace=Pace.of(before))
    lowered = learner(after, METHODS["rmsprop"])
    read_checkpoint(folder).restore(lowered, Pace.of(after))
    assert float(lowered.optimizer.learning_rate) == pytest.approx(0.001)
    save_state(folder, lowered, [], pace=Pace.of(after))
    read_checkpoint(folder).restore(lowered, Pace.of(after))
    assert float(lowered.optimizer.learning_rate) == pytest.approx(0.001)


def test_the_course_is_the_same_for_each_change_of_the_weights() -> None:
    course = Course(1e-3, warm_up=4, first_step=10, steps=100)
    gathered = Course(1e-3, warm_up=4, first_step=10, steps=100, accumulation=3)
    assert [float(gathered(batch)) for batch in range(60)] == [
        float(course(batch // 3)) for batch in range(60)
    ]


def test_a_rate_that_falls_on_a_plateau_rises_with_the_changes_too() -> None:
    config = dataclasses.replace(settings(learning_rate=0.01), accumulation=2)
    network = learner(config, Method("sgd", schedule=PLATEAU))
    rate = PlateauRate(
        0.01,
        warm_up=4,
        span=Span(Phase(), 0, 4),
        steps_per_epoch=20,
        accumulation=config.accumulation,
        history=[],
        resumed=Position(),
    )
    rate.set_model(network)
    rate.on_epoch_begin(0)
    rates = []
    for batch in range(10):
        rate.on_train_batch_begin(batch)
        rates.append(float(network.optimizer.learning_rate))
    assert rates == pytest.approx([0.0025] * 2 + [0.005] * 2 + [0.0075] * 2 + [0.01] * 4)


@pytest.mark.parametrize(
    ("batches", "old", "new", "expected"),
    [(7, 1, 2, 14), (7, 2, 4, 14), (9, 4, 10, 23), (8, 4, 10, 20)],
)
def test_whole_changes_stay_whole(batches: int, old: int, new: int, expected: int) -> None:
    assert batches_at(batches, old, new) == expected
