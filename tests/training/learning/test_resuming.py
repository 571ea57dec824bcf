"""A training that ends between any two of its writes goes on as if it had not."""

import dataclasses
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from tests.training.learning.watching import Watcher, at_step, small
from training.cancellation import Cancelled, CancelToken
from training.errors import ConfigError
from training.events import EpochEnded
from training.home import Home
from training.inference.classifier import Classifier
from training.learning import callbacks, ledger
from training.learning.checkpoint import BEST_FILE
from training.learning.trainer import resume, train
from training.runs.history import read_history
from training.runs.lab_book import RunInfo, list_runs
from training.runs.run_folder import (
    CHECKPOINT_FOLDER,
    FINISHED,
    KERAS_FILE,
    UNFINISHED,
    read_record,
    record_metrics,
)


class PulledPlugError(BaseException):
    """What nothing in the program can catch, as with a kill."""


def pull_plug_at(calls: int, real: Callable[..., object]) -> Callable[..., object]:
    """The function, until its call of that number, which does nothing and ends the program."""
    left = [calls]

    def called(*arguments: object, **named: object) -> object:
        left[0] -= 1
        if left[0] == 0:
            raise PulledPlugError
        return real(*arguments, **named)

    return called


def only_run(home: Home) -> str:
    (info,) = list_runs(home)
    return info.run


@pytest.mark.slow
@pytest.mark.parametrize("write", ["save_state", "save_best", "write_history", "write_record"])
def test_a_kill_before_any_write_leaves_best_weights_and_history_that_belong_together(
    sample_home: Home, monkeypatch: pytest.MonkeyPatch, write: str
) -> None:
    import keras

    def last_epoch(history: list[object]) -> object:
        return history[-1] if history else None

    def recorded(
        folder: Path, network: keras.Model, history: list[object], **named: object
    ) -> None:
        weights_of_epoch[len(history) - 1] = network.get_weights()
        save_state(folder, network, history, **named)

    weights_of_epoch: dict[int, list[np.ndarray]] = {}
    save_state = ledger.save_state
    monkeypatch.setattr(ledger, "best_epoch", last_epoch)  # each epoch is better than the last
    monkeypatch.setattr(ledger, "save_state", recorded)
    with monkeypatch.context() as killed:
        killed.setattr(ledger, write, pull_plug_at(2, getattr(ledger, write)))
        with pytest.raises(PulledPlugError):
            train(small(), sample_home, emit=Watcher(), token=CancelToken())

    token = CancelToken()
    token.finish_now()
    result = resume(only_run(sample_home), sample_home, emit=Watcher(), token=token)
    assert len(read_history(result.folder)) == result.epochs
    assert result.best_epoch == result.epochs - 1
    kept = keras.models.load_model(result.folder / KERAS_FILE, compile=False).get_weights()
    learned = weights_of_epoch[result.best_epoch]
    for one, other in zip(kept[:-2], learned[:-2], strict=True):
        assert np.array_equal(one, other)
    judgement = read_record(result.folder).judgement
    assert judgement is not None
    for one, other in zip(kept[-2:], learned[-2:], strict=True):  # the temperature is in there
        assert one == pytest.approx(other / judgement.temperature, rel=1e-5)


@pytest.mark.fault(74)
def test_the_best_epoch_before_a_restart_is_not_overwritten_by_a_worse_one_after_it(
    sample_home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    def worse(*figures: object, **named: object) -> EpochEnded:
        return dataclasses.replace(EpochEnded(*figures, **named), val_accuracy=0.0, val_loss=99.0)

    token = CancelToken()
    watcher = Watcher(at_step(1, 0), lambda: token.cancel(keep_saved=True))
    with pytest.raises(Cancelled):
        train(small(), sample_home, emit=watcher, token=token)
    best = sample_home.runs / only_run(sample_home) / CHECKPOINT_FOLDER / BEST_FILE
    before = best.read_bytes()
    monkeypatch.setattr(callbacks, "EpochEnded", worse)
    result = resume(only_run(sample_home), sample_home, emit=Watcher(), token=CancelToken())
    assert [epoch.val_loss == 99.0 for epoch in read_history(result.folder)] == [False, True]
    assert (result.best_epoch, result.epochs) == (0, 2)
    assert best.read_bytes() == before


@pytest.fixture(scope="module")
def trained_source(sample_source: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with a finished run, trained once for all tests of this file."""
    root = tmp_path_factory.mktemp("trained") / "home"
    shutil.copytree(sample_source, root)
    train(small(), Home(root), emit=Watcher(), token=CancelToken())
    return root


@pytest.fixture
def trained_home(trained_source: Path, tmp_path: Path) -> Home:
    root = tmp_path / "home"
    shutil.copytree(trained_source, root)
    return Home(root)


@pytest.fixture
def finished(trained_home: Home) -> RunInfo:
    (info,) = list_runs(trained_home)
    return info


def test_a_kill_while_the_files_of_a_longer_run_replace_the_old_ones_is_mended_by_resuming(
    trained_home: Home, finished: RunInfo, monkeypatch: pytest.MonkeyPatch
) -> None:
    remove = shutil.rmtree

    def before_the_record(folder: Path, *arguments: object, **named: object) -> None:
        if Path(folder).parent.name == CHECKPOINT_FOLDER and not named:
            raise PulledPlugError
        remove(folder, *arguments, **named)

    with monkeypatch.context() as killed:
        killed.setattr(shutil, "rmtree", before_the_record)
        with pytest.raises(PulledPlugError):
            resume(finished.run, trained_home, emit=Watcher(), token=CancelToken(), epochs=3)
    assert list_runs(trained_home)[0].state == UNFINISHED
    resume(finished.run, trained_home, emit=Watcher(), token=CancelToken())
    assert read_record(finished.folder).state == FINISHED
    assert Classifier.load(finished.folder)


@pytest.mark.parametrize("epochs", [0, 1])
def test_a_number_of_epochs_that_is_refused_leaves_the_run_as_it_was(
    trained_home: Home, finished: RunInfo, epochs: int
) -> None:
    before = read_record(finished.folder)
    with pytest.raises(ConfigError):
        resume(finished.run, trained_home, emit=Watcher(), token=CancelToken(), epochs=epochs)
    assert read_record(finished.folder) == before


def test_figures_of_the_test_split_stay_as_long_as_the_weights_do(
    trained_home: Home, finished: RunInfo
) -> None:
    record_metrics(finished.folder, "test", {"accuracy": 0.75})
    resume(finished.run, trained_home, emit=Watcher(), token=CancelToken())
    assert read_record(finished.folder).metrics["test"] == {"accuracy": 0.75}


def test_what_a_kill_left_half_written_is_removed_when_the_run_goes_on(
    trained_home: Home, finished: RunInfo
) -> None:
    halves = [
        finished.folder / ".run-0123abcd.partial.json",
        finished.folder / CHECKPOINT_FOLDER / ".state-0123abcd.partial.npz",
    ]
    for half in halves:
        half.write_bytes(b"half")
    resume(finished.run, trained_home, emit=Watcher(), token=CancelToken())
    assert not [half for half in halves if half.exists()]
