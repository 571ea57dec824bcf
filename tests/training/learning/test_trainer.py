"""Real trainings on the drawn sample set, small enough for every test run."""

import dataclasses
import errno
import json
import math
import os
from pathlib import Path

import numpy as np
import pytest

from tests.training.learning.conftest import Learned
from tests.training.learning.watching import Watcher, small
from training.cancellation import Cancelled, CancelToken
from training.dataset.catalog import Split
from training.dataset.library import open_dataset
from training.errors import ConfigError, NotANumberError, RunError, TrainingError
from training.events import (
    EpochEnded,
    Event,
    NetworkBuilt,
    Noticed,
    RunStarted,
    StageStarted,
    StepEnded,
)
from training.home import Home
from training.inference.classifier import Classifier
from training.learning.export import H5_NAME, export_run
from training.learning.pipeline import Batch, Batches
from training.learning.presets import training_config
from training.learning.trainer import describe, resume, train
from training.method_settings import FLOAT32
from training.runs.history import read_history
from training.runs.lab_book import list_runs
from training.runs.run_folder import FINISHED, ONNX_FILE, read_record


def test_a_training_leaves_a_finished_run_that_classifies(learned: Learned) -> None:
    watcher, result = learned.told, learned.result
    record = read_record(result.folder)
    assert record.state == FINISHED
    assert record.config == small(precision=FLOAT32)
    assert record.class_names == ("cat", "dog")
    assert len(read_history(result.folder)) == record.epochs_done == 2
    assert result.val_accuracy == record.metrics["validation"]["accuracy"]
    assert len(watcher.kinds(StepEnded)) == 6
    assert [event.epoch for event in watcher.kinds(EpochEnded)] == [0, 1]
    with open_dataset(learned.home, "sample") as catalog:
        paths = [picture.path for picture in catalog.pictures(split=Split.TEST)]
    verdicts = Classifier.load(result.folder).classify(paths)
    assert {verdict.verdict for verdict in verdicts} <= {"cat", "dog", "neither"}
    alone = [Classifier.load(result.folder).classify([path])[0].p_dog for path in paths[:3]]
    assert np.allclose(alone, [verdict.p_dog for verdict in verdicts[:3]], atol=1e-5)


def test_the_test_split_is_never_looked_at(sample_home: Home) -> None:
    with open_dataset(sample_home, "sample") as catalog:
        for picture in catalog.pictures(split=Split.TEST):
            picture.path.unlink()
    train(small(epochs=1), sample_home, emit=Watcher(), token=CancelToken())


@pytest.mark.slow
@pytest.mark.fault(71)
@pytest.mark.fault(75)
def test_a_resumed_training_goes_bit_for_bit_as_one_that_never_stopped(sample_home: Home) -> None:
    straight = train(small(epochs=3), sample_home, emit=Watcher(), token=CancelToken())

    class PulledPlug(BaseException):
        pass

    def pull() -> None:
        raise PulledPlug

    def second_epoch_begins(event: Event) -> bool:
        return isinstance(event, StepEnded) and event.epoch == 2

    with pytest.raises(PulledPlug):
        train(
            small(epochs=3),
            sample_home,
            emit=Watcher(second_epoch_begins, pull),
            token=CancelToken(),
        )
    stopped = next(info for info in list_runs(sample_home) if info.run != straight.run)
    assert stopped.state != FINISHED
    assert stopped.epochs == 2
    watcher = Watcher()
    result = resume(stopped.run, sample_home, emit=watcher, token=CancelToken())
    started = watcher.kinds(RunStarted)[0]
    assert isinstance(started, RunStarted)
    assert started.first_epoch == 2
    assert figures(result.folder) == figures(straight.folder)
    assert read_record(result.folder).metrics == read_record(straight.folder).metrics


def figures(folder: Path) -> list[tuple[float, ...]]:
    return [
        (epoch.loss, epoch.accuracy, epoch.val_loss, epoch.val_accuracy)
        for epoch in read_history(folder)
    ]


def test_a_finished_run_can_be_given_more_epochs(learned: Learned, learned_home: Home) -> None:
    run = learned.result.run
    longer = resume(run, learned_home, emit=Watcher(), token=CancelToken(), epochs=3)
    assert longer.epochs == 3
    with pytest.raises(ConfigError, match="already has 3"):
        resume(run, learned_home, emit=Watcher(), token=CancelToken(), epochs=2)


def test_a_run_is_not_resumed_on_another_split(learned: Learned, learned_home: Home) -> None:
    with open_dataset(learned_home, "sample") as catalog:
        moved = catalog.pictures(split=Split.TEST)[0]
        catalog.assign_splits({moved.id: Split.TRAIN})
    with pytest.raises(RunError, match="not what it was"):
        resume(learned.result.run, learned_home, emit=Watcher(), token=CancelToken(), epochs=3)


