"""A training that finds too little memory goes on with smaller batches."""

import gc
import weakref
from collections.abc import Callable
from pathlib import Path

import keras
import numpy as np
import pytest
import tensorflow as tf
from hypothesis import given
from hypothesis import strategies as st

from tests.training.learning.growing import GROWING, ONE_PHASE, settings, shrink
from tests.training.learning.watching import Watcher, at_step, is_stage, notices, starts
from training.cancellation import Cancelled, CancelToken
from training.config import TrainingConfig
from training.errors import OutOfMemoryError
from training.events import Event, RunStarted, Stage
from training.home import Home
from training.learning import models, session
from training.learning.checkpoint import read_checkpoint
from training.learning.pipeline import Batch, Batches
from training.learning.recovering import halved
from training.learning.trainer import resume, train
from training.runs.lab_book import list_runs
from training.runs.run_folder import FINISHED, UNFINISHED, read_record

FIFTH_BATCH = 4


@pytest.fixture(autouse=True)
def tiny(monkeypatch: pytest.MonkeyPatch) -> None:
    """One phase; a test that wants several takes them."""
    shrink(monkeypatch, ONE_PHASE)


def no_memory() -> None:
    raise tf.errors.ResourceExhaustedError(None, None, "OOM when allocating tensor")


def holds_batches_of(
    most: int,
    monkeypatch: pytest.MonkeyPatch,
    *,
    since: int = 0,
    counts: Callable[[Batches], bool] = lambda _: True,
) -> None:
    """A computer whose memory is too small for larger batches, from a step on."""
    sound = Batches.batch

    def batch(self: Batches, step: int) -> Batch:
        if self.batch_size > most and step >= since and counts(self):
            raise MemoryError
        return sound(self, step)

    monkeypatch.setattr(Batches, "batch", batch)


def validates(batches: Batches) -> bool:
    return batches._passes == 1


def arrays(folder: Path) -> dict[str, np.ndarray]:
    entries = read_checkpoint(folder).entries
    return {n: a for n, a in entries.items() if n.startswith(("model", "optimizer", "gathered"))}


