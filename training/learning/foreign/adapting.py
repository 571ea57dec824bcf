"""A stranger's network becomes one of ours: uint8 RGB pictures in, p_dog out."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import keras
import numpy as np
from keras import layers, ops

from training.dataset.picture import CLASSES
from training.learning.foreign.allowed import AUGMENTING
from training.learning.foreign.facts import (
    COLOUR,
    GREY,
    SCALINGS,
    Adaptation,
    Answer,
    ForeignModel,
    Scaling,
)
from training.learning.judging import ANSWER_LAYER
from training.learning.reasons import HEAT_LAYER

NETWORK_NAME = "imported"
"""Of the adapted network; no name whose input range the self-check knows."""

_LEAST_CHANCE = 1e-7
_OUR_NAMES = ("pictures", "levels", "scaling", "resizing", HEAT_LAYER, ANSWER_LAYER)
_ARITHMETIC = "their_step"
_HEAD_ACTIVATIONS = ("Activation", "Softmax")


def adapt(file: Path, model: ForeignModel, adaptation: Adaptation) -> Any:  # noqa: ANN401
    """Build the adapted network.

    The stranger's layers stand in it one by one, those of networks inside it too, so that
    heat-maps and *Continue* find them. Its last layer becomes `ANSWER_LAYER` with weights that
    give the same answers: of two classes' logits, p_dog is the sigmoid of their difference.

    Args:
        file: What the trial saved.
        model: What the trial found.
        adaptation: What the user says of it, validated.

    Returns:
        A Keras model from uint8 (n, side, side, 3) in [0, 255] to p_dog, float32 (n, 1).
    """
    network = keras.models.load_model(file, compile=False, safe_mode=True)
    side = adaptation.side(model)
    pictures = keras.Input((side, side, COLOUR), dtype="uint8", name="pictures")
    seen = _as_it_wants(pictures, model, SCALINGS[adaptation.scaling], network.inputs[0].dtype)
    body, head = _split(network)
    hidden = _Unfolding()(keras.Model(network.inputs, body), seen)
    answer = _answered(hidden, head, model.answer, adaptation.classes)
    return keras.Model(pictures, answer, name=NETWORK_NAME)


def _as_it_wants(
    pictures: keras.KerasTensor, model: ForeignModel, scaling: Scaling, dtype: str
) -> keras.KerasTensor:
    if model.channels == GREY:
        grey = layers.Rescaling(1.0, name="levels")(pictures)
        seen = ops.image.rgb_to_grayscale(grey)
        seen = layers.Rescaling(scaling.factors[0], scaling.offsets[0], name="scaling")(seen)
    else:
        seen = layers.Rescaling(list(scaling.factors), list(scaling.offsets), name="scaling")(
            pictures
        )
        if scaling.swaps_colours:
            seen = ops.flip(seen, axis=-1)
    if model.has_own_size and seen.shape[1:3] != (model.height, model.width):
        seen = layers.Resizing(model.height, model.width, name="resizing")(seen)
    return seen if dtype == seen.dtype else ops.cast(seen, dtype)


def _split(network: Any) -> tuple[keras.KerasTensor, Any]:  # noqa: ANN401
    """What the last dense layer is given, and that layer; the answer and None without one."""
    answer = network.outputs[0]
    last = _maker(answer)
    if type(last).__name__ in _HEAD_ACTIVATIONS:
        last = _maker(last.input)
    return (last.input, last) if isinstance(last, layers.Dense) else (answer, None)


def _answered(
    hidden: keras.KerasTensor,
    head: Any,  # noqa: ANN401
    answer: Answer,
    classes: tuple[str, ...],
) -> keras.KerasTensor:
    """p_dog, by a dense layer of one sigmoid."""
    if head is None:
        hidden = _as_logits(hidden, answer)
        kernel, bias = np.eye(hidden.shape[-1]), np.zeros(hidden.shape[-1])
    else:
        kernel = np.asarray(head.kernel, np.float64)
        bias = np.asarray(head.bias, np.float64) if head.use_bias else np.zeros(kernel.shape[-1])
    towards_dog = _towards_dog(kernel.shape[-1], classes)
    layer = layers.Dense(1, activation="sigmoid", name=ANSWER_LAYER, dtype="float32")
    p_dog = layer(hidden)
    layer.set_weights([kernel @ towards_dog, bias @ towards_dog])
    return p_dog


def _towards_dog(answers: int, classes: tuple[str, ...]) -> np.ndarray:
    """How much each of a network's logits speaks for a dog: (answers, 1)."""
    sign = 1.0 if classes == CLASSES else -1.0
    return sign * (np.ones((1, 1)) if answers == 1 else np.array([[-1.0], [1.0]]))


def _as_logits(chances: keras.KerasTensor, answer: Answer) -> keras.KerasTensor:
    if answer in (Answer.LOGIT, Answer.LOGITS):
        return chances
    inside = ops.clip(chances, _LEAST_CHANCE, 1 - _LEAST_CHANCE)
    logs = ops.log(inside)
    return logs if answer is Answer.SOFTMAX else ops.subtract(logs, ops.log(1 - inside))


class _Unfolding:
    """Calls a network's layers one by one on something else, those of networks inside it too.

    A graph has no two layers of one name: those that are met a second time under another layer's
    name, or under one of ours, get a number.
    """

    def __init__(self) -> None:
        self._taken = set(_OUR_NAMES)
        self._met: set[int] = set()

    def __call__(self, network: Any, given: Any) -> keras.KerasTensor:  # noqa: ANN401
        graph = network
        if isinstance(network, keras.Sequential):
            graph = keras.Model(network.inputs, network.outputs[0])
        return graph._run_through_graph(given, operation_fn=self._called)  # noqa: SLF001

    def _called(self, operation: Any) -> Callable[..., Any]:  # noqa: ANN401
        if type(operation).__name__ in AUGMENTING:
            return lambda given, **_: given  # a picture that is judged is never varied
        if isinstance(operation, keras.Model):
            return lambda given, **_: self(operation, given)
        self._name_apart(operation)
        called: Callable[..., Any] = operation
        return called

    def _name_apart(self, operation: Any) -> None:  # noqa: ANN401
        if id(operation) in self._met:
            return
        stem = operation.name if isinstance(operation, keras.Layer) else _ARITHMETIC
        name, number = stem, 1
        while name in self._taken:
            number += 1
            name = f"{stem}_{number}"
        operation.name = name
        self._taken.add(name)
        self._met.add(id(operation))


def _maker(tensor: keras.KerasTensor) -> Any:  # noqa: ANN401
    return tensor._keras_history.operation  # noqa: SLF001 - Keras has no public name for it
