"""What the page shows, and what it says the user wants."""

from pathlib import Path

import pytest
from PySide6.QtCore import QLibraryInfo, QMimeData, QPoint, QPointF, Qt, QUrl, QVersionNumber
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence
from PySide6.QtWidgets import QApplication

from catdog_gui.dataset_tab.controls import DatasetState, controls_for
from catdog_gui.dataset_tab.page import DatasetPage
from catdog_gui.dataset_tab.picture_filter import find_leaks
from tests.catdog_gui.dataset_tab.shelf import Shelf
from training.config import SplitConfig
from training.dataset.finding import FindingKind
from training.dataset.pages import PicturePages
from training.dataset.picture import DatasetInfo, Picture, Split, State
from training.events import Stage, StageStarted
from training.progress import StageState
from training.rate import Reading
from training.time_left import TimeLeft

# Qt 6.12 deprecates the constructor that takes whole pixels; before there was no other
_Point = QPointF if QLibraryInfo.version() >= QVersionNumber(6, 12) else QPoint
_HALF_WAY = StageState(
    StageStarted(Stage.CHECKING_PICTURES, total=10, unit="pictures"),
    Reading(5, 10, 2.0, TimeLeft(2.5, 2.5)),
)


def _info(name="kaggle", **changes):
    counts = dict.fromkeys(
        ("quarantined", "excluded", "duplicates", "train", "validation", "test", "leaks"), 0
    )
    return DatasetInfo(**{"name": name, "pictures": 5, "cats": 3, "dogs": 2} | counts | changes)


def _picture(number, **changes):
    facts = {
        "id": number,
        "path": Path(f"/nowhere/cat.{number}.jpg"),
        "name": f"cat.{number}.jpg",
        "sha256": f"{number:064x}",
        "size_bytes": 1000,
        "width": 20,
        "height": 10,
        "label": "cat",
        "number": number,
        "split": Split.TRAIN,
        "state": State.USED,
        "reason": "",
    }
    return Picture(**facts | changes)


_PICTURES = [
    _picture(1),
    _picture(2, label="dog", name="dog.2.jpg"),
    _picture(3, split=Split.TEST),
    _picture(4, state=State.QUARANTINED, reason="The file is empty.", split=None),
    _picture(5, sha256=f"{3:064x}", split=Split.VALIDATION),
]


@pytest.fixture
def page(qtbot):
    page = DatasetPage()
    qtbot.addWidget(page)
    page.resize(1024, 640)
    page.show()
    return page


@pytest.fixture
def shelf(page, tmp_path):
    shelf = Shelf(page.gallery, tmp_path, _PICTURES)
    yield shelf
    shelf.catalog.close()


@pytest.fixture
def full_page(page, shelf):
    page.set_datasets([_info()], "kaggle")
    page.set_controls(controls_for(DatasetState(1, is_read=True, is_split=True, leaks=1)))
    page.show_info(_info(train=2, validation=1, test=1, quarantined=1, leaks=1))
    page.gallery.set_leaks(find_leaks(_PICTURES))
    shelf.look()
    return page


def _send(widget, kind, place, data):
    button, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(widget, kind(place, Qt.DropAction.CopyAction, data, button, keys))


def _names(page):
    view = page._gallery.view
    return [view.tile(row).name for row in range(view.count())]


def _choose(choice, words):
    choice.setCurrentText(words)
    choice.activated.emit(choice.currentIndex())


def test_an_empty_tab_invites_with_four_live_buttons(page, qtbot):
    page.set_controls(controls_for(DatasetState(0)))
    invitation = page._invitation
    for button, signal in (
        (invitation.kaggle_button, page.kaggle_requested),
        (invitation.zip_button, page.import_zip_requested),
        (invitation.folder_button, page.import_folder_requested),
        (invitation.sample_button, page.sample_requested),
    ):
        assert button.isVisible()
        with qtbot.waitSignal(signal):
            button.click()


