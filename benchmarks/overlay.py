"""All presets' validation accuracy against time, in one picture: `python -m benchmarks overlay`.

It draws what `python -m benchmarks accuracy` wrote down of each preset.
"""

import argparse
import itertools
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.text import Annotation
from matplotlib.ticker import FixedLocator, FuncFormatter, NullLocator

from benchmarks.accuracy import EPOCHS_ALONE
from benchmarks.pictures import REPOSITORY
from benchmarks.report import RESULTS
from training.plots.style import LIGHT, TEXT_POINTS, PlotStyle
from training.progress import duration_words

PICTURE = REPOSITORY / "docs" / "images" / "presets.png"
SOUGHT_ACCURACY = 0.80

# Hues of Okabe and Ito, safe for the colour-blind, darkened where white would swallow them
COLOURS = ("#0072B2", "#C14F00", "#00805D", "#A8477F", "#946800", "#1D1F23", "#2E86B8")

_INCHES, _DPI = (8.0, 4.6), 160
_LINE_POINTS, _DOT_POINTS, _RING_POINTS = 1.8, 3.5, 8.0
_TICKS = (0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 0.999)
_LEAST, _MOST = 0.5, 0.9995  # a curve leaves the picture below; an error of 0 has no logarithm
_MINUTES = (0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 60, 120, 300, 600)
_OFFSETS_POINTS = ((8, 0), (8, 9), (0, 11), (8, -9), (0, -11), (8, 18), (8, -18), (-8, 11))
_Points = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Curve:
    """One preset's training.

    Attributes:
        preset: The preset's key.
        minutes: At the end of each epoch, since the training began.
        accuracies: On the validation pictures, then.
        epochs_alone: Whether the minutes leave out what came before the first epoch.
    """

    preset: str
    minutes: tuple[float, ...]
    accuracies: tuple[float, ...]
    epochs_alone: bool = False

    @property
    def minutes_to_reach(self) -> float | None:
        """When it first reached `SOUGHT_ACCURACY`; None if it never did."""
        both = zip(self.minutes, self.accuracies, strict=True)
        return next((at for at, accuracy in both if accuracy >= SOUGHT_ACCURACY), None)

    def words(self) -> str:
        """When it reached what was sought, in one line."""
        reached = self.minutes_to_reach
        when = "never" if reached is None else f"after {duration_words(60 * reached)}"
        note = " (preparation not counted)" if self.epochs_alone else ""
        return f"{self.preset}: 80 % {when}{note}; best {_percent(max(self.accuracies))}"


