"""Finds the heat-map of the picture that is looked at, and keeps the latest ones."""

from collections import OrderedDict
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtGui import QImage

from catdog_gui.prediction_tab.detail_panel import DetailPanel
from catdog_gui.prediction_tab.explaining import Explain
from catdog_gui.prediction_tab.latest_job import LatestJob, Question
from catdog_gui.prediction_tab.words import heat_words
from training.cancellation import CancelToken
from training.events import EventSink

_TITLE = "Asking why"
_PAINT_SIDE_PX = 256  # a map has 7 to 40 places along a side; Qt stretches its paint smoothly
_MOST_KEPT = 64  # of a quarter of a megabyte each


@dataclass(frozen=True)
class PaintedHeat:
    """A heat-map as it is laid over its picture.

    Attributes:
        paint: Colours of which the strongest place is opaque.
        method: See `training.inference.heat.HeatMap`.
    """

    paint: QImage
    method: str


class HeatWork:
    """Shows heat-maps in the panel.

    Args:
        panel: Shows them.
        latest: Runs the job.
        explain: Gives them.
    """

    def __init__(self, panel: DetailPanel, latest: LatestJob, explain: Explain) -> None:
        self._panel = panel
        self._latest = latest
        self._explain = explain
        self._kept: OrderedDict[tuple[Path, Path], PaintedHeat] = OrderedDict()

    def show(self, picture: Path, folder: Path) -> None:
        """Show where the verdict on a picture comes from; at once where it is known."""
        kept = self._kept.get((picture, folder))
        if kept is not None:
            self._latest.drop()
            self._show(kept)
            return
        self._panel.clear_look()
        job = partial(_paint, self._explain, picture, folder)
        then = partial(self._keep, (picture, folder))
        say = self._panel.show_look_words
        self._latest.ask(Question(_TITLE, job, then, wait=say, fail=say))

    def _keep(self, key: tuple[Path, Path], heat: PaintedHeat) -> None:
        self._kept[key] = heat
        if len(self._kept) > _MOST_KEPT:
            self._kept.popitem(last=False)
        self._show(heat)

    def _show(self, heat: PaintedHeat) -> None:
        self._panel.show_heat(heat.paint, heat_words(heat.method))


def _paint(
    explain: Explain, picture: Path, folder: Path, *, emit: EventSink, token: CancelToken
) -> PaintedHeat:
    from training.inference.heat import layer_of_paint

    heat = explain(picture, folder, emit=emit, token=token)
    side = _PAINT_SIDE_PX
    paint = layer_of_paint(heat, (side, side))
    image = QImage(paint.tobytes(), side, side, 4 * side, QImage.Format.Format_RGBA8888)
    return PaintedHeat(image.copy(), heat.method)  # the copy owns its bytes
