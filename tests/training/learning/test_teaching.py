"""A method for Keras: each optimizer, course and weight, by what it does to numbers."""

from collections.abc import Callable, Iterator

import keras
import numpy as np
import pytest

from training.cancellation import CancelToken
from training.config import TrainingConfig
from training.dataset.cache import pixel_rows, prepare_rows
from training.dataset.catalog import Picture, Split
from training.dataset.library import open_dataset
from training.home import Home
from training.learning.checkpoint import Position
from training.learning.epochs import fit_epochs
from training.learning.feeding import feed
from training.learning.methods import NOT_VARIED, Augmentation, spans
from training.learning.pipeline import Batches, TrainingData
from training.learning.presets import method_of, training_config
from training.learning.teaching import LOG_LOSS, OPTIMIZERS, Course, compile_learner
from training.method_settings import CHOICES

RATE = 0.5
SIZE = 32


def compiled(**settings: object) -> keras.Model:
    """A network with one weight and one bias for three numbers, taught as the settings say."""
    row = keras.Input((3,))
    network = keras.Model(row, keras.layers.Dense(1, "sigmoid")(row))
    network.set_weights([np.ones((3, 1)), np.ones(1)])
    config = training_config("notebook", "pets", learning_rate=RATE, **settings)
    return taught(network, config)


def taught(network: keras.Model, config: TrainingConfig) -> keras.Model:
    method = method_of(config)
    (span,) = spans(method, config.epochs)
    compile_learner(network, config, method, span)
    return network


def step(network: keras.Model, gradient: float) -> None:
    """One change of the weight along a gradient; that of the bias is nothing."""
    gradients = [keras.ops.full((3, 1), gradient), keras.ops.zeros(1)]
    network.optimizer.apply(gradients, network.trainable_variables)


def test_every_optimizer_that_can_be_chosen_is_there() -> None:
    assert tuple(OPTIMIZERS) == CHOICES["optimizer"][1]


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_weights_decay_by_rate_and_decay_and_biases_do_not(optimizer: str) -> None:
    network = compiled(optimizer=optimizer, weight_decay=0.1)
    step(network, gradient=0)
    kernel, bias = network.get_weights()
    assert kernel == pytest.approx(1 - RATE * 0.1)
    assert bias == pytest.approx(1)


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_nothing_decays_unless_it_is_asked_for(optimizer: str) -> None:
    network = compiled(optimizer=optimizer)
    step(network, gradient=0)
    assert network.get_weights()[0] == pytest.approx(1)


def test_gradient_descent_has_the_momentum_of_nesterov() -> None:
    network = compiled(optimizer="sgd")
    weight, moving = 1.0, 0.0
    for gradient in (0.1, 0.2, -0.1):
        step(network, gradient)
        moving = 0.9 * moving - RATE * gradient
        weight += 0.9 * moving - RATE * gradient
        assert network.get_weights()[0] == pytest.approx(weight)


def test_a_constant_rate_rises_and_stays() -> None:
    network = compiled(warm_up=4)
    rates = [float(network.optimizer._learning_rate(step)) for step in range(7)]
    assert rates == pytest.approx([RATE * share for share in (0.25, 0.5, 0.75, 1, 1, 1, 1)])
    assert isinstance(compiled().optimizer.learning_rate, keras.Variable)
    assert float(compiled().optimizer.learning_rate) == RATE


def test_where_batches_are_gathered_a_rate_rises_with_each_change_of_the_weights() -> None:
    network = compiled(warm_up=2, accumulation=3)
    rates = [float(network.optimizer._learning_rate(batch)) for batch in range(7)]
    assert rates == pytest.approx([RATE / 2] * 3 + [RATE] * 4)


def test_a_cosine_ends_at_nothing_whatever_its_phase_began_with() -> None:
    course = Course(RATE, warm_up=0, first_step=60, steps=100)
    assert float(course(40)) == pytest.approx(0, abs=1e-7)
    assert float(course(0)) == pytest.approx(RATE * (1 + np.cos(0.6 * np.pi)) / 2)


@pytest.fixture
def unequal(sample_home: Home) -> Iterator[Callable[..., Batches]]:
    """Makes batches of 12 pictures, three of them dogs."""
    made: list[Batches] = []
    with open_dataset(sample_home, "sample") as catalog:
        pictures = catalog.pictures(split=Split.TRAIN)
    chosen = [*of(pictures, "cat")[:9], *of(pictures, "dog")[:3]]
    rows = prepare_rows(
        chosen,
        pixel_rows(SIZE),
        sample_home,
        dataset="sample",
        emit=lambda _: None,
        token=CancelToken(),
    )

    def make(augmentation: Augmentation = NOT_VARIED) -> Batches:
        made.append(Batches(rows, chosen, batch_size=12, seed=1, augmentation=augmentation))
        return made[-1]

    yield make
    for batches in made:
        batches.close()


