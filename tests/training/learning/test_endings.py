"""The ways in which a training ends before its last epoch."""

import pytest

from tests.training.learning.watching import Watcher, is_stage, small
from training.cancellation import Cancelled, CancelToken
from training.errors import RunError
from training.events import (
    EpochEnded,
    Event,
    RunStarted,
    Stage,
    StepEnded,
)
from training.home import Home
from training.inference.classifier import Classifier
from training.learning.trainer import resume, train
from training.runs.curve import Ended
from training.runs.lab_book import list_runs
from training.runs.run_folder import FINISHED, UNFINISHED, read_record


def is_step(event: Event) -> bool:
    return isinstance(event, StepEnded)


@pytest.mark.fault(72)
@pytest.mark.parametrize(
    "condition",
    [
        is_stage(Stage.READING_PICTURES),
        pytest.param(is_stage(Stage.BUILDING_NETWORK), marks=pytest.mark.slow),
        is_step,
        pytest.param(is_stage(Stage.EVALUATING), marks=pytest.mark.slow),
        pytest.param(is_stage(Stage.EXPORTING), marks=pytest.mark.slow),
        is_stage(Stage.COMPARING_EXPORT),
    ],
)
def test_discard_in_any_stage_leaves_no_run(sample_home: Home, condition: object) -> None:
    token = CancelToken()
    watcher = Watcher(condition, token.cancel)
    with pytest.raises(Cancelled):
        train(small(epochs=1), sample_home, emit=watcher, token=token)
    assert watcher.condition is None, "the stage was never reached"
    assert list_runs(sample_home) == []
    assert list(sample_home.runs.iterdir()) == []


@pytest.mark.slow
@pytest.mark.fault(84)
def test_a_training_that_ends_with_the_window_can_be_resumed(
    sample_home: Home,
) -> None:
    token = CancelToken()

    def in_second_epoch(event: Event) -> bool:
        return isinstance(event, StepEnded) and event.epoch == 1

    watcher = Watcher(in_second_epoch, lambda: token.cancel(keep_saved=True))
    with pytest.raises(Cancelled):
        train(small(), sample_home, emit=watcher, token=token)
    (left,) = list_runs(sample_home)
    assert (left.state, left.epochs) == (UNFINISHED, 1)
    result = resume(left.run, sample_home, emit=Watcher(), token=CancelToken())
    assert result.epochs == 2


def test_no_batch_starts_after_a_cancel(sample_home: Home) -> None:
    token = CancelToken()
    watcher = Watcher(is_step, token.cancel)
    with pytest.raises(Cancelled):
        train(small(), sample_home, emit=watcher, token=token)
    assert len(watcher.kinds(StepEnded)) == 1
    assert not watcher.kinds(EpochEnded)


def test_finish_now_keeps_the_best_epoch_and_reports_no_partial_one(sample_home: Home) -> None:
    token = CancelToken()

    def in_third_epoch(event: Event) -> bool:
        return isinstance(event, StepEnded) and event.epoch == 2

    watcher = Watcher(in_third_epoch, token.finish_now)
    result = train(small(epochs=50), sample_home, emit=watcher, token=token)
    assert result.epochs == 2
    assert result.best_epoch in {0, 1}
    record = read_record(result.folder)
    assert (record.state, record.ended) == (FINISHED, Ended.FINISH_NOW.name)


def test_the_record_says_where_how_long_and_why_no_longer_a_run_learned(sample_home: Home) -> None:
    watcher = Watcher()
    result = train(small(), sample_home, emit=watcher, token=CancelToken())
    record = read_record(result.folder)
    assert record.ended == Ended.ALL_EPOCHS.name
    (started,) = watcher.kinds(RunStarted)
    assert isinstance(started, RunStarted)
    assert record.device == started.device
    seconds = sum(e.seconds for e in watcher if isinstance(e, EpochEnded))
    assert record.seconds == pytest.approx(seconds, abs=0.1)
    longer = resume(result.run, sample_home, emit=Watcher(), token=CancelToken(), epochs=3)
    assert read_record(longer.folder).seconds > record.seconds


def test_finish_now_in_the_first_epoch_keeps_what_was_learned(sample_home: Home) -> None:
    token = CancelToken()
    result = train(small(), sample_home, emit=Watcher(is_step, token.finish_now), token=token)
    assert result.best_epoch is None
    assert Classifier.load(result.folder)
    with pytest.raises(RunError, match="no checkpoint"):
        resume(result.run, sample_home, emit=Watcher(), token=CancelToken())
