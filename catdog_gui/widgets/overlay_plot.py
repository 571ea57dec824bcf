"""The curves of several runs in one drawing, each named at its end."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from catdog_gui.widgets.plot_canvas import canvas_of
from catdog_gui.widgets.plot_style import palette_style

if TYPE_CHECKING:
    from training.plots.overlay import RunCurve

_LEAST_WIDTH_PX, _LEAST_HEIGHT_PX = 560, 200


class OverlayPlot(QWidget):
    """Shows the validation accuracy and the validation loss of runs; `load_plots` must have run.

    Args:
        curves: At most `training.runs.comparing.MOST_CURVES`.
    """

    def __init__(self, curves: Sequence[RunCurve], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        from training.plots.overlay import overlay_figure

        figure, self._artists = overlay_figure(curves, palette_style(self))
        self._canvas = canvas_of(figure, self)
        self._canvas.mpl_connect("resize_event", lambda _: self._artists.fit())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._canvas)
        self.setMinimumSize(_LEAST_WIDTH_PX, _LEAST_HEIGHT_PX)
        self.setAccessibleName("Curves of validation accuracy and validation loss")
        self.setAccessibleDescription(", ".join(curve.label for curve in curves))

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_canvas"):
            self._artists.set_style(palette_style(self))
            self._canvas.draw_idle()
