"""The model card says what a run knows, in Markdown, and nothing of where things lie."""

import dataclasses
import re
from pathlib import Path

import pytest

from training.events import EpochEnded
from training.home import Home
from training.learning.presets import PRESETS, training_config
from training.runs.history import write_history
from training.runs.judgement import BINS, Judgement, NeitherRule
from training.runs.model_card import model_card, read_model_card
from training.runs.run_folder import DEFAULT_RUN, IMPORTED, RunRecord, create_run

RULE = NeitherRule(0.36, 0.0, 8, 256, 0.0125, "2,000 validation pictures and 93 photographs")
FIGURES = {
    "accuracy": 0.988,
    "log_loss": 0.04301,
    "brier": 0.0114,
    "auc": 0.9987,
    "ece": 0.0076,
    "neither_rate": 0.0125,
    "pictures": 2000,
}
HISTORY = [EpochEnded(number, 0.1, 0.9, 0.1, 0.9, 35.0, 100.0) for number in range(2)]


def judgement(rule: NeitherRule | None = RULE, temperature: float = 1.27) -> Judgement:
    cats = tuple(990 if place == 0 else 10 if place == 80 else 0 for place in range(BINS))
    dogs = tuple(985 if place == 99 else 15 if place == 2 else 0 for place in range(BINS))
    return Judgement(temperature, rule, cats=cats, dogs=dogs)


def record(preset: str = "express", **changes: object) -> RunRecord:
    values: dict[str, object] = {
        "config": training_config(preset, "kaggle"),
        "created": "2026-01-01T10:00:00+00:00",
        "fingerprint": "f" * 64,
        "class_names": ("cat", "dog"),
        "preprocessing": "pillow-1",
        "versions": {"keras": "3.15"},
        "epochs_done": 2,
        "best_epoch": 1,
        "metrics": {"validation": FIGURES},
        "judgement": judgement(),
    }
    return RunRecord(**(values | changes))


def test_a_card_has_its_parts_in_order() -> None:
    headings = re.findall(r"^##? (.+)$", model_card("a", record()), re.MULTILINE)
    assert headings == [
        "Model card: a",
        "What it is for",
        "How it was made",
        "Figures",
        "How far its confidence can be believed",
        "Neither",
        "Limits",
        "Licence",
    ]


def test_the_model_that_ships_is_called_so() -> None:
    assert model_card(DEFAULT_RUN, record()).startswith("# Model card: the model that ships\n")


def test_it_says_how_the_model_was_made() -> None:
    card = model_card("a", record(), HISTORY)
    assert "`express`" in card
    assert "best epoch 2 of 2 (1 min 10 s in all)" in card
    assert "dataset “kaggle”, fingerprint `ffffffffffff`" in card
    assert "208 x 208 pixels, prepared as `pillow-1`" in card
    assert "keras 3.15" in card


def test_figures_of_each_split_stand_side_by_side_with_their_interval() -> None:
    test = {"accuracy": 0.98, "log_loss": 0.05, "pictures": 500}
    card = model_card("a", record(metrics={"validation": FIGURES, "test": test}))
    assert "| figure | validation (2,000 pictures) | test (500 pictures) |" in card
    assert "| accuracy | **0.9880** | **0.9800** |" in card
    assert "| its 95 % interval | 0.9822 to 0.9919 | 0.9636 to 0.9891 |" in card
    assert "| Brier score | 0.0114 | — |" in card
    assert "not looked at yet" not in card
    assert "not looked at yet" in model_card("a", record())


def test_a_run_without_figures_says_so() -> None:
    card = model_card("a", record(metrics={}, judgement=None, best_epoch=None))
    assert "Nothing is measured yet." in card
    assert "not calibrated" in card
    assert "whether it shows a cat or a dog," in card


@pytest.mark.parametrize(("temperature", "words"), [(1.27, "more sure than"), (0.8, "too modest")])
def test_it_says_what_calibration_mended(temperature: float, words: str) -> None:
    card = model_card("a", record(judgement=judgement(temperature=temperature)))
    assert words in card
    assert f"a temperature of {temperature:.2f}" in card
    assert "10 of 1,000 validation cats are called dogs, and 15 of 1,000 dogs cats." in card


def test_it_says_how_neither_was_tuned_and_what_it_costs() -> None:
    card = model_card("a", record())
    assert "tuned on 2,000 validation pictures and 93 photographs; 1.2 % of" in card
    assert "256 clusters" in card
    assert "cannot say “neither”" in model_card("a", record(judgement=judgement(rule=None)))


@pytest.mark.parametrize("preset", PRESETS)
def test_random_weights_make_neither_weak_and_others_weights_bring_their_licence(
    preset: str,
) -> None:
    card = model_card("a", record(preset))
    is_random = preset in {"notebook", "notebook-described", "scratch"}
    assert ("It is weak here" in card) == is_random
    assert ("nobody else's" in card) == is_random
    assert ("Apache License 2.0" in card) == (preset in {"express", "fine-tune"})


@pytest.mark.parametrize(
    ("preset", "settings", "words"),
    [
        ("scratch", {}, "`scratch`, from random weights"),
        ("fine-tune", {"backbone": "mobilenet-v3"}, "on the backbone `mobilenet-v3`"),
        ("continue", {}, "from the model that ships"),
        ("continue", {"start_from": "/home/someone/runs/mine"}, "from the model of `mine`"),
    ],
)
def test_it_says_what_the_model_began_with_and_never_where_that_lay(
    preset: str, settings: dict[str, str], words: str
) -> None:
    card = model_card("a", record(preset, config=training_config(preset, "kaggle", **settings)))
    assert words in card
    assert "/home" not in card


def test_an_imported_model_says_where_it_is_from_and_claims_no_training() -> None:
    given = record(epochs_done=0, best_epoch=None, judgement=None, metrics={}, origin="a file")
    config = dataclasses.replace(given.config, preset=IMPORTED, epochs=0)
    card = model_card("a", dataclasses.replace(given, config=config))
    assert "**Imported:** from a file" in card
    assert "nobody here knows from which pictures" in card
    assert "It is somebody else's" in card
    assert "kaggle" not in card


def test_weights_of_the_users_own_keep_their_licence() -> None:
    config = training_config("express", "kaggle", weights_file="/home/someone/weights.h5")
    card = model_card("a", record(config=config))
    assert "what their licence asks for holds" in card
    assert "Apache" not in card
    assert "/home" not in card


def test_a_card_is_read_from_a_folder_and_names_no_folder(home: Home) -> None:
    folder = create_run(home, record())
    write_history(folder, HISTORY)
    card = read_model_card(folder)
    assert card == model_card(folder.name, record(), HISTORY)
    assert str(home.root) not in card
    assert str(Path.home()) not in card
