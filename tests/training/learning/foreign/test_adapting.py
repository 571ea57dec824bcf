"""A stranger's network as one of ours: the same answers, whatever it takes and gives."""

from collections.abc import Callable
from pathlib import Path

import keras
import numpy as np
import pytest
from keras import layers

from training.errors import ConfigError
from training.learning.explaining import grad_cam
from training.learning.foreign.adapting import adapt
from training.learning.foreign.checking import Checked
from training.learning.foreign.facts import SCALINGS, Adaptation, Answer, ForeignModel
from training.learning.foreign.kinds import Kind
from training.learning.foreign.loading import Source, facts_of
from training.learning.judging import ANSWER_LAYER
from training.learning.reasons import with_reasons

CAT_FIRST, DOG_FIRST = ("cat", "dog"), ("dog", "cat")
SCALED: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    "0-1": lambda levels: levels / 255,
    "0-255": lambda levels: levels,
    "signed": lambda levels: levels / 127.5 - 1,
    "caffe": lambda levels: keras.applications.imagenet_utils.preprocess_input(levels.copy()),
    "torch": lambda levels: keras.applications.imagenet_utils.preprocess_input(
        levels.copy(), mode="torch"
    ),
}


def convolved(*answer: keras.Layer, shape: tuple[int | None, ...] = (32, 32, 3)) -> keras.Model:
    keras.utils.set_random_seed(4)
    body = [layers.Conv2D(4, 3, activation="relu"), layers.GlobalAveragePooling2D()]
    return keras.Sequential([keras.Input(shape), *body, layers.Dropout(0.5), *answer])


def on_inner_network() -> keras.Model:
    """As transfer learning is taught: a network in a network, behind layers that vary pictures."""
    keras.utils.set_random_seed(5)
    inner_input = keras.Input((40, 40, 3))
    inner_maps = layers.BatchNormalization()(layers.Conv2D(3, 3, name="conv")(inner_input))
    inner = keras.Model(inner_input, layers.ReLU()(inner_maps), name="inner")
    pictures = keras.Input((40, 40, 3))
    varied = layers.RandomFlip()(pictures)
    features = layers.GlobalAveragePooling2D()(inner(varied, training=False))
    return keras.Model(pictures, layers.Dense(1, name="conv")(features))


def facts(network: keras.Model, tmp_path: Path) -> tuple[Path, ForeignModel]:
    file = tmp_path / "network.keras"
    network.save(file)
    return file, facts_of(network, Source("m", "0"), Checked(file, Kind.KERAS, "3"))


def adapted(
    network: keras.Model,
    tmp_path: Path,
    scaling: str = "0-1",
    classes: tuple[str, ...] = CAT_FIRST,
    size: int = 0,
) -> keras.Model:
    file, model = facts(network, tmp_path)
    choice = Adaptation(scaling, classes, size)
    choice.validate(model)
    result = adapt(file, model, choice)
    result.save(tmp_path / "adapted.keras")
    return keras.models.load_model(tmp_path / "adapted.keras", compile=False, safe_mode=True)


def pixels(side: int) -> np.ndarray:
    return np.random.default_rng(2).integers(0, 256, (4, side, side, 3), dtype=np.uint8)


def sigmoid(values: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-values))


def p_second(network: keras.Model, shown: np.ndarray) -> np.ndarray:
    """The probability of the second class, from the stranger's own answers."""
    answers = np.asarray(network(shown.astype(np.float32), training=False))
    return answers[:, 1] if answers.shape[1] == 2 else answers[:, 0]


@pytest.mark.parametrize("scaling", SCALINGS)
def test_pixels_become_what_the_stranger_was_trained_on(tmp_path: Path, scaling: str) -> None:
    network, shown = convolved(layers.Dense(1, activation="sigmoid")), pixels(32)
    kernel = network.layers[-1].kernel
    kernel.assign(kernel / 50)  # or a wrong scaling would be as sure as the right one
    p_dog = adapted(network, tmp_path, scaling).predict_on_batch(shown)
    wanted = p_second(network, SCALED[scaling](shown.astype(np.float32)))
    assert 0.01 < wanted.min() < wanted.max() < 0.99
    assert p_dog.shape == (4, 1)
    assert p_dog[:, 0] == pytest.approx(wanted, abs=1e-5)


@pytest.mark.parametrize(
    "answer",
    [
        [layers.Dense(1, activation="sigmoid")],
        [layers.Dense(1, use_bias=False), layers.Activation("sigmoid")],
        [layers.Dense(2, activation="softmax")],
        [layers.Dense(2), layers.Softmax()],
        [keras.Sequential([layers.Dense(3), layers.Dense(2, activation="softmax")])],
        [keras.Sequential([layers.Dense(3), layers.Dense(1, activation="sigmoid")])],
    ],
    ids=["sigmoid", "sigmoid after", "softmax", "softmax after", "softmax inside", "inside"],
)
@pytest.mark.fault(25)
def test_each_form_of_answer_gives_p_dog_in_either_order(
    tmp_path: Path, answer: list[keras.Layer]
) -> None:
    network, shown = convolved(*answer), pixels(32)
    wanted = p_second(network, shown / 255)
    for classes, p_dog in ((CAT_FIRST, wanted), (DOG_FIRST, 1 - wanted)):
        found = adapted(network, tmp_path, classes=classes).predict_on_batch(shown)
        assert found[:, 0] == pytest.approx(p_dog, abs=1e-5)


