"""What a finished network says besides its answer: what it decides by, and where that lies."""

import keras
import numpy as np

from training.learning.judging import ANSWER_LAYER

_PASSING = (keras.layers.BatchNormalization, keras.layers.Dropout)
HEAT_LAYER = "heat"


def with_features(network: keras.Model) -> keras.Model:
    """A network that gives its features too: what its head decides by, not yet normalised.

    Returns:
        A model of the same layers with the outputs p_dog (n, 1) and features (n, features).
    """
    return keras.Model(network.input, [network.output, _features(network)], name=network.name)


def with_reasons(network: keras.Model) -> keras.Model:
    """A network that gives its features, and where the network allows a class activation map.

    The map is that of Zhou and others ("Learning Deep Features for Discriminative Localization",
    2016): where features are averages of maps, and all that follows is linear, the same head asked
    about each place of the maps gives what that place adds. Here in logits, so that the mean over
    the places is the logit of p_dog exactly: above 0 a place speaks for a dog, below 0 for a cat.

    Returns:
        A model of the same layers with the outputs p_dog (n, 1), features (n, features) and, if
        its features are averaged maps, heat (n, rows, columns, 1).
    """
    features = _features(network)
    outputs = [network.output, features]
    if isinstance(_maker(features), keras.layers.GlobalAveragePooling2D):
        maps = _input_of(features)
        if not _maker(features).keepdims:
            outputs.append(_heat(network, maps))
    return keras.Model(network.input, outputs, name=network.name)


def _features(network: keras.Model) -> keras.KerasTensor:
    features = network.output
    while _maker(features).name == ANSWER_LAYER or isinstance(_maker(features), _PASSING):
        features = _input_of(features)
    return features


def _heat(network: keras.Model, maps: keras.KerasTensor) -> keras.KerasTensor:
    """The head as a convolution that looks at one place."""
    kernel, bias = _linear_head(network)
    layer = keras.layers.Conv2D(1, 1, name=HEAT_LAYER, dtype="float32")
    heat = layer(maps)
    layer.set_weights([kernel.reshape(1, 1, -1, 1), bias])
    return heat


def _linear_head(network: keras.Model) -> tuple[np.ndarray, np.ndarray]:
    """What the layers behind the features come to together: kernel (features, 1), bias (1,)."""
    answer = network.get_layer(ANSWER_LAYER)
    kernel, bias = (np.asarray(weights, np.float64) for weights in answer.get_weights())
    tensor = _input_of(network.output)
    while isinstance(_maker(tensor), _PASSING):
        layer = _maker(tensor)
        if isinstance(layer, keras.layers.BatchNormalization):
            scale, shift = _as_scale(layer)
            bias = bias + shift @ kernel
            kernel = scale[:, np.newaxis] * kernel
        tensor = _input_of(tensor)
    return kernel.astype(np.float32), bias.astype(np.float32)


def _as_scale(norm: keras.layers.BatchNormalization) -> tuple[np.ndarray, np.ndarray]:
    """A trained batch norm as a factor and a term, each (features,)."""
    mean = np.asarray(norm.moving_mean, np.float64)
    scale = 1 / np.sqrt(np.asarray(norm.moving_variance, np.float64) + norm.epsilon)
    if norm.scale:
        scale = scale * np.asarray(norm.gamma, np.float64)
    shift = -mean * scale
    return scale, shift + (np.asarray(norm.beta, np.float64) if norm.center else 0.0)


def _maker(tensor: keras.KerasTensor) -> keras.Layer:
    return tensor._keras_history.operation  # noqa: SLF001 - Keras has no public name for it


def _input_of(tensor: keras.KerasTensor) -> keras.KerasTensor:
    """What the layer that made a tensor was given; it may have been called in other graphs too."""
    history = tensor._keras_history  # noqa: SLF001 - likewise
    (given,) = history.operation._inbound_nodes[history.node_index].input_tensors  # noqa: SLF001
    return given
