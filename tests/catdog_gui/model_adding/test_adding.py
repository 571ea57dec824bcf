"""A model that the user was given, from the drop on the window to the run in both tabs."""

import shutil
import time
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QPushButton

from catdog_gui.main_window import MainWindow
from catdog_gui.settings import MODELS_FOLDER
from catdog_gui.viewer_window import ViewerWindow
from catdog_gui.widgets.banner import BannerKind
from catdog_gui.widgets.image_drop import ImageDrop
from catdog_gui.wiring import TabName
from tests.training.learning.foreign.crafting import (
    before_answer,
    lambda_layer,
    members,
    write_h5,
    write_keras,
)
from tests.training.runs.making import make_run
from training.cancellation import CancelToken
from training.resources import resource
from training.runs.history import read_history
from training.runs.lab_book import list_runs
from training.runs.notes import change_notes
from training.runs.run_folder import DEFAULT_RUN, IMPORTED, RECORD_FILE, read_record
from training.runs.sharing import share_run

_PATIENCE_MS = 60_000
_MOVES = Qt.DropAction.CopyAction | Qt.DropAction.MoveAction
_BUTTON, _NO_KEYS = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


@pytest.fixture
def window(qtbot, home):
    window = MainWindow(home, ask=lambda *_: True)
    qtbot.addWidget(window)
    window.show()
    at_rest(qtbot, window)
    yield window
    assert window.jobs.cancel_all_and_wait(limit_ms=_PATIENCE_MS)


@pytest.fixture
def viewer(qtbot, home):
    window = ViewerWindow(home, ask=lambda *_: True)
    qtbot.addWidget(window)
    window.show()
    at_rest(qtbot, window)
    yield window
    assert window.jobs.cancel_all_and_wait(limit_ms=_PATIENCE_MS)


@pytest.fixture
def given(tmp_path):
    """A run that differs from the one that ships in what it calls neither; without Keras' file."""
    folder = shutil.copytree(resource(DEFAULT_RUN), tmp_path / "20260101-100000_express")
    record = folder / RECORD_FILE
    text = record.read_text(encoding="utf-8")
    record.write_text(text.replace('"limit": 0.', '"limit": 0.9'), encoding="utf-8")
    change_notes(folder, title="From a friend")
    return folder


@pytest.fixture
def shared(given):
    file = given.parent / "friend.catdog"
    return share_run(given, file, emit=lambda _: None, token=CancelToken())


@pytest.fixture
def picture(tmp_path):
    path = tmp_path / "cat.png"
    Image.new("RGB", (32, 32), "grey").save(path)
    return path


def at_rest(qtbot, window):
    qtbot.waitUntil(lambda: not window.jobs.running, timeout=_PATIENCE_MS)


def drop(page, *paths):
    """Let files fall on a page, as a file manager does."""
    area = page.findChild(ImageDrop)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    enter = QDragEnterEvent(QPointF(9, 9).toPoint(), _MOVES, data, _BUTTON, _NO_KEYS)
    QApplication.sendEvent(area, enter)
    QApplication.sendEvent(area, QDropEvent(QPointF(9, 9), _MOVES, data, _BUTTON, _NO_KEYS))


def page_of(window, name):
    window.tabs.show(name)
    return window.tabs.page(name)


def offered(window):
    combo = window.tabs.prediction_page._header._runs
    return combo.currentText()


def listed(window):
    return [info.run for info in window.tabs.training_page._lab_book._runs.runs]


