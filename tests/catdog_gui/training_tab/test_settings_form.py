"""The form: a table of settings, shown where they mean something, marked where they differ."""

import dataclasses

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QFont, QWheelEvent
from PySide6.QtWidgets import QApplication, QLabel, QScrollArea

from catdog_gui.training_tab import dialogs
from catdog_gui.training_tab.form_row import Group, Kind
from catdog_gui.training_tab.form_table import ROWS
from catdog_gui.training_tab.form_values import preset_values
from catdog_gui.training_tab.page import TrainingPage
from catdog_gui.training_tab.settings_form import SettingsForm
from tests.catdog_gui.training_tab.test_page import run, states
from training.config import TrainingConfig
from training.learning.presets import PRESETS, taken_settings

EXPRESS, CONTINUE = preset_values(PRESETS["express"]), preset_values(PRESETS["continue"])
SCRATCH = preset_values(PRESETS["scratch"])


@pytest.fixture
def page(qtbot):
    page = TrainingPage()
    qtbot.addWidget(page)
    page.resize(1024, 612)
    page.set_preset("scratch", SCRATCH)
    return page


@pytest.fixture
def form(page):
    form = page.findChild(SettingsForm)
    for group in form.groups.values():
        group.set_open(is_open=True)
    return form


def shown(form):
    return {name for name in ROWS if form.editor(name).isVisibleTo(form)}


def weights(form):
    """Which titles are heavier than the others."""
    groups = [(name, form.groups[row.group]) for name, row in ROWS.items()]
    return {name for name, group in groups if group._titled(name).font().weight() > NORMAL}


NORMAL = QFont.Weight.Normal


def test_every_setting_of_a_run_has_a_row_but_its_dataset_and_its_preset():
    fields = {field.name for field in dataclasses.fields(TrainingConfig)}
    assert set(ROWS) == fields - {"dataset", "preset"}


@pytest.mark.parametrize("key", PRESETS)
def test_each_preset_shows_the_fields_that_it_looks_at_and_says_its_values(page, form, key):
    values = preset_values(PRESETS[key])
    page.set_preset(key, values)
    assert shown(form) == set(taken_settings(PRESETS[key]))
    assert page.values() == values  # to the last decimal
    assert not weights(form)


def test_a_group_without_a_field_for_the_preset_is_not_there(page, form):
    page.set_preset("notebook", preset_values(PRESETS["notebook"]))
    assert not form.groups[Group.AUGMENTATION].isHidden()
    form.set_values(EXPRESS, {"epochs"})
    assert form.groups[Group.AUGMENTATION].isHidden()
    assert not form.groups[Group.SETTINGS].isHidden()


