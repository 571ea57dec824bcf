"""What the views beside the form show of it, through the whole tab."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication

from catdog_gui.background import Jobs
from catdog_gui.settings import Settings
from catdog_gui.training_tab.controller import TrainingController
from catdog_gui.training_tab.page import TrainingPage
from tests.conftest import SAMPLE
from training.home import Home
from training.learning.presets import training_config

_PATIENCE_MS = 60_000  # on a busy machine
_LONG_PATIENCE_MS = 240_000  # TensorFlow is loaded


@pytest.fixture(scope="module")
def sample_root(sample_source: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("home")
    for name in ("drawn", "pets"):
        shutil.copytree(Home(sample_source).datasets / SAMPLE, Home(root).datasets / name)
    return root


@pytest.fixture
def page(qtbot, sample_root: Path, tmp_path: Path) -> Iterator[TrainingPage]:
    page, jobs = TrainingPage(), Jobs()
    qtbot.addWidget(page)
    page.resize(1024, 612)
    settings = Settings(tmp_path / "settings.ini")
    controller = TrainingController(page, home=Home(sample_root), jobs=jobs, settings=settings)
    page.show()
    qtbot.waitUntil(page._header.train_button.isEnabled, timeout=_PATIENCE_MS)
    yield page
    qtbot.waitUntil(lambda: not jobs.running, timeout=_PATIENCE_MS)
    controller.deleteLater()


def paste(page: TrainingPage, text: str) -> None:
    QGuiApplication.clipboard().setText(text)
    page.text.paste_button.click()


def test_the_text_is_what_the_form_says(page) -> None:
    page._settings.set_value("epochs", 7)
    assert '"epochs": 7' in page.text.text.toPlainText()
    page._settings.set_value("learning_rate", float("nan"))
    assert page.text.text.toPlainText() == ""
    assert "not a number" in page.text.sentence.text()


def test_a_pasted_run_chooses_preset_values_and_dataset(page) -> None:
    paste(page, training_config("scratch", "pets", epochs=3).to_json())
    assert (page.values().preset, page.values().epochs) == ("scratch", 3)
    assert page._header.combo.currentText().startswith("pets")
    paste(page, training_config("express", "gone", seed=9).to_json())
    assert (page.values().preset, page.values().seed) == ("express", 9)
    assert page._header.combo.currentText().startswith("pets")  # there is no other of that name


def test_damaged_text_leaves_the_form_as_it_was(page) -> None:
    before = page.values()
    paste(page, '{"preset": "express", "epochs": "many"}')
    assert page.values() == before
    assert "epochs" in page.banner.message()


def test_the_users_own_pictures_are_varied_live(qtbot, page) -> None:
    page.preset_chosen.emit("scratch")
    page._settings.preview_button.click()
    grid = page.augmentation.grid
    qtbot.waitUntil(lambda: len(grid.rows) > 0, timeout=_PATIENCE_MS)
    before = grid.rows
    page._settings.set_value("rotate", 90.0)
    qtbot.waitUntil(lambda: grid.rows is not before, timeout=_PATIENCE_MS)
    assert grid.rows[0][0] == before[0][0]  # as it is
    assert grid.rows[0][1] != before[0][1]
    page.preset_chosen.emit("express")
    qtbot.waitUntil(lambda: "as they are" in page.augmentation.sentence.text())
    assert all(picture == row[0] for row in grid.rows for picture in row)


@pytest.mark.slow
def test_a_learning_rate_is_looked_for_on_the_users_pictures_and_nothing_else_trains(
    qtbot, page
) -> None:
    page._settings.set_value("image_size", 32)
    page._settings.find_button.click()
    assert page.rates.isVisible()
    assert not page._header.train_button.isEnabled()
    qtbot.waitUntil(lambda: page.rates.plot.is_drawn, timeout=_LONG_PATIENCE_MS)
    qtbot.waitUntil(page._header.train_button.isEnabled)
    assert page.rates.sentence.text().startswith("Notebook on drawn")
    assert page.banner.message() == ""
