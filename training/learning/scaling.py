"""Which values each network was made for, as facts: what its first weights must be given."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from training.learning.backbones import BACKBONES

_WHITE = 255


@dataclass(frozen=True)
class InputRange:
    """What pixels in [0, 255] become on their way to a network's first weights.

    Attributes:
        low: What a level of 0 becomes; the least of it where the colours differ.
        high: What a level of 255 becomes; the greatest of it where the colours differ.
        colours: The range of each colour, where they differ.
    """

    low: float
    high: float
    colours: tuple["InputRange", ...] = ()

    @property
    def width(self) -> float:
        """From end to end."""
        return self.high - self.low

    def of_level(self, level: float) -> float:
        """What a pixel's level, in [0, 255], becomes."""
        return self.low + self.width * level / _WHITE

    def ends(self, darkest: Sequence[float], brightest: Sequence[float]) -> tuple[float, float]:
        """The least and the greatest value that pictures become.

        Args:
            darkest: The lowest level of each colour in them.
            brightest: The highest level of each.
        """
        colours = self.colours or (self,) * len(darkest)
        both = list(zip(colours, darkest, brightest, strict=True))
        return (
            min(colour.of_level(level) for colour, level, _ in both),
            max(colour.of_level(level) for colour, _, level in both),
        )


def _standardised(means: Sequence[float], deviations: Sequence[float]) -> InputRange:
    """Less the mean of each colour over ImageNet, divided by its standard deviation."""
    colours = tuple(
        InputRange(-mean / deviation, (1 - mean) / deviation)
        for mean, deviation in zip(means, deviations, strict=True)
    )
    low = min(colour.low for colour in colours)
    return InputRange(round(low, 3), round(max(colour.high for colour in colours), 3), colours)


UNIT, SIGNED = InputRange(0.0, 1.0), InputRange(-1.0, 1.0)
STANDARDISED = _standardised((0.485, 0.456, 0.406), (0.229, 0.224, 0.225))

BACKBONE_RANGES: Mapping[str, InputRange] = {
    "mobilenet-v2": SIGNED,
    "mobilenet-v3": SIGNED,
    "efficientnet-v2-b0": STANDARDISED,
}
"""What each backbone was trained on, and so what stands on it is given."""

INPUT_RANGES: Mapping[str, InputRange] = {
    "notebook": UNIT,
    "notebook_described": UNIT,
    "scratch": SIGNED,
    **{
        row.network_name(stem): BACKBONE_RANGES[row.key]
        for row in BACKBONES.values()
        for stem in ("express", "fine_tune")
    },
}
"""By the network's own name, which a saved model keeps."""


def input_range(preset: str, network: str) -> InputRange | None:
    """What a network was made for.

    Args:
        preset: The run's, for a network whose name says nothing.
        network: Its own name: a run that goes on from another one has that one's network.

    Returns:
        None where neither says it.
    """
    return INPUT_RANGES.get(network, INPUT_RANGES.get(preset.replace("-", "_")))
