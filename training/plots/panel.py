"""One drawing of training and validation over the epochs, with its best epoch marked."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.legend import Legend
from matplotlib.lines import Line2D
from matplotlib.ticker import Formatter, MaxNLocator

from training.plots.limits import Limits
from training.plots.style import TEXT_POINTS, PlotStyle

_Points = npt.NDArray[np.float64]

_TITLE_POINTS, _TITLE_PAD_POINTS = 11, 7.5
_DOT_POINTS, _RING_POINTS, _DASH_POINTS, _LINE_POINTS = 4.5, 11.0, 9.0, 1.8
_LETTER_POINTS, _LABEL_HEIGHT_POINTS, _LABEL_CLEARANCE_POINTS = 6.2, 13.0, 3.0
_LABEL_STEPS_POINTS, _LABEL_SHIFTS = (15, -15, 30, -30, 45, -45), (0.0, 0.25, -0.25, 0.45, -0.45)
_ROUND_STEPS = (1, 2, 5, 10)


class Panel:
    """One of the two drawings."""

    def __init__(self, axes: Axes, title: str, formatter: Formatter) -> None:
        self.axes = axes
        self._whole: tuple[Limits, Limits] = ((0.0, 1.0), (0.0, 1.0))
        self._is_zoomed = False
        (self._training,) = axes.plot([], [], "o", ms=_DOT_POINTS, mew=0, label="Training")
        (self._validation,) = axes.plot(
            [], [], "-", lw=_LINE_POINTS, ms=_DASH_POINTS, mew=_LINE_POINTS, label="Validation"
        )
        self._curves = (self._training, self._validation)
        (self._ring,) = axes.plot([], [], "o", ms=_RING_POINTS, mew=1.5, mfc="none", zorder=4)
        self._label = axes.annotate(
            "",
            (0, 0),
            (0, 0),
            textcoords="offset points",
            ha="center",
            va="center",
            zorder=5,
            arrowprops={"arrowstyle": "-", "linewidth": 0.8, "shrinkB": _RING_POINTS / 2 + 1},
        )
        self._label.set_bbox({"pad": 1.0, "linewidth": 0, "alpha": 0.8})
        self._title = axes.set_title(title, loc="left", weight="bold", y=1.0, pad=_TITLE_PAD_POINTS)
        self._legend = _legend_above(axes)
        _dress(axes, formatter)

    def set_style(self, style: PlotStyle) -> None:
        """Give everything other colours and letters."""
        figure_of(self.axes).set_facecolor(style.background)
        self._style_axes(style)
        self._style_words(style)
        self._colour(0, style.training)
        self._colour(1, style.validation)
        self._ring.set_markeredgecolor(style.foreground)

    def set_series(
        self, numbers: Sequence[int], training: Sequence[float], validation: Sequence[float]
    ) -> None:
        """Draw these values, one an epoch, in place of the last ones; epochs are 1-based."""
        self._training.set_data(numbers, training)
        self._validation.set_data(numbers, validation)
        self._validation.set_marker("_" if len(numbers) == 1 else "")  # one point is no line yet

    def mark(self, number: int, value: float, words: str) -> None:
        """Ring the validation's value of an epoch; `place_label` puts the words beside it."""
        self._ring.set_data([number], [value])
        self._label.xy = (number, value)
        self._label.set_text(words)
        self._label.set_visible(True)

    def unmark(self) -> None:
        """Take the ring and its words away."""
        self._ring.set_data([], [])
        self._label.set_visible(False)

    def set_whole(self, across: Limits, upward: Limits) -> None:
        """Say what everything is; it is shown unless the view is zoomed."""
        self._whole = (across, upward)
        if self._is_zoomed:
            self.place_label()
        else:
            self.reset_view()

    def zoom(self, across: Limits, upward: Limits) -> None:
        """Show a part of it until `reset_view`."""
        self._is_zoomed = True
        self._set_limits(_within(across, self._whole[0]), _within(upward, self._whole[1]))

    def reset_view(self) -> None:
        """Show everything."""
        self._is_zoomed = False
        self._set_limits(*self._whole)

    def raise_legend(self, inches: float) -> None:
        """Let the legend stand that far above the title's line."""
        share = inches * figure_of(self.axes).get_dpi() / self.axes.bbox.height
        self._legend.set_bbox_to_anchor((1.0, 1.0 + share), transform=self.axes.transAxes)

    def place_label(self) -> None:
        """Put the words near the ring, inside, where they cover the least of the curves."""
        if not self._label.get_visible():
            return
        width = len(self._label.get_text()) * _LETTER_POINTS
        scale = 72 / figure_of(self.axes).get_dpi()
        ring = self.axes.transData.transform(self._label.xy)
        points = (self.axes.transData.transform(self._curve_points()) - ring) * scale
        corners = (self.axes.bbox.get_points() - ring) * scale
        places = [(side * width, step) for step in _LABEL_STEPS_POINTS for side in _LABEL_SHIFTS]
        costs = [_cost(place, width, points=points, corners=corners) for place in places]
        self._label.set_position(places[int(np.argmin(costs))])

    def _curve_points(self) -> _Points:
        """All dots, and the line as points that are close together; (n, 2) epochs and values."""
        dots = self._training.get_xydata()
        line = np.asarray(self._validation.get_xydata())
        across = np.linspace(line[0, 0], line[-1, 0], 300)
        upward = np.interp(across, line[:, 0], line[:, 1])
        return np.concatenate([dots, np.column_stack([across, upward])])

    def _set_limits(self, across: Limits, upward: Limits) -> None:
        self.axes.set_xlim(across)
        self.axes.set_ylim(upward)
        self._training.set_clip_on(self._is_zoomed)  # else the dots at the edge would be halved
        self.place_label()

    def _colour(self, series: int, shade: str) -> None:
        curve, sign = self._curves[series], self._legend.legend_handles[series]
        assert isinstance(sign, Line2D)
        curve.set_color(shade)
        sign.set_color(shade)

    def _style_axes(self, style: PlotStyle) -> None:
        self.axes.set_facecolor(style.background)
        self.axes.tick_params(colors=style.quiet, labelfontfamily=list(style.fonts))
        self.axes.grid(color=style.grid, linewidth=0.8)
        self.axes.spines["left"].set_color(style.grid)
        self.axes.spines["bottom"].set_color(style.quiet)

    def _style_words(self, style: PlotStyle) -> None:
        unit = self.axes.xaxis.label
        for words in (self._title, self._label, unit, *self._legend.get_texts()):
            words.set_color(style.foreground)
            words.set_fontfamily(list(style.fonts))
            words.set_fontsize(TEXT_POINTS)
        unit.set_color(style.quiet)
        self._title.set_fontsize(_TITLE_POINTS)
        box, leader = self._label.get_bbox_patch(), self._label.arrow_patch
        assert box is not None
        assert leader is not None
        box.set_facecolor(style.background)
        leader.set_color(style.quiet)


