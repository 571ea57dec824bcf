"""A checked file becomes a Keras model, in a process that may be killed for it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import keras
import numpy as np

from training.dataset.picture import CLASSES
from training.errors import ModelFileError
from training.learning.foreign.checking import Checked, newer_keras
from training.learning.foreign.facts import COLOUR, GREY, Answer, ForeignModel
from training.learning.foreign.kinds import Kind
from training.learning.foreign.memory import is_out_of_memory

_PICTURE_AXES, _ANSWER_AXES = 4, 2
_IMAGENET_CLASSES = 1000
_WHITE = 255
_TRIED_PICTURES = 2
_TRIED_SIDE = 224  # for a network that takes any size
_SCALING_LAYERS = (keras.layers.Rescaling, keras.layers.Normalization)
_OTHER = "Choose a model that tells cats from dogs."
_TRAIN = "Train one of your own instead; the preset Express needs a minute or two."
_TOLERANCE = 1e-3

_ANSWERS = {
    (1, "sigmoid"): Answer.SIGMOID,
    (1, "linear"): Answer.LOGIT,
    (2, "softmax"): Answer.SOFTMAX,
    (2, "linear"): Answer.LOGITS,
}


@dataclass(frozen=True)
class Source:
    """Where a model comes from.

    Attributes:
        name: What the user's file is called.
        sha256: Of its bytes.
    """

    name: str
    sha256: str


def load(checked: Checked) -> Any:  # noqa: ANN401 - Keras ships no types
    """Load a model without what it was trained with.

    Raises:
        ModelFileError: Keras refuses it.
    """
    try:
        return keras.models.load_model(checked.file, compile=False, safe_mode=True)
    except Exception as error:  # whatever a stranger's file makes Keras raise
        if is_out_of_memory(error):
            raise
        raise ModelFileError(*_why_not(checked)) from error


def facts_of(network: Any, source: Source, checked: Checked) -> ForeignModel:  # noqa: ANN401
    """What a model takes and answers, after it has answered once.

    Raises:
        ModelFileError: It takes no pictures, does not tell two classes apart, or has weights
            that are no numbers.
    """
    height, width, channels = _input_of(network)
    answer = _answer_of(network)
    _require_finite(network)
    _try(network, (height or _TRIED_SIDE, width or _TRIED_SIDE, channels), answer)
    layers = list(_all_layers(network))
    return ForeignModel(
        name=source.name,
        sha256=source.sha256,
        kind=Kind(checked.kind).value,
        keras_version=checked.keras_version,
        height=height,
        width=width,
        channels=channels,
        answer=answer,
        parameters=int(network.count_params()),
        layers=len(layers),
        scales_itself="int" in network.inputs[0].dtype
        or any(isinstance(layer, _SCALING_LAYERS) for layer in layers),
        built_on=tuple(
            layer.name.lower() for layer in network.layers if isinstance(layer, keras.Model)
        )
        or (str(network.name).lower(),),
    )


def _why_not(checked: Checked) -> tuple[str, str]:
    newer = newer_keras(checked.keras_version)
    again = "Save it again with Keras 3, as model.keras, where it still loads."
    if newer:
        return (
            f"This model cannot be read here: {newer}.",
            "Update this program, or save the model again with an older Keras.",
        )
    if checked.keras_version.startswith(("1.", "2.")):
        return (
            f"This model was saved by Keras {checked.keras_version}, with settings that Keras "
            f"{keras.__version__} no longer knows.",
            again,
        )
    return "Keras cannot build this model: its weights do not fit its layers.", again


def _input_of(network: Any) -> tuple[int, int, int]:  # noqa: ANN401
    """Height, width and channels; 0 for any height or width."""
    inputs = getattr(network, "inputs", None) or []
    shape = tuple(inputs[0].shape) if len(inputs) == 1 else ()
    if len(shape) != _PICTURE_AXES:
        raise ModelFileError(
            "This model does not take one picture: its input is "
            f"{' and '.join(_shape_words(each.shape) for each in inputs) or 'not stated'}.",
            _OTHER,
        )
    if shape[-1] not in (GREY, COLOUR):
        raise ModelFileError(
            f"This model takes pictures of the shape {_shape_words(shape)}, where 1 (grey) or 3 "
            "(colour) channels are needed, as the last number.",
            "Choose a model for grey or colour pictures.",
        )
    return shape[1] or 0, shape[2] or 0, shape[3]


def _answer_of(network: Any) -> Answer:  # noqa: ANN401
    outputs = network.outputs
    shape = tuple(outputs[0].shape) if len(outputs) == 1 else ()
    if len(shape) != _ANSWER_AXES or shape[1] is None:
        raise ModelFileError(
            "This model gives more than one answer, or maps instead of an answer.", _OTHER
        )
    count = int(shape[1])
    if count > len(CLASSES):
        imagenet = count == _IMAGENET_CLASSES
        what = "as models for ImageNet do" if imagenet else "so it was made for something else"
        raise ModelFileError(
            f"This model tells {count:,} classes apart, {what}; which of them are cats and which "
            "dogs, it does not say.",
            _TRAIN,
        )
    activation = last_activation(network)
    if (count, activation) not in _ANSWERS:
        raise ModelFileError(
            f"This model ends in {count} {'number' if count == 1 else 'numbers'} by the activation "
            f"“{activation}”, which are no probabilities of cat and dog.",
            _OTHER,
        )
    return _ANSWERS[count, activation]


def last_activation(network: Any) -> str:  # noqa: ANN401
    """The name of the function that a model's answer comes out of; linear for none."""
    last = network.outputs[0]._keras_history.operation  # noqa: SLF001 - no public name for it
    if isinstance(last, keras.Model):
        return last_activation(last)
    if isinstance(last, keras.layers.Softmax):
        return "softmax"
    name = getattr(getattr(last, "activation", None), "__name__", None)
    return name or type(last).__name__.lower().replace("dense", "linear")


def _require_finite(network: Any) -> None:  # noqa: ANN401
    for weight in network.weights:
        if weight.dtype.startswith(("float", "bfloat")):
            values = np.asarray(weight, dtype=np.float32)
            if not np.isfinite(values).all():
                raise ModelFileError(
                    f"This model is not usable: its weights {weight.path} are not all numbers.",
                    "Ask for another copy; its training may have failed.",
                )


def _try(network: Any, shape: tuple[int, int, int], answer: Answer) -> None:  # noqa: ANN401
    dtype = network.inputs[0].dtype
    brightest = _WHITE if "int" in dtype else 1
    pictures = np.random.default_rng(1).uniform(0, brightest, (_TRIED_PICTURES, *shape))
    answers = np.asarray(network(pictures.astype(dtype), training=False), dtype=np.float32)
    is_off = not np.isfinite(answers).all()
    if answer is Answer.SOFTMAX:
        is_off = is_off or bool(np.abs(answers.sum(axis=1) - 1).max() > _TOLERANCE)
    if is_off:
        raise ModelFileError(
            "This model is not usable: its answer to a picture is no number.",
            "Ask for another copy; its training may have failed.",
        )


def _all_layers(network: Any) -> Iterator[Any]:  # noqa: ANN401
    for layer in network.layers:
        if isinstance(layer, keras.Model):
            yield from _all_layers(layer)
        elif not isinstance(layer, keras.layers.InputLayer):
            yield layer


def _shape_words(shape: tuple[int | None, ...]) -> str:
    return " x ".join("any" if side is None else str(side) for side in shape[1:])
