"""A finished network is calibrated, gives its features, and knows what is familiar to it."""

import keras
import numpy as np
import pytest

from training.cancellation import CancelToken
from training.inference.calibration import at_temperature
from training.inference.familiarity import strangeness
from training.learning.judging import (
    calibrate,
    cluster,
    count_answers,
    rule_from_validation,
)
from training.learning.models import build_notebook, build_scratch
from training.learning.reasons import with_features


def random_pixels(count: int, side: int) -> np.ndarray:
    return np.random.default_rng(1).integers(0, 256, (count, side, side, 3), dtype=np.uint8)


def test_a_temperature_goes_into_the_last_layer_and_so_into_every_answer() -> None:
    network = build_notebook(40)
    pixels = random_pixels(6, 40)
    before = np.asarray(network.predict_on_batch(pixels))[:, 0]
    calibrate(network, 0.25)
    after = np.asarray(network.predict_on_batch(pixels))[:, 0]
    assert after == pytest.approx(at_temperature(before, 0.25), abs=1e-4)
    assert np.abs(after - before).max() > 0.001


def test_the_features_are_what_the_last_layer_decides_by() -> None:
    network = build_notebook(40)
    p_dog, features = with_features(network).predict_on_batch(random_pixels(3, 40))
    kernel, bias = network.get_layer("p_dog").get_weights()
    assert np.asarray(features).shape == (3, 512)
    assert 1 / (1 + np.exp(-(features @ kernel + bias))) == pytest.approx(p_dog, abs=1e-5)


def test_features_are_taken_before_a_norm_and_dropout_of_the_head() -> None:
    features = keras.Input((7,))
    hidden = keras.layers.Dropout(0.5)(keras.layers.BatchNormalization()(features))
    answer = keras.layers.Dense(1, activation="sigmoid", name="p_dog")(hidden)
    rows = np.random.default_rng(1).random((4, 7), np.float32)
    _, found = with_features(keras.Model(features, answer)).predict_on_batch(rows)
    assert np.array_equal(found, rows)


def test_the_features_of_the_network_from_scratch_are_its_averaged_maps() -> None:
    _, features = with_features(build_scratch(64)).output
    assert features.shape == (None, 256)


def test_clusters_lie_where_the_pictures_are() -> None:
    generator = np.random.default_rng(1)
    kinds = np.eye(5, 30, dtype=np.float32) * 10
    pictures = np.repeat(kinds, 40, axis=0) + generator.normal(0, 0.1, (200, 30)).astype("f4")
    centres = cluster(pictures, 1, CancelToken())
    sure = np.ones(5, np.float32)
    assert strangeness(centres, kinds, sure, 0).max() < 0.01
    assert strangeness(centres, np.eye(30, dtype=np.float32)[10:15], sure, 0).min() > 0.8


def test_without_strange_pictures_the_rule_gives_up_one_in_a_hundred() -> None:
    generator = np.random.default_rng(1)
    features = np.abs(generator.normal(1, 0.3, (3000, 40))).astype(np.float32)
    centres = cluster(features[:1000], 1, CancelToken())
    rule = rule_from_validation(centres, features[1000:], np.ones(2000, np.float32))
    assert rule.lost == pytest.approx(0.01, abs=0.002)


def test_answers_are_counted_by_class_and_bin() -> None:
    cats, dogs = count_answers([0, 0, 1, 1, 1], [0.0, 0.015, 0.999, 1.0, 0.5])
    assert (cats[0], cats[1], sum(cats)) == (1, 1, 2)
    assert (dogs[99], dogs[50], sum(dogs)) == (2, 1, 3)
