"""Settings that only some presets look at are refused where nobody would look at them."""

import dataclasses
import json
from dataclasses import asdict

import pytest

from training.config import (
    AUTO_BATCH,
    DEFAULT_BACKBONE,
    SETTINGS,
    SIZE_OF_SOURCE,
    TrainingConfig,
)
from training.errors import ConfigError
from training.learning.backbones import BACKBONES
from training.learning.choices import BACKBONE, START_FROM, VARYING, WEIGHTS_FILE
from training.learning.methods import Augmentation
from training.learning.presets import (
    PRESETS,
    check_config,
    method_of,
    taken_settings,
    training_config,
)
from training.learning.settling import settle_batch

EVERYTHING = Augmentation(
    least_area=0.5, stretch=1.5, colour=0.1, rotate=10.0, erase=0.2, mixup=0.2
)
VALUES = {BACKBONE: "mobilenet-v3", WEIGHTS_FILE: "mine.h5", START_FROM: "earlier"}


@pytest.mark.parametrize("preset", PRESETS)
@pytest.mark.parametrize("field", VALUES)
def test_a_preset_takes_a_choice_or_says_that_it_does_not(preset: str, field: str) -> None:
    if field in PRESETS[preset].takes:
        assert getattr(training_config(preset, "a", **{field: VALUES[field]}), field)
        return
    with pytest.raises(ConfigError) as caught:
        training_config(preset, "a", **{field: VALUES[field]})
    assert caught.value.field == field
    assert PRESETS[preset].title in caught.value.message


def test_a_backbone_that_there_is_not_is_refused_with_those_that_there_are() -> None:
    with pytest.raises(ConfigError) as caught:
        training_config("express", "a", backbone="resnet")
    assert caught.value.field == BACKBONE
    assert all(key in caught.value.hint for key in BACKBONES)


def test_only_a_run_that_starts_from_another_leaves_its_image_size_open() -> None:
    assert training_config("continue", "a").image_size == SIZE_OF_SOURCE
    with pytest.raises(ConfigError) as caught:
        training_config("notebook", "a", image_size=SIZE_OF_SOURCE)
    assert caught.value.field == "image_size"
    with pytest.raises(ConfigError):
        training_config("continue", "a", image_size=31)


def test_settings_of_runs_before_there_were_choices_are_read_as_what_they_were() -> None:
    config = training_config("express", "a")
    facts = {
        name: value for name, value in dataclasses.asdict(config).items() if name not in VALUES
    }
    read = TrainingConfig.from_json(json.dumps(facts))
    check_config(read)
    assert (read.backbone, read.weights_file, read.start_from) == (DEFAULT_BACKBONE, "", "")


@pytest.mark.parametrize("preset", PRESETS)
def test_every_preset_says_whether_it_works_offline(preset: str) -> None:
    assert "offline" in PRESETS[preset].sentence


def test_a_batch_size_left_to_the_program_is_the_presets_or_all_that_there_are() -> None:
    config = training_config("notebook", "pets", batch_size=AUTO_BATCH)
    assert settle_batch(config, pictures=500).batch_size == 20
    assert settle_batch(config, pictures=7).batch_size == 7
    own = training_config("notebook", "pets", batch_size=12)
    assert settle_batch(own, pictures=7) == own


def test_settings_say_all_of_a_method_and_change_only_what_they_name() -> None:
    for row in PRESETS.values():
        own = training_config(row.key, "pets")
        assert method_of(own) == row.method
        assert None not in dataclasses.asdict(own).values()
    changed = training_config("scratch", "pets", optimizer="sgd", rotate=15.0)
    method, before = method_of(changed), PRESETS["scratch"].method
    assert (method.optimizer, method.augmentation.rotate) == ("sgd", 15.0)
    assert method.augmentation.least_area == before.augmentation.least_area
    assert method.phases == before.phases


def test_a_preset_that_learns_from_features_refuses_to_vary_them() -> None:
    for field, value in asdict(EVERYTHING).items():
        with pytest.raises(ConfigError, match="features") as caught:
            training_config("express", "a", **{field: value})
        assert caught.value.field == field
        assert getattr(training_config("notebook", "a", **{field: value}), field) == value


def test_what_a_preset_takes_is_what_it_looks_at() -> None:
    taken = {key: taken_settings(row) for key, row in PRESETS.items()}
    assert set(SETTINGS) - set(taken["notebook"]) == {
        "dataset", "preset", BACKBONE, WEIGHTS_FILE, START_FROM,
    }  # fmt: skip
    assert set(taken["notebook"]) - set(taken["express"]) == set(VARYING)
    assert set(taken["express"]) - set(taken["notebook"]) == {BACKBONE, WEIGHTS_FILE}
    assert "image_size" not in taken["continue"]
    assert taken["continue"].index("epochs") < taken["continue"].index("optimizer")
