"""The networks trained on ImageNet that a preset may stand on, as facts.

Nothing here imports Keras, so that the window can show the table at its start.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from training.config import DEFAULT_BACKBONE


@dataclass(frozen=True)
class Backbone:
    """A network that others trained on ImageNet.

    Attributes:
        key: Its name on the command line, in `run.json`, and in the table of weights.
        title: Its name in the window.
        builder: What `keras.applications` calls it.
        features: How many features it gives.
        scale: What levels in [0, 255] are multiplied by, for all colours or for each.
        offset: What is added afterwards.
        scales_itself: Whether what Keras builds does that too unless it is told not to. We always
            do it ourselves: Keras' layer for EfficientNetV2 does not survive its export to ONNX.
        first_upper_layer: The layer at which its upper blocks begin: those with the smallest maps.
    """

    key: str
    title: str
    builder: str
    features: int
    scale: float | tuple[float, ...]
    offset: float | tuple[float, ...]
    scales_itself: bool
    first_upper_layer: str

    def network_name(self, stem: str) -> str:
        """The name of a network that stands on it, such as "express_mobilenet_v3".

        Args:
            stem: The network's name on the default backbone.
        """
        if self.key == DEFAULT_BACKBONE:
            return stem
        return f"{stem}_{self.key.replace('-', '_')}"


_COLOURS = ((0.485, 0.229), (0.456, 0.224), (0.406, 0.225))
"""Mean and standard deviation of each colour over ImageNet, of levels in [0, 1]."""

_ROWS = (
    Backbone(  # Sandler and others, "MobileNetV2: Inverted Residuals and Linear Bottlenecks", 2018
        key=DEFAULT_BACKBONE,
        title="MobileNetV2",
        builder="MobileNetV2",
        features=1280,
        scale=1 / 127.5,
        offset=-1.0,
        scales_itself=False,
        first_upper_layer="block_13_expand",
    ),
    Backbone(  # Howard and others, "Searching for MobileNetV3", 2019
        key="mobilenet-v3",
        title="MobileNetV3 Large",
        builder="MobileNetV3Large",
        features=960,
        scale=1 / 127.5,
        offset=-1.0,
        scales_itself=True,
        first_upper_layer="expanded_conv_12_expand",
    ),
    Backbone(  # Tan and Le, "EfficientNetV2: Smaller Models and Faster Training", 2021
        key="efficientnet-v2-b0",
        title="EfficientNetV2-B0",
        builder="EfficientNetV2B0",
        features=1280,
        scale=tuple(1 / (255 * deviation) for _, deviation in _COLOURS),
        offset=tuple(-mean / deviation for mean, deviation in _COLOURS),
        scales_itself=True,
        first_upper_layer="block6a_expand_conv",
    ),
)

BACKBONES: Mapping[str, Backbone] = {row.key: row for row in _ROWS}