CHANGES = {
    "batch_size": 0,
    "learning_rate": 3e-5,
    "deterministic": True,
    "device": "cpu",
    "optimizer": "sgd",
    "rotate": 7.5,
    "stretch": 1.123456,
    "weight_decay": 1.5e-6,
    "precision": "mixed",
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_field_that_differs_from_the_presets_is_marked_and_counted(page, form, name):
    changed = dataclasses.replace(SCRATCH, **{name: CHANGES[name]})
    page.set_preset("scratch", changed)
    assert page.values() == changed
    assert weights(form) == {name}
    assert form.groups[ROWS[name].group].title.endswith("· 1 changed")
    assert form.reset_button.isEnabled()


def test_typing_is_told_and_marked_at_once(qtbot, page, form):
    line = form.editor("learning_rate").line
    line.selectAll()
    with qtbot.waitSignal(page.values_changed):
        qtbot.keyClicks(line, "3e-4")
    assert page.values().learning_rate == pytest.approx(3e-4)
    assert weights(form) == {"learning_rate"}
    line.clear()
    assert page.values().learning_rate != page.values().learning_rate  # not a number


@pytest.mark.fault(93)
@pytest.mark.parametrize(
    ("name", "typed"), [("epochs", "99999"), ("rotate", "700"), ("batch_size", "-3")]
)
def test_a_number_outside_its_range_cannot_be_typed(qtbot, page, form, name, typed):
    box = form.editor(name).box
    box.selectAll()
    qtbot.keyClicks(box, typed)
    assert box.minimum() <= box.value() <= box.maximum()
    assert box.value() != float(typed)


def test_the_least_number_says_what_it_means(page, form):
    page.set_preset("scratch", dataclasses.replace(SCRATCH, batch_size=0))
    assert form.editor("batch_size").box.text() == "Automatic"
    assert form.editor("patience").box.text() == "Never"


@pytest.mark.parametrize(("angle", "words"), [(20.0, "20°"), (7.5, "7.5°"), (180.0, "180°")])
def test_a_number_has_no_zeros_that_say_nothing(page, form, angle, words):
    page.set_preset("scratch", dataclasses.replace(SCRATCH, rotate=angle))
    assert form.editor("rotate").box.text() == words


def test_the_wheel_scrolls_the_form_and_changes_no_number_by_the_way(page, form):
    box = form.editor("epochs").box
    down = QPoint(0, -120)
    turn = QWheelEvent(
        QPointF(3, 3),
        box.mapToGlobal(QPointF(3, 3)),
        down,
        down,
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(box, turn)
    assert box.value() == SCRATCH.epochs


def test_each_title_belongs_to_its_field_and_says_what_it_does(form):
    for name, row in ROWS.items():
        has_keyboard = form.editor(name).inner.focusProxy() or form.editor(name).inner
        assert has_keyboard.accessibleName() == row.title
        assert has_keyboard.accessibleDescription() == row.help_text
        assert form.editor(name).toolTip() == row.help_text
        if row.kind is not Kind.CHECK:
            assert form.groups[row.group]._labels[name].buddy() is form.editor(name)


def test_words_that_are_a_third_longer_still_fit_the_column(page, form):
    for label in form.findChildren(QLabel):
        label.setText(label.text() + "n" * (len(label.text()) * 3 // 10))
    area = page.findChild(QScrollArea)
    assert area.widget().minimumSizeHint().width() <= area.viewport().width()


def test_the_tab_key_goes_through_the_form_from_top_to_bottom(qtbot, page, form):
    page.set_controls(states())
    page.show()
    qtbot.waitUntil(lambda: form.height() >= form.sizeHint().height())
    places, widget = [], form
    for _ in range(400):
        widget = widget.nextInFocusChain()
        is_stop = widget.focusPolicy() & Qt.FocusPolicy.TabFocus and not widget.focusProxy()
        if form.isAncestorOf(widget) and is_stop and widget.isVisible():
            places.append(widget.mapTo(form, QPoint(0, widget.height() // 2)))
        if widget is form:
            break
    assert len(places) > len(Group)
    rows = [(place.y() // 8, place.x()) for place in places]
    assert rows == sorted(rows)


def test_a_problem_opens_its_group_once(page, form):
    group = form.groups[Group.ADVANCED]
    group.set_open(is_open=False)
    page.show_problems({"patience": "Something is wrong."})
    assert group.is_open
    group.set_open(is_open=False)
    page.show_problems({"patience": "Something is wrong."})
    assert not group.is_open  # who closed it has seen it


def test_groups_open_while_a_training_runs_but_nothing_changes(page, form):
    form.set_live(can_change=False, can_find=False)
    assert not form.editor("epochs").isEnabled()
    assert form.groups[Group.SETTINGS].isEnabled()
    assert not form.find_button.isEnabled()


def test_find_beside_the_learning_rate_begins_and_shows_the_search(qtbot, page, form):
    page.set_controls(states())
    page.show()
    with qtbot.waitSignal(page.rate_requested):
        form.find_button.click()
    assert page.rates.isVisible()


def test_a_learning_rate_that_was_found_goes_into_the_form(qtbot, page, form):
    with qtbot.waitSignal(page.values_changed):
        page.rates.rate_chosen.emit(3.2e-4)
    assert page.values().learning_rate == pytest.approx(3.2e-4)


def test_pictures_that_are_varied_are_shown_from_the_form(qtbot, page, form):
    page.set_controls(states())
    page.show()
    with qtbot.waitSignal(page.augmentation.shown):
        form.preview_button.click()
    assert page.augmentation.isVisible()


def test_the_chosen_backbone_and_file_are_what_the_form_says(qtbot, page, form):
    page.set_preset("express", EXPRESS)
    assert page.values() == EXPRESS
    box = form.editor("backbone").box
    box.setCurrentIndex(box.findText("MobileNetV3 Large"))
    with qtbot.waitSignal(page.values_changed):
        box.activated.emit(1)
    with qtbot.waitSignal(page.values_changed):
        qtbot.keyClicks(form.weights_file.field.line, "/a b.h5")
    found = page.values()
    assert (found.backbone, found.weights_file) == ("mobilenet-v3", "/a b.h5")


def test_a_file_that_is_chosen_in_the_dialog_is_filled_in(qtbot, page, form, monkeypatch, tmp_path):
    page.set_preset("express", EXPRESS)
    answers = [None, tmp_path / "mine.h5"]
    monkeypatch.setattr(dialogs, "ask_for_weights", lambda parent, path: answers.pop(0))
    button = form.weights_file.field.button
    with qtbot.assertNotEmitted(page.values_changed):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(page.values_changed):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert page.values().weights_file == str(tmp_path / "mine.h5")


def test_finished_runs_are_offered_to_start_from_after_the_model_that_ships(page, form):
    page.set_preset("continue", CONTINUE)
    page.set_runs([run("broken off", state="unfinished"), run("new"), run("old")], "new")
    box = form.editor("start_from").box
    offered = [box.itemText(row) for row in range(box.count())]
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
    box = form.editor("start_from").box
    box.setCurrentIndex(1)
    with qtbot.waitSignal(page.values_changed):
        box.activated.emit(1)
    page.set_runs([run("newest"), run("new")], "new")
    assert page.values().start_from == "new"
