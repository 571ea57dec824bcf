"""The curves of a run: accuracy and loss after each epoch, drawn while it learns."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QStackedLayout,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from catdog_gui import theme
from catdog_gui.widgets.card import Card
from catdog_gui.widgets.history_files import ask_for_file, write_history_file
from catdog_gui.widgets.plot_canvas import canvas_of
from catdog_gui.widgets.plot_style import palette_style
from catdog_gui.widgets.zoom_band import ZoomBand
from training.cancellation import CancelToken
from training.errors import UserError
from training.events import EpochEnded, EventSink
from training.runs.history import best_epoch

if TYPE_CHECKING:
    from matplotlib.backends.backend_qtagg import FigureCanvasQTAgg

    from training.plots.history import HistoryArtists

INVITATION = "The curves appear here with the first epoch."

_PREPARING = "Preparing the plot…"
_DRAW_INTERVAL_MS = 100
_LEAST_WIDTH_PX, _LEAST_HEIGHT_PX = 480, 200

AskWhere = Callable[[QWidget], Path | None]
"""Lets the user choose the file to save to; None where the user thought better of it."""


def load_plots(emit: EventSink, token: CancelToken) -> None:  # noqa: ARG001 - a job's form
    """The job that loads what `HistoryPlot.build` needs: seconds, which the window cannot wait."""
    from matplotlib.backends import backend_qtagg  # noqa: F401 - loaded for its own sake
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    from training.plots.history import history_figure
    from training.plots.style import LIGHT

    figure, _ = history_figure(LIGHT)
    FigureCanvasAgg(figure).draw()  # the first drawing looks for the fonts


class HistoryPlot(Card):
    """Shows the epochs of one run.

    Until `load_plots` has run and `build` is called it keeps what it is given and shows words.

    Args:
        ask: Asks where to save.

    Signals:
        saved: The `Path` that was written.
        failed: The error that kept a file from being written.
    """

    saved = Signal(object)
    failed = Signal(object)

    def __init__(self, parent: QWidget | None = None, *, ask: AskWhere | None = None) -> None:
        super().__init__(parent)
        self._ask = ask or ask_for_file
        self._epochs: list[EpochEnded] = []
        self._message = INVITATION
        self._canvas: FigureCanvasQTAgg | None = None
        self._artists: HistoryArtists | None = None
        self._band: ZoomBand | None = None
        self._is_stale = False
        self._timer = QTimer(self, singleShot=True, interval=_DRAW_INTERVAL_MS)
        self._words = QLabel()
        self._zoom = _tool("zoom", "Zoom: drag a rectangle over a curve")
        self._home = _tool("home", "Show everything again")
        self._save = _tool("save", "Save the curves as PNG, SVG or CSV…")
        self._lay_out()
        self._connect()
        self._show_state()

    @property
    def epochs(self) -> tuple[EpochEnded, ...]:
        """What is shown."""
        return tuple(self._epochs)

    def words(self) -> str:
        """What is said in place of the curves; empty while they are shown."""
        return "" if self._shows_curves() else self._words.text()

    def build(self) -> None:
        """Make the drawing, once `load_plots` has run; only the first call does anything."""
        if self._canvas is not None:
            return
        from training.plots.history import history_figure

        figure, artists = history_figure(palette_style(self))
        self._canvas, self._artists = canvas_of(figure, self), artists
        self._canvas.mpl_connect("resize_event", lambda _: artists.fit())
        self._band = ZoomBand(self._canvas)
        self._band.chosen.connect(self._on_band_chosen)
        self._stack.addWidget(self._canvas)
        self._show_state()
        self._redraw_soon()

    def set_epochs(self, epochs: Sequence[EpochEnded]) -> None:
        """Show these epochs, all of them, in place of the last ones."""
        self._epochs = list(epochs)
        self._reset_view()
        self._show_state()
        self._redraw_soon()

    def add_epoch(self, epoch: EpochEnded) -> None:
        """Show one more epoch; a zoomed view stays where it is."""
        self._epochs.append(epoch)
        self._show_state()
        self._redraw_soon()

    def clear(self, message: str = INVITATION) -> None:
        """Show no curves.

        Args:
            message: A sentence in their place.
        """
        self._message = message
        self.set_epochs(())

    def save(self, path: Path) -> None:
        """Write the curves or their figures to a file; `saved` or `failed` tells how it went.

        Args:
            path: Its suffix chooses the format: .png, .svg or .csv. An existing file is replaced.
        """
        try:
            write_history_file(path, self._epochs)
        except (OSError, UserError) as error:
            self.failed.emit(error)
        else:
            self.saved.emit(path)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self._artists is not None:
            self._artists.set_style(palette_style(self))
            self._redraw_soon()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Catch up with what came while it was hidden."""
        super().showEvent(event)
        if self._is_stale:
            self._redraw()

    def _shows_curves(self) -> bool:
        return self._canvas is not None and bool(self._epochs)

    def _show_state(self) -> None:
        shows_curves = self._shows_curves()
        self._words.setText(_PREPARING if self._epochs else self._message)
        self._stack.setCurrentIndex(1 if shows_curves else 0)
        for button in (self._zoom, self._home, self._save):
            button.setVisible(shows_curves)
        self.setAccessibleDescription(self._description())

    def _description(self) -> str:
        """The curves in a sentence, for who cannot see them."""
        if not self._shows_curves():
            return self._words.text()
        best = best_epoch(self._epochs)
        words = f"{len(self._epochs)} epoch{'s' * (len(self._epochs) > 1)}"
        if best is None:
            return f"{words}."
        accuracy = f"{best.val_accuracy * 100:.1f} %"
        return f"{words}; the best is epoch {best.epoch + 1}, validation accuracy {accuracy}."

    def _redraw_soon(self) -> None:
        """Many epochs within the interval become one drawing."""
        self._is_stale = True
        if not self._timer.isActive():
            self._timer.start()

    def _redraw(self) -> None:
        if not self.isVisible() or self._canvas is None or self._artists is None:
            return  # showing it, or building it, comes back here
        self._is_stale = False
        self._artists.show(self._epochs)
        self._canvas.draw()

    def _reset_view(self) -> None:
        self._zoom.setChecked(False)
        if self._artists is not None:
            self._artists.reset_view()

    def _on_band_chosen(self, area: QRect) -> None:
        assert self._canvas is not None
        assert self._artists is not None
        left, top = self._canvas.mouseEventCoords(area.topLeft())
        right, bottom = self._canvas.mouseEventCoords(area.bottomRight())
        for axes in self._canvas.figure.axes:
            if axes.bbox.contains((left + right) / 2, (top + bottom) / 2):
                to_data = axes.transData.inverted()
                (low_x, low_y), (high_x, high_y) = to_data.transform([(left, bottom), (right, top)])
                self._artists.zoom(axes, across=(low_x, high_x), upward=(low_y, high_y))
                self._zoom.setChecked(False)
                self._redraw_soon()

    def _on_zoom_toggled(self, is_on: bool) -> None:  # noqa: FBT001 - Qt's signal
        if self._band is not None:
            self._band.set_on(is_on=is_on)

    def _on_home_clicked(self) -> None:
        self._reset_view()
        self._redraw_soon()

    def _on_save_clicked(self) -> None:
        path = self._ask(self)
        if path is not None:
            self.save(path)

    def _lay_out(self) -> None:
        theme.caption(self._words)
        self._words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._words.setWordWrap(True)
        tools = QHBoxLayout()
        tools.setSpacing(theme.SPACE_4)
        tools.addStretch(1)
        for button in (self._zoom, self._home, self._save):
            tools.addWidget(button)
        self._stack = QStackedLayout()
        self._stack.addWidget(self._words)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.SPACE_8] * 4)
        column.setSpacing(0)
        column.addLayout(tools)
        column.addLayout(self._stack, 1)
        self.setMinimumSize(_LEAST_WIDTH_PX, _LEAST_HEIGHT_PX)
        self.setAccessibleName("Curves of accuracy and loss")

    def _connect(self) -> None:
        self._timer.timeout.connect(self._redraw)
        self._zoom.setCheckable(True)
        self._zoom.toggled.connect(self._on_zoom_toggled)
        self._home.clicked.connect(self._on_home_clicked)
        self._save.clicked.connect(self._on_save_clicked)


def _tool(icon_name: str, words: str) -> QToolButton:
    button = QToolButton()
    button.setIcon(theme.icon(icon_name))
    button.setAutoRaise(True)
    button.setToolTip(words)
    button.setAccessibleName(words)
    policy = button.sizePolicy()
    policy.setRetainSizeWhenHidden(True)  # the words stay in the middle of the same place
    button.setSizePolicy(policy)
    return button
