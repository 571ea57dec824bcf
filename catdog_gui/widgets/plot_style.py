"""How the window's palette and font look in a drawing."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from PySide6.QtGui import QFontInfo, QPalette
from PySide6.QtWidgets import QWidget

from catdog_gui import theme

if TYPE_CHECKING:
    from training.plots.style import PlotStyle

_OWN_FONTS = ("DejaVu Sans",)  # Matplotlib brings it, and it has every sign that we need
_Role = QPalette.ColorRole


def palette_style(widget: QWidget) -> PlotStyle:
    """The series' colours of light or dark, on the widget's own background, in its own font.

    Matplotlib must be loaded by now.
    """
    from training.plots.style import DARK, LIGHT

    palette = widget.palette()
    return dataclasses.replace(
        DARK if theme.is_dark() else LIGHT,
        foreground=palette.color(_Role.Text).name(),
        background=palette.color(_Role.Base).name(),
        quiet=palette.color(_Role.PlaceholderText).name(),
        fonts=_readable_fonts(QFontInfo(widget.font()).family()),
    )


def _readable_fonts(family: str) -> tuple[str, ...]:
    from matplotlib import font_manager

    is_readable = family in font_manager.get_font_names() and family not in _OWN_FONTS
    return (family, *_OWN_FONTS) if is_readable else _OWN_FONTS
