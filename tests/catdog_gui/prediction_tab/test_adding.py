"""Adding a model that the user was given, from the page's request to the choice."""

import json
import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton

from catdog_gui.background import Jobs
from catdog_gui.prediction_tab.controller import PredictionController
from catdog_gui.prediction_tab.controls import PredictionState, controls_for
from catdog_gui.prediction_tab.first_model import ADD_ONE
from catdog_gui.prediction_tab.page import PredictionPage
from catdog_gui.settings import MODELS_FOLDER, Settings
from catdog_gui.widgets.banner import BannerKind
from tests.catdog_gui.prediction_tab.played import Oracle, finished_run
from training.resources import resource
from training.runs.lab_book import list_runs
from training.runs.run_folder import DEFAULT_RUN, RECORD_FILE

NAME = "20260101-100000_express"


@pytest.fixture
def given(tmp_path):
    """A model that differs from the one that ships in what it calls neither."""
    folder = tmp_path / "stick" / NAME
    shutil.copytree(resource(DEFAULT_RUN), folder)
    record = json.loads((folder / RECORD_FILE).read_text(encoding="utf-8"))
    record["judgement"]["neither"]["limit"] = 0.5
    (folder / RECORD_FILE).write_text(json.dumps(record), encoding="utf-8")
    return folder


@pytest.fixture
def page(qtbot):
    page = PredictionPage()
    qtbot.addWidget(page)
    page.resize(1000, 640)
    return page


@pytest.fixture
def oracle():
    return Oracle()


@pytest.fixture
def controller(page, home, qtbot, oracle):
    jobs = Jobs()
    settings = Settings(home.settings_file)
    controller = PredictionController(
        page,
        home=home,
        jobs=jobs,
        settings=settings,
        first_model=ADD_ONE,
        classify=oracle,
        parent=page,  # else its list would be gone before the page that shows it
    )
    controller.jobs, controller.settings = jobs, settings
    page.show()
    yield controller
    assert jobs.cancel_all_and_wait(limit_ms=5000)


def add(page, controller, folder, qtbot, monkeypatch):
    monkeypatch.setattr(page.adding, "ask_for_model", lambda begin: folder)
    page.add_model_requested.emit()
    qtbot.waitUntil(lambda: not controller.jobs.running)


def chosen(page):
    return page._header._runs.currentText()


def test_a_given_model_is_added_and_chosen(page, controller, given, home, qtbot, monkeypatch):
    with qtbot.waitSignal(controller.run_added):
        add(page, controller, given, qtbot, monkeypatch)
    assert [info.run for info in list_runs(home)] == [NAME]
    assert chosen(page).startswith("fine-tune")
    assert page.banner.message().startswith("The model is added and chosen.")
    assert controller.settings.get(MODELS_FOLDER) == str(given.parent)


def test_a_model_that_is_there_is_chosen_and_that_is_said(
    page, controller, given, home, qtbot, monkeypatch
):
    add(page, controller, given, qtbot, monkeypatch)
    page.run_chosen.emit(0)
    assert chosen(page).startswith("The model that ships")
    add(page, controller, given, qtbot, monkeypatch)
    assert chosen(page).startswith("fine-tune")
    assert page.banner.message() == "This model is there already. It is chosen now."
    assert len(list_runs(home)) == 1


def test_pictures_in_the_list_are_read_again_by_an_added_model(
    page, controller, given, oracle, qtbot, monkeypatch
):
    controller.classify([Path("/p/cat.jpg")])
    add(page, controller, given, qtbot, monkeypatch)
    assert oracle.calls == [(DEFAULT_RUN, ["cat.jpg"]), (NAME, ["cat.jpg"])]


def test_a_folder_that_is_no_model_is_a_sentence_with_a_next_step(
    page, controller, tmp_path, qtbot, monkeypatch
):
    add(page, controller, tmp_path, qtbot, monkeypatch)
    assert page.banner.kind is BannerKind.ERROR
    assert "There is no model in the folder" in page.banner.message()
    assert "run.json" in page.banner.hint()
    assert chosen(page).startswith("The model that ships")


def test_thinking_better_of_it_adds_nothing(page, controller, home, qtbot, monkeypatch):
    add(page, controller, None, qtbot, monkeypatch)
    assert not home.runs.exists()
    assert not page.banner.message()


def test_where_nothing_can_be_trained_the_empty_tab_leads_to_adding(page, controller, qtbot):
    page.set_controls(controls_for(PredictionState(runs=0, pictures=0, read=0)))
    said = " ".join(label.text() for label in page.findChildren(QLabel) if label.isVisible())
    assert "Add a model first" in said
    assert "rain a model" not in said
    assert "Training" not in said
    button = next(b for b in page.findChildren(QPushButton) if b.text() == ADD_ONE.button)
    with qtbot.waitSignal(controller.run_needed):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_pictures_without_a_model_lead_to_adding_one_in_words_too(bench, monkeypatch):
    bench.runs.clear()
    bench.start()
    monkeypatch.setattr(bench.controller, "_first_model", ADD_ONE)
    bench.classify("cat.jpg")
    assert bench.message == (BannerKind.INFO, "There is no model yet.", "Add a model…")


def test_the_menu_of_the_tab_offers_it(page, qtbot):
    with qtbot.waitSignal(page.add_model_requested):
        page._header.add_model_action.trigger()


def test_a_run_that_is_not_offered_leaves_the_choice(bench):
    bench.controller.models._on_adding_added("unknown")
    bench.wait()
    assert bench.controller.models.chosen == finished_run("b2")
