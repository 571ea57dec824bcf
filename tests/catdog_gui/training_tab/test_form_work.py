"""The form is filled, and what is changed is remembered."""

import dataclasses
from pathlib import Path

import pytest

from catdog_gui.settings import Settings
from catdog_gui.training_tab.form_values import NO_DATASET, preset_values
from catdog_gui.training_tab.form_work import FormWork
from catdog_gui.training_tab.page import TrainingPage
from training.errors import ConfigError
from training.learning.presets import PRESETS, training_config


@pytest.fixture
def page(qtbot) -> TrainingPage:
    page = TrainingPage()
    qtbot.addWidget(page)
    return page


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(tmp_path / "settings.ini")


@pytest.fixture
def work(page: TrainingPage, settings: Settings) -> FormWork:
    return FormWork(page, settings)


def test_a_run_can_be_repeated_from_its_settings(qtbot, page, settings, work) -> None:
    config = training_config("scratch", "pets", epochs=3, rotate=7.5, learning_rate=1.23456789e-3)
    with qtbot.waitSignal(work.changed):
        work.take(config)
    assert work.config("pets") == config
    assert work.title == "From scratch"
    again = FormWork(page, settings)  # the next start of the program
    assert again.config("pets") == config


def test_a_run_of_an_unknown_preset_changes_nothing(page, work) -> None:
    before = page.values()
    with pytest.raises(ConfigError):
        work.take(dataclasses.replace(before, preset="tomorrow's"))
    assert page.values() == before


def test_the_presets_own_values_come_back(qtbot, page, work) -> None:
    work.take(training_config("scratch", NO_DATASET, epochs=3))
    with qtbot.waitSignal(work.changed):
        page.reset_requested.emit()
    assert page.values() == preset_values(PRESETS["scratch"])
