"""The settings of a run go into the form: all that its preset looks at."""

import dataclasses
from pathlib import Path

import pytest

from catdog_gui.settings import Settings
from catdog_gui.training_tab.form_work import FormWork
from catdog_gui.training_tab.page import TrainingPage
from catdog_gui.training_tab.repeating_work import RepeatingWork
from training.config import TrainingConfig
from training.learning.presets import training_config


@pytest.fixture
def repeated(qtbot, tmp_path: Path):
    """Gives what the banner says once a run of those settings is repeated, and the form."""
    page = TrainingPage()
    qtbot.addWidget(page)
    form = FormWork(page, Settings(tmp_path / "settings.ini"))

    def repeat(config: TrainingConfig) -> tuple[str, TrainingConfig]:
        RepeatingWork(page, form, lambda _: config).fill_form("run", ())
        return page.banner.message(), form.config(config.dataset)

    return repeat


def test_every_setting_of_a_run_is_in_the_form(repeated) -> None:
    config = training_config("scratch", "pets", epochs=3, rotate=7.5, precision="mixed", mixup=0.2)
    assert repeated(config) == ("The form holds the settings of that run.", config)


def test_the_size_of_the_run_that_it_started_from_is_no_setting_of_its_own(repeated) -> None:
    message, form = repeated(training_config("continue", "pets", image_size=208, epochs=2))
    assert message == "The form holds the settings of that run."
    assert form.epochs == 2


def test_an_older_run_that_says_less_is_taught_as_its_preset_says(repeated) -> None:
    older = dataclasses.replace(
        training_config("scratch", "pets", epochs=3), optimizer=None, rotate=None
    )
    message, form = repeated(older)
    assert message == "The form holds the settings of that run."
    assert form == training_config("scratch", "pets", epochs=3)


def test_what_cannot_be_put_into_the_form_is_named(repeated) -> None:
    gone = training_config("continue", "pets", start_from="a run that is deleted")
    assert "but for: start from" in repeated(gone)[0]
