"""Settings as text: what was written is read, and anything else is a sentence with its field."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.config import RANGES, SETTINGS, TrainingConfig
from training.errors import ConfigError, UserError
from training.learning.presets import PRESETS, training_config
from training.method_settings import CHOICES

GOOD = json.loads(training_config("notebook", "pets").to_json())

anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=3,
)


def numbers(name: str) -> st.SearchStrategy[Any]:
    """Values of a field inside its range, of its type."""
    allowed = RANGES[name]
    if isinstance(GOOD[name], int):
        return st.integers(int(allowed.low), int(allowed.high))
    return st.floats(allowed.low, allowed.high, exclude_min=allowed.low_excluded)


valid = st.fixed_dictionaries(
    {name: numbers(name) for name in RANGES if name != "image_size"}
    | {name: st.sampled_from(names) for name, (_, names) in CHOICES.items()}
    | {"balance_classes": st.booleans(), "flip": st.booleans()}
)


@given(valid, st.sampled_from(["notebook", "scratch", "fine-tune"]))
def test_what_was_written_is_read(values: dict[str, object], preset: str) -> None:
    config = training_config(preset, "pets", **values)
    assert TrainingConfig.from_json(config.to_json()) == config


@pytest.mark.parametrize("preset", PRESETS)
def test_settings_of_each_preset_survive(preset: str) -> None:
    config = training_config(preset, "kaggle", seed=7)
    assert TrainingConfig.from_json(config.to_json()) == config


def read_or_refused(text: str) -> TrainingConfig | ConfigError:
    try:
        return TrainingConfig.from_json(text)
    except ConfigError as error:
        return error


@given(st.sampled_from(SETTINGS), anything)
def test_any_value_is_read_or_refused_by_the_name_of_its_field(name: str, value: object) -> None:
    config = read_or_refused(json.dumps(GOOD | {name: value}))
    if isinstance(config, ConfigError):
        assert config.field in (name, "name")
        assert config.hint
        return
    assert TrainingConfig.from_json(config.to_json()) == config
    kept = getattr(config, name)
    assert kept is None or type(kept) is type(GOOD[name])


@given(st.text(max_size=20) | anything.map(json.dumps))
def test_no_text_is_a_crash(text: str) -> None:
    with pytest.raises(UserError):
        TrainingConfig.from_json(text)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"flavour": 1}, "There is no setting “flavour”. Leave it out."),
        ({"epoch": 3}, "There is no setting “epoch”. Write “epochs” if you mean that."),
        (
            {"epochs": "ten"},
            'The setting “epochs” is "ten", where a whole number is needed. '
            'Write it as in "epochs": 10.',
        ),
        ({"epochs": 2.5}, "The setting “epochs” is 2.5, where a whole number"),
        ({"epochs": True}, "The setting “epochs” is true, where a whole number"),
        ({"seed": 10**400}, "The setting “seed” is 1000"),
        ({"rotate": 10**400}, "where a number is needed"),
        ({"flip": 1}, "The setting “flip” is 1, where true or false is needed."),
        ({"preset": ["notebook"]}, 'The setting “preset” is ["notebook"], where a text'),
        ({"dataset": None}, "The setting “dataset” is missing."),
        ({"epochs": 0}, "The number of epochs is 0"),
    ],
)
def test_a_wrong_field_is_named_with_the_next_step(change: dict[str, Any], sentence: str) -> None:
    with pytest.raises(ConfigError) as caught:
        TrainingConfig.from_json(json.dumps(GOOD | change))
    assert sentence in str(caught.value)
    assert caught.value.field in change


@pytest.mark.parametrize("text", ["", "{", "[1]", "null", '"a"', "[" * 100_000])
def test_what_is_no_object_is_a_sentence_with_an_example(text: str) -> None:
    with pytest.raises(UserError) as caught:
        TrainingConfig.from_json(text)
    assert '{"dataset": "pets", "preset": "notebook"}' in caught.value.hint


def test_a_reader_finds_what_learns_from_what_first() -> None:
    assert list(json.loads(training_config("notebook", "pets").to_json()))[:4] == [
        "dataset", "preset", "epochs", "steps_per_epoch",
    ]  # fmt: skip
    assert set(SETTINGS) == set(GOOD)


def test_a_whole_number_will_do_for_a_number() -> None:
    config = TrainingConfig.from_json(json.dumps(GOOD | {"rotate": 15}))
    assert type(config.rotate) is float
