"""The process that a stranger's model is tried in, and what its end is called."""

import hashlib
import time
from pathlib import Path

import pytest

from tests.patience import CANCEL_S
from tests.training.learning.foreign.crafting import (
    GOOD,
    before_answer,
    dense,
    lambda_layer,
    layer,
    members,
    sequential,
    write_h5,
    write_keras,
)
from training.cancellation import Cancelled, CancelToken
from training.errors import ModelFileError
from training.events import Event, Stage, StageStarted
from training.learning.foreign.facts import Answer
from training.learning.foreign.trial import (
    LEAST_MEMORY_BYTES,
    Limits,
    Tried,
    limits_here,
    try_model,
)

ROOM = Limits(memory_bytes=LEAST_MEMORY_BYTES)


def attempt(file: Path, limits: Limits | None = None, **told: object) -> Tried:
    folder = file.parent / "trial"
    folder.mkdir()
    listening = {"emit": lambda _: None, "token": CancelToken()} | told
    return try_model(file, folder, limits=limits, **listening)


@pytest.mark.fault(1, 2)
@pytest.mark.parametrize("form", ["keras", "h5"])
def test_a_refusal_comes_back_from_the_process_and_no_code_ran(tmp_path: Path, form: str) -> None:
    canary, file = tmp_path / "canary", tmp_path / f"model.{form}"
    architecture = before_answer(lambda_layer(canary))
    if form == "keras":
        write_keras(file, members(architecture))
    else:
        write_h5(file, architecture)
    with pytest.raises(ModelFileError, match="Lambda"):
        attempt(file)
    assert not canary.exists()


def test_a_sentence_calls_the_file_by_its_own_name(tmp_path: Path) -> None:
    file = tmp_path / "garfield.keras"
    file.write_bytes(b"nothing")
    with pytest.raises(ModelFileError, match=r"garfield\.keras is no Keras model"):
        attempt(file)


def test_a_trial_that_takes_too_long_is_ended(tmp_path: Path) -> None:
    with pytest.raises(ModelFileError, match="too large for this computer"):
        attempt(write_keras(tmp_path / "m.keras"), Limits(0, seconds=0))


def test_a_cancel_ends_the_process_within_two_seconds(tmp_path: Path) -> None:
    token = CancelToken()

    def cancel_at_trial(event: Event) -> None:
        if isinstance(event, StageStarted) and event.stage is Stage.TRYING_MODEL:
            token.cancel()

    started = time.monotonic()
    with pytest.raises(Cancelled):
        attempt(write_keras(tmp_path / "m.keras"), emit=cancel_at_trial, token=token)
    assert time.monotonic() - started < CANCEL_S


def test_a_process_that_ends_without_a_word_is_told_as_such(tmp_path: Path) -> None:
    tight = Limits(memory_bytes=100 << 20)  # Python itself gets no further
    with pytest.raises(ModelFileError) as caught:
        attempt(write_keras(tmp_path / "m.keras"), tight)
    assert caught.value.hint


def test_this_computer_has_limits_that_tensorflow_fits_in() -> None:
    limits = limits_here()
    assert limits.memory_bytes == 0 or limits.memory_bytes >= LEAST_MEMORY_BYTES


@pytest.mark.slow
@pytest.mark.fault(14)
def test_a_product_of_large_layers_runs_into_the_limit(tmp_path: Path) -> None:
    large = [dense(20_000) for _ in range(20)]
    for number, each in enumerate(large):
        each["config"]["name"] = f"dense_{number}"
    architecture = sequential(*GOOD[:-1], *large, GOOD[-1])
    with pytest.raises(ModelFileError, match="too large for this computer"):
        attempt(write_keras(tmp_path / "m.keras", members(architecture)), ROOM)


@pytest.mark.slow
@pytest.mark.fault(8)
@pytest.mark.fault(27)
def test_what_was_read_once_is_what_is_tried(tmp_path: Path) -> None:
    canary, file = tmp_path / "canary", tmp_path / "m.keras"
    evil = {"module": "os", "class_name": "system", "config": f"touch {canary}"}
    write_keras(file, members({**sequential(), "compile_config": {"loss": evil}}))
    sha256 = hashlib.sha256(file.read_bytes()).hexdigest()

    def replace_at_trial(event: Event) -> None:
        if isinstance(event, StageStarted) and event.stage is Stage.TRYING_MODEL:
            write_keras(file, members(before_answer(lambda_layer(canary))))

    tried = attempt(file, ROOM, emit=replace_at_trial)
    assert tried.model.sha256 == sha256
    assert (tried.model.answer, tried.model.name) == (Answer.SIGMOID, "m.keras")
    assert tried.network.is_file()
    assert not canary.exists()


@pytest.mark.slow
@pytest.mark.fault(28)
def test_what_keras_says_of_a_model_comes_back_as_a_sentence(tmp_path: Path) -> None:
    architecture = before_answer(layer("Dropout", rate=0.5, old_option=3))
    with pytest.raises(ModelFileError, match=r"saved by Keras 2\.5\.0, with settings"):
        attempt(write_h5(tmp_path / "m.h5", architecture), ROOM)
