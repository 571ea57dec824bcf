"""Every setting has an option; a file holds them all; what stands above what."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.training.cli.conftest import Terminal
from training.cli.settings import SETTING_OPTIONS, asked_config, refuse_settings
from training.config import SETTINGS
from training.errors import ConfigError
from training.home import Home
from training.learning.presets import training_config

SMALL = {
    "epochs": 1, "steps_per_epoch": 2, "validation_steps": 1, "batch_size": 8, "image_size": 40,
}  # fmt: skip
CHANGED: dict[str, Any] = {
    **SMALL,
    "learning_rate": 0.001,
    "seed": 3,
    "optimizer": "sgd",
    "schedule": "plateau",
    "warm_up": 1,
    "weight_decay": 0.01,
    "label_smoothing": 0.1,
    "flip": True,
    "rotate": 15.0,
    "least_area": 0.6,
    "stretch": 1.2,
    "colour": 0.1,
    "erase": 0.2,
    "mixup": 0.4,
    "patience": 4,
    "balance_classes": True,
}


def words(settings: dict[str, Any]) -> list[str]:
    """The options that say these settings."""
    said: list[str] = []
    for name, value in settings.items():
        option = f"--{name.replace('_', '-')}"
        said += [option] if value is True else [option, str(value)]
    return said


def test_every_setting_has_an_option_in_the_order_of_the_settings() -> None:
    assert tuple(SETTING_OPTIONS) == SETTINGS


def test_a_run_is_taught_as_all_its_options_say(terminal: Terminal, sample_home: Home) -> None:
    status, lines = terminal("train", "--data", "sample", "--preset", "notebook", *words(CHANGED))
    assert status == 0
    record = json.loads((sample_home.runs / lines[-1]["run"] / "run.json").read_text())
    assert {name: record["config"][name] for name in CHANGED} == CHANGED


def test_options_stand_above_a_file_and_a_file_above_the_preset(tmp_path: Path) -> None:
    file = tmp_path / "mine.json"
    file.write_text(json.dumps({"preset": "scratch", "dataset": "pets", "epochs": 7, "rotate": 9}))
    asked = asked_config({"epochs": 3, "dataset": None, "flip": False}, file)
    assert asked == training_config("scratch", "pets", epochs=3, rotate=9.0, flip=False)
    assert asked_config({}, file).epochs == 7


def test_the_settings_of_a_run_are_a_file_for_another(tmp_path: Path) -> None:
    config = training_config("fine-tune", "pets", deterministic=True, mixup=0.2)
    file = tmp_path / "mine.json"
    file.write_text(config.to_json())
    assert asked_config({}, file) == config
    assert not asked_config({"deterministic": False}, file).deterministic


@pytest.mark.parametrize(
    ("content", "status", "sentence"),
    [
        ('{"preset": "notebook"}', 2, "--data is missing"),
        ('{"epoch": 3}', 2, "Write “epochs” if you mean that."),
        ('{"epochs": "many"}', 2, 'The setting “epochs” is "many"'),
        ('{"dataset": "a", "preset": "express", "mixup": 0.5}', 2, "learns from features"),
        ("epochs = 3", 1, "cannot be read as JSON"),
    ],
)
def test_a_file_that_says_something_else_is_refused_in_a_sentence(
    terminal: Terminal, tmp_path: Path, content: str, status: int, sentence: str
) -> None:
    file = tmp_path / "mine.json"
    file.write_text(content)
    assert terminal("train", "--config", file) == (status, [])
    assert sentence in terminal.stderr


def test_a_file_that_is_not_there_or_no_text_is_a_sentence(
    terminal: Terminal, tmp_path: Path
) -> None:
    assert terminal("train", "--config", tmp_path / "none.json") == (1, [])
    assert "none.json" in terminal.stderr
    (tmp_path / "bytes.json").write_bytes(b"\xff\xfe\x00")
    assert terminal("train", "--config", tmp_path / "bytes.json") == (2, [])
    assert "no text in UTF-8" in terminal.stderr


@pytest.mark.parametrize(
    ("name", "value", "option"),
    [
        ("dataset", "pets", "--data"),
        ("seed", 0, "--seed"),
        ("flip", False, "--flip"),
        ("config", Path("mine.json"), "--config"),
    ],
)
def test_a_run_that_goes_on_keeps_its_settings(name: str, value: object, option: str) -> None:
    with pytest.raises(ConfigError, match=option):
        refuse_settings({"epochs": 3, "mixup": None, name: value})
    refuse_settings({"epochs": 3, "mixup": None})


def test_a_rate_is_looked_for_and_nothing_is_kept(terminal: Terminal, sample_home: Home) -> None:
    status, (found,) = terminal(
        "rate", "--data", "sample", "--preset", "notebook", *words({**SMALL, "optimizer": "adam"})
    )
    assert status == 0
    assert set(found) == {"rates", "losses", "smoothed", "suggestion"}
    assert len(found["rates"]) == len(found["losses"]) == len(found["smoothed"]) > 20
    assert not sample_home.runs.exists()
