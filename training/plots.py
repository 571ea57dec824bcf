"""Drawings of what a run was like, on Axes that are given: one drawing for window and report."""

import itertools
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.backend_bases import FigureCanvasBase
from matplotlib.figure import Figure
from matplotlib.legend import Legend
from matplotlib.ticker import Formatter, MaxNLocator, PercentFormatter, ScalarFormatter

from training.events import EpochEnded

_TEXT_POINTS = 10
_DOT_POINTS, _RING_POINTS, _DASH_POINTS = 4.5, 11.0, 12.0
_LINE_POINTS = 1.8
_LABEL_GAP_POINTS = 9
_LEFT_INCHES, _RIGHT_INCHES, _BETWEEN_INCHES = 0.55, 0.16, 0.78
_TOP_INCHES, _BOTTOM_INCHES = 0.34, 0.5
_NICE_EPOCHS = (5, 10, 15, 20, 25, 30, 40, 50, 60, 80)
_NICE_LOSSES = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8)
_EDGE_SHARE = 0.03


@dataclass(frozen=True)
class PlotStyle:
    """The colours of a drawing, as "#rrggbb".

    Attributes:
        foreground: Words.
        background: What they stand on.
        quiet: The axes' own numbers and lines.
        grid: The lines behind the curves.
        training: The dots of the training pictures.
        validation: The line of the validation pictures.
    """

    foreground: str
    background: str
    quiet: str
    grid: str
    training: str
    validation: str


# Series of Okabe and Ito, safe for the colour-blind; blue and orange mean cat and dog elsewhere
LIGHT = PlotStyle(
    foreground="#1D1F23",
    background="#FFFFFF",
    quiet="#61666E",
    grid="#E4E6EA",
    training="#C4689A",
    validation="#009E73",
)
DARK = PlotStyle(
    foreground="#E9EAED",
    background="#1C1E21",
    quiet="#A9AEB7",
    grid="#33363B",
    training="#DE93BC",
    validation="#16AD84",
)


def best_epoch(epochs: Sequence[EpochEnded]) -> EpochEnded:
    """The epoch of the highest validation accuracy; of equals that of the lower validation loss.

    Args:
        epochs: At least one.
    """
    return max(epochs, key=lambda each: (_or_worst(each.val_accuracy), _or_worst(-each.val_loss)))


class HistoryArtists:
    """The curves of a run: made once, then given new figures with each epoch.

    Args:
        accuracy_axes: Gets the accuracies, as percent.
        loss_axes: Gets the losses.
        style: The colours.
    """

    def __init__(self, accuracy_axes: Axes, loss_axes: Axes, *, style: PlotStyle) -> None:
        self._accuracy = _Panel(accuracy_axes, "Accuracy", PercentFormatter(1.0, symbol=" %"))
        self._loss = _Panel(loss_axes, "Loss", ScalarFormatter())
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
        across = (0.5, _nice_ceiling(max(numbers, default=1), _NICE_EPOCHS) + 0.5)
        self._accuracy.set_view(across, _accuracy_limits(itertools.chain(*accuracies)))
        self._loss.set_view(across, _loss_limits(itertools.chain(*losses)))
        self._mark_best(epochs)

    def set_style(self, style: PlotStyle) -> None:
        """Give everything other colours."""
        self._accuracy.axes.get_figure(root=True).set_facecolor(style.background)  # type: ignore[union-attr]
        for panel in self._panels:
            panel.set_style(style)

    def zoom(
        self, axes: Axes, *, across: tuple[float, float], upward: tuple[float, float]
    ) -> None:
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

    def _mark_best(self, epochs: Sequence[EpochEnded]) -> None:
        if not epochs:
            for panel in self._panels:
                panel.unmark()
            return
        best = best_epoch(epochs)
        number = best.epoch + 1
        words = f"Best: epoch {number}"
        self._accuracy.mark(number, best.val_accuracy, f"{words}, {best.val_accuracy:.1%}")
        self._loss.mark(number, best.val_loss, f"{words}, {best.val_loss:.3f}")