@pytest.mark.parametrize("outputs", [1, 2])
def test_logits_become_probabilities(tmp_path: Path, outputs: int) -> None:
    network, shown = convolved(layers.Dense(outputs)), pixels(32)
    raw = np.asarray(network((shown / 255).astype(np.float32), training=False))
    wanted = sigmoid(raw[:, 0] if outputs == 1 else raw[:, 1] - raw[:, 0])
    found = adapted(network, tmp_path).predict_on_batch(shown)
    assert found[:, 0] == pytest.approx(wanted, abs=1e-5)


@pytest.mark.fault(23)
def test_a_grey_network_of_28_pixels_takes_our_pictures(tmp_path: Path) -> None:
    network = convolved(layers.Dense(1, activation="sigmoid"), shape=(28, 28, 1))
    ours = adapted(network, tmp_path)
    assert ours.input_shape == (None, 32, 32, 3)
    shown = np.repeat(np.random.default_rng(1).integers(0, 256, (3, 1, 1, 3)), 32, axis=1)
    shown = np.repeat(shown, 32, axis=2).astype(np.uint8)
    grey = shown.astype(np.float32) @ np.array([0.299, 0.587, 0.114], np.float32) / 255
    found = ours.predict_on_batch(shown)
    assert found[:, 0] == pytest.approx(p_second(network, grey[:, :28, :28, None]), abs=1e-3)


@pytest.mark.fault(23)
def test_a_network_of_oblong_pictures_is_given_such(tmp_path: Path) -> None:
    network = convolved(layers.Dense(1, activation="sigmoid"), shape=(24, 60, 3))
    ours = adapted(network, tmp_path)
    assert ours.input_shape == (None, 60, 60, 3)
    assert np.ptp(ours.predict_on_batch(pixels(60))) > 0


def test_a_network_of_any_size_takes_the_size_that_its_user_names(tmp_path: Path) -> None:
    network = convolved(layers.Dense(1, activation="sigmoid"), shape=(None, None, 3))
    shown = pixels(48)
    found = adapted(network, tmp_path, size=48).predict_on_batch(shown)
    assert found[:, 0] == pytest.approx(p_second(network, shown / 255), abs=1e-5)
    with pytest.raises(ConfigError, match="image size"):
        adapted(network, tmp_path)


def test_a_network_inside_is_unfolded_and_pictures_are_not_varied(tmp_path: Path) -> None:
    network, shown = on_inner_network(), pixels(40)
    ours = adapted(network, tmp_path)
    found = ours.predict_on_batch(shown)[:, 0]
    wanted = sigmoid(p_second(network, shown / 255))
    assert found == pytest.approx(wanted, abs=1e-5)
    kinds = [type(each).__name__ for each in ours.layers]
    assert "Conv2D" in kinds
    assert not {"RandomFlip", "Functional"} & set(kinds)


def test_an_adapted_network_has_what_ours_have(tmp_path: Path) -> None:
    ours = adapted(on_inner_network(), tmp_path)
    assert ours.layers[-1].name == ANSWER_LAYER
    p_dog, features, heat = with_reasons(ours).predict_on_batch(pixels(40))
    assert (p_dog.shape, features.shape) == ((4, 1), (4, 3))
    assert sigmoid(heat.mean(axis=(1, 2, 3))) == pytest.approx(p_dog[:, 0], abs=1e-4)
    assert grad_cam(ours, pixels(40)).shape[0] == 4


def test_our_own_export_can_be_imported_again(tmp_path: Path) -> None:
    first = adapted(convolved(layers.Dense(1, activation="sigmoid", name="heat")), tmp_path)
    file, model = facts(first, tmp_path)
    assert model.scales_itself
    again = adapt(file, model, Adaptation("0-255", CAT_FIRST))
    shown = pixels(32)
    found, wanted = again.predict_on_batch(shown), first.predict_on_batch(shown)
    assert found == pytest.approx(wanted, abs=1e-6)
    names = [each.name for each in again.operations]
    assert len(set(names)) == len(names)


def test_an_adaptation_must_fit_the_model() -> None:
    model = ForeignModel("m", "0", "keras", "3", 28, 28, 1, Answer.SIGMOID, 1, 1, False)
    Adaptation("0-1", DOG_FIRST).validate(model)
    for field, wrong in (
        ("scaling", Adaptation("caffe", CAT_FIRST)),
        ("scaling", Adaptation("0-2", CAT_FIRST)),
        ("classes", Adaptation("0-1", ("cat", "cat"))),
        ("classes", Adaptation("0-1", ("dog",))),
        ("image_size", Adaptation("0-1", CAT_FIRST, 64)),
    ):
        with pytest.raises(ConfigError) as caught:
            wrong.validate(model)
        assert caught.value.field == field
