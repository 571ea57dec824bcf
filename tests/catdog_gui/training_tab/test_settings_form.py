"""The form's fields for what a run starts from: shown where they mean something."""

import dataclasses

import pytest
from PySide6.QtCore import Qt

from catdog_gui.training_tab import dialogs
from catdog_gui.training_tab.form_values import FormValues
from catdog_gui.training_tab.page import TrainingPage
from catdog_gui.training_tab.settings_form import SettingsForm
from tests.catdog_gui.training_tab.test_page import run
from training.learning.presets import PRESETS

EXPRESS, CONTINUE = FormValues.of(PRESETS["express"]), FormValues.of(PRESETS["continue"])


@pytest.fixture
def page(qtbot):
    page = TrainingPage()
    qtbot.addWidget(page)
    page.resize(1024, 612)
    return page


@pytest.fixture
def form(page):
    form = page.findChild(SettingsForm)
    form.set_open(is_open=True)
    return form


def shown(form):
    return {name for name, field in form._fields.items() if field.isVisibleTo(form)}


@pytest.mark.parametrize(
    ("preset", "fields"),
    [
        ("notebook", {"image_size"}),
        ("fine-tune", {"image_size", "backbone", "weights_file"}),
        ("continue", {"start_from"}),
    ],
)
def test_each_preset_shows_its_own_fields(page, form, preset, fields):
    page.set_preset(preset, FormValues.of(PRESETS[preset]))
    assert shown(form) == fields | {"epochs", "batch_size", "learning_rate", "seed"}
    labels = {name for name, label in form._labels.items() if label.isVisibleTo(form)}
    assert labels == shown(form)


def test_the_chosen_backbone_and_file_are_what_the_form_says(qtbot, page, form):
    page.set_preset("express", EXPRESS)
    assert page.values() == EXPRESS
    form.backbone.setCurrentIndex(form.backbone.findText("MobileNetV3 Large"))
    with qtbot.waitSignal(page.values_changed):
        form.backbone.activated.emit(1)
    with qtbot.waitSignal(page.values_changed):
        qtbot.keyClicks(form.weights_file.line, "/a b.h5")
    found = page.values()
    assert (found.backbone, found.weights_file) == ("mobilenet-v3", "/a b.h5")


def test_a_file_that_is_chosen_in_the_dialog_is_filled_in(qtbot, page, form, monkeypatch, tmp_path):
    page.set_preset("express", EXPRESS)
    answers = [None, tmp_path / "mine.h5"]
    monkeypatch.setattr(dialogs, "ask_for_weights", lambda parent, path: answers.pop(0))
    with qtbot.assertNotEmitted(page.values_changed):
        qtbot.mouseClick(form.weights_file.button, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(page.values_changed):
        qtbot.mouseClick(form.weights_file.button, Qt.MouseButton.LeftButton)
    assert page.values().weights_file == str(tmp_path / "mine.h5")


def test_finished_runs_are_offered_to_start_from_after_the_model_that_ships(page, form):
    page.set_preset("continue", CONTINUE)
    page.set_runs([run("broken off", state="unfinished"), run("new"), run("old")], "new")
    offered = [form.start_from.itemText(row) for row in range(form.start_from.count())]
    assert offered == ["The model that ships", "new", "old"]
    assert page.values().start_from == ""


def test_a_run_to_start_from_stays_chosen_while_it_is_there(qtbot, page, form):
    page.set_preset("continue", dataclasses.replace(CONTINUE, start_from="old"))
    with qtbot.assertNotEmitted(page.values_changed):
        page.set_runs([run("old")], "old")
        assert page.values().start_from == "old"
        page.set_runs([run("new"), run("old")], "old")
        assert page.values().start_from == "old"
        page.set_runs([run("new")], "new")
    assert page.values().start_from == ""
    form.start_from.setCurrentIndex(1)
    with qtbot.waitSignal(page.values_changed):
        form.start_from.activated.emit(1)
    page.set_runs([run("newest"), run("new")], "new")
    assert page.values().start_from == "new"
