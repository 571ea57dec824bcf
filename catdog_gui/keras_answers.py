"""What only the whole program can say of a verdict: answers that load TensorFlow, in a job."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from catdog_gui.prediction_tab.explaining import Explaining
from training.cancellation import CancelToken
from training.events import EventSink

if TYPE_CHECKING:
    from training.inference.heat import HeatMap
    from training.learning.explaining import Explainer
    from training.learning.inside import Inside


class KerasAnswers:
    """Answers by `training.learning.explaining`; the network is kept from picture to picture.

    It is called in one job at a time, and imports at the first call.
    """

    def __init__(self) -> None:
        self._explainer: Explainer | None = None

    @property
    def explaining(self) -> Explaining:
        """Both answers, for the Prediction tab."""
        return Explaining(self.explain, self.look_inside)

    def explain(
        self, picture: Path, folder: Path, *, emit: EventSink, token: CancelToken
    ) -> HeatMap:
        """The heat-map of a picture; see `training.learning.explaining.explain`."""
        return self._made().explain(picture, folder, emit=emit, token=token)

    def look_inside(
        self, picture: Path, folder: Path, *, emit: EventSink, token: CancelToken
    ) -> Inside:
        """A picture's way through the network of a run."""
        return self._made().look_inside(picture, folder, emit=emit, token=token)

    def _made(self) -> Explainer:
        from training.learning.explaining import Explainer

        if self._explainer is None:
            self._explainer = Explainer()
        return self._explainer
