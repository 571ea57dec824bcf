"""The form's values: what they become, what is remembered, what is wrong with them."""

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catdog_gui.training_tab.form_values import (
    FormValues,
    config_of,
    kept_values,
    problems,
    recalled_values,
    shown_fields,
)
from training.dataset.picture import DatasetInfo
from training.learning.presets import PRESETS

NOTEBOOK, DESCRIBED = PRESETS["notebook"], PRESETS["notebook-described"]
OWN = FormValues.of(NOTEBOOK)


def dataset(train: int) -> DatasetInfo:
    return DatasetInfo(
        name="pets", pictures=30, cats=15, dogs=15, quarantined=0, excluded=0, duplicates=0,
        train=train, validation=5, test=5, leaks=0,
    )  # fmt: skip


def test_the_form_becomes_the_run_that_it_says() -> None:
    config = config_of(NOTEBOOK, "pets", dataclasses.replace(OWN, epochs=3, seed=9))
    assert (config.epochs, config.seed, config.steps_per_epoch) == (3, 9, 100)


def test_changed_values_are_remembered_for_each_preset_apart() -> None:
    changed = dataclasses.replace(OWN, epochs=7, learning_rate=3e-4)
    stored = kept_values(NOTEBOOK, changed, "")
    stored = kept_values(DESCRIBED, FormValues.of(DESCRIBED), stored)
    assert recalled_values(NOTEBOOK, stored) == changed
    assert recalled_values(DESCRIBED, stored) == FormValues.of(DESCRIBED)


def test_what_a_run_starts_from_becomes_part_of_it_and_is_remembered() -> None:
    express, further = PRESETS["express"], PRESETS["continue"]
    on_another = dataclasses.replace(
        FormValues.of(express), backbone="mobilenet-v3", weights_file="/mine.h5"
    )
    config = config_of(express, "pets", on_another)
    assert (config.backbone, config.weights_file) == ("mobilenet-v3", "/mine.h5")
    from_run = dataclasses.replace(FormValues.of(further), start_from="earlier")
    assert config_of(further, "pets", from_run).start_from == "earlier"
    stored = kept_values(further, from_run, kept_values(express, on_another, ""))
    assert recalled_values(express, stored) == on_another
    assert recalled_values(further, stored) == from_run


def test_a_preset_shows_the_fields_that_it_looks_at() -> None:
    assert "image_size" not in shown_fields(PRESETS["continue"])
    assert "start_from" in shown_fields(PRESETS["continue"])
    assert {"backbone", "weights_file"} <= set(shown_fields(PRESETS["fine-tune"]))
    assert not {"backbone", "weights_file", "start_from"} & set(shown_fields(NOTEBOOK))


@pytest.mark.parametrize("key", PRESETS)
def test_what_a_preset_does_not_show_stands_as_it_needs_it(key: str) -> None:
    assert not problems(PRESETS[key], FormValues.of(PRESETS[key]), dataset(1000))


@given(st.text(max_size=40))
def test_whatever_is_stored_gives_values(stored: str) -> None:
    assert recalled_values(NOTEBOOK, stored) == OWN


@pytest.mark.parametrize("stored", ['{"notebook": 3}', '{"notebook": {"epochs": "many"}}', "[1]"])
def test_stored_rubbish_counts_as_nothing(stored: str) -> None:
    assert recalled_values(NOTEBOOK, stored) == OWN


@pytest.mark.fault(93)
@pytest.mark.parametrize(
    ("field", "value"),
    [("epochs", 0), ("learning_rate", 0.0), ("image_size", 4), ("batch_size", 5_000)],
)
def test_a_value_that_cannot_be_used_names_its_field(field: str, value: float) -> None:
    found = problems(NOTEBOOK, dataclasses.replace(OWN, **{field: value}), dataset(20))
    assert list(found) == [field]


@pytest.mark.fault(93)
def test_a_batch_larger_than_the_dataset_is_told_before_the_start() -> None:
    found = problems(NOTEBOOK, dataclasses.replace(OWN, batch_size=21), dataset(20))
    assert "20" in found["batch_size"]
    assert not problems(NOTEBOOK, dataclasses.replace(OWN, batch_size=20), dataset(20))
