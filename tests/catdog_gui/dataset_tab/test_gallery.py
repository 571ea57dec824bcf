"""What the gallery shows of what it looks for, and what it asks for."""

from PySide6.QtCore import Qt

from tests.catdog_gui.dataset_tab.shelf import choose, info, names, picture
from training.dataset.finding import FindingKind
from training.dataset.pages import PicturePages
from training.dataset.picture import Order
from training.dataset.picture_filter import PictureFilter


def test_a_click_on_the_damaged_shows_each_with_its_reason_before_any_check(full_page, qtbot):
    qtbot.mouseClick(full_page.problems.rows[FindingKind.DAMAGED], Qt.MouseButton.LeftButton)
    assert names(full_page) == ["cat.4.jpg"]
    assert full_page._gallery.view.tile(0).reason == "The file is empty."
    assert full_page._gallery.bar.problem.currentText() == "Quarantined"


def test_a_click_on_the_leaks_names_the_copies_side_by_side(full_page, qtbot):
    qtbot.mouseClick(full_page._summary.leaks, Qt.MouseButton.LeftButton)
    assert names(full_page) == ["cat.3.jpg", "cat.5.jpg"]
    assert full_page._gallery.view.tile(0).reason == "The same picture as cat.5.jpg (validation)."


def test_the_filters_narrow_down_what_is_shown(full_page):
    gallery = full_page._gallery
    bar = gallery.bar
    bar.label.button(2).click()
    assert names(full_page) == ["dog.2.jpg"]
    bar.label.button(0).click()
    bar.split.button(3).click()
    assert names(full_page) == ["cat.3.jpg"]
    bar.split.button(0).click()
    choose(bar.problem, "With problems")
    assert names(full_page) == ["cat.3.jpg", "cat.4.jpg", "cat.5.jpg"]
    choose(bar.problem, "Used pictures")
    assert len(names(full_page)) == 4


def test_a_search_that_finds_nothing_says_so(full_page, qtbot):
    full_page._gallery.bar.search.setText("rex")
    qtbot.waitUntil(full_page._gallery.nothing.isVisible)
    assert full_page._gallery.nothing.text() == "No pictures match."
    full_page._gallery.bar.search.setText("DOG")
    qtbot.waitUntil(lambda: names(full_page) == ["dog.2.jpg"])


def test_a_split_that_was_not_made_is_why_nothing_matches(full_page, shelf):
    full_page.show_info(info())
    shelf.catalog.assign_splits(dict.fromkeys(range(1, 6)))
    full_page._gallery.bar.split.button(1).click()
    assert full_page._gallery.nothing.text() == "No pictures match. They are not split yet."


def test_filters_and_place_stay_when_the_dataset_is_read_again(full_page, shelf):
    full_page._gallery.bar.label.button(1).click()
    view = full_page._gallery.view
    view.look_at(1)
    shelf.catalog.journal.exclude([1])
    shelf.look()
    assert names(full_page) == ["cat.3.jpg", "cat.5.jpg"]
    assert view.currentIndex().row() == 0


def test_the_same_look_again_stays_where_it_was_scrolled_to_and_another_begins_anew(full_page):
    gallery = full_page._gallery
    pages = PicturePages(range(1_000), lambda ids: [picture(each) for each in ids])
    gallery.show_pictures(pages, gallery.look())
    bar = gallery.view.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    gallery.show_pictures(pages, gallery.look())
    assert bar.value() == bar.maximum() // 2 > 0
    gallery.show_pictures(pages, (PictureFilter(text="cat"), Order.USUAL))
    assert bar.value() == 0


def test_pictures_come_in_the_order_that_is_chosen(full_page):
    choose(full_page._gallery.bar.order, "By name")
    assert names(full_page) == ["cat.1.jpg", "cat.3.jpg", "cat.5.jpg", "dog.2.jpg"]
    choose(full_page._gallery.bar.order, "Largest files first")
    assert names(full_page)[0] == "cat.5.jpg"


def test_the_charts_take_the_place_of_the_pictures_and_follow_the_filters(full_page, qtbot):
    gallery = full_page._gallery
    with qtbot.waitSignal(gallery.figures_requested):
        gallery.bar.charts.click()
    assert gallery.charts.isVisible()
    assert gallery.charts.words() == "Counting…"
    with qtbot.waitSignal(gallery.figures_requested):
        gallery.bar.label.button(1).click()
    gallery.bar.charts.click()
    assert gallery.view.isVisible()


def test_more_is_told_of_a_large_picture_unless_another_is_shown_by_now(full_page, qtbot):
    view, preview = full_page._gallery.view, full_page._gallery.preview
    view.look_at(0)
    with qtbot.waitSignal(full_page._gallery.details_requested) as asked:
        qtbot.keyClick(view, Qt.Key.Key_Space)
    assert asked.args[0].name == "cat.1.jpg"
    preview.show_details(2, ("Canon",))
    assert preview.details() == ()
    preview.show_details(1, ("Nikon",))
    assert "Nikon" in preview.accessibleDescription()
    qtbot.keyClick(preview, Qt.Key.Key_Right)
    assert preview.details() == ()


def test_space_opens_a_large_picture_arrows_go_on_and_escape_closes_it(full_page, qtbot):
    view, preview = full_page._gallery.view, full_page._gallery.preview
    view.look_at(0)
    qtbot.keyClick(view, Qt.Key.Key_Space)
    assert preview.tile().name == "cat.1.jpg"
    qtbot.keyClick(preview, Qt.Key.Key_Right)
    assert preview.tile().name == "dog.2.jpg"
    qtbot.keyClick(preview, Qt.Key.Key_Left)
    qtbot.keyClick(preview, Qt.Key.Key_Left)
    assert preview.tile().name == "cat.1.jpg"
    qtbot.keyClick(preview, Qt.Key.Key_Escape)
    assert preview.tile() is None
    assert view.currentIndex().row() == 0


def test_a_double_click_opens_the_large_picture_over_the_whole_tab(full_page, qtbot):
    view = full_page._gallery.view
    place = view.visualRect(view.model().index(1, 0)).center()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    qtbot.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert full_page._gallery.preview.tile().name == "dog.2.jpg"
    assert full_page._gallery.preview.size() == full_page.size()
