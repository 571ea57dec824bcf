"""What Keras makes of a checked file, and what is said of a model that cannot be used."""

import json
from pathlib import Path
from typing import Any

import h5py
import keras
import numpy as np
import pytest
from keras import layers

from tests.training.learning.foreign.crafting import (
    GOOD,
    before_answer,
    dense_weights,
    layer,
    members,
    sequential,
    write_h5,
    write_keras,
)
from tests.training.learning.foreign.refusing import in_hdf5, in_zip
from training.errors import ModelFileError
from training.learning.foreign.checking import check_file
from training.learning.foreign.facts import Answer, ForeignModel
from training.learning.foreign.loading import Source, facts_of, load


def loaded(file: Path) -> Any:
    unpacked = file.parent / "unpacked"
    unpacked.mkdir()
    checked = check_file(file, unpacked)
    network = load(checked)
    return network, facts_of(network, Source(file.name, "0" * 64), checked)


def facts(tmp_path: Path, network: keras.Model) -> ForeignModel:
    network.save(tmp_path / "model.keras")
    return loaded(tmp_path / "model.keras")[1]


def refusal(file: Path) -> str:
    with pytest.raises(ModelFileError) as caught:
        loaded(file)
    assert caught.value.hint
    return str(caught.value)


def of(shape: tuple[int | None, ...], *more: keras.Layer) -> keras.Model:
    return keras.Sequential([keras.Input(shape), *more])


def pooled(shape: tuple[int | None, ...], *answer: keras.Layer) -> keras.Model:
    return of(shape, layers.Conv2D(2, 3), layers.GlobalAveragePooling2D(), *answer)


@pytest.mark.parametrize("write", [write_keras, write_h5])
def test_a_file_that_was_made_by_hand_loads(tmp_path: Path, write: Any) -> None:
    _, model = loaded(write(tmp_path / ("m.h5" if write is write_h5 else "m.keras")))
    assert (model.height, model.width, model.channels) == (28, 28, 1)
    assert (model.answer, model.parameters, model.layers) == (Answer.SIGMOID, 785, 2)


@pytest.mark.fault(8)
@pytest.mark.parametrize("form", ["keras", "h5"])
def test_what_a_model_was_trained_with_is_never_made(tmp_path: Path, form: str) -> None:
    canary, file = tmp_path / "canary", tmp_path / f"m.{form}"
    evil = {"module": "os", "class_name": "system", "config": f"touch {canary}"}
    if form == "keras":
        write_keras(file, members({**sequential(), "compile_config": {"loss": evil}}))
    else:
        write_h5(file)
        with h5py.File(file, "r+") as model:
            model.attrs["training_config"] = json.dumps({"loss": evil, "optimizer_config": evil})
    network, _ = loaded(file)
    assert not network.compiled
    assert not canary.exists()


@pytest.mark.fault(8)
@pytest.mark.parametrize("write", [in_zip, in_hdf5])
def test_what_a_network_inside_was_trained_with_is_never_made(tmp_path: Path, write: Any) -> None:
    compiled = {"loss": {"module": "os", "class_name": "system", "config": "true"}}
    inner = {**sequential(layer("Flatten")), "compile_config": compiled}
    inner["config"]["name"] = "inner"
    network, _ = loaded(write(tmp_path, sequential(GOOD[0], inner, GOOD[-1])))
    assert not any(getattr(each, "compiled", False) for each in network.layers)


@pytest.mark.fault(21)
@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_weights_that_are_no_numbers_are_not_usable(tmp_path: Path, value: float) -> None:
    arrays = dense_weights()
    arrays["layers/dense/vars/0"][7] = value
    said = refusal(write_keras(tmp_path / "m.keras", members(arrays=arrays)))
    assert "not usable" in said
    assert "kernel" in said


@pytest.mark.fault(21)
def test_weights_that_overflow_are_not_usable(tmp_path: Path) -> None:
    arrays = dense_weights(np.full((784, 1), 3e38, np.float32))
    architecture = sequential(*GOOD[:-1], layer("Dense", units=1, activation="linear"))
    said = refusal(write_keras(tmp_path / "m.keras", members(architecture, arrays=arrays)))
    assert "not usable" in said


