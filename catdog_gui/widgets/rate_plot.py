"""The plot of the learning-rate finder: the loss after each step, against its learning rate."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QLabel, QStackedLayout, QVBoxLayout, QWidget

from catdog_gui import theme
from catdog_gui.widgets.card import Card
from catdog_gui.widgets.plot_canvas import plot_canvas
from catdog_gui.widgets.plot_style import palette_style
from training.cancellation import CancelToken
from training.events import EventSink

if TYPE_CHECKING:
    from matplotlib.backends.backend_qtagg import FigureCanvasQTAgg

    from training.learning.rate_finder import RateFound

_INVITATION = "The loss at each learning rate appears here."
_LEAST_WIDTH_PX, _LEAST_HEIGHT_PX = 320, 160


def load_rate_plot(emit: EventSink, token: CancelToken) -> None:  # noqa: ARG001 - a job's form
    """Load what `RatePlot.show_rates` needs, in a worker thread: it takes seconds."""
    from matplotlib.backends import backend_qtagg  # noqa: F401 - loaded for its own sake

    from training.plots import rates  # noqa: F401 - likewise


class RatePlot(Card):
    """Says what appears here until it does."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._found: RateFound | None = None
        self._canvas: FigureCanvasQTAgg | None = None
        self._words = QLabel(_INVITATION, alignment=Qt.AlignmentFlag.AlignCenter)
        self._words.setWordWrap(True)
        theme.caption(self._words)
        self._stack = QStackedLayout()
        self._stack.addWidget(self._words)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.SPACE_8] * 4)
        column.addLayout(self._stack)
        self.setMinimumSize(_LEAST_WIDTH_PX, _LEAST_HEIGHT_PX)
        self.setAccessibleName("Loss against learning rate")

    @property
    def is_drawn(self) -> bool:
        """Whether there is a curve."""
        return self._canvas is not None

    def show_rates(self, found: RateFound) -> None:
        """Draw what was found; `load_rate_plot` has run by now."""
        self._found = found
        if self._canvas is None:
            self._canvas = plot_canvas(self)
            self._stack.setCurrentIndex(self._stack.addWidget(self._canvas))
        self._draw()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._draw()

    def _draw(self) -> None:
        if self._canvas is None or self._found is None:
            return
        from training.plots.rates import draw_rates

        draw_rates(self._canvas.figure.axes[0], self._found, style=palette_style(self))
        self._canvas.draw_idle()
