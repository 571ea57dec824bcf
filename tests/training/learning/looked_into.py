"""Networks to look into: one of many kinds of layers, and one that others trained."""

from pathlib import Path

import keras
import numpy as np
import pytest
from keras import layers

from training.learning.backbone import build_backbone
from training.learning.backbones import BACKBONES, DEFAULT_BACKBONE
from training.learning.weights import MOBILENET_V2


def build_motley() -> keras.Model:
    """A network with one layer, or two, of each kind that is told of."""
    keras.utils.set_random_seed(3)
    pictures = keras.Input((20, 20, 3), dtype="uint8")
    maps = layers.Rescaling(1 / 127.5, offset=-1)(pictures)
    maps = layers.Conv2D(4, 3, strides=2, padding="same", use_bias=False)(maps)
    maps = layers.BatchNormalization(name="normal")(maps)
    maps = layers.ReLU(max_value=6.0)(maps)
    road = layers.DepthwiseConv2D(3, padding="same", depth_multiplier=2, name="alone")(maps)
    road = layers.ReLU()(layers.BatchNormalization(scale=False, center=False)(road))
    road = layers.Conv2D(4, 1, name="across")(road)
    maps = layers.Activation("relu")(layers.Add()([maps, road]))
    maps = layers.ZeroPadding2D(((1, 2), (1, 2)))(maps)
    maps = layers.DepthwiseConv2D(3, strides=2, name="alone_in_steps")(maps)
    maps = layers.SeparableConv2D(
        5, 3, padding="same", depth_multiplier=2, activation="relu", name="separable"
    )(maps)
    maps = layers.AveragePooling2D(2)(layers.MaxPooling2D(2, strides=2)(maps))
    numbers = layers.Concatenate()(
        [layers.GlobalAveragePooling2D()(maps), layers.GlobalMaxPooling2D()(maps)]
    )
    network = keras.Model(pictures, layers.Dense(1, activation="sigmoid")(numbers))
    generator = np.random.default_rng(4)
    for layer in network.layers:
        if layer.name == "normal":
            layer.set_weights([generator.uniform(0.5, 2, 4).astype("float32") for _ in range(4)])
    return network


def build_mobile_net(shared_data: Path, side: int) -> keras.Model:
    file = shared_data.parent / "keras-cache" / "models" / MOBILENET_V2.name
    if not file.is_file():
        pytest.skip("the ImageNet weights (shared/keras-cache) are not on this machine")
    return build_backbone(BACKBONES[DEFAULT_BACKBONE], side, file)
