"""The light modules: settings, errors, progress, atomic files, cancellation."""

import errno
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training import atomic
from training.cancellation import Cancelled, CancelToken
from training.config import SplitConfig, check_name
from training.errors import ConfigError, explain
from training.learning.presets import PRESETS, training_config


def test_notebook_preset_has_the_notebooks_settings() -> None:
    row = PRESETS["notebook"]
    assert (row.epochs, row.steps_per_epoch, row.validation_steps) == (100, 100, 50)
    assert (row.batch_size, row.image_size, row.learning_rate) == (20, 150, 1e-4)
    assert PRESETS["notebook-described"].epochs == 50


@pytest.mark.fault(93)
@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("epochs", 0),
        ("batch_size", -1),
        ("learning_rate", 0.0),
        ("learning_rate", float("nan")),
        ("image_size", 8),
        ("seed", -1),
        ("device", "tpu"),
    ],
)
def test_a_setting_outside_its_range_names_its_field(field: str, value: object) -> None:
    with pytest.raises(ConfigError) as caught:
        training_config("notebook", "kaggle", **{field: value})
    assert caught.value.field == field
    assert caught.value.hint


def test_a_preset_refuses_pictures_too_small_for_its_network() -> None:
    with pytest.raises(ConfigError, match="76 x 76"):
        training_config("notebook-described", "kaggle", image_size=64)


@pytest.mark.parametrize("name", ["../up", "", ".hidden", "a/b", "a\\b", "nul\0", "x" * 81, "a."])
def test_names_that_could_leave_their_folder_are_refused(name: str) -> None:
    with pytest.raises(ConfigError):
        check_name(name)


@given(st.text(max_size=90))
def test_an_accepted_name_is_one_plain_folder_name(name: str) -> None:
    try:
        check_name(name)
    except ConfigError:
        return
    assert Path(name).name == name
    assert not name.startswith(".")


def test_shares_that_exceed_one_are_refused() -> None:
    with pytest.raises(ConfigError, match="more than 1"):
        SplitConfig(train=0.8, validation=0.3).validate()


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EACCES, errno.EROFS, errno.ENOENT])
def test_system_errors_become_sentences_that_name_the_file(number: int) -> None:
    text = explain(OSError(number, os.strerror(number), "/pictures/cat.jpg"))
    assert "/pictures/cat.jpg" in text.message
    assert text.hint


def test_an_unexpected_error_points_at_the_log() -> None:
    assert "log" in explain(ZeroDivisionError("x")).hint


def test_a_cancelled_token_raises_and_stays_cancelled() -> None:
    token = CancelToken()
    token.raise_if_cancelled()
    token.cancel()
    token.finish_now()
    with pytest.raises(Cancelled):
        token.raise_if_cancelled()


def test_a_failed_write_leaves_the_old_file_whole(tmp_path: Path) -> None:
    target = tmp_path / "run.json"
    atomic.write_text(target, "good")
    with pytest.raises(RuntimeError), atomic.replacing(target) as temporary:  # noqa: PT012
        temporary.write_text("half", encoding="utf-8")
        raise RuntimeError
    assert target.read_text(encoding="utf-8") == "good"
    assert [path.name for path in tmp_path.iterdir()] == ["run.json"]
