"""What is asked behind a verdict, and the answers that need no TensorFlow.

The whole program brings answers of its own, see `catdog_gui.keras_answers`; the Viewer cannot.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from training.cancellation import CancelToken
from training.errors import RunError
from training.events import EventSink, LayerFacts

if TYPE_CHECKING:
    from training.inference.heat import HeatMap
    from training.inference.unit import Floats, Unit


class Explain(Protocol):
    """Gives the heat-map of a picture by the run in a folder, in a job's thread."""

    def __call__(
        self, picture: Path, folder: Path, *, emit: EventSink, token: CancelToken
    ) -> HeatMap:
        """Raise a `UserError` where there is none."""


class NetworkInside(Protocol):
    """One picture on its way through a network; see `training.learning.inside`."""

    @property
    def side(self) -> tuple[int, int]:
        """Rows and columns of the picture as the network sees it."""

    @property
    def facts(self) -> tuple[LayerFacts, ...]:
        """All layers, from the picture on."""

    @property
    def layers(self) -> tuple[str, ...]:
        """The names of those whose numbers can be seen."""

    def maps(self, layer: str) -> Floats:
        """A layer's maps, float32 (rows, columns, channels); numbers alone have one place."""

    def kernels(self, layer: str) -> Floats | None:
        """A convolution's weights, float32 (rows, columns, maps that one looks at, maps)."""

    def tells_units(self, layer: str) -> bool:
        """Whether `unit` has something to say."""

    def unit(self, layer: str, row: int, column: int, channel: int) -> Unit:
        """One number of a layer's maps, and what made it."""


class LookInside(Protocol):
    """Sends a picture through the network of the run in a folder, in a job's thread."""

    def __call__(
        self, picture: Path, folder: Path, *, emit: EventSink, token: CancelToken
    ) -> NetworkInside:
        """Raise a `UserError` where the network cannot be had."""


@dataclass(frozen=True)
class Explaining:
    """Who answers; both are called in one job at a time.

    Attributes:
        explain: Where a verdict comes from.
        look_inside: How the network came to it; None where this program cannot say.
    """

    explain: Explain
    look_inside: LookInside | None = None


def explain_by_graph(
    picture: Path,
    folder: Path,
    *,
    emit: EventSink,  # noqa: ARG001 - an `Explain`'s form: it is over before there is news
    token: CancelToken,  # noqa: ARG001 - likewise
) -> HeatMap:
    """The class activation map that a run's exported network gives.

    Raises:
        PictureError: The picture cannot be read.
        RunError: The run is damaged, or its network gives no such map.
    """
    from training.inference.heat import class_activation

    heat = class_activation(picture, folder)
    if heat is None:
        raise RunError(
            "This model does not say by itself where its verdict comes from.",
            "Open it in CatDog, which can ask its network, or choose another model.",
        )
    return heat


BY_GRAPH = Explaining(explain_by_graph)
