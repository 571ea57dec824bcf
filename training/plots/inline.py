"""A drawing as a part of a web page: SVG without a file of its own, in the colours of the page."""

import dataclasses
import html
import io
import re
from collections.abc import Callable, Mapping

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from training.plots.style import LIGHT, PlotStyle

Draw = Callable[[Axes], None]
"""Draws on the Axes that it is given."""

_INCHES = (4.6, 3.6)
_NO_METADATA = {"Date": None, "Creator": None, "Format": None, "Type": None}
_PROLOGUE = re.compile(r"^.*?(?=<svg)", re.DOTALL)
_COMMENT = re.compile(r"\s*<!--.*?-->", re.DOTALL)
_STYLE_SHEET = re.compile(r"\s*<defs>\s*<style.*?</style>\s*</defs>", re.DOTALL)
_NAMESPACE = re.compile(r' xmlns(:\w+)?="[^"]*"')
_SIZE = re.compile(r' (width|height)="[\d.]+pt"')
_NAME = re.compile(r'(\bid="|href="#|url\(#)')


def inline_svg(draw: Draw, *, name: str, words: str) -> str:
    """Draw and give the SVG element.

    Args:
        draw: Draws in the colours of `LIGHT`.
        name: Tells its parts from those of other drawings of the page; letters alone.
        words: What the drawing shows, for who cannot see it.

    Returns:
        An element without declarations, script or address; its colours are the variables of
        `colour_variables`, and its letters outlines, so that it asks for no font.
    """
    figure = Figure(figsize=_INCHES, layout="constrained")
    draw(figure.add_subplot())
    written = io.StringIO()
    figure.savefig(written, format="svg", metadata=_NO_METADATA)
    svg = written.getvalue().strip()
    for pattern in (_PROLOGUE, _COMMENT, _STYLE_SHEET, _NAMESPACE):
        svg = pattern.sub("", svg)
    svg = _SIZE.sub("", svg, count=2).replace("xlink:href", "href")
    svg = _NAME.sub(rf"\g<1>{name}-", svg)
    for variable, colour in colour_variables(LIGHT).items():
        svg = svg.replace(colour.lower(), f"var({variable})")
    return svg.replace("<svg", f'<svg role="img" aria-label="{html.escape(words)}"', 1)


def colour_variables(style: PlotStyle) -> Mapping[str, str]:
    """The colours of a style as variables of a style sheet, such as `--foreground`."""
    values = dataclasses.asdict(style)
    return {f"--{name}": value for name, value in values.items() if isinstance(value, str)}