@pytest.mark.fault(22)
def test_a_model_of_a_thousand_classes_is_explained_and_offers_none(tmp_path: Path) -> None:
    network = pooled((32, 32, 3), layers.Dense(1000, activation="softmax"))
    with pytest.raises(ModelFileError, match="1,000 classes apart, as models for ImageNet") as it:
        facts(tmp_path, network)
    assert "Express" in it.value.hint


@pytest.mark.parametrize(
    ("network", "said"),
    [
        (lambda: pooled((32, 32, 3), layers.Dense(3)), "3 classes apart, so it was made for"),
        (lambda: pooled((32, 32, 4), layers.Dense(1)), "32 x 32 x 4, where 1 \\(grey\\) or 3"),
        (lambda: of((784,), layers.Dense(1)), "does not take one picture: its input is 784"),
        (lambda: of((32, 32, 3), layers.Conv2D(1, 3)), "maps instead of an answer"),
        (lambda: pooled((32, 32, 3), layers.Dense(1, activation="tanh")), "“tanh”"),
        (lambda: pooled((32, 32, 3), layers.Dense(2, activation="sigmoid")), "2 numbers by"),
    ],
)
@pytest.mark.fault(23)
def test_a_model_of_another_shape_is_explained(tmp_path: Path, network: Any, said: str) -> None:
    with pytest.raises(ModelFileError, match=said):
        facts(tmp_path, network())


@pytest.mark.parametrize(
    ("answer", "found"),
    [
        ([layers.Dense(1, activation="sigmoid")], Answer.SIGMOID),
        ([layers.Dense(1), layers.Activation("sigmoid")], Answer.SIGMOID),
        ([layers.Dense(1)], Answer.LOGIT),
        ([layers.Dense(2)], Answer.LOGITS),
        ([layers.Dense(2), layers.Softmax()], Answer.SOFTMAX),
        ([keras.Sequential([layers.Dense(2, activation="softmax")])], Answer.SOFTMAX),
    ],
)
def test_how_a_model_answers_is_found(
    tmp_path: Path, answer: list[keras.Layer], found: Answer
) -> None:
    assert facts(tmp_path, pooled((None, None, 3), *answer)).answer is found


def test_a_model_that_scales_its_pictures_is_known_by_its_layers(tmp_path: Path) -> None:
    network = of((32, 48, 3), layers.Rescaling(1 / 255), layers.Flatten(), layers.Dense(1))
    model = facts(tmp_path, network)
    assert model.scales_itself
    assert (model.height, model.width, model.image_size) == (32, 48, 48)


def test_arithmetic_between_layers_is_taken(tmp_path: Path) -> None:
    pictures = keras.Input((32, 32, 3))
    scaled = pictures[..., ::-1] / 127.5 - 1.0
    scaled = keras.ops.subtract(scaled, np.array([0.1, 0.2, 0.3], np.float32))
    maps = keras.ops.relu(layers.Conv2D(2, 3)(scaled))
    answer = layers.Dense(1)(keras.ops.mean(maps, axis=(1, 2)))
    assert facts(tmp_path, keras.Model(pictures, answer)).answer is Answer.LOGIT


@pytest.mark.fault(24)
def test_a_setting_of_a_newer_keras_is_told_as_such(tmp_path: Path) -> None:
    architecture = before_answer(layer("Dropout", rate=0.5, hologram=True))
    said = refusal(write_keras(tmp_path / "m.keras", members(architecture, version="99.1.0")))
    assert "made with Keras 99.1.0, and this program has" in said
    assert "Update this program" in said


@pytest.mark.fault(28)
def test_a_setting_that_keras_has_given_up_is_told_as_such(tmp_path: Path) -> None:
    architecture = before_answer(layer("Dropout", rate=0.5, old_option=3))
    said = refusal(write_h5(tmp_path / "m.h5", architecture, version="2.2.4"))
    assert "saved by Keras 2.2.4, with settings that Keras 3." in said
    assert "Save it again with Keras 3" in said


def test_weights_of_another_network_are_refused(tmp_path: Path) -> None:
    arrays = dense_weights(np.zeros((5, 1), np.float32))
    said = refusal(write_keras(tmp_path / "m.keras", members(arrays=arrays)))
    assert "its weights do not fit" in said