@pytest.mark.fault(76)
def test_a_batch_that_finds_no_memory_is_halved_and_the_run_goes_on_from_its_checkpoint(
    sample_home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    holds_batches_of(4, monkeypatch, since=FIFTH_BATCH)
    watcher = Watcher()
    result = train(settings(epochs=2), sample_home, emit=watcher, token=CancelToken())
    assert starts(watcher) == [(0, 0, 3, 8), (1, 0, 6, 4)]
    (said,) = notices(watcher)
    assert "not enough memory" in said
    assert "4 pictures now instead of 8; the weights change after every 2 of them." in said
    record = read_record(result.folder)
    assert (record.state, record.epochs_done, record.recovered) == (FINISHED, 2, ("memory",))
    config = record.config
    assert (config.batch_size, config.accumulation) == (4, 2)
    assert (config.steps_per_epoch, config.validation_steps) == (6, 4)


@pytest.mark.slow
@pytest.mark.fault(76)
def test_a_halved_run_that_pauses_between_two_changes_of_its_weights_goes_on_bit_for_bit(
    sample_home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    holds_batches_of(4, monkeypatch, since=FIFTH_BATCH)
    straight = train(settings(epochs=2), sample_home, emit=Watcher(), token=CancelToken())
    token = CancelToken()

    def one_of_two_waits(event: Event) -> bool:
        is_halved = sum(isinstance(each, RunStarted) for each in watcher) > 1
        return is_halved and at_step(1, 2)(event)

    watcher = Watcher(one_of_two_waits, lambda: token.cancel(keep_saved=True))
    with pytest.raises(Cancelled):
        train(settings(epochs=2), sample_home, emit=watcher, token=token)
    folder = only_other(sample_home, straight.run)
    assert any(np.any(array) for name, array in arrays(folder).items() if "gathered" in name)
    watcher = Watcher()
    resume(folder.name, sample_home, emit=watcher, token=CancelToken())
    assert starts(watcher) == [(1, 3, 6, 4)]
    assert notices(watcher) == []
    one, other = arrays(folder), arrays(straight.folder)
    assert one.keys() == other.keys()
    assert [name for name in one if not np.array_equal(one[name], other[name])] == []


def only_other(home: Home, run: str) -> Path:
    (other,) = [info.folder for info in list_runs(home) if info.run != run]
    return other


@pytest.mark.slow
@pytest.mark.fault(76)
def test_after_five_halvings_the_run_ends_with_a_sentence_and_can_be_resumed(
    sample_home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = settings(epochs=2, batch_size=64)
    with monkeypatch.context() as small_memory:
        holds_batches_of(1, small_memory, since=FIFTH_BATCH)
        watcher = Watcher()
        with pytest.raises(OutOfMemoryError, match="the last checkpoint is kept"):
            train(config, sample_home, emit=watcher, token=CancelToken())
    assert [size for *_, size in starts(watcher)] == [64, 32, 16, 8, 4, 2]
    assert len(notices(watcher)) == 5
    (left,) = list_runs(sample_home)
    assert (left.state, left.epochs) == (UNFINISHED, 1)
    watcher = Watcher()
    resume(left.run, sample_home, emit=watcher, token=CancelToken())
    assert starts(watcher) == [(1, 0, 96, 2)]


@pytest.mark.fault(76)
def test_batches_of_one_picture_are_not_halved(
    sample_home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    holds_batches_of(0, monkeypatch)
    watcher = Watcher()
    with pytest.raises(OutOfMemoryError) as caught:
        train(settings(batch_size=2), sample_home, emit=watcher, token=CancelToken())
    assert len(notices(watcher)) == 1
    assert "The training begins again" in notices(watcher)[0]
    assert "checkpoint" not in str(caught.value)  # there is none
    assert list_runs(sample_home) == []


@pytest.mark.slow
@pytest.mark.fault(76)
def test_a_validation_that_finds_no_memory_is_halved_too(
    sample_home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    holds_batches_of(4, monkeypatch, counts=validates)
    watcher = Watcher()
    train(settings(epochs=1), sample_home, emit=watcher, token=CancelToken())
    assert starts(watcher) == [(0, 0, 3, 8), (0, 0, 6, 4)]


@pytest.mark.slow
@pytest.mark.fault(76)
def test_a_network_that_finds_no_memory_is_built_again(
    sample_home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, failures = models._ARCHITECTURES["scratch"], [no_memory]

    def build(image_size: int) -> keras.Model:
        if failures:
            failures.pop()()
        return real(image_size)

    monkeypatch.setitem(models._ARCHITECTURES, "scratch", build)  # type: ignore[misc]
    watcher = Watcher()
    train(settings(epochs=1), sample_home, emit=watcher, token=CancelToken())
    assert starts(watcher) == [(0, 0, 6, 4)]


@pytest.mark.slow
@pytest.mark.fault(76)
def test_a_finishing_that_finds_no_memory_is_done_again_in_small_batches(
    sample_home: Home,
) -> None:
    watcher = Watcher(is_stage(Stage.EVALUATING), no_memory)
    result = train(settings(epochs=1), sample_home, emit=watcher, token=CancelToken())
    assert starts(watcher) == [(0, 0, 3, 8), (1, 0, 6, 4)]
    assert read_record(result.folder).state == FINISHED


@pytest.mark.slow
@pytest.mark.fault(76)
def test_the_network_that_found_no_memory_is_gone_before_the_next_is_built(
    sample_home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    networks: list[weakref.ref[keras.Model]] = []
    alive: list[int] = []
    compile_learner = session.compile_learner

    def watched(network: keras.Model, *arguments: object) -> None:
        alive.append(sum(each() is not None for each in networks))
        networks.append(weakref.ref(network))
        compile_learner(network, *arguments)

    monkeypatch.setattr(session, "compile_learner", watched)
    holds_batches_of(2, monkeypatch, since=1)
    gc.disable()
    try:
        train(settings(epochs=1), sample_home, emit=lambda _: None, token=CancelToken())
    finally:
        gc.enable()
    assert alive == [0, 0, 0]


@pytest.mark.slow
def test_memory_may_be_short_in_a_later_phase(
    sample_home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    shrink(monkeypatch, GROWING)
    holds_batches_of(4, monkeypatch, counts=lambda batches: batches.row_shape[0] == 64)
    watcher = Watcher()
    train(settings(epochs=3), sample_home, emit=watcher, token=CancelToken())
    assert starts(watcher) == [(0, 0, 3, 8), (2, 0, 6, 4)]


@given(
    size=st.integers(1, 4096),
    accumulation=st.integers(1, 8),
    steps=st.integers(1, 1000),
)
def test_halving_keeps_the_pictures_of_a_change_and_the_changes_of_an_epoch(
    size: int, accumulation: int, steps: int
) -> None:
    before = TrainingConfig(
        dataset="d",
        preset="scratch",
        epochs=1,
        steps_per_epoch=steps * accumulation,
        validation_steps=steps,
        batch_size=size,
        image_size=64,
        learning_rate=1e-3,
        accumulation=accumulation,
    )
    after = halved(before)
    if after is None:
        assert size == 1
        return
    assert after.batch_size == size // 2
    off = abs(after.batch_size * after.accumulation - size * accumulation)
    assert off <= after.batch_size / 2
    assert after.steps_per_epoch == steps * after.accumulation
    assert after.validation_steps * after.batch_size >= before.validation_steps * size
