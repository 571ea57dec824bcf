"""The networks, as uncompiled functional Keras models, and what can be said of their layers.

Every network takes uint8 pictures in [0, 255] and scales them itself, so that no road to it can
scale them differently.
"""

from collections.abc import Callable, Mapping

import keras
from keras import layers

from training.config import TrainingConfig
from training.events import LayerFacts, NetworkBuilt
from training.inference.unit import Box
from training.learning.fields import Fields

CHANNELS = 3
_ANY_PLACE = Box(0, 0, 0, 0)  # beyond the picture's edge is counted too, so all places see as much


def build_network(config: TrainingConfig, image_size: int) -> keras.Model:
    """Build the network of a run's preset, with random weights from its seed.

    Args:
        config: Settings that passed their checks.
        image_size: Side of the square input, in pixels.

    Returns:
        A model from uint8 (batch, image_size, image_size, 3) to p_dog, float32 (batch, 1).
    """
    keras.utils.set_random_seed(config.seed)
    return _ARCHITECTURES[config.preset](image_size)


def build_notebook(image_size: int) -> keras.Model:
    """The network that the notebook's code builds (section 3.6)."""
    pictures, maps = _scaled_input(image_size)
    for count in (16, 32, 32):
        maps = layers.Conv2D(count, 3, activation="relu")(maps)
        maps = layers.MaxPooling2D(2)(maps)
    hidden = layers.Dropout(0.5)(layers.Flatten()(maps))
    hidden = layers.Dense(512, activation="relu")(hidden)
    return keras.Model(pictures, _verdict(hidden), name="notebook")


def build_notebook_described(image_size: int) -> keras.Model:
    """The network that the notebook's text describes (section 3.6).

    The text names no dropout rate; the code's 0.5 is taken.
    """
    pictures, maps = _scaled_input(image_size)
    for count in (20, 40, 80, 80):
        maps = layers.Conv2D(count, 5, activation="relu")(maps)
        maps = layers.MaxPooling2D(2)(maps)
    hidden = layers.Dropout(0.5)(layers.Flatten()(maps))
    hidden = layers.Dense(100, activation="relu")(hidden)
    return keras.Model(pictures, _verdict(hidden), name="notebook_described")


def build_scratch(image_size: int) -> keras.Model:
    """A slim residual network (He and others, "Deep Residual Learning", 2015).

    Half the width of ResNet-18; where a block halves the maps, its shortcut averages before it
    projects, so that nothing is skipped (He and others, "Bag of Tricks", 2018). Its weights serve
    any image size.
    """
    pictures = keras.Input((image_size, image_size, CHANNELS), dtype="uint8", name="pictures")
    maps = layers.Rescaling(1 / 127.5, offset=-1)(pictures)
    maps = layers.MaxPooling2D(2)(_convolved(maps, 32, stride=2))
    for count in (32, 64, 128, 256):
        maps = _residual(maps, count, stride=1 if count == maps.shape[-1] else 2)
        maps = _residual(maps, count, stride=1)
    features = layers.GlobalAveragePooling2D(name="features")(maps)
    return keras.Model(pictures, _verdict(features), name="scratch")


def _residual(maps: keras.KerasTensor, count: int, stride: int) -> keras.KerasTensor:
    shortcut = maps
    if stride > 1:
        shortcut = layers.AveragePooling2D(stride, padding="same")(shortcut)
        shortcut = _convolved(shortcut, count, kernel=1, activation=None)
    maps = _convolved(_convolved(maps, count, stride=stride), count, activation=None)
    return layers.Activation("relu")(layers.Add()([shortcut, maps]))


def _convolved(
    maps: keras.KerasTensor,
    count: int,
    *,
    kernel: int = 3,
    stride: int = 1,
    activation: str | None = "relu",
) -> keras.KerasTensor:
    maps = layers.Conv2D(
        count,
        kernel,
        strides=stride,
        padding="same",
        use_bias=False,
        kernel_initializer="he_normal",
    )(maps)
    maps = layers.BatchNormalization(momentum=0.9)(maps)
    return layers.Activation(activation)(maps) if activation else maps


_ARCHITECTURES: Mapping[str, Callable[[int], keras.Model]] = {
    "notebook": build_notebook,
    "notebook-described": build_notebook_described,
    "scratch": build_scratch,
}


def describe_network(network: keras.Model) -> NetworkBuilt:
    """Say what the network is made of, layer by layer and in Keras' own words."""
    lines: list[str] = []
    network.summary(print_fn=lines.append, line_length=72)
    return NetworkBuilt(layers=layer_facts(network), summary="\n".join(lines))


def _scaled_input(image_size: int) -> tuple[keras.KerasTensor, keras.KerasTensor]:
    pictures = keras.Input((image_size, image_size, CHANNELS), dtype="uint8", name="pictures")
    return pictures, layers.Rescaling(1 / 255)(pictures)


def _verdict(hidden: keras.KerasTensor) -> keras.KerasTensor:
    return layers.Dense(1, activation="sigmoid", name="p_dog", dtype="float32")(hidden)


def layer_facts(network: keras.Model) -> tuple[LayerFacts, ...]:
    """The rows of a network's summary, from input to output."""
    fields = Fields(network)
    return tuple(_facts_of(layer, fields) for layer in network.layers)


def _facts_of(layer: keras.Layer, fields: Fields) -> LayerFacts:
    shape = tuple(int(side) for side in layer.output.shape[1:])
    has_places = len(shape) == len(("height", "width", "maps"))
    return LayerFacts(
        name=layer.name,
        kind=type(layer).__name__,
        output_shape=shape,
        parameters=int(layer.count_params()),
        receptive_field=fields.of(layer.output, _ANY_PLACE).size[0] if has_places else 0,
    )
