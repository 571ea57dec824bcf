"""The page and its parts with real events."""

from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QLibraryInfo, QMimeData, QPoint, QPointF, Qt, QUrl, QVersionNumber
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent, QGuiApplication, QImage, QPalette
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QPushButton, QToolButton

from catdog_gui import theme
from catdog_gui.palettes import MEANINGS
from catdog_gui.prediction_tab.controls import PredictionState, controls_for
from catdog_gui.prediction_tab.page import PredictionPage
from catdog_gui.prediction_tab.results_model import ResultsModel
from catdog_gui.prediction_tab.results_view import ResultsView
from catdog_gui.widgets.image_drop import Dropped
from catdog_gui.widgets.job_progress import JobProgress
from training.events import Stage, StageStarted, Verdict
from training.progress import StageState
from training.rate import Reading
from training.time_left import TimeLeft

EMPTY = controls_for(PredictionState(runs=1, pictures=0, read=0))
NO_RUN = controls_for(PredictionState(runs=0, pictures=0, read=0))
RESULTS = controls_for(PredictionState(runs=1, pictures=1, read=1))
STATE = StageState(
    StageStarted(Stage.CLASSIFYING, 9, "pictures"), Reading(3, 9, 1.0, TimeLeft(6.0, 6.0))
)

# Qt 6.12 deprecates the constructor that takes whole pixels; before there was no other
_Point = QPointF if QLibraryInfo.version() >= QVersionNumber(6, 12) else QPoint


@pytest.fixture
def model():
    return ResultsModel()


@pytest.fixture
def page(qtbot, model):
    page = PredictionPage()
    qtbot.addWidget(page)
    page.resize(1000, 640)
    page.set_results(model)
    page.set_controls(EMPTY)
    page.show()
    return page


@pytest.fixture
def picture(tmp_path):
    path = tmp_path / "cat.1.jpg"
    Image.new("RGB", (60, 40), "#0072B2").save(path, "PNG")  # a JPEG would change the colour
    return path


def _shown(page, kind):
    return [widget for widget in page.findChildren(kind) if widget.isVisible()]


def _texts(page):
    return {label.text() for label in _shown(page, QLabel)}


def _button(page, words):
    kinds = (QPushButton, QToolButton)
    return next(b for kind in kinds for b in _shown(page, kind) if b.text() == words)


def _cat(path):
    return Verdict(str(path), "cat", 0.03, 0.97)


@pytest.mark.parametrize(
    ("words", "signal"),
    [
        ("Model card", "card_requested"),
        ("Open…", "open_requested"),
        ("Paste", "paste_requested"),
        ("Folder…", "folder_requested"),
        ("Open pictures…", "open_requested"),
    ],
)
def test_each_button_says_what_the_user_wants(page, qtbot, words, signal):
    with qtbot.waitSignal(getattr(page, signal)):
        qtbot.mouseClick(_button(page, words), Qt.MouseButton.LeftButton)


def test_without_a_run_the_page_leads_to_training(page, qtbot):
    page.set_controls(NO_RUN)
    assert "Train a model first" in _texts(page)
    with qtbot.waitSignal(page.first_model_requested):
        qtbot.mouseClick(_button(page, "Go to Training"), Qt.MouseButton.LeftButton)


def test_runs_are_offered_and_a_choice_is_told(page, qtbot):
    page.set_runs(["newest", "older"], 1)
    (combo,) = page._header.findChildren(QComboBox)
    assert (combo.count(), combo.currentText()) == (2, "older")
    with qtbot.waitSignal(page.run_chosen) as chosen:
        qtbot.keyClick(combo, Qt.Key.Key_Up)
    assert chosen.args == [0]


def test_offering_runs_anew_is_no_choice_of_the_user(page, qtbot):
    with qtbot.assertNotEmitted(page.run_chosen):
        page.set_runs(["newest", "older"], 0)
        page.set_runs([], 0)


def test_a_drop_on_the_results_reaches_the_controller(page, qtbot, picture):
    page.set_controls(RESULTS)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(picture))])
    shared = (
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    (view,) = page.findChildren(ResultsView)
    QApplication.sendEvent(view.viewport(), QDragEnterEvent(_Point(50, 50), *shared))
    with qtbot.waitSignal(page.pictures_dropped) as dropped:
        QApplication.sendEvent(view.viewport(), QDropEvent(QPointF(50, 50), *shared))
    assert dropped.args == [Dropped((picture,))]


def test_the_clipboard_gives_files_or_a_picture_or_nothing(page, picture):
    clipboard = QGuiApplication.clipboard()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(picture))])
    clipboard.setMimeData(data)
    assert page.clipboard() == Dropped((picture,))
    clipboard.setImage(QImage(str(picture)))
    assert page.clipboard().image.size().toTuple() == (60, 40)
    clipboard.setText("a cat")
    assert page.clipboard() is None


def test_pasting_by_keys_is_asked_for(page, qtbot):
    page.activateWindow()
    page.setFocus()
    with qtbot.waitSignal(page.paste_requested):
        qtbot.keyClick(page, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)


def test_the_first_picture_is_shown_large_with_its_verdict(page, model, picture, qtbot):
    page.set_controls(RESULTS)
    model.add([picture])
    model.set_verdict(_cat(picture))
    assert {"Cat", "The model gives dog 0.03 and cat 0.97.", "cat.1.jpg"} <= _texts(page)
    assert f"{picture.stat().st_size} bytes" in _texts(page)


