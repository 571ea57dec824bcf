"""What the page shows, and what it says the user wants."""

import pytest
from PySide6.QtCore import QLibraryInfo, QMimeData, QPoint, QPointF, Qt, QUrl, QVersionNumber
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence
from PySide6.QtWidgets import QApplication

from catdog_gui.dataset_tab.controls import DatasetState, controls_for
from tests.catdog_gui.dataset_tab.shelf import info, picture
from training.config import SplitConfig
from training.dataset.finding import FindingKind
from training.dataset.pages import PicturePages
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


def _send(widget, kind, place, data):
    button, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(widget, kind(place, Qt.DropAction.CopyAction, data, button, keys))


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


@pytest.mark.parametrize("keys", ["/", "Ctrl+F"])
def test_a_key_leads_to_the_search(full_page, qtbot, keys):
    view, search = full_page._gallery.view, full_page._gallery.bar.search
    view.setFocus()
    qtbot.keySequence(view, QKeySequence(keys))
    assert search.hasFocus()
    qtbot.keyClicks(search, "a/b")
    assert search.text() == "a/b"


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
    page.set_datasets([info("a"), info("b")], "a")
    with qtbot.waitSignal(page.dataset_chosen) as chosen:
        page._header.combo.activated.emit(1)
    assert chosen.args == ["b"]


def test_the_tab_fits_a_small_window_whatever_the_names(page):
    page.set_datasets([info("n" * 80)], "n" * 80)
    page.set_controls(controls_for(DatasetState(1, is_read=True)))
    pictures = [picture(1, name="x" * 300 + ".jpg")]
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