def test_while_the_first_pictures_come_the_invitation_says_so(page):
    page.set_controls(controls_for(DatasetState(0, is_working=True)))
    assert not page._invitation.sample_button.isVisible()
    page.set_controls(controls_for(DatasetState(0)))
    assert page._invitation.sample_button.isVisible()


def test_the_menu_asks_for_the_same_four_ways(page, qtbot):
    with qtbot.waitSignal(page.kaggle_requested):
        page._header.kaggle_action.trigger()
    with qtbot.waitSignal(page.import_zip_requested):
        page._header.zip_action.trigger()
    with qtbot.waitSignal(page.import_folder_requested):
        page._header.folder_action.trigger()
    with qtbot.waitSignal(page.sample_requested):
        page._header.sample_action.trigger()


def test_the_figures_stand_with_their_words(full_page):
    summary = full_page._summary
    assert summary.count.text() == "5"
    assert (summary.cats.text(), summary.dogs.text()) == ("3 cats", "2 dogs")
    assert summary.leaks.text() == "1 leak ▸"
    assert full_page.problems.rows[FindingKind.DAMAGED].text() == "1 damaged ▸"
    assert not full_page.problems.excluded.isVisible()


def test_a_click_on_the_damaged_shows_each_with_its_reason_before_any_check(full_page, qtbot):
    qtbot.mouseClick(full_page.problems.rows[FindingKind.DAMAGED], Qt.MouseButton.LeftButton)
    assert _names(full_page) == ["cat.4.jpg"]
    assert full_page._gallery.view.tile(0).reason == "The file is empty."
    assert full_page._gallery.bar.problem.currentText() == "Quarantined"


def test_a_click_on_the_leaks_names_the_copies_side_by_side(full_page, qtbot):
    qtbot.mouseClick(full_page._summary.leaks, Qt.MouseButton.LeftButton)
    assert _names(full_page) == ["cat.3.jpg", "cat.5.jpg"]
    assert full_page._gallery.view.tile(0).reason == "The same picture as cat.5.jpg (validation)."


def test_the_filters_narrow_down_what_is_shown(full_page):
    gallery = full_page._gallery
    bar = gallery.bar
    bar.label.button(2).click()
    assert _names(full_page) == ["dog.2.jpg"]
    bar.label.button(0).click()
    bar.split.button(3).click()
    assert _names(full_page) == ["cat.3.jpg"]
    bar.split.button(0).click()
    _choose(bar.problem, "With problems")
    assert _names(full_page) == ["cat.3.jpg", "cat.4.jpg", "cat.5.jpg"]
    _choose(bar.problem, "Used pictures")
    assert len(_names(full_page)) == 4


def test_a_search_that_finds_nothing_says_so(full_page, qtbot):
    full_page._gallery.bar.search.setText("rex")
    qtbot.waitUntil(full_page._gallery.nothing.isVisible)
    assert full_page._gallery.nothing.text() == "No pictures match."
    full_page._gallery.bar.search.setText("DOG")
    qtbot.waitUntil(lambda: _names(full_page) == ["dog.2.jpg"])


def test_filters_and_place_stay_when_the_dataset_is_read_again(full_page, shelf):
    full_page._gallery.bar.label.button(1).click()
    view = full_page._gallery.view
    view.look_at(1)
    shelf.catalog.journal.exclude([1])
    shelf.look()
    assert _names(full_page) == ["cat.3.jpg", "cat.5.jpg"]
    assert view.currentIndex().row() == 0


def test_pictures_come_in_the_order_that_is_chosen(full_page):
    _choose(full_page._gallery.bar.order, "By name")
    assert _names(full_page) == ["cat.1.jpg", "cat.3.jpg", "cat.5.jpg", "dog.2.jpg"]
    _choose(full_page._gallery.bar.order, "Largest files first")
    assert _names(full_page)[0] == "cat.5.jpg"


