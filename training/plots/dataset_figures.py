"""A dataset in three small charts: its classes and splits, its pictures' shapes, its files."""

import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.ticker import FuncFormatter, LogLocator, MaxNLocator, NullLocator

from training.dataset.picture import CLASSES, Split
from training.dataset.picture_filter import SIZE_STEP_BYTES, Figures
from training.plots.style import TEXT_POINTS, PlotStyle

_TITLE_POINTS, _TITLE_PAD_POINTS = 11, 7.5
_BAR_HEIGHT, _HEADROOM = 0.38, 1.22
_STEPS_PER_DOUBLING = 4
_LEAST_DOT, _DOT_AREA = 6.0, 260.0
_DOT_ALPHA = 0.55
_LEAST_EDGE = 0.5  # doublings on either side: with them there are marks, whatever is shown
_KILO = 1024
_DASHES: Mapping[str, str] = {"cat": "-", "dog": "--"}  # so that colour does not tell alone
_SPLIT_WORDS: Mapping[Split | None, str] = {
    Split.TRAIN: "Training",
    Split.VALIDATION: "Validation",
    Split.TEST: "Test",
    None: "In none",
}


def figures_figure() -> Figure:
    """A figure with room for the three charts, still empty."""
    figure = Figure(layout="constrained")
    figure.subplot_mosaic([["places", "sides"], ["sizes", "sides"]])
    return figure


def draw_figures(figure: Figure, figures: Figures, *, style: PlotStyle) -> None:
    """Draw a dataset's figures in place of what is there.

    Args:
        figure: That of `figures_figure`.
        figures: Of at least one picture.
        style: The colours.
    """
    by_name = {str(axes.get_label()): axes for axes in figure.axes}
    figure.set_facecolor(style.background)
    for axes in by_name.values():
        axes.clear()
    _draw_places(by_name["places"], figures.places, style)
    _draw_sizes(by_name["sizes"], figures.sizes, style)
    _draw_sides(by_name["sides"], figures.sides, style)


def _draw_places(
    axes: Axes, places: Mapping[tuple[str, Split | None], int], style: PlotStyle
) -> None:
    """A pair of bars for each split that has pictures, with its numbers."""
    shown = [split for split in _SPLIT_WORDS if any(places.get((c, split)) for c in CLASSES)]
    for number, label in enumerate(CLASSES):
        counts = [places.get((label, split), 0) for split in shown]
        heights = [row + (number - 0.5) * _BAR_HEIGHT for row in range(len(shown))]
        bars = axes.barh(heights, counts, _BAR_HEIGHT, color=_colour(label, style))
        bars.set_label(f"{label}s")
        words = axes.bar_label(bars, [f"{count:,}" for count in counts], padding=3)
        _write(words, style.foreground, style)
    _dress(axes, "Classes and splits", style)
    axes.set_yticks(range(len(shown)), [_SPLIT_WORDS[split] for split in shown])
    axes.invert_yaxis()
    axes.set_xlim(0, _HEADROOM * max(places.values(), default=1))
    axes.xaxis.set_major_locator(NullLocator())
    axes.spines[["left", "bottom"]].set_visible(False)
    _explain(axes, style)


def _draw_sizes(axes: Axes, sizes: Mapping[tuple[str, int], int], style: PlotStyle) -> None:
    """How many files there are of each size, a line a class."""
    binned: dict[str, Counter[int]] = {label: Counter() for label in CLASSES}
    for (label, step), count in sizes.items():
        binned[label][_bin_of((step + 0.5) * SIZE_STEP_BYTES)] += count
    used = [place for counts in binned.values() for place in counts]
    span = range(min(used, default=0) - 1, max(used, default=0) + 2)
    edges = [_value_of(place) for place in (*span, span.stop)]
    for label, counts in binned.items():
        heights = [counts[place] for place in span]
        shade = _colour(label, style)
        axes.stairs(heights, edges, color=shade, lw=1.8, ls=_DASHES[label], label=f"{label}s")
    _dress(axes, "File sizes", style)
    axes.set_xscale("log", base=2)
    _scale(axes, "x", _bytes_words)
    axes.set_ylim(bottom=0)
    axes.yaxis.set_major_locator(MaxNLocator(nbins=4, steps=(1, 2, 5, 10), integer=True))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.0f}"))
    _explain(axes, style)


