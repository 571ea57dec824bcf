"""What each kind of layer does, in plain words: a table, and the sentences around it."""

from collections.abc import Mapping
from dataclasses import dataclass

from training.events import LayerFacts

_PLACES = 3  # rows, columns and maps


@dataclass(frozen=True)
class LayerWords:
    """A kind of layer.

    Attributes:
        title: Its name for people.
        caption: What it does, in a sentence or two.
    """

    title: str
    caption: str


_SCALING = "Makes the numbers small, as the network learned them: 0 to 255 becomes about 0 to 1."
_POOLED = "Each map becomes smaller, and a shift by a pixel matters less."
_KINDS: Mapping[str, LayerWords] = {
    "Rescaling": LayerWords("Scaling", _SCALING),
    "Normalization": LayerWords("Scaling", _SCALING),
    "Conv2D": LayerWords(
        "Convolution",
        "A kernel slides over what came before. Where the picture looks like it, its map is "
        "bright: all numbers of a map share the kernel's weights, so it finds one thing anywhere.",
    ),
    "DepthwiseConv2D": LayerWords(
        "Convolution of each map",
        "Each map before gets a kernel of its own and becomes one map.",
    ),
    "MaxPooling2D": LayerWords(
        "Pooling", f"Of each small window only the largest number is kept. {_POOLED}"
    ),
    "AveragePooling2D": LayerWords(
        "Pooling by the mean", f"Each small window becomes the mean of its numbers. {_POOLED}"
    ),
    "GlobalAveragePooling2D": LayerWords(
        "Mean of each map",
        "Each map becomes one number: how strongly it found its thing, wherever that was.",
    ),
    "BatchNormalization": LayerWords(
        "Normalisation",
        "Shifts and scales each map to the range that the training got used to.",
    ),
    "ReLU": LayerWords(
        "ReLU", "What is below 0 becomes 0: a kernel says where its thing is, not where it is not."
    ),
    "Activation": LayerWords("Activation", "Bends each number by itself."),
    "Add": LayerWords(
        "Sum of two roads", "Adds the maps of a shortcut, so that nothing found earlier is lost."
    ),
    "Multiply": LayerWords("Weighting of maps", "Makes some maps count more than others."),
    "ZeroPadding2D": LayerWords(
        "Edge of zeros", "Adds zeros around each map, so that kernels reach the picture's edge."
    ),
    "Dropout": LayerWords(
        "Dropout",
        "Only a training sees it: it leaves numbers out by chance, so that none is relied on "
        "alone. Here everything passes.",
    ),
    "Flatten": LayerWords(
        "Flattening", "Puts the numbers of all maps in one row; places are told apart no more."
    ),
    "Dense": LayerWords(
        "Dense",
        "Each of its numbers is a sum over all numbers before it, each times a weight of its own. "
        "The last one says how likely a dog is.",
    ),
}
_OTHER = "Reshapes or combines what came before."


def words_of(kind: str) -> LayerWords:
    """The words for a kind of layer; a kind that the table lacks keeps Keras' name."""
    return _KINDS.get(kind, LayerWords(kind, _OTHER))


def size_words(facts: LayerFacts) -> str:
    """What a layer gives: "16 maps, 148 x 148", "512 numbers"."""
    shape = facts.output_shape
    if has_places(facts):
        noun = "map" if shape[2] == 1 else "maps"
        return f"{shape[2]:,} {noun}, {shape[0]:,} x {shape[1]:,}"
    count = shape[-1] if shape else 1
    return f"{count:,} number" if count == 1 else f"{count:,} numbers"


def has_places(facts: LayerFacts) -> bool:
    """Whether a layer gives maps."""
    return len(facts.output_shape) == _PLACES


def caption_of(facts: LayerFacts) -> str:
    """What a layer does and how it came to know it."""
    words = [words_of(facts.kind).caption]
    if facts.parameters:
        words.append(f"It has {facts.parameters:,} learned numbers.")
    if not has_places(facts):
        words.append("It gives no maps to look at.")
    return " ".join(words)
