"""A model that the user was given, from the drop on the window to the run in both tabs."""

import time
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton

from catdog_gui.settings import MODELS_FOLDER
from catdog_gui.widgets.banner import BannerKind
from catdog_gui.widgets.job_status import JobStatus
from catdog_gui.wiring import TabName
from tests.catdog_gui.model_adding.dropping import (
    BUTTON,
    PATIENCE_MS,
    at_rest,
    drop,
    listed,
    offered,
    page_of,
)
from tests.patience import CANCEL_S
from tests.training.learning.foreign.crafting import write_h5, write_keras
from tests.training.runs.making import make_run
from training.runs.history import read_history
from training.runs.lab_book import list_runs
from training.runs.run_folder import IMPORTED, RECORD_FILE, read_record


@pytest.mark.slow
def test_a_models_way_from_a_drop_through_its_trial_and_questions_to_a_run_in_both_tabs(
    qtbot, window, home, tmp_path
):
    file = write_h5(tmp_path / "garfield.keras")
    before = file.read_bytes()
    page = page_of(window, TabName.PREDICTION)
    drop(page, file)
    qtbot.waitUntil(lambda: page.adding.is_asking, timeout=PATIENCE_MS)
    form = page.adding.form
    assert form.title.text() == "How is garfield.keras to be used?"
    assert form.answers().scaling == "0-1"
    assert not page.banner.message()
    form.scaling.setCurrentIndex(form.scaling.findData("signed"))
    qtbot.mouseClick(form.order.button(0), BUTTON)
    qtbot.mouseClick(form.add_button, BUTTON)
    assert not form.add_button.isEnabled()
    qtbot.waitUntil(lambda: not page.adding.is_asking, timeout=PATIENCE_MS)
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


def cancel_in_banner(qtbot, window, page):
    (cancel,) = [b for b in page.banner.findChildren(QPushButton) if b.text() == "Cancel"]
    qtbot.mouseClick(cancel, BUTTON)


def cancel_in_status_bar(qtbot, window, page):
    window.statusBar().findChild(JobStatus).cancel_requested.emit()


@pytest.mark.parametrize("cancel", [cancel_in_banner, cancel_in_status_bar])
def test_a_trial_is_cancelled_within_two_seconds_and_leaves_nothing(
    qtbot, window, home, tmp_path, cancel
):
    page = page_of(window, TabName.PREDICTION)
    drop(page, write_keras(tmp_path / "garfield.keras"))
    qtbot.waitUntil(lambda: page.banner.message() == "garfield.keras is being tried.")
    began = time.monotonic()
    cancel(qtbot, window, page)
    at_rest(qtbot, window)
    assert time.monotonic() - began < CANCEL_S
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
