"""The curves of several runs in one drawing, each with its name at its end."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.text import Annotation
from matplotlib.ticker import Formatter, FuncFormatter, MaxNLocator, ScalarFormatter

from training.events import EpochEnded
from training.plots.limits import accuracy_limits, epoch_limits, loss_limits, percent_words
from training.plots.panel import figure_of
from training.plots.spreading import spread
from training.plots.style import TEXT_POINTS, PlotStyle
from training.runs.comparing import MOST_CURVES


@dataclass(frozen=True)
class Look:
    """How the curve of one run looks: none of the three tells it from the others alone.

    Attributes:
        colour: As "#rrggbb"; empty for that of the words.
        dashes: Points on and off; empty for an unbroken line.
        marker: Matplotlib's.
        sign: The same as a letter, which stands before the run's name.
    """

    colour: str
    dashes: tuple[float, ...]
    marker: str
    sign: str


# Okabe and Ito's colours, told apart by the colour-blind, but for yellow, which white swallows
LOOKS = (
    Look("#0072B2", (), "o", "●"),
    Look("#D55E00", (6, 2), "s", "■"),
    Look("#009E73", (2, 1.5), "^", "▲"),
    Look("#CC79A7", (8, 2, 1.5, 2), "D", "◆"),
    Look("#E69F00", (4, 1.5, 1, 1.5, 1, 1.5), "v", "▼"),
    Look("#56B4E9", (10, 3), "P", "✚"),
    Look("", (1, 1.2), "X", "✖"),
)
assert len(LOOKS) == MOST_CURVES

_LINE_POINTS, _MARKER_POINTS, _MARKERS = 1.8, 5.5, 8
_TITLE_POINTS, _TITLE_PAD_POINTS = 11, 7.5
_LABEL_HEIGHT_POINTS, _SIGN_POINTS, _GAP_POINTS = 14.0, 12.0, 12.0
_LEFT_INCHES, _RIGHT_INCHES, _TOP_INCHES, _BOTTOM_INCHES = 0.6, 0.1, 0.34, 0.5
_AXIS_INCHES = 0.55  # for the numbers left of the second drawing


@dataclass(frozen=True)
class RunCurve:
    """One run of the drawing.

    Attributes:
        label: Its name, short enough to stand at a line's end.
        epochs: Its history.
    """

    label: str
    epochs: Sequence[EpochEnded]


def overlay_figure(curves: Sequence[RunCurve], style: PlotStyle) -> tuple[Figure, "OverlayArtists"]:
    """A figure with the validation accuracy and the validation loss of runs, side by side.

    Args:
        curves: At most `MOST_CURVES`.
        style: The colours of all but the curves.
    """
    figure = Figure()
    accuracy_axes, loss_axes = figure.subplots(1, 2)
    return figure, OverlayArtists(accuracy_axes, loss_axes, curves, style=style)


class OverlayArtists:
    """The curves of several runs, drawn once.

    Args:
        accuracy_axes: Gets the validation accuracies, as percent.
        loss_axes: Gets the validation losses; beside the other one in the same figure.
        curves: At most `MOST_CURVES`.
        style: The colours of all but the curves.
    """

    def __init__(
        self,
        accuracy_axes: Axes,
        loss_axes: Axes,
        curves: Sequence[RunCurve],
        *,
        style: PlotStyle,
    ) -> None:
        percent = FuncFormatter(percent_words)
        self._panels = (
            _Panel(accuracy_axes, "Validation accuracy", percent, curves, _accuracy_of),
            _Panel(loss_axes, "Validation loss", ScalarFormatter(), curves, _loss_of),
        )
        accuracy_axes.set_ylim(accuracy_limits(_values(curves, _accuracy_of)))
        loss_axes.set_ylim(loss_limits(_values(curves, _loss_of)))
        self.set_style(style)

    def set_style(self, style: PlotStyle) -> None:
        """Give everything but the curves other colours and letters."""
        for panel in self._panels:
            panel.set_style(style)

    def fit(self) -> None:
        """Fit margins and labels to the figure's size: call it once that has changed."""
        figure = figure_of(self._panels[0].axes)
        width, height = figure.get_size_inches()
        column = self._panels[0].label_inches()
        between = column + _AXIS_INCHES
        each = max(width - _LEFT_INCHES - between - column - _RIGHT_INCHES, 1.0) / 2
        figure.subplots_adjust(
            left=min(_LEFT_INCHES / width, 0.4),
            right=max(1 - (column + _RIGHT_INCHES) / width, 0.6),
            bottom=min(_BOTTOM_INCHES / height, 0.4),
            top=max(1 - _TOP_INCHES / height, 0.6),
            wspace=between / each,
        )
        for panel in self._panels:
            panel.place_labels()


