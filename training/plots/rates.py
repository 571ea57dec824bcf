"""The curve of a learning-rate finder: the loss at each rate, and the rate that it suggests."""

import math

from matplotlib.axes import Axes
from matplotlib.ticker import LogFormatterSciNotation, LogLocator, MaxNLocator

from training.learning.rate_finder import RateFound
from training.plots.limits import Limits
from training.plots.panel import figure_of
from training.plots.style import TEXT_POINTS, PlotStyle

_TITLE_POINTS, _TITLE_PAD_POINTS = 11, 7.5
_DOT_POINTS, _LINE_POINTS, _WORDS_PAD_POINTS = 3.5, 1.8, 6.0
_HEADROOM = 0.6  # of the fall: what blew up would press the fall flat
_EDGE_SHARE = 0.08
_LEAST_HEIGHT, _LEAST_WIDTH = 0.1, 10.0
_RIGHT_HALF = 0.5


def draw_rates(axes: Axes, found: RateFound, *, style: PlotStyle) -> None:
    """Draw what a learning-rate finder found, in place of what is there.

    Args:
        axes: Gets the losses of the batches as dots, their means as a line, and the suggestion.
        found: The losses; there may be none.
        style: The colours.
    """
    axes.clear()
    axes.plot(found.rates, found.losses, "o", ms=_DOT_POINTS, mew=0, color=style.training)
    axes.plot(found.rates, found.smoothed, "-", lw=_LINE_POINTS, color=style.validation)
    axes.set_xscale("log")
    _dress(axes, style)
    if not found.rates:
        return
    axes.set_xlim(found.rates[0], max(found.rates[-1], _LEAST_WIDTH * found.rates[0]))
    axes.set_ylim(_loss_limits(found))
    if found.suggestion is not None:
        _mark(axes, found, found.suggestion, style)


def _loss_limits(found: RateFound) -> Limits:
    """From below the lowest mean to somewhat above the first."""
    first, lowest = found.smoothed[0], min(found.smoothed)
    height = max(first - lowest, _LEAST_HEIGHT * first)
    return lowest - height * _EDGE_SHARE, first + height * _HEADROOM


def _mark(axes: Axes, found: RateFound, suggestion: float, style: PlotStyle) -> None:
    """A line at the suggestion, with its words on the side that has more room."""
    axes.axvline(suggestion, color=style.foreground, lw=1.0, ls="--")
    share = math.log(suggestion / found.rates[0]) / math.log(found.rates[-1] / found.rates[0])
    is_left = share > _RIGHT_HALF
    words = axes.annotate(
        f"Suggested: {suggestion:.2g}",
        (suggestion, 1),
        (-_WORDS_PAD_POINTS if is_left else _WORDS_PAD_POINTS, -_WORDS_PAD_POINTS),
        xycoords=("data", "axes fraction"),
        textcoords="offset points",
        ha="right" if is_left else "left",
        va="top",
        color=style.foreground,
        fontsize=TEXT_POINTS,
        fontfamily=list(style.fonts),
    )
    words.set_bbox({"pad": 1.0, "linewidth": 0, "alpha": 0.8, "facecolor": style.background})


def _dress(axes: Axes, style: PlotStyle) -> None:
    figure_of(axes).set_facecolor(style.background)
    axes.set_facecolor(style.background)
    axes.spines[["top", "right"]].set_visible(False)
    axes.spines["left"].set_color(style.grid)
    axes.spines["bottom"].set_color(style.quiet)
    axes.set_axisbelow(True)
    axes.grid(color=style.grid, linewidth=0.8)
    axes.tick_params(
        which="both",
        length=0,
        pad=5,
        colors=style.quiet,
        labelsize=TEXT_POINTS,
        labelfontfamily=list(style.fonts),
    )
    axes.xaxis.set_major_locator(LogLocator(numticks=9))
    axes.xaxis.set_major_formatter(LogFormatterSciNotation())
    axes.minorticks_off()
    axes.yaxis.set_major_locator(MaxNLocator(nbins=7, steps=(1, 2, 5, 10)))
    unit = axes.set_xlabel("Learning rate", labelpad=3)
    title = axes.set_title("Loss", loc="left", weight="bold", y=1.0, pad=_TITLE_PAD_POINTS)
    for words, colour, points in (
        (unit, style.quiet, TEXT_POINTS),
        (title, style.foreground, _TITLE_POINTS),
    ):
        words.set_color(colour)
        words.set_fontfamily(list(style.fonts))
        words.set_fontsize(points)