def test_a_models_way_from_a_drop_through_its_trial_and_questions_to_a_run_in_both_tabs(
    qtbot, window, home, tmp_path
):
    file = write_h5(tmp_path / "garfield.keras")
    before = file.read_bytes()
    page = page_of(window, TabName.PREDICTION)
    drop(page, file)
    qtbot.waitUntil(lambda: page.adding.is_asking, timeout=_PATIENCE_MS)
    form = page.adding.form
    assert form.title.text() == "How is garfield.keras to be used?"
    assert form.answers().scaling == "0-1"
    assert not page.banner.message()
    form.scaling.setCurrentIndex(form.scaling.findData("signed"))
    qtbot.mouseClick(form.order.button(0), _BUTTON)
    qtbot.mouseClick(form.add_button, _BUTTON)
    assert not form.add_button.isEnabled()
    qtbot.waitUntil(lambda: not page.adding.is_asking, timeout=_PATIENCE_MS)
    at_rest(qtbot, window)
    (run,) = list_runs(home)
    assert (run.preset, run.title) == (IMPORTED, "garfield")
    origin = read_record(run.folder).origin
    assert "-1 to 1" in origin
    assert "dog, cat" in origin
    assert offered(window).startswith("garfield · imported")
    assert listed(window) == [run.run]
    assert page.banner.kind is BannerKind.SUCCESS
    assert "cannot say “neither”" in page.banner.hint()
    assert file.read_bytes() == before


@pytest.mark.parametrize("form", ["folder", "record", "file", "zip"])
def test_a_run_is_taken_in_whatever_form_it_has(qtbot, window, home, given, shared, form):
    source = {
        "folder": given,
        "record": given / RECORD_FILE,
        "file": shared,
        "zip": shared.with_suffix(".zip"),
    }[form]
    if form == "zip":
        shared.rename(source)
    window.open_files([source])
    at_rest(qtbot, window)
    assert [info.title for info in list_runs(home)] == ["From a friend"]
    assert offered(window).startswith("From a friend")
    assert listed(window) == [given.name]
    page = window.tabs.prediction_page
    assert page.banner.message() == "The model is added and chosen."
    window.open_files([source])
    at_rest(qtbot, window)
    assert page.banner.message() == "This model is there already. It is chosen now."


def test_a_run_that_is_dropped_on_the_lab_book_is_chosen_and_shown_there(
    qtbot, window, home, shared
):
    other = make_run(home)
    window.tabs.training.refresh_datasets()
    at_rest(qtbot, window)
    page = page_of(window, TabName.TRAINING)
    assert page._lab_book.chosen.run == other.name
    drop(page, shared)
    at_rest(qtbot, window)
    (run,) = [info for info in list_runs(home) if info.run != other.name]
    assert page._lab_book.chosen.run == run.run
    assert page.plot.epochs == read_history(run.folder) != read_history(other)
    assert page.banner.message() == "The model is added and chosen."
    assert offered(window).startswith("From a friend")


def test_a_model_that_is_dropped_among_datasets_is_added_where_models_are_used(
    qtbot, window, home, shared
):
    page = page_of(window, TabName.DATASET)
    drop(page, shared)
    at_rest(qtbot, window)
    assert window.tabs.widget.currentWidget() is window.tabs.prediction_page
    assert [info.title for info in list_runs(home)] == ["From a friend"]


def test_a_model_and_pictures_that_come_together_go_where_each_belongs(
    qtbot, window, home, shared, picture
):
    window.open_files([picture, shared])
    at_rest(qtbot, window)
    assert len(list_runs(home)) == 1
    model = window.tabs.prediction._model
    assert [result.name for result in model.results()] == ["cat.png"]


def test_both_tabs_ask_by_the_same_dialog_and_remember_where(
    qtbot, window, home, given, monkeypatch
):
    begun = []
    for page in (window.tabs.prediction_page, window.tabs.training_page):
        monkeypatch.setattr(
            page.adding, "ask_for_model", lambda folder: begun.append(folder) or given
        )
    window.actions_by_key["prediction.add_model"].trigger()
    at_rest(qtbot, window)
    window.tabs.training_page._lab_book.actions_by_key["add"].trigger()
    at_rest(qtbot, window)
    assert begun == [Path.home(), given.parent]
    assert window.settings.get(MODELS_FOLDER) == str(given.parent)
    assert len(list_runs(home)) == 1