def _draw_sides(axes: Axes, sides: Mapping[tuple[int, int], int], style: PlotStyle) -> None:
    """A dot for each shape, as large as pictures have it; near ones share theirs."""
    shared: Counter[tuple[int, int]] = Counter()
    for (width, height), count in sides.items():
        shared[_bin_of(width), _bin_of(height)] += count
    most = max(shared.values(), default=1)
    areas = [max(_LEAST_DOT, _DOT_AREA * count / most) for count in shared.values()]
    across = [_value_of(width + 0.5) for width, _ in shared]
    upward = [_value_of(height + 0.5) for _, height in shared]
    dots = axes.scatter(across, upward, s=areas, color=style.validation, alpha=_DOT_ALPHA, lw=0)
    dots.set_clip_on(False)
    _dress(axes, "Widths and heights", style)
    axes.set_xscale("log", base=2)
    axes.set_yscale("log", base=2)
    low = 2 ** math.floor(math.log2(min((*across, *upward), default=1.0)) - _LEAST_EDGE)
    high = 2 ** math.ceil(math.log2(max((*across, *upward), default=1.0)) + _LEAST_EDGE)
    axes.set_xlim(low, high)
    axes.set_ylim(low, high)
    axes.axline((low, low), (high, high), color=style.grid, lw=1.0, zorder=0)
    for side in ("x", "y"):
        _scale(axes, side, lambda pixels: f"{pixels:,.0f}")
    if sides:
        _name_most_frequent(axes, sides, style)
    unit = axes.set_xlabel("Pixels; the line: as wide as high", labelpad=3)
    _write([unit], style.quiet, style)


def _name_most_frequent(axes: Axes, sides: Mapping[tuple[int, int], int], style: PlotStyle) -> None:
    """Say of the most frequent shape what it is and how many have it."""
    (width, height), count = max(sides.items(), key=lambda each: each[1])
    words = axes.annotate(
        f"{width:,} x {height:,}: {count:,}",
        (0.03, 0.97),
        xycoords="axes fraction",
        va="top",
    )
    _write([words], style.foreground, style)


def _dress(axes: Axes, title: str, style: PlotStyle) -> None:
    axes.set_facecolor(style.background)
    axes.spines[["top", "right"]].set_visible(False)
    axes.spines["left"].set_color(style.grid)
    axes.spines["bottom"].set_color(style.quiet)
    axes.tick_params(
        which="both",
        length=0,
        pad=5,
        colors=style.quiet,
        labelsize=TEXT_POINTS,
        labelfontfamily=list(style.fonts),
    )
    heading = axes.set_title(title, loc="left", weight="bold", y=1.0, pad=_TITLE_PAD_POINTS)
    _write([heading], style.foreground, style, points=_TITLE_POINTS)


def _scale(axes: Axes, side: str, words: Callable[[float], str]) -> None:
    axis = axes.xaxis if side == "x" else axes.yaxis
    axis.set_major_locator(LogLocator(base=2, numticks=6))
    axis.set_minor_locator(NullLocator())
    axis.set_major_formatter(FuncFormatter(lambda value, _: words(value)))


def _explain(axes: Axes, style: PlotStyle) -> None:
    """Name the classes beside the title, where that covers nothing."""
    legend = axes.legend(
        loc="lower right",
        bbox_to_anchor=(1.0, 1.0),
        ncols=len(CLASSES),
        frameon=False,
        borderpad=0.0,
        borderaxespad=0.4,
        handlelength=1.4,
        handletextpad=0.5,
        columnspacing=1.0,
    )
    _write(legend.get_texts(), style.foreground, style)


def _write(
    texts: Sequence[Text], colour: str, style: PlotStyle, *, points: float = TEXT_POINTS
) -> None:
    for text in texts:
        text.set_color(colour)
        text.set_fontfamily(list(style.fonts))
        text.set_fontsize(points)


def _colour(label: str, style: PlotStyle) -> str:
    return style.cat if label == "cat" else style.dog


def _bin_of(value: float) -> int:
    return math.floor(math.log2(max(value, 1)) * _STEPS_PER_DOUBLING)


def _value_of(place: float) -> float:
    return float(2 ** (place / _STEPS_PER_DOUBLING))


def _bytes_words(count: float) -> str:
    if count < _KILO:
        return f"{count:,.0f} B"
    if count < _KILO**2:
        return f"{count / _KILO:,.0f} KB"
    return f"{count / _KILO**2:,.0f} MB"