def test_an_unreadable_file_is_shown_with_its_sentence(page, model, tmp_path):
    notes = tmp_path / "notes.txt"
    notes.write_text("a cat")
    page.set_controls(RESULTS)
    model.add([notes])
    model.set_verdict(Verdict(str(notes), None, None, None, "The file is not a picture."))
    assert {"Unreadable", "The file is not a picture."} <= _texts(page)


def test_a_cleared_list_leaves_nothing_of_its_pictures(page, model, picture):
    page.set_controls(RESULTS)
    model.add([picture])
    model.clear()
    assert "cat.1.jpg" not in _texts(page)


def test_a_single_new_picture_is_looked_at_and_many_leave_the_look_where_it_is(
    page, model, tmp_path
):
    (view,) = page.findChildren(ResultsView)
    model.add([tmp_path / "0.jpg", tmp_path / "1.jpg"])
    assert view.currentIndex().row() == 0
    model.add([tmp_path / "2.jpg"])
    assert view.currentIndex().row() == 2
    model.add([tmp_path / "3.jpg", tmp_path / "4.jpg"])
    assert view.currentIndex().row() == 2


def test_a_card_shows_the_picture_and_the_colour_of_its_verdict(page, model, picture, qtbot):
    page.set_controls(RESULTS)
    model.add([picture])
    model.set_verdict(Verdict(str(picture), "dog", 0.9, 0.9))
    (view,) = page.findChildren(ResultsView)

    def colours():
        image = view.viewport().grab(view.visualRect(view.model().index(0, 0))).toImage()
        across, down = range(0, image.width(), 3), range(0, image.height(), 3)
        return {image.pixelColor(x, y).name() for x in across for y in down}

    qtbot.waitUntil(lambda: {"#0072b2", theme.colour("dog").name()} <= colours())


def test_cards_share_out_the_width_so_that_no_column_is_lost(page, model, tmp_path, qtbot):
    page.set_controls(RESULTS)
    model.add([Path(tmp_path, f"{number}.jpg") for number in range(40)])
    (view,) = page.findChildren(ResultsView)
    view.doItemsLayout()
    tops = [view.visualRect(view.model().index(row, 0)).top() for row in range(40)]
    in_first_row = tops.count(tops[0])
    unused = view.viewport().width() - in_first_row * view.gridSize().width()
    assert in_first_row == (view.viewport().width() - 1) // 176
    assert unused < in_first_row + 1


def test_a_long_name_does_not_widen_the_page(page, model, tmp_path):
    least = page.minimumSizeHint().width()
    page.set_controls(RESULTS)
    model.add([tmp_path / ("a" * 300 + ".jpg")])
    assert page.minimumSizeHint().width() <= max(least, 1000)


def test_progress_waits_a_moment_so_that_one_picture_does_not_flicker(page, qtbot):
    (progress,) = page.findChildren(JobProgress)
    page.show_progress("Prediction", STATE)
    assert progress.isHidden()
    qtbot.waitUntil(progress.isVisible)
    assert progress.title() == "Prediction"
    page.clear_progress()
    assert progress.isHidden()


def test_a_job_that_ends_at_once_never_shows_a_bar(page, qtbot):
    (progress,) = page.findChildren(JobProgress)
    page.show_progress("Prediction", STATE)
    page.clear_progress()
    assert not page._progress_timer.isActive()
    assert progress.isHidden()


def test_stopping_is_shown_at_once(page):
    (progress,) = page.findChildren(JobProgress)
    page.show_progress("Prediction", STATE)
    page.show_stopping()
    assert progress.isVisible()
    assert progress.words() == "Stopping…"


def test_cancel_is_asked_for(page, qtbot):
    page.show_stopping()
    page.clear_progress()
    page.show_progress("Prediction", STATE)
    (progress,) = page.findChildren(JobProgress)
    qtbot.waitUntil(progress.isVisible)
    with qtbot.waitSignal(page.cancel_requested):
        qtbot.mouseClick(_button(page, "Cancel"), Qt.MouseButton.LeftButton)


def test_what_cannot_be_done_is_not_live(page):
    page.set_controls(NO_RUN)
    header = page._header
    assert not page.findChildren(QComboBox)[0].isEnabled()
    assert not header.clear_action.isEnabled()
    assert not header.save_action.isEnabled()
    page.set_controls(RESULTS)
    assert header.clear_action.isEnabled()
    assert header.save_action.isEnabled()


def test_the_verdict_changes_its_colour_between_light_and_dark(page, model, picture, qtbot):
    page.set_controls(RESULTS)
    model.add([picture])
    model.set_verdict(_cat(picture))
    verdict = next(label for label in _shown(page, QLabel) if label.text() == "Cat")
    before = QGuiApplication.palette()
    colours = set()
    for words, base in (("black", "white"), ("white", "black")):
        palette = QPalette()
        palette.setColor(QPalette.ColorRole.WindowText, QColor(words))
        palette.setColor(QPalette.ColorRole.Window, QColor(base))
        QApplication.setPalette(palette)
        QApplication.processEvents()
        colours.add(verdict.palette().color(QPalette.ColorRole.WindowText).name())
    QApplication.setPalette(before)
    assert colours == {
        MEANINGS["cat"].light_text.lower(),
        MEANINGS["cat"].dark_text.lower(),
    }


def test_a_picture_that_is_dropped_again_is_the_one_looked_at(page, model):
    (view,) = page.findChildren(ResultsView)
    paths = [Path(f"{number}.jpg") for number in range(3)]
    model.add(paths)
    assert view.currentIndex().row() == 0
    model.add([paths[2]])
    assert view.currentIndex().row() == 2
    model.add(paths[:2])
    assert view.currentIndex().row() == 2
