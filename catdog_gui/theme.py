"""How the window looks: spacing, type, colours with a meaning, light and dark.

Where the platform brings a good style it is kept; else Fusion stands in with palettes of our own.
"""

import os

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QIcon, QPalette
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from catdog_gui.icons import line_icon
from catdog_gui.palettes import MEANINGS, build_palette, with_legible_captions

SPACE_4, SPACE_8, SPACE_12, SPACE_16, SPACE_24 = 4, 8, 12, 16, 24
CONTROL_COLUMN_WIDTH = 320
THEME_VARIABLE = "CATDOG_THEME"

_HEADING_SCALE = 1.25
_CAPTION_SCALE = 0.9
_POOR_STYLES = {"fusion", "windows", "windowsvista"}  # the last one cannot be dark
_QT_ACCENT = QColor(48, 140, 198)  # what Fusion takes where the system names none
_EMPHASIS = """
QPushButton { background: palette(highlight); color: palette(highlighted-text);
    border: 1px solid palette(highlight); border-radius: 5px; padding: 5px 16px;
    font-weight: 600; }
QPushButton:hover, QPushButton:focus { border-color: palette(window-text); }
QPushButton:pressed { background: palette(shadow); color: palette(bright-text); }
QPushButton:disabled { background: palette(midlight); color: palette(placeholder-text);
    border-color: palette(midlight); }
"""
_Role = QPalette.ColorRole


def apply_theme(app: QApplication) -> None:
    """Dress the program in the system's style and follow its light and dark.

    `CATDOG_THEME=light` or `dark` decides instead of the system, with Fusion.
    """
    app.styleHints().colorSchemeChanged.connect(lambda _: _dress(app))
    _dress(app)


def is_dark() -> bool:
    """Whether words are lighter than what they stand on."""
    palette = QGuiApplication.palette()
    window, text = palette.color(_Role.Window), palette.color(_Role.WindowText)
    return window.lightness() < text.lightness()


def colour(name: str, *, text: bool = False) -> QColor:
    """A colour with a meaning, in the shade that suits light or dark.

    Args:
        name: A row of `MEANINGS`.
        text: For words and thin lines: contrast of 4.5:1 at least on window and lists.
    """
    meaning = MEANINGS[name]
    if is_dark():
        return QColor(meaning.dark_text if text else meaning.dark)
    return QColor(meaning.light_text if text else meaning.light)


def icon(name: str, *, meaning: str = "") -> QIcon:
    """One of our line icons, in the colour of the text around it, also when that changes.

    Args:
        name: A file of `resources/icons/` without its suffix.
        meaning: A row of `MEANINGS` whose colour it has instead.
    """
    return line_icon(name, tint=(lambda: colour(meaning, text=True)) if meaning else None)


def heading(label: QLabel) -> None:
    """Make a label a heading: 1.25 times the size, semibold."""
    label.setFont(_scaled_font(label, _HEADING_SCALE))
    strong(label)


def strong(widget: QWidget) -> None:
    """Make a widget's words semibold."""
    font = widget.font()
    font.setWeight(QFont.Weight.DemiBold)
    widget.setFont(font)


def caption(label: QLabel) -> None:
    """Make a label a caption: 0.9 times the size, quieter, and still legible."""
    label.setFont(_scaled_font(label, _CAPTION_SCALE))
    label.setForegroundRole(_Role.PlaceholderText)


def fixed_font() -> QFont:
    """The system's font of equally wide letters, for logs and summaries."""
    return QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)


def emphasise(button: QPushButton, *, icon_name: str = "") -> None:
    """Fill a button with the accent: the one thing to do next.

    Args:
        button: Not more than one of those that are shown together.
        icon_name: Its icon, tinted like its words.
    """
    button.setStyleSheet(_EMPHASIS)
    if icon_name:
        button.setIcon(line_icon(icon_name, tint=_on_accent))


def _on_accent() -> QColor:
    return QGuiApplication.palette().color(_Role.HighlightedText)


def _dress(app: QApplication) -> None:
    forced = os.environ.get(THEME_VARIABLE, "")
    if not forced and app.style().name().lower() not in _POOR_STYLES:
        app.setPalette(with_legible_captions(app.style().standardPalette()))
        return
    accent = None if forced else _system_accent(app)
    app.setStyle("Fusion")
    app.setPalette(build_palette(dark=_wants_dark(app, forced), accent=accent))


def _wants_dark(app: QApplication, forced: str) -> bool:
    if forced:
        return forced == "dark"
    return app.styleHints().colorScheme() == Qt.ColorScheme.Dark


def _system_accent(app: QApplication) -> QColor | None:
    named = app.style().standardPalette().color(_Role.Accent)
    return None if named == _QT_ACCENT else named


def _scaled_font(widget: QWidget, scale: float) -> QFont:
    font = QApplication.font(widget)
    font.setPointSizeF(font.pointSizeF() * scale)
    return font
