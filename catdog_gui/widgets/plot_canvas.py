"""What is drawn on in the window, with words as large as the window's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QFontInfo
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from matplotlib.backends.backend_qtagg import FigureCanvasQTAgg
    from matplotlib.figure import Figure


def plot_canvas(widget: QWidget) -> FigureCanvasQTAgg:
    """A canvas for one drawing, still empty; see `canvas_of`.

    Args:
        widget: Where it will lie.
    """
    from matplotlib.figure import Figure

    figure = Figure(layout="constrained")
    figure.subplots()
    return canvas_of(figure, widget)


def canvas_of(figure: Figure, widget: QWidget) -> FigureCanvasQTAgg:
    """A canvas for a figure; Matplotlib must be loaded by now.

    Args:
        figure: Gets the dots per inch at which its words are as large as the widget's.
        widget: Where it will lie.
    """
    from matplotlib.backends.backend_qtagg import FigureCanvasQTAgg

    from training.plots.style import TEXT_POINTS

    figure.set_dpi(QFontInfo(widget.font()).pixelSize() * 72 / TEXT_POINTS)
    return FigureCanvasQTAgg(figure)