class _Panel:
    """One of the two drawings."""

    def __init__(
        self,
        axes: Axes,
        title: str,
        formatter: Formatter,
        curves: Sequence[RunCurve],
        value_of: Callable[[EpochEnded], float],
    ) -> None:
        self.axes = axes
        self._title = axes.set_title(title, loc="left", weight="bold", y=1.0, pad=_TITLE_PAD_POINTS)
        self._title.set_fontsize(_TITLE_POINTS)
        _dress(axes, formatter)
        numbers = [epoch.epoch + 1 for curve in curves for epoch in curve.epochs]
        axes.set_xlim(epoch_limits(numbers))
        self._ends: list[_End] = []
        for look, curve in zip(LOOKS, curves, strict=False):
            values = [value_of(epoch) for epoch in curve.epochs]
            line = _draw_line(axes, [epoch.epoch + 1 for epoch in curve.epochs], values, look)
            if any(map(math.isfinite, values)):
                self._ends.append(_End(axes, line, look, curve.label))

    def set_style(self, style: PlotStyle) -> None:
        figure_of(self.axes).set_facecolor(style.background)
        self.axes.set_facecolor(style.background)
        self.axes.tick_params(colors=style.quiet, labelfontfamily=list(style.fonts))
        self.axes.grid(color=style.grid, linewidth=0.8)
        self.axes.spines["left"].set_color(style.grid)
        self.axes.spines["bottom"].set_color(style.quiet)
        for words in (self._title, self.axes.xaxis.label):
            words.set_color(style.foreground)
            words.set_fontfamily(list(style.fonts))
        self.axes.xaxis.label.set_color(style.quiet)
        for end in self._ends:
            end.set_style(style)

    def label_inches(self) -> float:
        """How much room the labels need right of the drawing."""
        widest = max((end.width_inches() for end in self._ends), default=0.0)
        return (_GAP_POINTS + _SIGN_POINTS) / 72 + widest

    def place_labels(self) -> None:
        """Put each name at the height of its curve's end, or as near as the others let it."""
        scale = 72 / figure_of(self.axes).get_dpi()
        height = self.axes.bbox.height * scale
        wanted = [end.height_points() for end in self._ends]
        places = spread(wanted, apart=_LABEL_HEIGHT_POINTS, low=0.0, high=height)
        for end, place in zip(self._ends, places, strict=True):
            end.move_to(self.axes.bbox.width * scale + _GAP_POINTS, place)


class _End:
    """The end of a curve: a sign in its colour, its name, and a thread from the curve to them."""

    def __init__(self, axes: Axes, line: Line2D, look: Look, label: str) -> None:
        self._axes, self._line, self._look = axes, line, look
        self._at = _last_finite(line)
        thread = {"arrowstyle": "-", "linewidth": 0.9, "alpha": 0.7, "shrinkA": 0, "shrinkB": 4}
        self._sign = _words_at(axes, look.sign, self._at, arrowprops=thread)
        self._name = _words_at(axes, label, self._at)

    def set_style(self, style: PlotStyle) -> None:
        shade = self._look.colour or style.foreground
        self._line.set_color(shade)
        self._sign.set_color(shade)
        if self._sign.arrow_patch is not None:
            self._sign.arrow_patch.set_color(shade)
        self._name.set_color(style.foreground)
        for words in (self._sign, self._name):
            words.set_fontfamily(list(style.fonts))

    def width_inches(self) -> float:
        return float(self._name.get_window_extent().width / figure_of(self._axes).get_dpi())

    def height_points(self) -> float:
        """How high the end is above the bottom of the drawing."""
        _, y = self._axes.transData.transform(self._at)
        return float((y - self._axes.bbox.y0) * 72 / figure_of(self._axes).get_dpi())

    def move_to(self, x: float, y: float) -> None:
        """Put sign and name there; points from the drawing's lower left corner."""
        self._sign.set_position((x, y))
        self._name.set_position((x + _SIGN_POINTS, y))


def _draw_line(axes: Axes, numbers: Sequence[int], values: Sequence[float], look: Look) -> Line2D:
    (line,) = axes.plot(
        numbers,
        values,
        linewidth=_LINE_POINTS,
        marker=look.marker,
        markersize=_MARKER_POINTS,
        markevery=max(1, math.ceil(len(numbers) / _MARKERS)),
        markeredgewidth=0,
    )
    if look.dashes:
        line.set_dashes(look.dashes)
    return line


def _words_at(
    axes: Axes, words: str, at: tuple[float, float], *, arrowprops: dict[str, object] | None = None
) -> Annotation:
    return axes.annotate(
        words,
        at,
        (0, 0),
        textcoords="axes points",
        ha="left",
        va="center",
        fontsize=TEXT_POINTS,
        annotation_clip=False,
        arrowprops=arrowprops,
    )


def _dress(axes: Axes, formatter: Formatter) -> None:
    axes.spines[["top", "right"]].set_visible(False)
    axes.set_axisbelow(True)
    axes.tick_params(length=0, labelsize=TEXT_POINTS, pad=5)
    axes.set_xlabel("Epoch", labelpad=3, fontsize=TEXT_POINTS)
    axes.xaxis.set_major_locator(MaxNLocator(nbins=6, steps=(1, 2, 5, 10), integer=True))
    axes.yaxis.set_major_locator(MaxNLocator(nbins=7, steps=(1, 2, 5, 10)))
    axes.yaxis.set_major_formatter(formatter)


def _last_finite(line: Line2D) -> tuple[float, float]:
    points = np.asarray(line.get_xydata())
    x, y = points[np.isfinite(points[:, 1])][-1]
    return float(x), float(y)


def _values(curves: Sequence[RunCurve], value_of: Callable[[EpochEnded], float]) -> list[float]:
    return [value_of(epoch) for curve in curves for epoch in curve.epochs]


def _accuracy_of(epoch: EpochEnded) -> float:
    return epoch.val_accuracy


def _loss_of(epoch: EpochEnded) -> float:
    return epoch.val_loss
