"""How a preset learns: from pixels all through, or a head on frozen features."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import keras
from keras import layers

from training.cancellation import CancelToken
from training.config import TrainingConfig
from training.dataset.cache import StoredRows, pixel_rows, prepare_rows
from training.dataset.catalog import Picture
from training.events import EventSink
from training.home import Home
from training.learning.backbone import (
    FEATURES,
    build_backbone,
    feature_rows,
    feature_transform,
)
from training.learning.models import build_network, compile_network
from training.learning.presets import FROM_FEATURES, FROM_PIXELS
from training.learning.weights import MOBILENET_V2, find_weights

_DROPOUT = 0.5


@dataclass(frozen=True)
class Preparing:
    """What a recipe needs to prepare pictures, besides the settings."""

    home: Home
    emit: EventSink
    token: CancelToken


@dataclass(frozen=True)
class Recipe:
    """One way to learn.

    Attributes:
        prepare: Gives the rows of some pictures that the learner takes.
        build_learner: Gives the compiled network that learns, from rows to p_dog.
        complete: Gives the network that ships, from pictures to p_dog, of a learner.
    """

    prepare: Callable[[tuple[Picture, ...], TrainingConfig, Preparing], StoredRows]
    build_learner: Callable[[TrainingConfig], keras.Model]
    complete: Callable[[keras.Model, TrainingConfig, EventSink, CancelToken], keras.Model]


def _prepare_pixels(
    pictures: tuple[Picture, ...], config: TrainingConfig, with_: Preparing
) -> StoredRows:
    return prepare_rows(
        pictures,
        pixel_rows(config.image_size),
        with_.home,
        dataset=config.dataset,
        emit=with_.emit,
        token=with_.token,
    )


def _build_whole_network(config: TrainingConfig) -> keras.Model:
    network = build_network(config)
    compile_network(network, config)
    return network


def _itself(
    learner: keras.Model,
    config: TrainingConfig,  # noqa: ARG001 - a recipe's form
    emit: EventSink,  # noqa: ARG001 - likewise
    token: CancelToken,  # noqa: ARG001 - likewise
) -> keras.Model:
    return learner


def _prepare_features(
    pictures: tuple[Picture, ...], config: TrainingConfig, with_: Preparing
) -> StoredRows:
    return prepare_rows(
        pictures,
        feature_rows(config.image_size),
        with_.home,
        dataset=config.dataset,
        emit=with_.emit,
        token=with_.token,
        transform=lambda: feature_transform(
            config.image_size, with_.home, emit=with_.emit, token=with_.token
        ),
    )


def _build_head(config: TrainingConfig) -> keras.Model:
    """Batch norm puts the features on one scale; dropout keeps the head from leaning on a few."""
    keras.utils.set_random_seed(config.seed)
    features = keras.Input((FEATURES,), name="features")
    hidden = layers.BatchNormalization(momentum=0.9, name="head_norm")(features)
    hidden = layers.Dropout(_DROPOUT, name="head_dropout")(hidden)
    head = keras.Model(
        features, layers.Dense(1, activation="sigmoid", name="p_dog")(hidden), name="head"
    )
    head.compile(
        optimizer=keras.optimizers.Adam(config.learning_rate),
        loss="binary_crossentropy",
        metrics=["accuracy"],
    )
    return head


def _on_backbone(
    head: keras.Model, config: TrainingConfig, emit: EventSink, token: CancelToken
) -> keras.Model:
    weights = find_weights(MOBILENET_V2, emit=emit, token=token)
    backbone = build_backbone(config.image_size, weights)
    answer = backbone.output
    for layer in head.layers[1:]:
        answer = layer(answer)
    return keras.Model(backbone.input, answer, name="express")


RECIPES: Mapping[str, Recipe] = {
    FROM_PIXELS: Recipe(_prepare_pixels, _build_whole_network, _itself),
    FROM_FEATURES: Recipe(_prepare_features, _build_head, _on_backbone),
}
