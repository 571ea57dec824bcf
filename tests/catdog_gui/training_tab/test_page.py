"""The tab as a view: what a person sees and can press."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QLabel

from catdog_gui.palettes import LEAST_CONTRAST, build_palette, contrast
from catdog_gui.training_tab.controls import Phase, TrainingState, controls_for
from catdog_gui.training_tab.form_row import Group
from catdog_gui.training_tab.form_table import ROWS
from catdog_gui.training_tab.form_values import preset_values
from catdog_gui.training_tab.lab_book import LabBook
from catdog_gui.training_tab.network_view import NetworkView
from catdog_gui.training_tab.page import TrainingPage
from catdog_gui.training_tab.preset_cards import PresetCards
from catdog_gui.training_tab.progress_line import ProgressLine
from catdog_gui.training_tab.settings_form import SettingsForm
from training.dataset.picture import DatasetInfo
from training.events import LayerFacts, NetworkBuilt
from training.learning.presets import PRESETS, training_config
from training.rate import Reading
from training.runs.coach import Advice
from training.runs.coach_rules import RULES, Tone
from training.runs.lab_book import RunInfo
from training.time_left import TimeLeft

LONGEST_LINE = "Training · epoch 100 of 100 · step 100 of 100 · 1,193 pictures/s · 1 h 16 min left"
SENTENCE = "The number of epochs is 0, which cannot be used. Choose a value at least 1."
LONGEST_ADVICE = max((rule.sentence for rule in RULES), key=len) + " " + SENTENCE
EARLIER = "2026-11-01T08:00:00+00:00"
OTHER = training_config(
    "notebook-described", "pets", epochs=7, batch_size=8, image_size=96, seed=4, rotate=7.5
)
NETWORK = NetworkBuilt(
    (
        LayerFacts("conv2d", "Conv2D", (148, 148, 32), 896, 3),
        LayerFacts("dense", "Dense", (1,), 513, 0),
    ),
    "Model: functional",
)


def info(train=20_000):
    counts = {"quarantined": 0, "excluded": 0, "duplicates": 0, "leaks": 0}
    return DatasetInfo(
        "kaggle", 24_000, 12_000, 12_000, train=train, validation=2_000, test=2_000, **counts
    )


def run(name, **changes):
    facts = {
        "preset": "notebook",
        "dataset": "a dataset with a name so long that it would need more than a line of its own",
        "state": "finished",
        "epochs": 100,
        "epochs_planned": 100,
        "best_epoch": 83,
        "val_accuracy": 0.812,
        "test_accuracy": None,
        "created": "2026-11-24T10:40:00+00:00",
    }
    return RunInfo(run=name, folder=Path(name), **{**facts, **changes})


def states(**changes):
    return controls_for(TrainingState(**{"datasets": 1, "is_split": True, **changes}))


@pytest.fixture
def page(qtbot):
    page = TrainingPage()
    qtbot.addWidget(page)
    page.set_datasets([info()], 0)
    page.set_preset("notebook", preset_values(PRESETS["notebook"]))
    page.set_runs([run("new", state="unfinished", epochs=6), run("old", created=EARLIER)], "new")
    page.set_controls(states())
    page.resize(1024, 612)  # what a window of 1024 x 700 leaves for a tab
    page.show()
    return page


def part(page, kind):
    return page.findChild(kind)


@pytest.mark.parametrize("phase", Phase)
def test_it_fits_the_smallest_window_in_every_phase(page, phase):
    page.set_controls(states(phase=phase))
    page.show_progress(LONGEST_LINE, None)
    page.show_advice(Advice("chance", Tone.WARNING, LONGEST_ADVICE, SENTENCE))
    for group in part(page, SettingsForm).groups.values():
        group.set_open(is_open=True)
    needed = page.minimumSizeHint()
    assert needed.width() <= 1024
    assert needed.height() <= 612


def test_the_time_left_is_in_sight_in_the_smallest_window(qtbot, page):
    page.set_controls(states(phase=Phase.TRAINING))
    page.show_progress(LONGEST_LINE, Reading(9_999, 10_000, 9.6, TimeLeft(4_560.0, 4_560.0)))
    words = next(label for label in page.findChildren(QLabel) if label.text() == LONGEST_LINE)
    qtbot.waitUntil(lambda: words.width() > words.fontMetrics().horizontalAdvance(LONGEST_LINE))


def test_the_bar_is_busy_without_a_reading(page):
    line = part(page, ProgressLine)
    page.show_progress("Starting…", None)
    assert line._bar.maximum() == 0
    page.show_progress("Training", Reading(50, 100, 1.0, TimeLeft(50.0, 50.0)))
    assert line._bar.value() * 2 == line._bar.maximum()


@pytest.mark.parametrize("phase", Phase)
def test_the_ends_of_a_training_are_live_when_they_mean_something(page, phase):
    page.set_controls(states(phase=phase))
    line = part(page, ProgressLine)
    assert line.isVisible() == (phase is not Phase.IDLE)
    assert line.finish_button.isEnabled() == (phase is Phase.TRAINING)
    assert line.pause_button.isEnabled() == (phase is Phase.TRAINING)
    is_ending = phase in {Phase.PAUSING, Phase.DISCARDING}
    assert line.discard_button.isEnabled() == (phase is not Phase.IDLE and not is_ending)


def test_the_buttons_say_what_the_user_wants(qtbot, page):
    page.set_controls(states(phase=Phase.TRAINING))
    line = part(page, ProgressLine)
    with qtbot.waitSignal(page.pause_requested):
        line.pause_button.click()
    with qtbot.waitSignal(page.finish_requested):
        line.finish_button.click()
    with qtbot.waitSignal(page.discard_requested):
        line.discard_button.click()


def test_no_dataset_is_an_invitation_to_the_dataset_tab(qtbot, page):
    page.set_controls(states(datasets=0, is_split=False))
    assert page._invitation.isVisible()
    with qtbot.waitSignal(page.dataset_needed):
        page._invitation.button.click()


def test_a_dataset_without_a_split_is_sent_to_be_split(qtbot, page):
    page.set_controls(states(is_split=False))
    assert not page._header.train_button.isEnabled()
    with qtbot.waitSignal(page.dataset_needed):
        page._header.split_button.click()
    page.set_controls(states())
    assert not page._header.split_button.isVisible()


def test_a_click_on_a_presets_sentence_chooses_it(qtbot, page):
    card = part(page, PresetCards).card("notebook-described")
    with qtbot.waitSignal(page.preset_chosen) as chosen:
        qtbot.mouseClick(card, Qt.MouseButton.LeftButton, pos=QPoint(20, card.height() - 10))
    assert chosen.args == ["notebook-described"]


def test_a_presets_sentence_is_one_line_until_it_is_chosen(page):
    cards = part(page, PresetCards)
    before = cards.card("express").sizeHint().height()
    page.set_preset("express", preset_values(PRESETS["express"]))
    assert cards.card("express").sizeHint().height() > before
    assert cards.card("notebook").sizeHint().height() == before


def test_train_says_why_it_cannot_start(page):
    page.show_problems({"epochs": SENTENCE, "seed": "The seed is wrong."})
    assert page._header.reason.text() == page._header.train_button.toolTip() == SENTENCE
    page.set_controls(states(is_finding=True))
    assert page._header.reason.text() == SENTENCE  # which the user can mend
    page.show_problems({})
    assert "learning rate" in page._header.reason.text()
    page.set_controls(states())
    assert page._header.reason.text() == ""
    assert "Ctrl+Return" in page._header.train_button.toolTip()


def test_filling_the_form_is_no_change_of_the_user(qtbot, page):
    with qtbot.assertNotEmitted(page.values_changed), qtbot.assertNotEmitted(page.preset_chosen):
        page.set_preset("notebook-described", OTHER)
    assert page.values() == OTHER


def test_a_problem_is_told_beneath_its_field_alone(page):
    form = part(page, SettingsForm)
    page.show_problems({"epochs": SENTENCE})
    assert [group for group, part in form.groups.items() if part.is_open] == [Group.SETTINGS]
    assert form.problem("epochs") == SENTENCE
    problems = form.groups[Group.SETTINGS]._problems
    assert [name for name, label in problems.items() if label.isVisible()] == ["epochs"]
    page.show_problems({})
    assert form.problem("epochs") == ""


def base(form, name):
    return form.editor(name).palette().base().color().name()


def test_the_field_with_a_problem_is_marked_until_it_is_solved(page):
    form = part(page, SettingsForm)
    page.show_problems({"epochs": SENTENCE})
    assert base(form, "epochs") not in {base(form, name) for name in ROWS if name != "epochs"}
    page.show_problems({})
    assert len({base(form, name) for name in ROWS}) == 1


@pytest.fixture
def dress(qtbot, page):
    """Changes between light and dark while the page is shown, as the system may."""
    app, before = QApplication.instance(), QApplication.palette()

    def change(*, dark):
        palette = build_palette(dark=dark, accent=None)
        app.setPalette(palette)
        window = QPalette.ColorRole.Window  # Qt hands a palette on with the next events
        qtbot.waitUntil(lambda: page.palette().color(window) == palette.color(window))

    yield change
    app.setPalette(before)


@pytest.mark.parametrize("first", [False, True])
def test_a_problem_can_be_read_in_light_and_dark(page, dress, first):
    dress(dark=first)
    page.show_problems({"epochs": SENTENCE})
    label = part(page, SettingsForm).groups[Group.SETTINGS]._problems["epochs"]
    for dark in (first, not first):
        dress(dark=dark)
        words = label.palette().color(label.foregroundRole())
        assert words.alpha() == 255
        assert contrast(words, label.palette().color(QPalette.ColorRole.Window)) >= LEAST_CONTRAST


def test_the_tab_follows_the_system_from_light_to_dark(page, dress):
    dress(dark=False)
    light = page.grab().toImage().pixelColor(2, 2)
    dress(dark=True)
    assert page.grab().toImage().pixelColor(2, 2).lightness() < light.lightness()


def test_the_lab_book_has_room_for_some_runs(page):
    table = part(page, LabBook).table
    assert table.viewport().height() >= 3 * table.rowHeight(0)


def test_what_the_user_wants_of_the_lab_book_is_told(qtbot, page):
    book = part(page, LabBook)
    book.table.choose("old")
    for key in ("repeat", "export", "event_file", "card"):
        with qtbot.waitSignal(getattr(page, f"{key}_requested")) as told:
            book.actions_by_key[key].trigger()
        assert told.args == ["old"]
    with qtbot.waitSignal(page.delete_requested) as told:
        book.actions_by_key["delete"].trigger()
    assert told.args == [("old",)]
    with qtbot.waitSignal(page.add_requested):
        book.actions_by_key["add"].trigger()


def test_the_network_is_shown_layer_by_layer_and_as_keras_prints_it(qtbot, page):
    view = part(page, NetworkView)
    with qtbot.waitSignal(page.network_requested):
        view.button.click()
    page.show_network(NETWORK)
    cells = [view.table.item(0, column).text() for column in range(view.table.columnCount())]
    assert cells == ["conv2d", "Conv2D", "148 x 148 x 32", "896", "3 x 3"]
    assert view.text.toPlainText() == NETWORK.summary
