"""What the architecture of a stranger's model may consist of, as tables.

All else is refused by name. What stands here computes numbers from numbers: none of it runs code
out of the file, opens a file or asks a network.
"""

import re
from collections.abc import Mapping

NETWORKS = frozenset({"Functional", "Model", "Sequential"})

AUGMENTING = frozenset(
    [
        "RandomBrightness",
        "RandomContrast",
        "RandomFlip",
        "RandomRotation",
        "RandomTranslation",
        "RandomZoom",
    ]
)
"""Layers that vary pictures while a network learns, and leave them as they are otherwise."""

LAYERS = AUGMENTING | frozenset(
    [
        "Activation",
        "ActivityRegularization",
        "Add",
        "AlphaDropout",
        "Average",
        "AveragePooling2D",
        "BatchNormalization",
        "CenterCrop",
        "Concatenate",
        "Conv2D",
        "Conv2DTranspose",
        "Cropping2D",
        "Dense",
        "DepthwiseConv2D",
        "Dot",
        "Dropout",
        "ELU",
        "Flatten",
        "GaussianDropout",
        "GaussianNoise",
        "GlobalAveragePooling2D",
        "GlobalMaxPooling2D",
        "GroupNormalization",
        "InputLayer",
        "LayerNormalization",
        "LeakyReLU",
        "Maximum",
        "MaxPooling2D",
        "Minimum",
        "MultiHeadAttention",
        "Multiply",
        "Normalization",
        "PReLU",
        "Permute",
        "ReLU",
        "RepeatVector",
        "Rescaling",
        "Reshape",
        "Resizing",
        "SeparableConv2D",
        "Softmax",
        "SpatialDropout2D",
        "Subtract",
        "ThresholdedReLU",
        "UnitNormalization",
        "UpSampling2D",
        "ZeroPadding2D",
    ]
)
"""What networks for pictures are built of."""

OPERATIONS = frozenset(
    [
        "Abs",
        "Add",
        "AveragePool",
        "Cast",
        "Clip",
        "Concatenate",
        "Divide",
        "Exp",
        "ExpandDims",
        "Flip",
        "GetItem",
        "HardSigmoid",
        "HardSwish",
        "Log",
        "Matmul",
        "Max",
        "MaxPool",
        "Maximum",
        "Mean",
        "Minimum",
        "Multiply",
        "Negative",
        "Pad",
        "Power",
        "RGBToGrayscale",
        "Relu",
        "Relu6",
        "Reshape",
        "Sigmoid",
        "Silu",
        "Softmax",
        "Sqrt",
        "Square",
        "Squeeze",
        "Subtract",
        "Sum",
        "Tanh",
        "Transpose",
        "TrueDivide",
    ]
)
"""Arithmetic on tensors, which Keras 3 saves as if it were layers."""

_INITIALIZERS = frozenset(
    [
        "Constant",
        "GlorotNormal",
        "GlorotUniform",
        "HeNormal",
        "HeUniform",
        "Identity",
        "LecunNormal",
        "LecunUniform",
        "Ones",
        "Orthogonal",
        "RandomNormal",
        "RandomUniform",
        "TruncatedNormal",
        "VarianceScaling",
        "Zeros",
    ]
)
_REGULARIZERS = frozenset({"L1", "L1L2", "L2", "OrthogonalRegularizer"})
_CONSTRAINTS = frozenset({"MaxNorm", "MinMaxNorm", "NonNeg", "UnitNorm"})
_POLICIES = frozenset({"DTypePolicy", "Policy"})
_MARKS = frozenset(
    {"__ellipsis__", "__keras_tensor__", "__numpy__", "__slice__", "__tensor__", "__tuple__"}
)

CLASSES = (
    NETWORKS
    | LAYERS
    | OPERATIONS
    | _INITIALIZERS
    | _REGULARIZERS
    | _CONSTRAINTS
    | _POLICIES
    | _MARKS
)
"""Every class that may be named."""

MODULE = re.compile(r"keras(\.[a-z_0-9]+)*|builtins")
"""Where such a class may come from."""

_ACTIVATIONS = frozenset(
    [
        "elu",
        "exponential",
        "gelu",
        "hard_sigmoid",
        "hard_silu",
        "hard_swish",
        "leaky_relu",
        "linear",
        "log_softmax",
        "mish",
        "relu",
        "relu6",
        "selu",
        "sigmoid",
        "silu",
        "softmax",
        "softplus",
        "softsign",
        "swish",
        "tanh",
    ]
)


def plain(name: str) -> str:
    """A name without the differences between Keras' own spellings of it: l1_l2 is L1L2."""
    return name.replace("_", "").lower()


NAMED_PARTS: Mapping[str, frozenset[str]] = {
    kind: frozenset(plain(name) for name in names)
    for kind, names in {
        "activation": _ACTIVATIONS,
        "initializer": _INITIALIZERS | {"Normal", "One", "Uniform", "Zero"},
        "regularizer": _REGULARIZERS,
        "constraint": _CONSTRAINTS,
    }.items()
}
"""What settings whose own names end so may name, as `plain` words."""

SPECIFIC_REASONS: Mapping[str, str] = {
    "Lambda": "it holds a program, which would run on this computer",
    "TFOpLambda": "it holds a call to a function of TensorFlow",
    "TensorFlowOpLayer": "it holds a call to a function of TensorFlow",
    "SlicingOpLambda": "it holds a call to a function of TensorFlow",
    "TFSMLayer": "it loads another file, whose graph can read and write files",
    "StringLookup": "it reads a file of words",
    "IntegerLookup": "it reads a file of words",
    "TextVectorization": "it reads a file of words",
}
"""Why some of those that are not allowed are not, where people will ask."""

LIMITS: Mapping[str, int] = {
    "units": 65_536,
    "filters": 16_384,
    "num_heads": 256,
    "key_dim": 4096,
    "depth_multiplier": 256,
    "kernel_size": 1024,
    "pool_size": 4096,
    "padding": 4096,
    "size": 64,
    "n": 65_536,
    "height": 4096,
    "width": 4096,
    "batch_shape": 4096,
    "batch_input_shape": 4096,
}
"""The greatest number that a setting of that name may hold."""

GREATEST_NUMBER = 10_000_000
"""Of all other settings."""

UNLIMITED = frozenset({"shared_object_id", "seed", "build_config", "build_input_shape"})
"""Settings whose numbers are no sizes, or only repeat what follows from others."""

MOST_LAYERS = 3000
MOST_DEPTH = 100
MOST_CONFIG_BYTES = 8 << 20
