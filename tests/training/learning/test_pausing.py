"""A training that pauses anywhere goes on from there, to the same weights bit for bit."""

import errno
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from tests.training.learning.undisturbed import assert_same, varied_pictures
from tests.training.learning.watching import Watcher, at_step, small
from training.cancellation import Cancelled, CancelToken
from training.config import TrainingConfig
from training.errors import TrainingError
from training.events import Event, Noticed, RunStarted, Stage, StageStarted, StepEnded
from training.home import Home
from training.learning import keeping, ledger
from training.learning.checkpoint import read_checkpoint
from training.learning.trainer import resume, train
from training.runs.history import read_history
from training.runs.lab_book import list_runs
from training.runs.run_folder import (
    CHECKPOINT_FOLDER,
    FINISHED,
    STATE_FILE,
    UNFINISHED,
    read_record,
)


def paused(home: Home, condition: object, config: TrainingConfig) -> str:
    """Train until then, pause; returns the run."""
    before = {info.run for info in list_runs(home)}
    token = CancelToken()
    watcher = Watcher(condition, lambda: token.cancel(keep_saved=True))
    with pytest.raises(Cancelled):
        train(config, home, emit=watcher, token=token)
    (run,) = {info.run for info in list_runs(home)} - before
    return run


@pytest.fixture(scope="module", autouse=True)
def varied() -> Iterator[None]:
    with varied_pictures():
        yield


@pytest.mark.parametrize(
    ("epoch", "step"),
    [
        pytest.param(0, 0, id="in the first step", marks=pytest.mark.slow),
        pytest.param(1, 1, id="in the middle"),
        pytest.param(0, 2, id="in a validation", marks=pytest.mark.slow),
        pytest.param(1, 2, id="in the last validation"),
    ],
)
def test_a_paused_training_goes_on_bit_for_bit_from_its_step(
    sample_home: Home, unbroken: Path, epoch: int, step: int
) -> None:
    run = paused(sample_home, at_step(epoch, step), small())
    (left,) = list_runs(sample_home)
    assert (left.state, left.epochs) == (UNFINISHED, epoch)
    watcher = Watcher()
    result = resume(run, sample_home, emit=watcher, token=CancelToken())
    (started,) = watcher.kinds(RunStarted)
    assert isinstance(started, RunStarted)
    assert (started.first_epoch, started.first_step) == (epoch, step + 1)
    learned = [(one.epoch, one.step) for one in watcher.kinds(StepEnded)]
    assert learned == [(e, s) for e in range(2) for s in range(3) if (e, s) > (epoch, step)]
    assert_same(result.folder, unbroken)


@pytest.mark.slow
def test_a_pause_of_a_resumed_training_is_one_more_pause(sample_home: Home, unbroken: Path) -> None:
    run = paused(sample_home, at_step(0, 0), small())
    for place in [(0, 1), (0, 2), (1, 0), (1, 1)]:
        token = CancelToken()
        watcher = Watcher(at_step(*place), lambda token=token: token.cancel(keep_saved=True))
        with pytest.raises(Cancelled):
            resume(run, sample_home, emit=watcher, token=token)
    assert_same(resume(run, sample_home, emit=Watcher(), token=CancelToken()).folder, unbroken)


def test_a_pause_before_anything_is_learned_leaves_no_run(sample_home: Home) -> None:
    token = CancelToken()

    def is_tracing(event: Event) -> bool:
        return isinstance(event, StageStarted) and event.stage == Stage.TRACING

    watcher = Watcher(is_tracing, lambda: token.cancel(keep_saved=True))
    with pytest.raises(Cancelled):
        train(small(), sample_home, emit=watcher, token=token)
    assert list_runs(sample_home) == []


@pytest.mark.fault(70)
def test_a_damaged_checkpoint_is_told_and_the_run_goes_on_from_the_one_before(
    sample_home: Home, unbroken: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "CHECKPOINT_EVERY_S", 0.0)
    run = paused(sample_home, at_step(1, 1), small())
    newest = sample_home.runs / run / CHECKPOINT_FOLDER / STATE_FILE
    newest.write_bytes(newest.read_bytes()[:-1000])
    watcher = Watcher()
    result = resume(run, sample_home, emit=watcher, token=CancelToken())
    (said,) = [event for event in watcher.kinds(Noticed) if isinstance(event, Noticed)]
    assert "the one before it" in said.message
    (started,) = watcher.kinds(RunStarted)
    assert isinstance(started, RunStarted)
    assert (started.first_epoch, started.first_step) == (1, 1)
    assert_same(result.folder, unbroken)


@pytest.mark.fault(68)
def test_a_pause_on_a_full_disk_is_a_sentence_and_leaves_the_checkpoint_before(
    sample_home: Home, unbroken: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_space(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device", "state.npz")

    run = paused(sample_home, at_step(0, 1), small())
    token = CancelToken()
    watcher = Watcher(at_step(1, 0), lambda: token.cancel(keep_saved=True))
    with monkeypatch.context() as full:
        full.setattr(np, "savez", no_space)
        full.setattr(ledger.Ledger, "keep", lambda *_: None)  # filled inside the epoch
        with pytest.raises(TrainingError, match="pauses"):
            resume(run, sample_home, emit=watcher, token=token)
    result = resume(run, sample_home, emit=Watcher(), token=CancelToken())
    assert_same(result.folder, unbroken)


@pytest.mark.slow
def test_seconds_go_on_where_the_pause_came(sample_home: Home) -> None:
    run = paused(sample_home, at_step(0, 1), small(epochs=1))
    before = read_checkpoint(sample_home.runs / run).position.seconds
    result = resume(run, sample_home, emit=Watcher(), token=CancelToken())
    (epoch,) = read_history(result.folder)
    assert epoch.seconds > before > 0


@pytest.mark.slow
def test_a_checkpoint_is_due_inside_an_epoch_and_a_kill_costs_no_more_than_the_steps_since(
    sample_home: Home, unbroken: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class PulledPlugError(BaseException):
        pass

    def pull() -> None:
        raise PulledPlugError

    monkeypatch.setattr(keeping, "CHECKPOINT_EVERY_S", 0.0)
    with pytest.raises(PulledPlugError):
        train(small(), sample_home, emit=Watcher(at_step(1, 1), pull), token=CancelToken())
    (left,) = list_runs(sample_home)
    place = read_checkpoint(left.folder).position
    assert place.step == 1  # the second step was learned, and the next one not begun
    result = resume(left.run, sample_home, emit=Watcher(), token=CancelToken())
    assert read_record(result.folder).state == FINISHED
    assert_same(result.folder, unbroken)


@pytest.mark.slow
def test_an_epoch_shorter_than_the_interval_has_no_checkpoint_inside(
    sample_home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping.Keeper, "_keep", lambda *_: pytest.fail("a checkpoint inside"))
    train(small(), sample_home, emit=Watcher(), token=CancelToken())