@pytest.mark.parametrize("keys", ["/", "Ctrl+F"])
def test_a_key_leads_to_the_search(full_page, qtbot, keys):
    view, search = full_page._gallery.view, full_page._gallery.bar.search
    view.setFocus()
    qtbot.keySequence(view, QKeySequence(keys))
    assert search.hasFocus()
    qtbot.keyClicks(search, "a/b")
    assert search.text() == "a/b"


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


def test_the_test_split_gets_what_the_others_leave(full_page, qtbot):
    form = full_page._split_form
    form.train.setValue(70)
    form.validation.setValue(20)
    assert form.test.text() == "10 %"
    form.seed.setValue(9)
    with qtbot.waitSignal(full_page.split_requested) as asked:
        form.button.click()
    assert asked.args == [SplitConfig(train=0.7, validation=0.2, seed=9)]


def test_shares_can_never_come_to_more_than_all(full_page):
    form = full_page._split_form
    form.validation.setValue(20)
    form.train.setValue(98)
    assert form.validation.value() == 2
    assert form.test.text() == "0 %"
    form.config().validate()


def test_the_notebooks_scheme_hides_the_shares(full_page):
    form = full_page._split_form
    form.set_config(SplitConfig(scheme="notebook"))
    assert not form.train.isVisible()
    assert form.config().scheme == "notebook"
    form.set_config(SplitConfig())
    assert form.train.isVisible()


def test_a_short_job_shows_no_bar_and_a_long_one_does(page, qtbot):
    page.show_progress("Importing", _HALF_WAY)
    assert page._progress.isHidden()
    qtbot.waitUntil(page._progress.isVisible)
    assert page._progress.words() == "Checking pictures · 5 of 10 · 2.0 pictures/s · 2 s left"
    page.clear_progress()
    assert page._progress.isHidden()


def test_stopping_shows_at_once(page, qtbot):
    page.show_progress("Importing", _HALF_WAY)
    page.show_stopping("")
    assert page._progress.isVisible()
    assert "Stopping" in page._progress.words()


def test_a_drop_anywhere_on_the_page_is_handed_on(full_page, qtbot, tmp_path):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path))])
    for widget in (full_page._gallery.view.viewport(), full_page._summary):
        place = _Point(widget.rect().center())
        _send(widget, QDragEnterEvent, place, data)
        with qtbot.waitSignal(full_page.dropped) as dropped:
            _send(widget, QDropEvent, place, data)
        assert dropped.args[0].paths == (tmp_path,)


def test_choosing_in_the_header_names_the_dataset(page, qtbot):
    page.set_datasets([_info("a"), _info("b")], "a")
    with qtbot.waitSignal(page.dataset_chosen) as chosen:
        page._header.combo.activated.emit(1)
    assert chosen.args == ["b"]


def test_the_tab_fits_a_small_window_whatever_the_names(page):
    page.set_datasets([_info("n" * 80)], "n" * 80)
    page.set_controls(controls_for(DatasetState(1, is_read=True)))
    pictures = [_picture(1, name="x" * 300 + ".jpg")]
    page.gallery.show_pictures(PicturePages([1], lambda _: pictures), page.gallery.look())
    assert page.minimumSizeHint().width() <= 1024
    assert page.minimumSizeHint().height() <= 640


def test_each_scheme_but_the_shares_explains_itself(full_page):
    form = full_page._split_form
    for scheme in ("notebook", "folders"):
        form.set_config(SplitConfig(scheme=scheme))
        assert form._explanation.isVisible()
        assert form.config().scheme == scheme


def test_splits_in_files_are_asked_for_where_there_is_one(full_page, qtbot):
    form = full_page._split_form
    for action, signal in (
        (form.export_table, full_page.export_table_requested),
        (form.export_folders, full_page.export_folders_requested),
        (form.import_table, full_page.import_table_requested),
    ):
        with qtbot.waitSignal(signal):
            action.trigger()
    full_page.set_controls(controls_for(DatasetState(1, is_read=True)))
    assert not form.export_table.isEnabled()
    assert form.import_table.isEnabled()
