"""The settings as text: out of the form, and back into it."""

import json
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from catdog_gui.settings import Settings
from catdog_gui.training_tab import dialogs
from catdog_gui.training_tab.form_values import NO_DATASET
from catdog_gui.training_tab.text_view import TextView
from catdog_gui.training_tab.text_work import TextWork
from catdog_gui.widgets.banner import Banner
from training.config import TrainingConfig
from training.errors import ConfigError
from training.learning.presets import training_config

CONFIG = training_config("scratch", "pets", epochs=3, rotate=7.5)
OTHER = training_config("express", "kaggle", seed=9)


class Desk:
    """The view, its work, and what they say."""

    def __init__(self, folder: Path) -> None:
        self.view, self.banner = TextView(), Banner()
        self.config: TrainingConfig | None = CONFIG
        settings = Settings(folder / "settings.ini")
        self.work = TextWork(self.view, self.banner, config=self._say, settings=settings)
        self.taken: list[TrainingConfig] = []
        self.work.taken.connect(self.taken.append)
        self.work.show()

    def _say(self) -> TrainingConfig:
        if self.config is None:
            raise ConfigError("epochs", "The number of epochs is 0.", "Choose another.")
        return self.config

    def put_on_clipboard(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)


@pytest.fixture
def desk(qtbot, tmp_path: Path) -> Desk:
    desk = Desk(tmp_path)
    qtbot.addWidget(desk.view)
    qtbot.addWidget(desk.banner)
    return desk


def test_what_is_copied_can_be_pasted(qtbot, desk: Desk) -> None:
    qtbot.mouseClick(desk.view.copy_button, Qt.MouseButton.LeftButton)
    assert json.loads(QGuiApplication.clipboard().text())["rotate"] == 7.5
    assert "clipboard" in desk.view.sentence.text()
    qtbot.mouseClick(desk.view.paste_button, Qt.MouseButton.LeftButton)
    assert desk.taken == [CONFIG]


def press_paste(qtbot, desk: Desk) -> None:
    desk.view.show()
    desk.view.activateWindow()
    desk.view.text.setFocus()
    qtbot.waitUntil(desk.view.text.hasFocus)
    qtbot.keyClick(desk.view.text, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)


def test_the_keys_for_pasting_paste(qtbot, desk: Desk) -> None:
    desk.put_on_clipboard(OTHER.to_json())
    press_paste(qtbot, desk)
    assert desk.taken == [OTHER]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a picture",
        "[1, 2]",
        "{}",
        CONFIG.to_json()[:-9],
        CONFIG.to_json().replace('"epochs": 3', '"epochs": 0'),
        CONFIG.to_json().replace('"epochs": 3', '"epochs": "3"'),
        CONFIG.to_json().replace('"epochs": 3', '"epochs": NaN'),
        CONFIG.to_json().replace('"epochs": 3', '"epochs": 3.5'),
        CONFIG.to_json().replace('"flip": true', '"flip": "yes"'),
        CONFIG.to_json().replace('"scratch"', '"tomorrow"'),
        CONFIG.to_json().replace('"scratch"', "7"),
        CONFIG.to_json().replace('"pets"', '"../pets"'),
        CONFIG.to_json().replace('"epochs"', '"years"'),
    ],
)
def test_damaged_text_is_a_sentence_and_changes_nothing(qtbot, desk: Desk, text: str) -> None:
    desk.put_on_clipboard(text)
    qtbot.mouseClick(desk.view.paste_button, Qt.MouseButton.LeftButton)
    assert desk.taken == []
    assert desk.banner.isVisibleTo(None)
    assert "unexpected" not in desk.banner.message()


def test_what_a_text_leaves_out_is_the_presets(qtbot, desk: Desk) -> None:
    desk.put_on_clipboard('{"preset": "scratch", "epochs": 3, "rotate": null}')
    qtbot.mouseClick(desk.view.paste_button, Qt.MouseButton.LeftButton)
    assert desk.taken == [training_config("scratch", NO_DATASET, epochs=3)]


def test_settings_go_through_a_file(qtbot, desk: Desk, tmp_path: Path, monkeypatch) -> None:
    path = tmp_path / "mine.json"
    monkeypatch.setattr(dialogs, "ask_to_save_settings", lambda parent, folder, name: path)
    monkeypatch.setattr(dialogs, "ask_to_open_settings", lambda parent, folder: path)
    qtbot.mouseClick(desk.view.save_button, Qt.MouseButton.LeftButton)
    assert "mine.json" in desk.banner.message()
    qtbot.mouseClick(desk.view.open_button, Qt.MouseButton.LeftButton)
    assert desk.taken == [CONFIG]


@pytest.mark.parametrize("content", [None, b"\xff\xfe\x00", b"PK\x03\x04" * 100_000])
def test_a_file_that_holds_no_settings_is_a_sentence(
    qtbot, desk: Desk, tmp_path: Path, monkeypatch, content: bytes | None
) -> None:
    path = tmp_path / "picture.json"
    if content is not None:
        path.write_bytes(content)
    monkeypatch.setattr(dialogs, "ask_to_open_settings", lambda parent, folder: path)
    qtbot.mouseClick(desk.view.open_button, Qt.MouseButton.LeftButton)
    assert desk.taken == []
    assert desk.banner.isVisibleTo(None)


def test_a_form_that_cannot_be_used_says_so_instead_of_its_text(desk: Desk) -> None:
    desk.config = None
    desk.work.show()
    assert "epochs is 0" in desk.view.sentence.text()
    assert desk.view.text.toPlainText() == ""
    assert not desk.view.copy_button.isEnabled()
    desk.config = CONFIG
    desk.work.show()
    assert desk.view.copy_button.isEnabled()


def test_no_other_settings_are_taken_while_a_training_runs(qtbot, desk: Desk) -> None:
    desk.view.set_can_change(can_change=False)
    desk.put_on_clipboard(OTHER.to_json())
    qtbot.mouseClick(desk.view.paste_button, Qt.MouseButton.LeftButton)
    press_paste(qtbot, desk)
    assert desk.taken == []
