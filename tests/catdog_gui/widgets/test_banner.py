import weakref

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPlainTextEdit, QPushButton, QToolButton, QVBoxLayout, QWidget

from catdog_gui.widgets.banner import Banner, BannerKind


@pytest.fixture
def page(qtbot):
    made = QWidget()
    QVBoxLayout(made).addWidget(Banner())
    qtbot.addWidget(made)
    made.resize(400, 400)
    made.show()
    return made


@pytest.fixture
def banner(page):
    return page.findChild(Banner)


def button(banner, words):
    rows = banner.findChildren(QPushButton) + banner.findChildren(QToolButton)
    return next(row for row in rows if words in (row.text(), row.toolTip()))


def test_a_banner_without_a_message_takes_no_room(banner):
    assert banner.isHidden()
    assert banner.message() == ""


@pytest.mark.parametrize("kind", BannerKind)
def test_a_message_is_shown_with_what_it_has(banner, kind):
    banner.show_message(kind, "12 pictures could not be read.", hint="Your files are unchanged.")
    assert banner.isVisible()
    assert banner.kind is kind
    assert banner.message() == "12 pictures could not be read."
    assert banner.hint() == "Your files are unchanged."
    assert not button(banner, "Details").isVisible()
    assert banner.findChild(QPushButton).isHidden()


def test_the_next_step_is_a_button(qtbot, banner):
    banner.show_message(BannerKind.INFO, "12 pictures are set aside.", action="Show them")
    with qtbot.waitSignal(banner.action_requested):
        qtbot.mouseClick(button(banner, "Show them"), Qt.MouseButton.LeftButton)


def test_details_open_and_close_and_are_closed_again_for_the_next_message(qtbot, banner):
    banner.show_message(BannerKind.ERROR, "It failed.", details="Traceback")
    details = banner.findChild(QPlainTextEdit)
    assert details.isHidden()
    qtbot.mouseClick(button(banner, "Details"), Qt.MouseButton.LeftButton)
    assert details.isVisible()
    assert banner.details() == "Traceback"
    banner.show_message(BannerKind.ERROR, "It failed again.", details="Another")
    assert details.isHidden()


def test_the_cross_closes_it(qtbot, banner):
    banner.show_message(BannerKind.INFO, "A note.")
    with qtbot.waitSignal(banner.dismissed):
        qtbot.mouseClick(button(banner, "Close this message"), Qt.MouseButton.LeftButton)
    assert banner.isHidden()
    assert banner.message() == ""


def test_esc_closes_it(qtbot, banner):
    banner.show_message(BannerKind.INFO, "A note.")
    qtbot.keyClick(banner, Qt.Key.Key_Escape)
    assert banner.isHidden()


def test_closing_what_is_closed_is_no_news(qtbot, banner):
    with qtbot.assertNotEmitted(banner.dismissed):
        banner.dismiss()


def test_a_long_message_has_the_height_that_it_needs(qtbot, page, banner):
    banner.show_message(BannerKind.INFO, "Short.")
    qtbot.waitUntil(lambda: banner.height() > 0)
    low = banner.height()
    banner.show_message(BannerKind.INFO, "A sentence that goes on. " * 12)
    qtbot.waitUntil(lambda: banner.height() > 3 * low)
    assert banner.width() <= page.width()


def test_markup_in_a_file_name_stays_a_name(banner):
    banner.show_message(BannerKind.ERROR, "<b>cat</b>.jpg cannot be read.")
    assert banner.message() == "<b>cat</b>.jpg cannot be read."
    assert banner.accessibleName() == "Error: <b>cat</b>.jpg cannot be read."


def test_a_message_can_say_itself_what_its_button_does(qtbot, banner):
    done = []
    banner.show_message(BannerKind.INFO, "It is gone.", action="Undo", do=lambda: done.append(1))
    with qtbot.assertNotEmitted(banner.action_requested):
        button(banner, "Undo").click()
    assert (done, banner.message()) == ([1], "")
    banner.show_message(BannerKind.INFO, "Something else.", action="Go")
    with qtbot.waitSignal(banner.action_requested):
        button(banner, "Go").click()
    assert done == [1]


def test_a_message_can_offer_a_second_thing_before_the_next_step(banner):
    done = []
    banner.show_message(
        BannerKind.SUCCESS,
        "54 pictures imported.",
        action="Split…",
        do=lambda: done.append("split"),
        other="Change…",
        do_other=lambda: done.append("change"),
    )
    assert button(banner, "Change…").x() < button(banner, "Split…").x()
    button(banner, "Change…").click()
    assert (done, banner.message()) == (["change"], "")
    banner.show_message(BannerKind.SUCCESS, "54 pictures imported.", action="Split…")
    assert not button(banner, "").isVisible()


def test_a_message_can_close_itself_and_the_next_one_stays(qtbot, banner):
    with qtbot.waitSignal(banner.dismissed):
        banner.show_message(BannerKind.INFO, "It is gone.", for_ms=20)
    banner.show_message(BannerKind.INFO, "It is gone.", for_ms=20)
    banner.show_message(BannerKind.INFO, "It stays.")
    with qtbot.assertNotEmitted(banner.dismissed, wait=60):
        pass
    assert banner.message() == "It stays."


def test_what_a_message_offered_goes_with_it(banner):
    class Kept:
        def undo(self):
            """Never asked for."""

    kept = Kept()
    gone = weakref.ref(kept)
    banner.show_message(BannerKind.INFO, "It is cleared.", action="Undo", do=kept.undo)
    del kept
    assert gone() is not None
    banner.dismiss()
    assert gone() is None
