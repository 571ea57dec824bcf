"""The curves of a run: accuracy and loss after each epoch."""

import itertools
from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, ScalarFormatter

from training.events import EpochEnded
from training.plots.limits import Limits, accuracy_limits, epoch_limits, loss_limits, percent_words
from training.plots.panel import Panel, figure_of
from training.plots.style import PlotStyle
from training.runs.history import best_epoch

_LEFT_INCHES, _RIGHT_INCHES, _BETWEEN_INCHES = 0.6, 0.2, 0.75
_TOP_INCHES, _BOTTOM_INCHES, _LINE_INCHES = 0.34, 0.5, 0.22
_LEAST_TITLE_INCHES = 2.75  # for a title and a legend beside it


def history_figure(style: PlotStyle) -> tuple[Figure, "HistoryArtists"]:
    """A figure with accuracy and loss side by side, without epochs yet."""
    figure = Figure()
    accuracy_axes, loss_axes = figure.subplots(1, 2)
    return figure, HistoryArtists(accuracy_axes, loss_axes, style=style)


class HistoryArtists:
    """The curves of a run: made once, then given new figures with each epoch.

    Args:
        accuracy_axes: Gets the accuracies, as percent.
        loss_axes: Gets the losses; beside the other one in the same figure.
        style: The colours.
    """

    def __init__(self, accuracy_axes: Axes, loss_axes: Axes, *, style: PlotStyle) -> None:
        percent = FuncFormatter(percent_words)
        self._accuracy = Panel(accuracy_axes, "Accuracy", percent)
        self._loss = Panel(loss_axes, "Loss", ScalarFormatter())
        self._panels = (self._accuracy, self._loss)
        self.set_style(style)
        self.show(())

    def show(self, epochs: Sequence[EpochEnded]) -> None:
        """Draw these epochs in place of the last ones; a zoomed view stays where it is."""
        numbers = [each.epoch + 1 for each in epochs]
        accuracies = [each.accuracy for each in epochs], [each.val_accuracy for each in epochs]
        losses = [each.loss for each in epochs], [each.val_loss for each in epochs]
        self._accuracy.set_series(numbers, *accuracies)
        self._loss.set_series(numbers, *losses)
        self._mark(best_epoch(epochs))
        across = epoch_limits(numbers)
        self._accuracy.set_whole(across, accuracy_limits(itertools.chain(*accuracies)))
        self._loss.set_whole(across, loss_limits(itertools.chain(*losses)))

    def set_style(self, style: PlotStyle) -> None:
        """Give everything other colours and letters."""
        for panel in self._panels:
            panel.set_style(style)

    def fit(self) -> None:
        """Fit the margins to the figure's size: call it once that has changed."""
        raised_inches = _fit_margins(figure_of(self._loss.axes))
        for panel in self._panels:
            panel.raise_legend(raised_inches)
            panel.place_label()

    def zoom(self, axes: Axes, *, across: Limits, upward: Limits) -> None:
        """Show a part of one drawing until `reset_view`.

        Args:
            axes: Either of the two.
            across: From which epoch to which, 1-based.
            upward: From which accuracy (in [0, 1]) or loss to which.
        """
        for panel in self._panels:
            if panel.axes is axes:
                panel.zoom(across, upward)

    def reset_view(self) -> None:
        """Show everything again."""
        for panel in self._panels:
            panel.reset_view()

    def _mark(self, best: EpochEnded | None) -> None:
        if best is None:
            self._accuracy.unmark()
            self._loss.unmark()
            return
        number = best.epoch + 1
        words = f"Best: epoch {number}"
        self._accuracy.mark(number, best.val_accuracy, f"{words}, {best.val_accuracy * 100:.1f} %")
        self._loss.mark(number, best.val_loss, f"{words}, {best.val_loss:#.3g}")


def _fit_margins(figure: Figure) -> float:
    """Give the words around the drawings the room that they need, whatever the size.

    Returns:
        How far above the titles the legends stand, in inches: 0 where both have room in a line.
    """
    width, height = figure.get_size_inches()
    each = max(width - _LEFT_INCHES - _BETWEEN_INCHES - _RIGHT_INCHES, 1.0) / 2
    raised_inches = _LINE_INCHES if each < _LEAST_TITLE_INCHES else 0.0
    figure.subplots_adjust(
        left=min(_LEFT_INCHES / width, 0.4),
        right=max(1 - _RIGHT_INCHES / width, 0.6),
        bottom=min(_BOTTOM_INCHES / height, 0.4),
        top=max(1 - (_TOP_INCHES + raised_inches) / height, 0.6),
        wspace=_BETWEEN_INCHES / each,
    )
    return raised_inches
