"""A page's looks follow the palette, however often they are given."""

import pytest
from PySide6.QtGui import QTextDocument

from catdog_gui.palettes import build_palette
from catdog_gui.widgets.markdown_dress import dress

PAGE = """# A page

With [a link](why.md).

    catdog devices

## Part

| a | b |
| --- | --- |
| 1 | 2 |
"""


@pytest.fixture
def page(qapp):
    document = QTextDocument()
    document.setMarkdown(PAGE)
    return document


def test_a_page_that_changed_between_light_and_dark_is_as_if_it_had_always_been_so(page, qapp):
    light, dark = (build_palette(dark=dark, accent=None) for dark in (False, True))
    dress(page, light)
    bright = page.toHtml()
    dress(page, dark)
    dim = page.toHtml()
    dress(page, light)
    assert page.toHtml() == bright
    for palette, html in ((light, bright), (dark, dim)):
        for brush in (palette.link(), palette.alternateBase(), palette.mid()):
            assert brush.color().name() in html