def main(words: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks overlay")
    parser.add_argument("picture", type=Path, nargs="?", default=PICTURE)
    given = parser.parse_args(words)
    curves = read_curves()
    if not curves:
        print("No preset is measured yet: run make bench-accuracy PRESET=… first.")
        return 1
    given.picture.parent.mkdir(parents=True, exist_ok=True)
    draw(curves).savefig(given.picture)
    for curve in curves:
        print(curve.words())
    print(given.picture)
    return 0


def read_curves(results: Path = RESULTS) -> list[Curve]:
    """What was measured, by the presets' names."""
    found = []
    for file in sorted(results.glob("accuracy-*.json")):
        facts = json.loads(file.read_text(encoding="utf-8"))
        minutes = tuple(point["seconds"] / 60 for point in facts["curve"])
        accuracies = tuple(point["val_accuracy"] for point in facts["curve"])
        if minutes:
            alone = facts["clock"] == EPOCHS_ALONE
            found.append(Curve(facts["preset"], minutes, accuracies, alone))
    return found


def draw(curves: Sequence[Curve], style: PlotStyle = LIGHT) -> Figure:
    """The picture: minutes across, the validation accuracy upwards, both logarithmic.

    Upwards it is the error that is: from 98 % to 99 % is as far as from 80 % to 90 %.
    """
    figure = Figure(_INCHES, dpi=_DPI, facecolor=style.background, layout="constrained")
    axes = figure.add_subplot()
    _dress(axes, curves, style)
    axes.axhline(SOUGHT_ACCURACY, color=style.quiet, lw=1, ls=(0, (2, 2)), zorder=1)
    labels = []
    for curve, colour in zip(curves, itertools.cycle(COLOURS), strict=False):
        shown = np.clip(curve.accuracies, 0, _MOST)
        axes.plot(curve.minutes, shown, "-o", color=colour, lw=_LINE_POINTS, ms=_DOT_POINTS, mew=0)
        labels.append(
            _label(axes, (curve.minutes[-1], shown[-1]), _end_words(curve), colour, style)
        )
        reached = curve.minutes_to_reach
        if reached is not None:
            place = (reached, float(shown[curve.minutes.index(reached)]))
            axes.plot(*place, "o", ms=_RING_POINTS, mfc="none", mec=style.foreground, mew=1.3)
            labels.append(_label(axes, place, duration_words(60 * reached), colour, style))
    _spread(figure, axes, labels)
    return figure


def _end_words(curve: Curve) -> str:
    star = "*" if curve.epochs_alone else ""
    return f"{curve.preset} {_percent(max(curve.accuracies))}{star}"


def _percent(share: float) -> str:
    return f"{100 * share:.1f} %"


def _dress(axes: Axes, curves: Sequence[Curve], style: PlotStyle) -> None:
    everything = [minutes for curve in curves for minutes in curve.minutes]
    best = max(max(curve.accuracies) for curve in curves)
    axes.set_xscale("log")
    axes.set_xlim(min(everything) / 1.3, max(everything) * 2.5)  # the last label needs room
    axes.xaxis.set_major_locator(FixedLocator(_MINUTES))
    axes.xaxis.set_minor_locator(NullLocator())
    axes.xaxis.set_major_formatter(FuncFormatter(lambda minutes, _: f"{minutes:g}"))
    axes.set_yscale("function", functions=(_upward, _downward))
    axes.set_ylim(_LEAST, min(_MOST, 1 - (1 - min(best, _MOST)) / 1.6))
    axes.yaxis.set_major_locator(FixedLocator(_TICKS))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda share, _: f"{100 * share:g} %"))
    axes.set_facecolor(style.background)
    axes.spines[["top", "right"]].set_visible(False)
    axes.spines["left"].set_color(style.grid)
    axes.spines["bottom"].set_color(style.quiet)
    axes.set_axisbelow(True)
    axes.grid(color=style.grid, linewidth=0.8)
    axes.tick_params(
        length=0, labelsize=TEXT_POINTS, colors=style.quiet, labelfontfamily=list(style.fonts)
    )
    unit = "Minutes since the training began"
    if any(curve.epochs_alone for curve in curves):
        unit += " (*: epochs alone)"
    axes.set_xlabel(unit, color=style.quiet, fontsize=TEXT_POINTS, fontfamily=list(style.fonts))
    axes.set_title(
        "Validation accuracy, and when it first reached 80 %",
        loc="left",
        weight="bold",
        color=style.foreground,
        fontsize=TEXT_POINTS + 1,
        fontfamily=list(style.fonts),
    )


def _upward(share: _Points) -> _Points:
    return np.asarray(-np.log10(1 - np.clip(share, 0, 1 - 1e-9)))


def _downward(place: _Points) -> _Points:
    return np.asarray(1 - 10 ** -np.asarray(place))


def _label(
    axes: Axes, place: tuple[float, float], words: str, colour: str, style: PlotStyle
) -> Annotation:
    label = axes.annotate(
        words,
        place,
        _OFFSETS_POINTS[0],
        textcoords="offset points",
        va="center",
        color=colour,
        fontsize=TEXT_POINTS,
        fontfamily=list(style.fonts),
        zorder=5,
    )
    label.set_bbox({"pad": 0.8, "linewidth": 0, "alpha": 0.8, "facecolor": style.background})
    return label


def _spread(figure: Figure, axes: Axes, labels: Sequence[Annotation]) -> None:
    """Put each label where it covers the fewest points of curves and no label before it."""
    figure.draw_without_rendering()
    points = np.concatenate([_densely(axes, line.get_xydata()) for line in axes.lines])
    placed: list[_Points] = []
    for label in labels:
        costs = []
        for offset in _OFFSETS_POINTS:
            label.set_position(offset)
            box = np.asarray(label.get_window_extent())
            covered = np.all((points > box[0]) & (points < box[1]), axis=1).sum()
            hit = sum(bool(np.all((box[0] < other[1]) & (box[1] > other[0]))) for other in placed)
            inside = np.asarray(axes.bbox)
            out = np.maximum(inside[0] - box[0], 0).sum() + np.maximum(box[1] - inside[1], 0).sum()
            costs.append(covered + 1_000 * hit + 10 * out)
        label.set_position(_OFFSETS_POINTS[int(np.argmin(costs))])
        placed.append(np.asarray(label.get_window_extent()))


def _densely(axes: Axes, places: object) -> _Points:
    """Points of a line between its own, in pixels."""
    corners = np.asarray(axes.transData.transform(np.asarray(places, dtype=np.float64)))
    along = np.linspace(0, len(corners) - 1, 20 * len(corners))
    each = [np.interp(along, np.arange(len(corners)), corners[:, axis]) for axis in (0, 1)]
    return np.stack(each, axis=1)


if __name__ == "__main__":
    raise SystemExit(main())
