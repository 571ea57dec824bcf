"""What learns: a network from random weights, a head on frozen features, or a trained network."""

import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import keras
from keras import layers

from training.cancellation import CancelToken
from training.config import TrainingConfig
from training.dataset.cache import StoredRows, pixel_rows, prepare_rows
from training.dataset.catalog import Picture
from training.errors import RunError
from training.events import EventSink
from training.home import Home
from training.learning.backbone import build_backbone, freeze
from training.learning.backbones import BACKBONES
from training.learning.features import feature_rows, feature_transform
from training.learning.methods import HEAD, Phase
from training.learning.models import build_network
from training.learning.presets import FROM_BACKBONE, FROM_FEATURES, FROM_PIXELS, FROM_RUN
from training.learning.weights import WEIGHTS, find_weights

_DROPOUT = 0.5


@dataclass(frozen=True)
class Tools:
    """What a recipe needs, besides the settings.

    Attributes:
        home: Where the cache lives.
        emit: Who is told.
        token: The user's wish to end it.
        start: The file that the run starts from, see `training.learning.starting`.
    """

    home: Home
    emit: EventSink
    token: CancelToken
    start: Path | None = None


@dataclass(frozen=True)
class Recipe:
    """One way to learn. Sizes are those of the pictures in the phase at hand.

    Attributes:
        prepare: Gives the rows of some pictures, of a size, that the learner takes.
        build: Gives the network that learns in a phase, from rows to p_dog, not compiled. Its
            variables are the same ones, in the same order, in every phase.
        complete: Gives the network that ships, from pictures of the run's size to p_dog, with the
            weights of a learner.
        shares: Whether what `complete` gave once goes on having the learner's weights: it is made
            of the same layers.
    """

    prepare: Callable[[tuple[Picture, ...], TrainingConfig, int, Tools], StoredRows]
    build: Callable[[TrainingConfig, Phase, Tools], keras.Model]
    complete: Callable[[keras.Model, TrainingConfig, Tools], keras.Model]
    shares: bool = True


def carry_over(source: keras.Model, target: keras.Model) -> None:
    """Give a network the variables of another of the same kind; sizes of pictures may differ."""
    for old, new in zip(source.variables, target.variables, strict=True):
        new.assign(old)


def _prepare_pixels(
    pictures: tuple[Picture, ...], config: TrainingConfig, image_size: int, tools: Tools
) -> StoredRows:
    return prepare_rows(
        pictures,
        pixel_rows(image_size),
        tools.home,
        dataset=config.dataset,
        emit=tools.emit,
        token=tools.token,
    )


def _build_from_nothing(
    config: TrainingConfig,
    phase: Phase,
    tools: Tools,  # noqa: ARG001 - a recipe's form
) -> keras.Model:
    return build_network(config, phase.image_size(config.image_size))


def _at_full_size(learner: keras.Model, config: TrainingConfig, tools: Tools) -> keras.Model:  # noqa: ARG001
    if learner.input_shape[1] == config.image_size:
        return learner
    whole = build_network(config, config.image_size)
    carry_over(learner, whole)
    return whole


def _prepare_features(
    pictures: tuple[Picture, ...], config: TrainingConfig, image_size: int, tools: Tools
) -> StoredRows:
    backbone, weights = BACKBONES[config.backbone], _weights(config, tools)
    kind = feature_rows(backbone, image_size, weights)
    return prepare_rows(
        pictures,
        kind,
        tools.home,
        dataset=config.dataset,
        emit=tools.emit,
        token=tools.token,
        transform=lambda: feature_transform(
            backbone, kind, weights, tools.home, emit=tools.emit, token=tools.token
        ),
    )


def _build_head(config: TrainingConfig, phase: Phase, tools: Tools) -> keras.Model:  # noqa: ARG001
    keras.utils.set_random_seed(config.seed)
    features = keras.Input((BACKBONES[config.backbone].features,), name="features")
    return keras.Model(features, _head(features), name="head")


def _on_backbone(head: keras.Model, config: TrainingConfig, tools: Tools) -> keras.Model:
    row = BACKBONES[config.backbone]
    backbone = build_backbone(row, config.image_size, _weights(config, tools))
    answer = backbone.output
    for layer in head.layers[1:]:
        answer = layer(answer)
    return keras.Model(backbone.input, answer, name=row.network_name("express"))


def _build_on_backbone(config: TrainingConfig, phase: Phase, tools: Tools) -> keras.Model:
    keras.utils.set_random_seed(config.seed)
    row, image_size = BACKBONES[config.backbone], phase.image_size(config.image_size)
    backbone = build_backbone(row, image_size, _weights(config, tools))
    name = row.network_name("fine_tune")
    network = keras.Model(backbone.input, _head(backbone.output), name=name)
    # The head's norm learns with the head alone. Later its features move, and would move towards
    # what the other pictures of a batch make of them: validation loss rose by a third that way.
    learning = backbone if phase.learns == HEAD else network
    freeze(learning, phase.learns, row.first_upper_layer)
    return network


def _build_from_run(config: TrainingConfig, phase: Phase, tools: Tools) -> keras.Model:
    keras.utils.set_random_seed(config.seed)
    try:
        network = keras.models.load_model(tools.start, compile=False, safe_mode=True)
    except (ValueError, OSError, KeyError, TypeError, zipfile.BadZipFile) as error:
        raise RunError(
            f"The model of the run {config.start_from} is damaged.", "Start from another run."
        ) from error
    network = _in_policy(network)
    freeze(network, phase.learns)
    return network


def _in_policy(network: keras.Model) -> keras.Model:
    """A loaded network has the precision that it was saved in; the answer's stays that."""
    policy = keras.config.dtype_policy()
    if network.layers[-1].dtype_policy == policy:
        return network

    def copied(layer: keras.Layer) -> keras.Layer:
        is_answer = layer is network.layers[-1]
        settings = layer.get_config() | ({} if is_answer else {"dtype": policy})
        return type(layer).from_config(settings)

    twin = keras.models.clone_model(network, clone_function=copied)
    carry_over(network, twin)
    return twin


def _itself(learner: keras.Model, config: TrainingConfig, tools: Tools) -> keras.Model:  # noqa: ARG001
    return learner


def _weights(config: TrainingConfig, tools: Tools) -> Path:
    if tools.start is not None:
        return tools.start
    return find_weights(WEIGHTS[config.backbone], emit=tools.emit, token=tools.token)


def _head(features: keras.KerasTensor) -> keras.KerasTensor:
    """Batch norm puts the features on one scale; dropout keeps the head from leaning on a few."""
    hidden = layers.BatchNormalization(momentum=0.9, name="head_norm")(features)
    hidden = layers.Dropout(_DROPOUT, name="head_dropout")(hidden)
    return layers.Dense(1, activation="sigmoid", name="p_dog", dtype="float32")(hidden)


RECIPES: Mapping[str, Recipe] = {
    FROM_PIXELS: Recipe(_prepare_pixels, _build_from_nothing, _at_full_size, shares=False),
    FROM_FEATURES: Recipe(_prepare_features, _build_head, _on_backbone),
    FROM_BACKBONE: Recipe(_prepare_pixels, _build_on_backbone, _itself),
    FROM_RUN: Recipe(_prepare_pixels, _build_from_run, _itself),
}
