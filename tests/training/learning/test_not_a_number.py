"""A loss that is no number: back to the last checkpoint, once, with a lower rate."""

import math

import pytest

from tests.training.learning.growing import ONE_PHASE, settings, shrink
from tests.training.learning.watching import Watcher, notices, small, starts
from training.cancellation import Cancelled, CancelToken
from training.errors import NotANumberError
from training.events import Noticed
from training.home import Home
from training.learning.checkpoint import read_checkpoint
from training.learning.pipeline import Batch, Batches
from training.learning.trainer import resume, train
from training.runs.history import read_history
from training.runs.lab_book import list_runs
from training.runs.run_folder import FINISHED, UNFINISHED, read_record

FIFTH_BATCH = 4


@pytest.fixture(autouse=True)
def tiny(monkeypatch: pytest.MonkeyPatch) -> None:
    """One phase; a test that wants several takes them."""
    shrink(monkeypatch, ONE_PHASE)


def loses_its_number(monkeypatch: pytest.MonkeyPatch, *, at: int, times: int) -> None:
    """Labels that are no numbers, at one step, the first few times that it is read."""
    sound, left = Batches.batch, [times]

    def batch(self: Batches, step: int) -> Batch:
        rows, labels = sound(self, step)
        if step == at and self._passes != 1 and left[0]:
            left[0] -= 1
            labels = labels * math.nan
        return rows, labels

    monkeypatch.setattr(Batches, "batch", batch)


@pytest.mark.fault(73)
def test_a_loss_that_is_no_number_goes_back_and_lowers_the_rate(
    sample_home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    loses_its_number(monkeypatch, at=FIFTH_BATCH, times=1)
    watcher = Watcher()
    result = train(small(), sample_home, emit=watcher, token=CancelToken())
    assert starts(watcher) == [(0, 0, 3, 8), (1, 0, 3, 8)]
    (said,) = notices(watcher)
    assert "no longer a number in epoch 2. The training goes on from its last checkpoint." in said
    assert "1e-05 now instead of 0.0001" in said
    record = read_record(result.folder)
    assert (record.state, record.recovered) == (FINISHED, ("number",))
    assert record.config.learning_rate == pytest.approx(1e-5)
    assert all(math.isfinite(epoch.loss) for epoch in read_history(result.folder))
    rate = read_checkpoint(result.folder).entries["optimizer/1"]
    assert float(rate) == pytest.approx(1e-5)


@pytest.mark.slow
@pytest.mark.fault(73)
def test_a_loss_that_is_no_number_in_the_first_epoch_begins_again(
    sample_home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    loses_its_number(monkeypatch, at=1, times=1)
    watcher = Watcher()
    train(settings(epochs=1), sample_home, emit=watcher, token=CancelToken())
    assert starts(watcher) == [(0, 0, 3, 8), (0, 0, 3, 8)]
    assert "The training begins again" in notices(watcher)[0]


@pytest.mark.slow
@pytest.mark.fault(73)
def test_the_rate_is_lowered_once_whoever_resumes_the_run(
    sample_home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    loses_its_number(monkeypatch, at=FIFTH_BATCH, times=3)
    watcher = Watcher()
    with pytest.raises(NotANumberError, match="in epoch 2"):
        train(settings(epochs=2), sample_home, emit=watcher, token=CancelToken())
    assert len(notices(watcher)) == 1
    (left,) = list_runs(sample_home)
    rate = read_record(left.folder).config.learning_rate
    watcher = Watcher()
    with pytest.raises(NotANumberError):
        resume(left.run, sample_home, emit=watcher, token=CancelToken())
    assert notices(watcher) == []
    resume(left.run, sample_home, emit=Watcher(), token=CancelToken())
    assert read_record(left.folder).config.learning_rate == rate
    best = read_record(left.folder).best_epoch
    assert best is not None
    assert math.isfinite(read_history(left.folder)[best].val_loss)


@pytest.mark.slow
def test_a_pause_that_meets_a_loss_that_is_no_number_is_still_a_pause(
    sample_home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    loses_its_number(monkeypatch, at=FIFTH_BATCH, times=1)
    token = CancelToken()
    watcher = Watcher(
        lambda event: isinstance(event, Noticed), lambda: token.cancel(keep_saved=True)
    )
    with pytest.raises(Cancelled):
        train(settings(epochs=2), sample_home, emit=watcher, token=token)
    (left,) = list_runs(sample_home)
    assert (left.state, left.epochs) == (UNFINISHED, 1)
