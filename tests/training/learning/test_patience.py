"""When the rate falls and when a run ends by itself: both follow from the epochs so far."""

import itertools
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.training.learning.test_pausing import at_step, paused
from tests.training.learning.undisturbed import assert_same
from tests.training.learning.watching import Watcher, small
from training.cancellation import CancelToken
from training.events import EpochEnded, Noticed
from training.home import Home
from training.learning import patience
from training.learning.checkpoint import read_checkpoint
from training.learning.coaching import coach_run
from training.learning.methods import Method, Phase
from training.learning.patience import (
    PLATEAU_FACTOR,
    epochs_without_better,
    is_out_of_patience,
    plateau_factor,
)
from training.learning.presets import method_of, training_config
from training.learning.trainer import resume, train
from training.runs.coach import advice
from training.runs.curve import Circumstances, Ended
from training.runs.history import read_history
from training.runs.run_folder import FINISHED, read_record

RATE = "optimizer/1"
"""Where a checkpoint has the learning rate of the last step, behind the number of steps."""

losses = st.lists(st.sampled_from([0.2, 0.3, 0.4, 0.5, math.nan]), max_size=20)


def history(*val_losses: float, accuracies: tuple[float, ...] = ()) -> list[EpochEnded]:
    shares = accuracies or (0.5,) * len(val_losses)
    return [
        EpochEnded(number, 0.6, 0.7, loss, share, 1.0, 100.0)
        for number, (loss, share) in enumerate(zip(val_losses, shares, strict=True))
    ]


@pytest.mark.parametrize(
    ("val_losses", "falls"),
    [
        ((), 0),
        ((0.5, 0.4, 0.3, 0.2), 0),
        ((0.5, 0.5, 0.5), 0),
        ((0.5, 0.5, 0.5, 0.5), 1),
        ((0.5, 0.6, 0.6, 0.4, 0.6, 0.6), 0),
        ((0.5, 0.6, 0.6, 0.6, 0.5, 0.5, 0.5), 2),
        ((0.5, math.nan, math.nan, math.nan), 1),
    ],
)
def test_the_rate_is_halved_after_each_three_epochs_without_a_lower_loss(
    val_losses: tuple[float, ...], falls: int
) -> None:
    assert plateau_factor(history(*val_losses), 0) == PLATEAU_FACTOR**falls


@given(losses)
def test_a_rate_never_rises_again_and_falls_once_at_a_time(val_losses: list[float]) -> None:
    factors = [plateau_factor(history(*val_losses[:end]), 0) for end in range(len(val_losses))]
    steps = [after / before for before, after in itertools.pairwise(factors)]
    assert set(steps) <= {1.0, PLATEAU_FACTOR}


@given(losses, losses)
def test_a_phase_begins_with_its_own_rate(before: list[float], after: list[float]) -> None:
    whole = history(*before, *after)
    assert plateau_factor(whole, len(before)) == plateau_factor(history(*after), 0)


def test_epochs_in_vain_are_counted_from_the_best_one() -> None:
    config = training_config("notebook", "pets", patience=3)
    method = method_of(config)
    rising = history(0.5, 0.4, 0.5, 0.5, accuracies=(0.6, 0.7, 0.65, 0.7))
    assert [epochs_without_better(rising[:end], config, method) for end in range(5)] == [
        0, 0, 0, 1, 2,
    ]  # fmt: skip
    assert not is_out_of_patience(rising, config, method)
    assert is_out_of_patience(history(*[0.5] * 4, accuracies=(0.7, 0.6, 0.6, 0.6)), config, method)


def test_no_patience_is_asked_for_unless_it_is_set() -> None:
    config = training_config("notebook", "pets")
    assert not is_out_of_patience(history(*[0.5] * 90), config, method_of(config))


def test_epochs_before_the_last_phase_do_not_count() -> None:
    config = training_config("fine-tune", "pets", epochs=9, patience=2)
    method = Method(optimizer="adamw", phases=(Phase(3), Phase(2), Phase()))
    bad = history(*[0.5] * 9, accuracies=(0.9, *[0.6] * 8))
    ends = [is_out_of_patience(bad[:end], config, method) for end in range(1, 10)]
    assert ends == [False] * 6 + [True] * 3


@pytest.mark.parametrize(
    ("epochs", "ordinal"), [(8, "1st"), (9, "2nd"), (12, "5th"), (19, "12th"), (28, "21st")]
)
def test_the_coach_tells_an_early_end_with_its_epochs_in_vain(epochs: int, ordinal: str) -> None:
    shares = tuple(0.9 if number == 6 else 0.8 for number in range(epochs))
    ended = history(*[0.5] * epochs, accuracies=shares)
    said = advice(ended, Circumstances(90, 900, ended=Ended.EARLY))
    assert said is not None
    words = f"Stopped because epoch {epochs} was the {ordinal} in a row without a better one"
    assert f"{words}; best was epoch 7" in said.sentence


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """The rate falls after each epoch that is no better."""
    monkeypatch.setattr(patience, "PLATEAU_EPOCHS", 1)


@pytest.mark.slow
@pytest.mark.usefixtures("impatient")
def test_a_run_in_vain_ends_finished_and_a_pause_on_the_way_changes_no_bit(
    sample_home: Home,
) -> None:
    config = small(
        epochs=30, optimizer="sgd", learning_rate=0.02, schedule="plateau", warm_up=6, patience=3
    )
    watcher = Watcher()
    straight = train(config, sample_home, emit=watcher, token=CancelToken())
    epochs = read_history(straight.folder)
    assert straight.epochs == len(epochs) < 30
    assert straight.best_epoch == len(epochs) - 1 - 3
    fallen = plateau_factor(epochs[:-1], 0)
    assert fallen < 1
    assert read_checkpoint(straight.folder).entries[RATE] == pytest.approx(0.02 * fallen)
    record = read_record(straight.folder)
    assert (record.state, record.ended) == (FINISHED, Ended.EARLY.name)
    told = coach_run(straight.folder)
    assert told is not None
    assert "was the 3rd in a row without a better one" in told.sentence
    assert "3 epochs in a row" in "".join(one.message for one in watcher.kinds(Noticed))

    run = paused(sample_home, at_step(1, 0), config)
    resumed = resume(run, sample_home, emit=Watcher(), token=CancelToken())
    assert_same(resumed.folder, straight.folder)
    again = resume(run, sample_home, emit=Watcher(), token=CancelToken(), epochs=40)
    assert again.epochs == straight.epochs
