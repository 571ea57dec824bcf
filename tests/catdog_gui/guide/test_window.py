"""The guide in its window: pages by list and by link, back and forward, keys, light and dark."""

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QPalette
from PySide6.QtWidgets import QApplication

from catdog_gui.guide.pages import PAGES, title_of
from catdog_gui.guide.window import GuideWindow
from catdog_gui.palettes import build_palette
from training.dataset.kaggle.places import TOKEN_PAGE

raises = pytest.mark.qt_log_ignore("This plugin does not support raise", extend=True)  # offscreen


@pytest.fixture
def guide(qtbot):
    window = GuideWindow(PAGES)
    qtbot.addWidget(window)
    return window


@pytest.fixture
def dress(qapp, qtbot, guide):
    """Changes between light and dark while the guide is open, as the system may."""
    before = qapp.palette()

    def change(*, dark):
        palette = build_palette(dark=dark, accent=None)
        qapp.setPalette(palette)  # Qt hands it on with the next events
        qtbot.waitUntil(lambda: guide.view.palette().base() == palette.base())

    yield change
    qapp.setPalette(before)


def shown(guide) -> str:
    """The page that is shown, as the list, the page's own words and its name all say it."""
    page = guide.view.page
    assert guide.contents.currentItem().text() == title_of(page)
    assert guide.view.toPlainText().startswith(title_of(page))
    assert guide.view.accessibleName() == title_of(page)
    return page


def follow(guide, link: str) -> None:
    guide.view.anchorClicked.emit(QUrl(link))


def test_it_opens_at_the_page_that_is_asked_for_and_blocks_nothing(guide):
    guide.open("why")
    assert guide.isVisible()
    assert guide.windowModality() is Qt.WindowModality.NonModal
    assert shown(guide) == "why"


@raises
def test_without_a_page_it_opens_at_the_first_and_then_where_it_was(guide):
    guide.open()
    assert shown(guide) == PAGES[0]
    guide.open("gpu")
    guide.close()
    guide.open()
    assert shown(guide) == "gpu"


def test_a_row_of_the_list_shows_its_page(guide):
    guide.open()
    for row, page in enumerate(PAGES):
        guide.contents.setCurrentRow(row)
        assert shown(guide) == page


def test_a_link_leads_to_its_page_and_back_and_forward_go_the_same_way(guide):
    guide.open("first-steps")
    assert not guide.back.isEnabled()
    follow(guide, "kaggle.md")
    assert shown(guide) == "kaggle"
    guide.back.trigger()
    assert shown(guide) == "first-steps"
    assert not guide.back.isEnabled()
    guide.forward.trigger()
    assert shown(guide) == "kaggle"
    assert not guide.forward.isEnabled()


def test_going_back_comes_to_where_the_page_was_left(guide):
    guide.open("settings")
    bar = guide.view.verticalScrollBar()
    bar.setValue(120)
    follow(guide, "why.md")
    assert bar.value() == 0
    guide.back.trigger()
    assert bar.value() == 120


def test_a_page_of_the_web_is_opened_in_the_browser_and_the_guide_stays(guide, monkeypatch):
    opened = []
    monkeypatch.setattr(
        QDesktopServices, "openUrl", lambda url: opened.append(url.toString()) or True
    )
    guide.open("kaggle")
    follow(guide, TOKEN_PAGE)
    assert guide.banner.message() == ""
    for link in ("https://example.org", "file:///etc/passwd"):
        follow(guide, link)
    assert opened == [TOKEN_PAGE]
    assert shown(guide) == "kaggle"


def test_where_no_browser_opens_it_says_which_page_that_is(guide, monkeypatch):
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _: False)
    guide.open("kaggle")
    follow(guide, TOKEN_PAGE)
    assert guide.banner.message() == "No browser could be opened."
    assert TOKEN_PAGE in guide.banner.hint()


def test_esc_closes_it(qtbot, guide):
    guide.open()
    qtbot.keyClick(guide.view, Qt.Key.Key_Escape)
    assert not guide.isVisible()


def link_colours(guide) -> set[str]:
    block, found = guide.view.document().begin(), set()
    while block.isValid():
        forms = [place.fragment().charFormat() for place in block]
        found |= {form.foreground().color().name() for form in forms if form.isAnchor()}
        block = block.next()
    return found


@pytest.mark.parametrize("dark", [False, True])
def test_its_links_have_the_colour_of_light_or_dark_also_when_that_changes(guide, dress, dark):
    dress(dark=not dark)
    guide.open("kaggle")
    dress(dark=dark)
    link = QApplication.palette().color(QPalette.ColorRole.Link).name()
    assert link_colours(guide) == {link}