@pytest.mark.slow
@pytest.mark.fault(73)
def test_a_loss_that_is_no_number_stops_the_training_and_keeps_the_epochs_before(
    sample_home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    sound = Batches.batch

    def poisoned(self: Batches, step: int) -> Batch:
        pixels, labels = sound(self, step)
        return pixels, labels * (math.nan if step >= 4 else 1)

    monkeypatch.setattr(Batches, "batch", poisoned)
    watcher = Watcher()
    with pytest.raises(NotANumberError, match="no longer a number in epoch 2"):
        train(small(epochs=3), sample_home, emit=watcher, token=CancelToken())
    (stopped,) = list_runs(sample_home)
    assert stopped.epochs == 1
    assert [len(watcher.kinds(kind)) for kind in (RunStarted, Noticed)] == [2, 1]  # it tried twice
    monkeypatch.undo()
    result = resume(stopped.run, sample_home, emit=Watcher(), token=CancelToken())
    assert result.epochs == 3
    assert all(math.isfinite(epoch.loss) for epoch in read_history(result.folder))


@pytest.mark.fault(81)
def test_a_batch_that_cannot_be_read_ends_the_training_with_a_sentence_and_keeps_its_epochs(
    sample_home: Home,
) -> None:
    def cut_the_cache() -> None:
        (cache,) = sample_home.cache.glob("*.pixels")
        os.truncate(cache, 100)

    watcher = Watcher(lambda event: isinstance(event, EpochEnded), cut_the_cache)
    with pytest.raises(TrainingError, match="stopped the training"):
        train(small(epochs=9), sample_home, emit=watcher, token=CancelToken())
    (stopped,) = list_runs(sample_home)
    assert stopped.epochs >= 1
    assert (
        resume(stopped.run, sample_home, emit=Watcher(), token=CancelToken(), epochs=9).epochs == 9
    )


@pytest.mark.slow
@pytest.mark.fault(68)
def test_a_full_disk_ends_the_training_with_a_sentence_and_keeps_its_epochs(
    sample_home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_space(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device", "state.npz")

    watcher = Watcher(
        lambda event: isinstance(event, EpochEnded),
        lambda: monkeypatch.setattr(np, "savez", no_space),
    )
    with pytest.raises(TrainingError, match="The disk is full") as caught:
        train(small(epochs=3), sample_home, emit=watcher, token=CancelToken())
    assert "Free some space and resume" in caught.value.hint
    monkeypatch.undo()
    (stopped,) = list_runs(sample_home)
    assert stopped.epochs == 1
    assert resume(stopped.run, sample_home, emit=Watcher(), token=CancelToken()).epochs == 3


def test_the_kept_epoch_is_the_best_by_validation(sample_home: Home) -> None:
    result = train(
        small(epochs=4, learning_rate=3e-3), sample_home, emit=Watcher(), token=CancelToken()
    )
    history = read_history(result.folder)
    best = max(history, key=lambda epoch: (epoch.val_accuracy, -epoch.val_loss))
    assert result.best_epoch == best.epoch


@pytest.mark.parametrize(
    ("preset", "parameters"), [("notebook", 4_750_337), ("notebook-described", 461_921)]
)
def test_the_networks_are_the_notebooks(home: Home, preset: str, parameters: int) -> None:
    built = describe(training_config(preset, "any"), home, emit=lambda _: None, token=CancelToken())
    convolutions = [layer for layer in built.layers if layer.kind == "Conv2D"]
    if preset == "notebook":
        assert [layer.parameters for layer in convolutions] == [448, 4_640, 9_248]
        assert [layer.receptive_field for layer in convolutions] == [3, 8, 18]
    else:
        assert [layer.output_shape[-1] for layer in convolutions] == [20, 40, 80, 80]
        assert [layer.receptive_field for layer in convolutions] == [5, 14, 32, 68]
    assert sum(layer.parameters for layer in built.layers) == parameters
    assert "Total params" in built.summary


def test_the_exported_h5_answers_as_the_run_does(learned: Learned, tmp_path: Path) -> None:
    result = export_run(
        learned.result.folder,
        "h5",
        tmp_path / H5_NAME,
        learned.home,
        emit=lambda _: None,
        token=CancelToken(),
    )
    assert result.path.read_bytes()[:8] == b"\x89HDF\r\n\x1a\n"
    assert result.max_difference <= 1e-6


@pytest.mark.fault(20)
def test_one_flipped_byte_in_the_model_is_refused(learned: Learned, learned_home: Home) -> None:
    folder = learned_home.runs / learned.result.run
    content = bytearray((folder / ONNX_FILE).read_bytes())
    content[len(content) // 2] ^= 1
    (folder / ONNX_FILE).write_bytes(content)
    with pytest.raises(RunError, match="checksum"):
        Classifier.load(folder)


def test_a_run_whose_pictures_were_prepared_otherwise_is_refused(
    learned: Learned, learned_home: Home
) -> None:
    folder = learned_home.runs / learned.result.run
    record = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    changed = json.dumps(record | {"preprocessing": "another"})
    (folder / "run.json").write_text(changed, encoding="utf-8")
    with pytest.raises(RunError, match="prepared otherwise"):
        Classifier.load(folder)


def test_the_network_is_reported_before_it_learns(learned: Learned) -> None:
    order = [type(event) for event in learned.told if not isinstance(event, StageStarted)]
    assert order.index(NetworkBuilt) < order.index(RunStarted) < order.index(StepEnded)


def test_the_run_says_what_the_coach_needs_to_know(sample_home: Home) -> None:
    token = CancelToken()
    watcher = Watcher(lambda event: isinstance(event, RunStarted), token.cancel)
    with pytest.raises(Cancelled):
        train(small(epochs=1, validation_steps=90), sample_home, emit=watcher, token=token)
    (started,) = watcher.kinds(RunStarted)
    assert isinstance(started, RunStarted)
    assert started.validation_pictures == 40  # 90 steps go round and round them
    assert started.phase_starts == (0,)


def test_settings_are_checked_before_anything_is_made(sample_home: Home) -> None:
    broken = dataclasses.replace(small(), epochs=0)
    with pytest.raises(ConfigError):
        train(broken, sample_home, emit=Watcher(), token=CancelToken())
    assert not sample_home.runs.exists()
