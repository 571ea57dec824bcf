"""A network from inside: its maps for one picture, and how each single number in them came about.

What is told of a unit is computed in NumPy from what the layers before gave, see
`training.learning.making`.
"""

from functools import cached_property

import keras
import numpy as np

from training.dataset.decode import Pixels
from training.errors import RunError
from training.events import LayerFacts
from training.inference.unit import Box, Floats, Unit
from training.learning.fields import Fields
from training.learning.making import Spot, is_told_of, kernel_of, making_of
from training.learning.models import layer_facts

_NUMBERS, _PLACES = 1, 3  # axes of numbers without places, and of maps


class Inside:
    """One picture on its way through a network.

    Args:
        network: From uint8 (n, side, side, 3) to p_dog.
        pixels: The picture, uint8 (side, side, 3), values in [0, 255].
    """

    def __init__(self, network: keras.Model, pixels: Pixels) -> None:
        self._network = network
        self._fields = Fields(network)
        self._side = (int(pixels.shape[0]), int(pixels.shape[1]))
        self._layers = {layer.name: layer for layer in network.layers if _is_shown(layer)}
        wanted = {id(tensor): tensor for layer in self._layers.values() for tensor in _ends(layer)}
        asked = keras.Model(network.input, list(wanted.values()))
        answers = asked.predict_on_batch(pixels[np.newaxis])
        self._maps = {
            key: _as_maps(np.asarray(answer)[0])
            for key, answer in zip(wanted, answers, strict=True)
        }

    @property
    def side(self) -> tuple[int, int]:
        """Rows and columns of the picture, in the network's pixels: what a unit's field counts."""
        return self._side

    @cached_property
    def facts(self) -> tuple[LayerFacts, ...]:
        """All layers after the input, those without maps too, from the picture on."""
        return tuple(each for each in layer_facts(self._network) if each.kind != "InputLayer")

    @property
    def layers(self) -> tuple[str, ...]:
        """The layers that have maps, and those whose numbers have no places but can be told of."""
        return tuple(self._layers)

    def maps(self, layer: str) -> Floats:
        """What a layer makes of the picture, float32 (rows, columns, channels).

        Numbers without places are as many maps of one row and one column.
        """
        return self._maps[id(self._layers[layer].output)]

    def kernels(self, layer: str) -> Floats | None:
        """A convolution's weights, float32 (rows, columns, maps that one looks at, maps)."""
        return kernel_of(self._layers[layer])

    def tells_units(self, layer: str) -> bool:
        """Whether `unit` can say what made the numbers of a layer."""
        return is_told_of(self._layers[layer])

    def unit(self, layer: str, row: int, column: int, channel: int) -> Unit:
        """One number of a layer's maps.

        Args:
            layer: One that `tells_units`.
            row: Of the map.
            column: Of the map.
            channel: Which map.

        Raises:
            RunError: Of the layer it is not known how it makes its numbers.
        """
        found = self._layers[layer]
        if not is_told_of(found):
            raise RunError(f"How {layer} computes is not told of here.", "Choose another layer.")
        before = [self._maps[id(tensor)] for tensor in _inputs(found)]
        making, value = making_of(found, before, Spot(row, column, channel))
        field = self._fields.of(found.output, Box(row, column, row, column))
        return Unit(field.within(*self._side), making, value)


def _is_shown(layer: keras.Layer) -> bool:
    if isinstance(layer, keras.layers.InputLayer):
        return False
    axes = len(layer.output.shape) - 1
    return axes == _PLACES or (axes == _NUMBERS and is_told_of(layer))


def _as_maps(numbers: Floats) -> Floats:
    """Maps as they are; numbers without places as maps of one place."""
    maps = numbers if numbers.ndim == _PLACES else numbers[np.newaxis, np.newaxis]
    return np.asarray(maps, dtype=np.float32)


def _inputs(layer: keras.Layer) -> list[keras.KerasTensor]:
    given = layer.input
    return list(given) if isinstance(given, (list, tuple)) else [given]


def _ends(layer: keras.Layer) -> tuple[keras.KerasTensor, ...]:
    """The layer's output, and its inputs."""
    return (layer.output, *_inputs(layer))