def of(pictures: list[Picture], label: str) -> list[Picture]:
    return [picture for picture in pictures if picture.label == label]


def test_the_rarer_class_weighs_more_and_the_mean_weight_is_one(
    unequal: Callable[..., Batches],
) -> None:
    _, labels, weights = next(iter(feed(unequal(), balanced=True).as_numpy_iterator()))
    assert weights == pytest.approx(np.where(labels == 1, 2, 2 / 3))
    assert weights.mean() == pytest.approx(1)


def test_without_balance_a_batch_has_no_weights(unequal: Callable[..., Batches]) -> None:
    assert len(next(iter(feed(unequal()).as_numpy_iterator()))) == 2


def picture_network() -> keras.Model:
    keras.utils.set_random_seed(1)
    pictures = keras.Input((SIZE, SIZE, 3), dtype="uint8")
    maps = keras.layers.Flatten()(keras.layers.Rescaling(1 / 255)(pictures))
    return keras.Model(pictures, keras.layers.Dense(1, "sigmoid")(maps))


def log_loss(labels: np.ndarray, p_dog: np.ndarray) -> np.ndarray:
    return -(labels * np.log(p_dog) + (1 - labels) * np.log(1 - p_dog))


@pytest.mark.parametrize("smoothing", [0.0, 0.2])
def test_weights_change_what_is_learned_and_not_what_is_reported(
    unequal: Callable[..., Batches], smoothing: float
) -> None:
    network, batches = picture_network(), unequal()
    rows, labels = batches.batch(0)
    p_dog = np.asarray(network(rows))[:, 0]
    config = training_config(
        "notebook", "pets", balance_classes=True, label_smoothing=smoothing, learning_rate=1e-6
    )
    taught(network, config)
    logs = network.fit(
        feed(batches, balanced=True), steps_per_epoch=1, verbose=0, shuffle=False
    ).history
    weights = np.where(labels == 1, 2, 2 / 3)
    smooth = labels * (1 - smoothing) + smoothing / 2
    assert logs["loss"][0] == pytest.approx((weights * log_loss(smooth, p_dog)).mean(), rel=1e-4)
    assert logs[LOG_LOSS][0] == pytest.approx(log_loss(labels, p_dog).mean(), rel=1e-4)
    assert logs["accuracy"][0] == pytest.approx(((p_dog > 0.5) == labels).mean())


def test_blended_labels_are_right_where_the_class_that_weighs_more_is_said(
    unequal: Callable[..., Batches],
) -> None:
    network, batches = picture_network(), unequal(Augmentation(flip=False, mixup=2.0))
    rows, labels = batches.batch(0)
    assert ((labels > 0) & (labels < 1)).any()
    p_dog = np.asarray(network(rows))[:, 0]
    taught(network, training_config("notebook", "pets", mixup=2.0, learning_rate=1e-6))
    logs = network.fit(feed(batches), steps_per_epoch=1, verbose=0, shuffle=False).history
    assert logs["accuracy"][0] == pytest.approx(((p_dog > 0.5) == (labels > 0.5)).mean())
    assert logs["loss"][0] == pytest.approx(log_loss(labels, p_dog).mean(), rel=1e-4)


@pytest.mark.parametrize("is_balanced", [True, False])
def test_a_run_balances_its_classes_where_its_settings_say_so(
    unequal: Callable[..., Batches], is_balanced: bool
) -> None:
    network, batches = picture_network(), unequal()
    config = training_config(
        "notebook",
        "pets",
        steps_per_epoch=1,
        validation_steps=1,
        learning_rate=1e-6,
        balance_classes=is_balanced,
    )
    taught(network, config)
    data = TrainingData(batches, unequal())
    kept = keras.callbacks.History()
    rows, labels = batches.batch(0)
    before = np.asarray(network(rows))[:, 0]
    fit_epochs(network, data, config, done=0, end=1, position=Position(), callbacks=[kept])
    after = np.asarray(network(rows))[:, 0]
    weights = np.where(labels == 1, 2, 2 / 3) if is_balanced else 1
    learned, judged = kept.history["loss"][0], "val_log_loss" if is_balanced else "val_loss"
    assert learned == pytest.approx((weights * log_loss(labels, before)).mean(), rel=1e-4)
    assert kept.history[judged][0] == pytest.approx(log_loss(labels, after).mean(), rel=1e-4)