@pytest.mark.fault(1)
def test_a_refusal_is_the_sentence_of_the_domain_and_no_code_of_the_model_ran(
    qtbot, window, home, tmp_path
):
    canary = tmp_path / "canary"
    file = write_keras(tmp_path / "m.keras", members(before_answer(lambda_layer(canary))))
    page = page_of(window, TabName.TRAINING)
    drop(page, file)
    qtbot.waitUntil(lambda: "Lambda" in page.banner.message(), timeout=_PATIENCE_MS)
    assert page.banner.kind is BannerKind.ERROR
    assert page.banner.hint()
    assert not page.adding.is_asking
    assert not canary.exists()
    assert list_runs(home) == []


def test_a_trial_is_cancelled_from_the_banner_within_two_seconds(qtbot, window, home, tmp_path):
    page = page_of(window, TabName.PREDICTION)
    drop(page, write_keras(tmp_path / "garfield.keras"))
    qtbot.waitUntil(lambda: page.banner.message() == "garfield.keras is being tried.")
    (cancel,) = [b for b in page.banner.findChildren(QPushButton) if b.text() == "Cancel"]
    began = time.monotonic()
    qtbot.mouseClick(cancel, _BUTTON)
    at_rest(qtbot, window)
    assert time.monotonic() - began < 2 * 5
    assert not page.banner.message()
    assert not page.adding.is_asking
    assert not any(home.cache.iterdir())


def test_one_model_at_a_time(qtbot, window, tmp_path):
    page = page_of(window, TabName.PREDICTION)
    drop(page, write_keras(tmp_path / "a.keras"))
    drop(page, write_keras(tmp_path / "b.keras"))
    assert page.banner.message() == "A model is being added already."
    for job in window.jobs.running:
        job.cancel()
    at_rest(qtbot, window)
    drop(page, tmp_path / "a.keras", tmp_path / "b.keras")
    assert page.banner.message() == "2 files come at once."
    assert not window.jobs.running


def test_a_picture_where_a_model_is_meant_is_a_sentence(qtbot, window, picture):
    page = page_of(window, TabName.TRAINING)
    drop(page, picture)
    at_rest(qtbot, window)
    assert page.banner.message() == "cat.png is a picture, where a model is needed."
    assert "Prediction tab" in page.banner.hint()
    assert not page.banner.details()


@pytest.mark.parametrize("members_of", [1, 200])
def test_a_datasets_archive_where_pictures_are_meant_is_a_sentence(
    qtbot, window, tmp_path, members_of
):
    rows = [(f"train/cat.{number}.jpg", b"x") for number in range(members_of)]
    page = page_of(window, TabName.PREDICTION)
    drop(page, write_keras(tmp_path / "train.zip", rows))
    at_rest(qtbot, window)
    assert page.banner.message() == "train.zip is an archive of folders or pictures, not a model."
    assert "Dataset tab" in page.banner.hint()
    assert not page.banner.details()


def test_a_folder_without_a_model_and_a_saved_model_are_sentences(qtbot, window, tmp_path):
    page = page_of(window, TabName.TRAINING)
    drop(page, tmp_path)
    at_rest(qtbot, window)
    assert page.banner.message().startswith("There is no model in the folder")
    (tmp_path / "saved_model.pb").touch()
    drop(page, tmp_path)
    at_rest(qtbot, window)
    assert "is a SavedModel" in page.banner.message()


def test_the_viewer_takes_what_catdog_saved_and_says_so_of_the_rest(
    qtbot, viewer, home, shared, tmp_path
):
    viewer.open_files([write_keras(tmp_path / "m.keras")])
    at_rest(qtbot, viewer)
    assert viewer.page.banner.message() == "m.keras is no model that CatDog saved."
    assert ".catdog" in viewer.page.banner.hint()
    viewer.open_files([shared])
    at_rest(qtbot, viewer)
    assert [info.title for info in list_runs(home)] == ["From a friend"]
    assert viewer.page._header._runs.currentText().startswith("From a friend")
