"""One chart of a judged run at a time, and what a click in it means."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtWidgets import QLabel, QSizePolicy, QToolTip, QVBoxLayout, QWidget

from catdog_gui import theme
from catdog_gui.judging.charts import CHARTS, Spot
from catdog_gui.judging.facts import Judged
from catdog_gui.judging.spot_words import spot_words
from catdog_gui.widgets.card import Card
from catdog_gui.widgets.plot_canvas import plot_canvas
from catdog_gui.widgets.plot_style import palette_style
from catdog_gui.widgets.segments import Segments
from training.inference.groups import Group

if TYPE_CHECKING:
    from matplotlib.backend_bases import MouseEvent
    from matplotlib.backends.backend_qtagg import FigureCanvasQTAgg

_LEAST_HEIGHT_PX = 220
_HELP_LINES = 3
_DRAW_AFTER_MS = 0  # figures first: a slider that moves is ahead of the drawing


class ChartView(QWidget):
    """Buttons for the charts, the chosen one, and how it is read; `load_charts` must have run.

    What lies below the pointer is told beside it.

    Signals:
        group_requested: The user wants to see the pictures of a `Group`.
        threshold_requested: The user chose a threshold on a curve.
    """

    group_requested = Signal(object)
    threshold_requested = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._judged: Judged | None = None
        self._threshold = 0.0
        self._canvas: FigureCanvasQTAgg | None = None
        self._sheet = Card()
        self._sheet.setMinimumHeight(_LEAST_HEIGHT_PX)
        self._sheet.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)
        self.help = QLabel(wordWrap=True, alignment=Qt.AlignmentFlag.AlignTop)
        theme.caption(self.help)
        self.help.setMinimumHeight(_HELP_LINES * self.help.fontMetrics().lineSpacing())
        self._timer = QTimer(self, singleShot=True, interval=_DRAW_AFTER_MS)
        self._timer.timeout.connect(self._draw)
        self.segments = Segments([chart.words for chart in CHARTS], "Chart")
        self.segments.chosen.connect(lambda _: self._draw())
        inside = QVBoxLayout(self._sheet)
        inside.setContentsMargins(*[theme.SPACE_8] * 4)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE_8)
        column.addWidget(self.segments, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._sheet, 1)
        column.addWidget(self.help)

    @property
    def canvas(self) -> FigureCanvasQTAgg:
        """What is drawn on, once something is shown."""
        assert self._canvas is not None
        return self._canvas

    def show_judged(self, judged: Judged, threshold: float) -> None:
        """Draw a judged run at a threshold."""
        self._judged, self._threshold = judged, threshold
        if self._canvas is None:
            self._build()
        self._timer.start()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._draw()

    def _build(self) -> None:
        self._canvas = plot_canvas(self)
        policy = QSizePolicy.Policy.Ignored  # its hint is the size that it was last drawn in
        self._canvas.setSizePolicy(policy, policy)
        self._canvas.mpl_connect("button_press_event", self._on_canvas_pressed)
        self._canvas.mpl_connect("motion_notify_event", self._on_canvas_moved)
        layout = self._sheet.layout()
        assert layout is not None
        layout.addWidget(self._canvas)

    def _draw(self) -> None:
        if self._canvas is None or self._judged is None:
            return
        chart = CHARTS[self.segments.place]
        axes = self._canvas.figure.axes[0]
        chart.draw(axes, self._judged, self._threshold, palette_style(self))
        self._canvas.draw_idle()
        self._tell("")
        self.help.setText(chart.help)
        self._canvas.setAccessibleName(f"Chart: {chart.words}")
        self._canvas.setAccessibleDescription(chart.help)

    def _spot(self, event: MouseEvent) -> Spot:
        if self._judged is None or event.xdata is None or event.ydata is None:
            return None
        chart = CHARTS[self.segments.place]
        return chart.spot(self._judged, float(event.xdata), float(event.ydata))

    def _on_canvas_pressed(self, event: MouseEvent) -> None:
        spot = self._spot(event)
        if isinstance(spot, Group):
            self.group_requested.emit(spot)
        elif spot is not None:
            self.threshold_requested.emit(spot)

    def _on_canvas_moved(self, event: MouseEvent) -> None:
        spot, shape = self._spot(event), Qt.CursorShape
        self.canvas.setCursor(shape.ArrowCursor if spot is None else shape.PointingHandCursor)
        if self._judged is not None:
            self._tell(spot_words(self._judged, self._threshold, spot))

    def _tell(self, words: str) -> None:
        """Have it said where the pointer comes to rest; what is being said is of another place."""
        if words != self.canvas.toolTip():
            self.canvas.setToolTip(words)
            QToolTip.hideText()