def _legend_above(axes: Axes) -> Legend:
    """Beside the title, where it can never cover a curve."""
    return axes.legend(
        handles=axes.lines[:2],
        loc="lower right",
        bbox_to_anchor=(1.0, 1.0),
        ncols=2,
        frameon=False,
        borderpad=0.0,
        borderaxespad=0.6,
        handlelength=1.2,
        handletextpad=0.5,
        columnspacing=1.0,
        fontsize=TEXT_POINTS,
    )


def _dress(axes: Axes, formatter: Formatter) -> None:
    axes.spines[["top", "right"]].set_visible(False)
    axes.set_axisbelow(True)
    axes.tick_params(length=0, labelsize=TEXT_POINTS, pad=5)
    axes.set_xlabel("Epoch", labelpad=3)
    axes.xaxis.set_major_locator(
        MaxNLocator(nbins=6, steps=_ROUND_STEPS, integer=True, min_n_ticks=1)
    )
    axes.yaxis.set_major_locator(MaxNLocator(nbins=7, steps=_ROUND_STEPS))
    axes.yaxis.set_major_formatter(formatter)


def _cost(place: tuple[float, float], width: float, *, points: _Points, corners: _Points) -> float:
    """How much words there would cover, or how far they would stick out; all in points."""
    reach = np.array([width, _LABEL_HEIGHT_POINTS]) / 2
    covered = np.all(np.abs(points - place) < reach + _LABEL_CLEARANCE_POINTS, axis=1)
    out = np.maximum(corners[0] - (place - reach), 0) + np.maximum(place + reach - corners[1], 0)
    return float(np.count_nonzero(covered) + 1000 * np.sum(out))


def _within(part: Limits, whole: Limits) -> Limits:
    return max(part[0], whole[0]), min(part[1], whole[1])


def figure_of(axes: Axes) -> Figure:
    """The figure that the Axes stand in."""
    figure = axes.get_figure(root=True)
    assert figure is not None
    return figure
