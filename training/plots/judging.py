"""How good a run is, drawn: confusion, ROC, precision and recall, reliability, confidences."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle
from matplotlib.ticker import FuncFormatter, MaxNLocator

from training.dataset.catalog import CLASSES
from training.inference.figures import Curve, ReliabilityBin
from training.plots.limits import percent_words
from training.plots.panel import figure_of
from training.plots.style import TEXT_POINTS, PlotStyle

_TITLE_POINTS, _TITLE_PAD_POINTS, _COUNT_POINTS = 11, 7.5, 15
_LINE_POINTS, _THIN_POINTS, _DOT_POINTS, _RING_POINTS = 1.8, 1.0, 5.5, 9.0
_EDGE = 0.02  # so that a curve along the frame is whole
_FAINT, _STRONG = 0.08, 0.55  # how much colour a cell of none, and one of all, gets: words show
_HALF = 0.5
_HEADROOM = 1.25  # for the words above and below the bars


def draw_confusion(
    axes: Axes, confusion: Sequence[Sequence[int]], *, threshold: float, style: PlotStyle
) -> None:
    """Draw how many pictures of each class are called what, in place of what is there.

    Args:
        axes: Gets four cells, the more coloured the more of their row lie in them.
        confusion: Counts by true class (rows: cat, dog) and what it is called (columns).
        threshold: From which p_dog on a picture is called dog.
        style: The colours.
    """
    _begin(axes, f"Confusion at {threshold:.2f}", style)
    places = range(len(CLASSES))
    for row in places:
        for column in places:
            share = confusion[row][column] / max(sum(confusion[row]), 1)
            colour = style.right if row == column else style.wrong
            alpha = _FAINT + (_STRONG - _FAINT) * share
            axes.add_patch(Rectangle((column, row), 1, 1, facecolor=colour, alpha=alpha, lw=0))
            _cell_words(axes, (column, row), f"{confusion[row][column]:,}", share, style)
    axes.set_xlim(0, len(CLASSES))
    axes.set_ylim(len(CLASSES), 0)
    axes.set_xticks([each + _HALF for each in places], [f"called {name}" for name in CLASSES])
    axes.set_yticks([each + _HALF for each in places], [f"{name}s" for name in CLASSES])
    axes.grid(visible=False)
    axes.spines[:].set_visible(False)


def draw_roc(
    axes: Axes, curve: Curve, *, mark: tuple[float, float] | None = None, style: PlotStyle
) -> None:
    """Draw the ROC curve with the area below it, in place of what is there.

    Args:
        axes: Gets the curve and, thin, that of guesses.
        curve: Share of cats called dog (across) and of dogs called dog.
        mark: Where the threshold lies on it, to be ringed.
        style: The colours.
    """
    _begin(axes, "ROC", style, across="Cats called dog", upward="Dogs called dog")
    axes.plot([0, 1], [0, 1], "--", color=style.quiet, lw=_THIN_POINTS)
    axes.plot(curve.across, curve.upward, "-", color=style.validation, lw=_LINE_POINTS)
    _ring(axes, mark, style)
    _square(axes)
    _say(axes, f"area {curve.summary:.4f}", (0.98, 0.14), style, colour=style.foreground)
    _say(axes, "guessing: 0.5", (0.98, 0.04), style, colour=style.quiet)


def draw_precision_recall(
    axes: Axes,
    curves: Sequence[Curve],
    *,
    marks: Sequence[tuple[float, float] | None] = (),
    style: PlotStyle,
) -> None:
    """Draw precision over recall of cats and of dogs, in place of what is there.

    Args:
        axes: Gets a curve a class; dashes tell that of dogs from that of cats, colour aside.
        curves: Of cats and of dogs.
        marks: Where the threshold lies on them, to be ringed.
        style: The colours.
    """
    _begin(axes, "Precision and recall", style, across="Recall", upward="Precision")
    looks = ((style.cat, "-"), (style.dog, "--"))
    for place, (name, curve, (colour, dash)) in enumerate(zip(CLASSES, curves, looks, strict=True)):
        axes.step(curve.across, curve.upward, dash, where="post", color=colour, lw=_LINE_POINTS)
        words = f"{name}s: average precision {curve.summary:.4f}"
        at = (0.12, 0.14 - place / 10)
        _say(axes, words, at, style, colour=style.foreground, align="left")
        axes.plot(
            [0.02, 0.1], [at[1] + 0.025] * 2, dash, color=colour, lw=_LINE_POINTS,
            transform=axes.transAxes,
        )  # fmt: skip
    for mark in marks:
        _ring(axes, mark, style)
    _square(axes)


def draw_reliability(
    axes: Axes, bins: Sequence[ReliabilityBin], *, ece: float, style: PlotStyle
) -> None:
    """Draw how often the run is right where it is how sure, in place of what is there.

    Args:
        axes: Gets a dot a bin with its 95 % interval, and, thin, the line of a run that is right
            as often as it says.
        bins: Those that have pictures.
        ece: The calibration error, in [0, 1].
        style: The colours.
    """
    _begin(axes, "Reliability", style, across="Confidence", upward="Share that is right")
    axes.plot([_HALF, 1], [_HALF, 1], "--", color=style.quiet, lw=_THIN_POINTS)
    for each in bins:
        interval = each.right.interval
        if interval is not None:
            axes.plot(
                [each.confidence] * 2, [interval.low, interval.high], "-",
                color=style.validation, lw=_LINE_POINTS, alpha=_HALF,
            )  # fmt: skip
    axes.plot(
        [each.confidence for each in bins],
        [each.right.counted / each.right.of for each in bins],
        "o", color=style.validation, ms=_DOT_POINTS, mew=0,
    )  # fmt: skip
    axes.set_xlim(_HALF - _EDGE / 2, 1 + _EDGE / 2)
    axes.set_ylim(-_EDGE, 1 + _EDGE)
    _in_percent(axes)
    _say(axes, f"calibration error {ece:.4f}", (0.98, 0.14), style, colour=style.foreground)
    _say(axes, "bars: 95 % intervals", (0.98, 0.04), style, colour=style.quiet)


def draw_confidences(
    axes: Axes, right: Sequence[int], wrong: Sequence[int], *, style: PlotStyle
) -> None:
    """Draw how sure the run is of right and of wrong answers, in place of what is there.

    Args:
        axes: Gets the right ones above the line at 0, the wrong ones below it, each as a share of
            their own, since few mistakes would not be seen among many right answers.
        right: Counts over equal parts of [0.5, 1].
        wrong: As many.
        style: The colours.
    """
    _begin(axes, "Confidences", style, across="Confidence", upward="Share of its kind")
    edges = np.linspace(_HALF, 1.0, len(right) + 1)
    rows = ((right, 1, style.right, "right", 0.95), (wrong, -1, style.wrong, "wrong", 0.04))
    for counts, sign, colour, words, height in rows:
        shares = [sign * count / max(sum(counts), 1) for count in counts]
        axes.bar(edges[:-1], shares, width=np.diff(edges) * 0.9, align="edge", color=colour)
        at = (0.02, height)
        _say(axes, f"{sum(counts):,} {words}", at, style, colour=style.foreground, align="left")
    axes.axhline(0, color=style.quiet, lw=_THIN_POINTS)
    axes.set_xlim(_HALF, 1)
    reach = max(abs(low) for low in axes.get_ylim())
    axes.set_ylim(-reach * _HEADROOM, reach * _HEADROOM)
    _in_percent(axes)
    axes.yaxis.set_major_formatter(FuncFormatter(lambda share, _: percent_words(abs(share))))


def _cell_words(
    axes: Axes, corner: tuple[int, int], count: str, share: float, style: PlotStyle
) -> None:
    column, row = corner
    fonts = list(style.fonts)
    for words, height, points in (
        (count, 0.45, _COUNT_POINTS),
        (f"{share * 100:.1f} %", 0.68, TEXT_POINTS),
    ):
        axes.text(
            column + _HALF, row + height, words, ha="center", va="center", fontsize=points,
            color=style.foreground, fontfamily=fonts,
        )  # fmt: skip


def _say(
    axes: Axes,
    words: str,
    at: tuple[float, float],
    style: PlotStyle,
    *,
    colour: str,
    align: str = "right",
) -> None:
    """Words inside; `at` is in shares of the drawing, from its lower left corner."""
    said = axes.text(
        *at, words, transform=axes.transAxes, ha=align, va="bottom" if at[1] < _HALF else "top",
        color=colour, fontsize=TEXT_POINTS, fontfamily=list(style.fonts),
    )  # fmt: skip
    said.set_bbox({"pad": 1.0, "linewidth": 0, "alpha": 0.8, "facecolor": style.background})


def _ring(axes: Axes, mark: tuple[float, float] | None, style: PlotStyle) -> None:
    if mark is not None:
        axes.plot(*mark, "o", ms=_RING_POINTS, mew=_LINE_POINTS, mfc="none", mec=style.foreground)


def _square(axes: Axes) -> None:
    axes.set_xlim(-_EDGE, 1 + _EDGE)
    axes.set_ylim(-_EDGE, 1 + _EDGE)
    _in_percent(axes)


def _in_percent(axes: Axes) -> None:
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_locator(MaxNLocator(nbins=6, steps=(1, 2, 5, 10)))
        axis.set_major_formatter(FuncFormatter(percent_words))


def _begin(axes: Axes, title: str, style: PlotStyle, *, across: str = "", upward: str = "") -> None:
    axes.clear()
    figure_of(axes).set_facecolor(style.background)
    axes.set_facecolor(style.background)
    axes.spines[["top", "right"]].set_visible(False)
    axes.spines["left"].set_color(style.grid)
    axes.spines["bottom"].set_color(style.quiet)
    axes.set_axisbelow(True)
    axes.grid(color=style.grid, linewidth=0.8)
    axes.tick_params(
        length=0, pad=5, colors=style.quiet, labelsize=TEXT_POINTS,
        labelfontfamily=list(style.fonts),
    )  # fmt: skip
    units = (axes.set_xlabel(across, labelpad=3), axes.set_ylabel(upward, labelpad=3))
    head = axes.set_title(title, loc="left", weight="bold", y=1.0, pad=_TITLE_PAD_POINTS)
    for words, colour, points in (
        *((unit, style.quiet, TEXT_POINTS) for unit in units),
        (head, style.foreground, _TITLE_POINTS),
    ):
        words.set_color(colour)
        words.set_fontfamily(list(style.fonts))
        words.set_fontsize(points)
