"""A finished network says where its answer comes from."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import keras
import numpy as np
import pytest

from training.inference.session import open_session
from training.learning.export_formats import write_onnx
from training.learning.models import build_notebook, build_scratch
from training.learning.reasons import with_reasons


def random_pixels(count: int, side: int) -> np.ndarray:
    return np.random.default_rng(1).integers(0, 256, (count, side, side, 3), dtype=np.uint8)


def logit(p_dog: np.ndarray) -> np.ndarray:
    return np.log(p_dog / (1 - p_dog))


def headed(*, center: bool = True, scale: bool = True) -> keras.Model:
    """Averaged maps under a trained batch norm."""
    keras.utils.set_random_seed(3)
    pictures = keras.Input((16, 16, 3), dtype="uint8")
    maps = keras.layers.Conv2D(5, 3)(keras.layers.Rescaling(1 / 255)(pictures))
    features = keras.layers.GlobalAveragePooling2D()(maps)
    norm = keras.layers.BatchNormalization(center=center, scale=scale)
    hidden = keras.layers.Dropout(0.5)(norm(features))
    answer = keras.layers.Dense(1, activation="sigmoid", name="p_dog")(hidden)
    network = keras.Model(pictures, answer)
    generator = np.random.default_rng(2)
    norm.set_weights([generator.uniform(0.2, 2, each.shape) for each in norm.get_weights()])
    return network


def unsure_scratch() -> keras.Model:
    """Untrained, it may answer 1.0 exactly, which has no logit; a small last layer keeps off it."""
    keras.utils.set_random_seed(3)
    network = build_scratch(64)
    last = network.get_layer("p_dog")
    last.set_weights([each / 100 for each in last.get_weights()])
    return network


@pytest.mark.parametrize(
    "build",
    [
        pytest.param(unsure_scratch, id="scratch"),
        pytest.param(headed, id="norm"),
        pytest.param(partial(headed, center=False), id="norm without shift"),
        pytest.param(partial(headed, scale=False), id="norm without factor"),
    ],
)
def test_the_mean_of_the_map_is_the_logit(build: Callable[[], keras.Model]) -> None:
    network = build()
    pixels = random_pixels(3, network.input_shape[1])
    p_dog, _, heat = (np.asarray(each) for each in with_reasons(network).predict_on_batch(pixels))
    assert heat.shape[1] > 1
    assert heat.std() > 0
    assert heat.mean(axis=(1, 2)) == pytest.approx(logit(p_dog), abs=1e-4)


def test_the_map_follows_the_weights_of_the_last_layer() -> None:
    network, pixels = build_scratch(64), random_pixels(2, 64)
    *_, before = with_reasons(network).predict_on_batch(pixels)
    last = network.get_layer("p_dog")
    last.set_weights(
        [np.random.default_rng(5).normal(size=each.shape) for each in last.get_weights()]
    )
    *_, after = with_reasons(network).predict_on_batch(pixels)
    assert np.corrcoef(np.ravel(before), np.ravel(after))[0, 1] < 0.9


def test_a_network_whose_features_are_no_averages_gives_none() -> None:
    assert len(with_reasons(build_notebook(40)).outputs) == 2


def test_an_exported_network_gives_the_same_map(tmp_path: Path) -> None:
    network, pixels = headed(), random_pixels(3, 16)
    p_dog, features, heat = with_reasons(network).predict_on_batch(pixels)
    write_onnx(with_reasons(network), tmp_path / "model.onnx")
    session = open_session(tmp_path / "model.onnx")
    theirs, places = session.with_heat(pixels)
    assert theirs == pytest.approx(np.asarray(p_dog)[:, 0], abs=1e-5)
    assert places == pytest.approx(np.asarray(heat)[..., 0], abs=1e-4)
    assert session.with_features(pixels)[1] == pytest.approx(np.asarray(features), abs=1e-4)