class _Panel:
    """One of the two drawings."""

    def __init__(self, axes: Axes, title: str, formatter: Formatter) -> None:
        self.axes = axes
        self._whole = ((0.0, 1.0), (0.0, 1.0))
        self._is_zoomed = False
        (self._training,) = axes.plot([], [], "o", ms=_DOT_POINTS, mew=0, label="Training")
        (self._validation,) = axes.plot(
            [], [], "-", lw=_LINE_POINTS, ms=_DASH_POINTS, mew=_LINE_POINTS, label="Validation"
        )
        (self._ring,) = axes.plot([], [], "o", ms=_RING_POINTS, mew=1.5, mfc="none", zorder=4)
        self._label = axes.annotate(
            "", (0, 0), (0, 0), textcoords="offset points", fontsize=_TEXT_POINTS, zorder=5
        )
        self._label.set_bbox({"pad": 1.5, "linewidth": 0, "alpha": 0.85})
        self._title = axes.set_title(title, loc="left", size=_TEXT_POINTS + 1, weight="bold", pad=8)
        self._legend = _legend_above(axes)
        _dress(axes, formatter)

    def set_style(self, style: PlotStyle) -> None:
        self.axes.set_facecolor(style.background)
        self.axes.tick_params(colors=style.quiet)
        self.axes.spines["left"].set_color(style.grid)
        self.axes.spines["bottom"].set_color(style.quiet)
        self.axes.grid(color=style.grid, linewidth=0.8)
        self.axes.xaxis.label.set_color(style.quiet)
        for words in (self._title, self._label, *self._legend.get_texts()):
            words.set_color(style.foreground)
        self._label.get_bbox_patch().set_facecolor(style.background)  # type: ignore[union-attr]
        marks = (self._training, *self._legend.legend_handles[:1])
        for mark in marks:
            mark.set_color(style.training)  # type: ignore[union-attr]
        for mark in (self._validation, *self._legend.legend_handles[1:]):
            mark.set_color(style.validation)  # type: ignore[union-attr]
        self._ring.set_markeredgecolor(style.foreground)

    def set_series(
        self, numbers: Sequence[int], training: Sequence[float], validation: Sequence[float]
    ) -> None:
        self._training.set_data(numbers, training)
        self._validation.set_data(numbers, validation)
        self._validation.set_marker("_" if len(numbers) == 1 else "")  # one point is no line yet

    def set_view(self, across: tuple[float, float], upward: tuple[float, float]) -> None:
        self._whole = (across, upward)
        if not self._is_zoomed:
            self.reset_view()

    def zoom(self, across: tuple[float, float], upward: tuple[float, float]) -> None:
        self._is_zoomed = True
        self._set_limits(across, upward)

    def reset_view(self) -> None:
        self._is_zoomed = False
        self._set_limits(*self._whole)

    def mark(self, number: int, value: float, words: str) -> None:
        is_drawable = math.isfinite(value)
        self._ring.set_data([number], [value])
        self._label.set_text(words)
        self._label.xy = (number, value)
        self._label.set_visible(is_drawable)
        self._place_label()

    def unmark(self) -> None:
        self._ring.set_data([], [])
        self._label.set_visible(False)

    def _set_limits(self, across: tuple[float, float], upward: tuple[float, float]) -> None:
        self.axes.set_xlim(across)
        self.axes.set_ylim(upward)
        self._place_label()

    def _place_label(self) -> None:
        """Keep the words inside: away from the nearest sides."""
        if not self._label.get_visible():
            return
        x = _share(self._label.xy[0], self.axes.get_xlim())
        is_high = _share(self._label.xy[1], self.axes.get_ylim()) > 0.8
        side = "left" if x < 0.25 else "right" if x > 0.75 else "center"
        self._label.set_horizontalalignment(side)
        self._label.set_verticalalignment("top" if is_high else "bottom")
        self._label.set_position((0, -_LABEL_GAP_POINTS if is_high else _LABEL_GAP_POINTS))


def history_figure(style: PlotStyle) -> tuple[Figure, HistoryArtists]:
    """An empty figure with both drawings side by side; see `fit_margins`."""
    figure = Figure()
    FigureCanvasBase(figure)
    accuracy_axes, loss_axes = figure.subplots(1, 2)
    return figure, HistoryArtists(accuracy_axes, loss_axes, style=style)


def fit_margins(figure: Figure) -> None:
    """Give the words around two drawings side by side the room they need, whatever the size."""
    width, height = figure.get_size_inches()
    each = max(width - _LEFT_INCHES - _BETWEEN_INCHES - _RIGHT_INCHES, 0.2) / 2
    figure.subplots_adjust(
        left=min(_LEFT_INCHES / width, 0.4),
        right=max(1 - _RIGHT_INCHES / width, 0.6),
        bottom=min(_BOTTOM_INCHES / height, 0.4),
        top=max(1 - _TOP_INCHES / height, 0.6),
        wspace=_BETWEEN_INCHES / each,
    )


def _legend_above(axes: Axes) -> Legend:
    """Beside the title, where it can never cover a curve."""
    return axes.legend(
        handles=axes.lines[:2],
        loc="lower right",
        bbox_to_anchor=(1.0, 1.0),
        ncols=2,
        frameon=False,
        borderpad=0.1,
        borderaxespad=0.3,
        handlelength=1.2,
        handletextpad=0.5,
        columnspacing=1.0,
        fontsize=_TEXT_POINTS,
    )


def _dress(axes: Axes, formatter: Formatter) -> None:
    axes.spines[["top", "right"]].set_visible(False)
    axes.set_axisbelow(True)
    axes.tick_params(length=0, labelsize=_TEXT_POINTS, pad=5)
    axes.set_xlabel("Epoch", fontsize=_TEXT_POINTS, labelpad=3)
    axes.xaxis.set_major_locator(MaxNLocator(nbins=6, integer=True, min_n_ticks=1))
    axes.yaxis.set_major_locator(MaxNLocator(nbins=5, min_n_ticks=3))
    axes.yaxis.set_major_formatter(formatter)


def _accuracy_limits(values: Iterable[float]) -> tuple[float, float]:
    """From the tenth below the lowest to all: rarely changes, and is honest about the top."""
    lowest = min(filter(math.isfinite, values), default=0.5)
    low = max(math.floor(lowest * 10 - 0.1), 0) / 10
    low = min(low, 0.9)
    edge = (1 - low) * _EDGE_SHARE
    return low - edge, 1 + edge


def _loss_limits(values: Iterable[float]) -> tuple[float, float]:
    highest = max(filter(math.isfinite, values), default=0.7)
    high = _nice_ceiling(max(highest, 0.01), _NICE_LOSSES)
    return -high * _EDGE_SHARE, high * (1 + _EDGE_SHARE)


def _nice_ceiling(value: float, steps: Sequence[float]) -> float:
    """The smallest of the steps, times any power of ten, that is not below the value."""
    scale = 10.0 ** max(math.floor(math.log10(value / steps[0])), 0) if value > 0 else 1.0
    larger = (step * scale * tens for tens in (1, 10) for step in steps)
    return next(step for step in larger if step >= value)


def _share(value: float, limits: tuple[float, float]) -> float:
    return (value - limits[0]) / (limits[1] - limits[0])


def _or_worst(value: float) -> float:
    return value if math.isfinite(value) else -math.inf
