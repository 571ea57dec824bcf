"""Colours: those with a meaning, and the palettes of light and dark."""

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtGui import QColor, QPalette

LEAST_CONTRAST = 4.5
"""Between words and what they stand on (WCAG 2.2, level AA)."""


@dataclass(frozen=True)
class Meaning:
    """A colour that means something, in four shades.

    Attributes:
        light: Fills on a light background (Okabe and Ito, safe for the colour-blind).
        light_text: Words on a light background, of `LEAST_CONTRAST`.
        dark: Fills on a dark background.
        dark_text: Words on a dark background, of `LEAST_CONTRAST`.
    """

    light: str
    light_text: str
    dark: str
    dark_text: str


MEANINGS: Mapping[str, Meaning] = {
    "cat": Meaning("#0072B2", "#005F95", "#2B93D1", "#6CBDF0"),
    "dog": Meaning("#E69F00", "#835700", "#E69F00", "#F2B640"),
    "neither": Meaning("#80868F", "#5A6068", "#8B919B", "#AEB4BD"),
    "warning": Meaning("#D55E00", "#A94500", "#E5722B", "#FF9A5C"),
    "good": Meaning("#009E73", "#006B4E", "#16AD84", "#4FD0A7"),
}

_Role = QPalette.ColorRole
_LIGHT: Mapping[QPalette.ColorRole, str] = {
    _Role.Window: "#F5F5F7",
    _Role.WindowText: "#1D1F23",
    _Role.Base: "#FFFFFF",
    _Role.AlternateBase: "#F0F1F4",
    _Role.Text: "#1D1F23",
    _Role.Button: "#FBFBFC",
    _Role.ButtonText: "#1D1F23",
    _Role.BrightText: "#FFFFFF",
    _Role.ToolTipBase: "#FFFFFF",
    _Role.ToolTipText: "#1D1F23",
    _Role.PlaceholderText: "#61666E",
    _Role.Accent: "#4553C4",
    _Role.Link: "#3A48B5",
    _Role.LinkVisited: "#6A3FA0",
    _Role.Light: "#FFFFFF",
    _Role.Midlight: "#ECEDF0",
    _Role.Mid: "#C9CBD1",
    _Role.Dark: "#A3A6AD",
    _Role.Shadow: "#6F737B",
}
_DARK: Mapping[QPalette.ColorRole, str] = {
    _Role.Window: "#2A2C30",
    _Role.WindowText: "#E9EAED",
    _Role.Base: "#1C1E21",
    _Role.AlternateBase: "#232529",
    _Role.Text: "#E9EAED",
    _Role.Button: "#3A3D43",
    _Role.ButtonText: "#E9EAED",
    _Role.BrightText: "#FFFFFF",
    _Role.ToolTipBase: "#3A3D43",
    _Role.ToolTipText: "#E9EAED",
    _Role.PlaceholderText: "#A9AEB7",
    _Role.Accent: "#5764D9",
    _Role.Link: "#98A2FF",
    _Role.LinkVisited: "#C3A1F0",
    _Role.Light: "#54585F",
    _Role.Midlight: "#44474D",
    _Role.Mid: "#3A3D43",
    _Role.Dark: "#17181B",
    _Role.Shadow: "#0B0C0D",
}
_DISABLED_TEXT = {False: "#9B9FA7", True: "#868B94"}
_QUIET_SHARES = (0.62, 0.7, 0.8, 0.9, 1.0)


def build_palette(*, dark: bool, accent: QColor | None) -> QPalette:
    """Our palette for Fusion.

    Args:
        dark: Light words on a dark window.
        accent: The system's accent colour; ours where it has none.
    """
    palette = QPalette()
    for role, shade in (_DARK if dark else _LIGHT).items():
        palette.setColor(role, QColor(shade))
    accent = accent or palette.color(_Role.Accent)
    palette.setColor(_Role.Accent, accent)
    palette.setColor(_Role.Highlight, accent)
    palette.setColor(_Role.HighlightedText, text_on(accent))
    _quieten_disabled(palette, QColor(_DISABLED_TEXT[dark]))
    return palette


def with_legible_captions(palette: QPalette) -> QPalette:
    """A platform's palette with a placeholder colour that small words can have."""
    legible = QPalette(palette)
    text, window = palette.color(_Role.WindowText), palette.color(_Role.Window)
    mixed = (_mixed(text, window, share) for share in _QUIET_SHARES)
    shade = next((one for one in mixed if contrast(one, window) >= LEAST_CONTRAST), text)
    legible.setColor(_Role.PlaceholderText, shade)
    return legible


def text_on(fill: QColor) -> QColor:
    """Black or white, whichever is easier to read on that colour."""
    white, black = QColor("white"), QColor("black")
    return white if contrast(white, fill) >= contrast(black, fill) else black


def contrast(one: QColor, other: QColor) -> float:
    """The contrast ratio of two opaque colours, in [1, 21] (WCAG 2.2)."""
    dim, bright = sorted((_luminance(one), _luminance(other)))
    return (bright + 0.05) / (dim + 0.05)


def _quieten_disabled(palette: QPalette, quiet: QColor) -> None:
    group = QPalette.ColorGroup.Disabled
    for role in (_Role.WindowText, _Role.Text, _Role.ButtonText, _Role.PlaceholderText):
        palette.setColor(group, role, quiet)
    for role in (_Role.Highlight, _Role.Accent):
        palette.setColor(group, role, palette.color(_Role.Mid))


def _mixed(one: QColor, other: QColor, share: float) -> QColor:
    pairs = (
        (one.red(), other.red()),
        (one.green(), other.green()),
        (one.blue(), other.blue()),
    )
    return QColor(*(round(a * share + b * (1 - share)) for a, b in pairs))


def _luminance(shade: QColor) -> float:
    red, green, blue = (_linear(part) for part in (shade.redF(), shade.greenF(), shade.blueF()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)
