"""What is looked at in a dataset, in small charts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QLabel, QStackedLayout, QVBoxLayout, QWidget

from catdog_gui import theme
from catdog_gui.widgets.card import Card
from catdog_gui.widgets.plot_canvas import canvas_of
from catdog_gui.widgets.plot_style import palette_style
from training.cancellation import CancelToken
from training.events import EventSink

if TYPE_CHECKING:
    from matplotlib.backends.backend_qtagg import FigureCanvasQTAgg

    from training.dataset.picture_filter import Figures

_COUNTING = "Counting…"
_NOTHING = "No pictures match."


def load_charts(emit: EventSink, token: CancelToken) -> None:  # noqa: ARG001 - a job's form
    """Load what `FigureCharts.show_figures` needs, in a worker thread: it takes seconds."""
    from matplotlib.backends import backend_qtagg  # noqa: F401 - loaded for its own sake

    from training.plots import dataset_figures  # noqa: F401 - likewise


class FigureCharts(Card):
    """Says that they are being counted until they are shown."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._figures: Figures | None = None
        self._canvas: FigureCanvasQTAgg | None = None
        self._words = QLabel(_COUNTING, alignment=Qt.AlignmentFlag.AlignCenter)
        theme.caption(self._words)
        self._stack = QStackedLayout()
        self._stack.addWidget(self._words)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.SPACE_8] * 4)
        column.addLayout(self._stack)
        self.setAccessibleName("Charts of what is shown")

    def words(self) -> str:
        """What is said in place of the charts; empty while they are shown."""
        return self._words.text() if self._stack.currentWidget() is self._words else ""

    def show_figures(self, figures: Figures) -> None:
        """Draw what was counted; `load_charts` has run by now."""
        self._figures = figures
        if not figures.pictures:
            self._say(_NOTHING)
            return
        if self._canvas is None:
            self._build()
        assert self._canvas is not None
        self._stack.setCurrentWidget(self._canvas)
        self._draw()

    def clear(self) -> None:
        """Show no charts."""
        self._figures = None
        self._say(_COUNTING)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._draw()

    def _say(self, words: str) -> None:
        self._words.setText(words)
        self._stack.setCurrentWidget(self._words)
        self.setAccessibleDescription(words)

    def _build(self) -> None:
        from training.plots.dataset_figures import figures_figure

        self._canvas = canvas_of(figures_figure(), self)
        self._stack.addWidget(self._canvas)

    def _draw(self) -> None:
        if self._canvas is None or self._figures is None or not self._figures.pictures:
            return
        from training.plots.dataset_figures import draw_figures

        draw_figures(self._canvas.figure, self._figures, style=palette_style(self))
        self._canvas.draw_idle()
        places = self._figures.places
        words = (
            f"{count:,} {label}s, {split or 'in no split'}"
            for (label, split), count in places.items()
        )
        self.setAccessibleDescription("; ".join(words))
