import pytest
from PySide6.QtGui import QColor, QIcon, QPalette
from PySide6.QtWidgets import QLabel

from catdog_gui import theme
from catdog_gui.palettes import (
    LEAST_CONTRAST,
    MEANINGS,
    build_palette,
    contrast,
    text_on,
    with_legible_captions,
)
from training.resources import resource

Role = QPalette.ColorRole
OF_PROGRAMS = {"app", "viewer"}
ICONS = sorted({path.stem for path in resource("icons").glob("*.svg")} - OF_PROGRAMS)


@pytest.fixture(params=["light", "dark"])
def dressed(request, qapp, monkeypatch):
    before = qapp.palette()
    monkeypatch.setenv(theme.THEME_VARIABLE, request.param)
    theme.apply_theme(qapp)
    yield request.param
    qapp.setPalette(before)


def middle_of(icon: QIcon, mode=QIcon.Mode.Normal) -> QColor:
    return icon.pixmap(24, mode).toImage().pixelColor(12, 12)


def test_the_theme_can_be_forced(dressed):
    assert theme.is_dark() == (dressed == "dark")


@pytest.mark.parametrize("background", [Role.Window, Role.Base, Role.AlternateBase])
@pytest.mark.parametrize("meaning", MEANINGS)
def test_coloured_words_can_be_read(dressed, qapp, meaning, background):
    words = theme.colour(meaning, text=True)
    assert contrast(words, qapp.palette().color(background)) >= LEAST_CONTRAST


@pytest.mark.parametrize(
    ("words", "background"),
    [
        (Role.WindowText, Role.Window),
        (Role.Text, Role.Base),
        (Role.Text, Role.AlternateBase),
        (Role.ButtonText, Role.Button),
        (Role.ToolTipText, Role.ToolTipBase),
        (Role.PlaceholderText, Role.Window),
        (Role.PlaceholderText, Role.Base),
        (Role.HighlightedText, Role.Highlight),
        (Role.Link, Role.Window),
        (Role.Link, Role.Base),
    ],
)
def test_plain_words_can_be_read(dressed, qapp, words, background):
    palette = qapp.palette()
    assert contrast(palette.color(words), palette.color(background)) >= LEAST_CONTRAST


@pytest.mark.parametrize("meaning", MEANINGS)
def test_fills_stand_out_from_what_they_lie_on(dressed, qapp, meaning):
    least = 2.0  # Okabe and Ito's orange is bright; a word stands beside it
    assert contrast(theme.colour(meaning), qapp.palette().color(Role.Window)) >= least


def test_contrast_has_its_two_ends():
    assert contrast(QColor("black"), QColor("white")) == pytest.approx(21, abs=0.01)
    assert contrast(QColor("red"), QColor("red")) == 1


def test_the_system_accent_is_kept_with_words_that_can_be_read():
    yellow = QColor("#FFD400")
    palette = build_palette(dark=False, accent=yellow)
    assert palette.color(Role.Highlight) == yellow
    assert palette.color(Role.HighlightedText) == text_on(yellow) == QColor("black")


def test_captions_are_made_legible_in_a_palette_that_is_not_ours():
    pale = QPalette(QColor("#EEEEEE"), QColor("#EEEEEE"))
    pale.setColor(Role.PlaceholderText, QColor("#CCCCCC"))
    legible = with_legible_captions(pale)
    shades = legible.color(Role.PlaceholderText), legible.color(Role.Window)
    assert contrast(*shades) >= LEAST_CONTRAST


@pytest.mark.parametrize("name", ICONS)
def test_each_icon_is_drawn_in_the_colour_of_the_text(dressed, qapp, name):
    image = theme.icon(name).pixmap(24).toImage()
    drawn = {
        image.pixelColor(x, y).name()
        for x in range(image.width())
        for y in range(image.height())
        if image.pixelColor(x, y).alpha() == 255
    }
    assert drawn == {qapp.palette().color(Role.WindowText).name()}


def test_icons_are_line_drawings_of_one_kind():
    for name in ICONS:
        drawing = resource("icons", f"{name}.svg").read_text()
        assert 'viewBox="0 0 24 24"' in drawing, name
        assert 'stroke="currentColor" stroke-width="1.75"' in drawing, name


def test_an_icon_follows_the_palette(qapp, monkeypatch):
    before = qapp.palette()
    icon = theme.icon("add")
    shades = []
    for scheme in ("light", "dark"):
        monkeypatch.setenv(theme.THEME_VARIABLE, scheme)
        theme.apply_theme(qapp)
        shades.append(middle_of(icon).lightness())
    qapp.setPalette(before)
    assert shades[0] < 60 < 200 < shades[1]


def test_an_icon_can_have_a_colour_with_a_meaning(dressed):
    assert middle_of(theme.icon("add", meaning="good")) == theme.colour("good", text=True)


def test_a_disabled_icon_is_quieter(dressed, qapp):
    icon, window = theme.icon("add"), qapp.palette().color(Role.Window)
    quiet = middle_of(icon, QIcon.Mode.Disabled)
    assert contrast(quiet, window) < contrast(middle_of(icon), window)


def test_headings_are_larger_and_captions_smaller_than_text(qtbot):
    plain, heading, caption = QLabel(), QLabel(), QLabel()
    theme.heading(heading)
    theme.caption(caption)
    size = plain.font().pointSizeF()
    assert heading.font().pointSizeF() == pytest.approx(1.25 * size)
    assert heading.font().bold()
    assert caption.font().pointSizeF() == pytest.approx(0.9 * size)
