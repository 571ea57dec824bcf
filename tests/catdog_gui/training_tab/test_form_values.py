"""The form's values: what they become, what is remembered, what is wrong with them."""

import dataclasses
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catdog_gui.training_tab.form_values import (
    config_of,
    kept_values,
    preset_values,
    problems,
    recalled_values,
    taken_values,
)
from training.dataset.picture import DatasetInfo
from training.learning.presets import PRESETS, training_config

NOTEBOOK, DESCRIBED = PRESETS["notebook"], PRESETS["notebook-described"]
OWN = preset_values(NOTEBOOK)


def dataset(train: int) -> DatasetInfo:
    return DatasetInfo(
        name="pets", pictures=30, cats=15, dogs=15, quarantined=0, excluded=0, duplicates=0,
        train=train, validation=5, test=5, leaks=0,
    )  # fmt: skip


def test_the_form_becomes_the_run_that_it_says() -> None:
    config = config_of(dataclasses.replace(OWN, epochs=3, seed=9), "pets")
    assert (config.epochs, config.seed, config.steps_per_epoch) == (3, 9, 100)


def test_changed_values_are_remembered_for_each_preset_apart() -> None:
    changed = dataclasses.replace(OWN, epochs=7, learning_rate=3e-4)
    stored = kept_values(changed, "")
    stored = kept_values(preset_values(DESCRIBED), stored)
    assert recalled_values(NOTEBOOK, stored) == changed
    assert recalled_values(DESCRIBED, stored) == preset_values(DESCRIBED)


def test_what_a_run_starts_from_becomes_part_of_it_and_is_remembered() -> None:
    express, further = PRESETS["express"], PRESETS["continue"]
    on_another = dataclasses.replace(
        preset_values(express), backbone="mobilenet-v3", weights_file="/mine.h5"
    )
    config = config_of(on_another, "pets")
    assert (config.backbone, config.weights_file) == ("mobilenet-v3", "/mine.h5")
    from_run = dataclasses.replace(preset_values(further), start_from="earlier")
    assert config_of(from_run, "pets").start_from == "earlier"
    stored = kept_values(from_run, kept_values(on_another, ""))
    assert recalled_values(express, stored) == on_another
    assert recalled_values(further, stored) == from_run


@pytest.mark.parametrize("key", PRESETS)
def test_what_a_preset_does_not_show_stands_as_it_needs_it(key: str) -> None:
    assert not problems(preset_values(PRESETS[key]), dataset(1000))


@given(st.text(max_size=40))
def test_whatever_is_stored_gives_values(stored: str) -> None:
    assert recalled_values(NOTEBOOK, stored) == OWN


@pytest.mark.parametrize("stored", ['{"notebook": 3}', '{"notebook": {"epochs": "many"}}', "[1]"])
def test_stored_rubbish_counts_as_nothing(stored: str) -> None:
    assert recalled_values(NOTEBOOK, stored) == OWN


@pytest.mark.parametrize("rubbish", ["{}", "null", "1e999", "-4", '"many"', "true", "[]"])
def test_a_stored_value_that_cannot_be_used_costs_no_other(rubbish: str) -> None:
    stored = f'{{"notebook": {{"epochs": {rubbish}, "learning_rate": 1, "unknown": 2}}}}'
    found = recalled_values(NOTEBOOK, stored)
    assert found == dataclasses.replace(OWN, learning_rate=1.0)
    assert type(found.learning_rate) is float


def test_a_run_is_taken_as_its_preset_looks_at_it() -> None:
    further = PRESETS["continue"]
    settled = training_config("continue", "pets", image_size=208, epochs=2, start_from="old")
    older = dataclasses.replace(settled, optimizer=None, rotate=None)
    expected = dataclasses.replace(preset_values(further), epochs=2, start_from="old")
    assert taken_values(older) == expected


def test_all_that_is_wrong_is_told_at_once() -> None:
    wrong = dataclasses.replace(OWN, epochs=0, seed=-1, learning_rate=math.nan, batch_size=99)
    found = problems(wrong, dataset(20))
    assert list(found) == ["epochs", "batch_size", "learning_rate", "seed"]
    assert "not a number" in found["learning_rate"]


@pytest.mark.fault(93)
@pytest.mark.parametrize(
    ("field", "value"),
    [("epochs", 0), ("learning_rate", 0.0), ("image_size", 4), ("batch_size", 5_000)],
)
def test_a_value_that_cannot_be_used_names_its_field(field: str, value: float) -> None:
    found = problems(dataclasses.replace(OWN, **{field: value}), dataset(20))
    assert list(found) == [field]


@pytest.mark.fault(93)
def test_a_batch_larger_than_the_dataset_is_told_before_the_start() -> None:
    found = problems(dataclasses.replace(OWN, batch_size=21), dataset(20))
    assert "20" in found["batch_size"]
    assert not problems(dataclasses.replace(OWN, batch_size=20), dataset(20))
