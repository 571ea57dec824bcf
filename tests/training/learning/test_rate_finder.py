"""The learning-rate finder: what it reads in a curve, and that it leaves nothing behind."""

import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.training.learning.watching import Watcher, small
from training.cancellation import Cancelled, CancelToken
from training.config import RANGES
from training.events import Stage, StageProgressed, StageStarted
from training.home import Home
from training.learning import rate_finder
from training.learning.rate_finder import (
    HIGHEST_RATE,
    LOWEST_RATE,
    STEPS,
    find_rate,
    read_losses,
    tried_rates,
)

RATES = tried_rates()


def falling(steepest: float, lowest: float) -> list[float]:
    """The losses of a network that learns best at a rate and blows up from another one on."""
    places = np.log10(RATES)
    fall = 0.7 - 0.4 / (1 + np.exp(-6 * (places - math.log10(steepest))))
    return list(fall + 2 * np.maximum(0, places - math.log10(lowest)) ** 2)


def files(folder: Path) -> set[Path]:
    return {path.relative_to(folder) for path in folder.rglob("*") if "cache" not in path.parts}


def test_the_rates_rise_from_one_bound_to_the_other_by_the_same_factor() -> None:
    assert len(RATES) == STEPS
    assert (RATES[0], RATES[-1]) == pytest.approx((LOWEST_RATE, HIGHEST_RATE))
    assert np.ptp(np.diff(np.log(RATES))) == pytest.approx(0, abs=1e-9)
    assert RANGES["learning_rate"].low < LOWEST_RATE < HIGHEST_RATE <= RANGES["learning_rate"].high


def test_the_suggestion_is_where_the_loss_falls_most_steeply() -> None:
    found = read_losses(RATES, falling(steepest=1e-4, lowest=1e-1)).suggestion
    assert found == pytest.approx(1e-4, rel=0.3)


def test_it_is_a_tenth_of_where_the_loss_is_lowest_where_that_is_less() -> None:
    found = read_losses(RATES, falling(steepest=1e-3, lowest=1e-3)).suggestion
    lowest = RATES[int(np.argmin(falling(steepest=1e-3, lowest=1e-3)))]
    assert found == pytest.approx(lowest / 10, rel=0.5)
    assert found is not None
    assert found < 1e-3


@pytest.mark.parametrize(
    "losses",
    [(), (0.7,), [0.7] * STEPS, list(np.linspace(0.7, 2, 60)), [0.7, 0.69] * 30],
    ids=["none", "one", "level", "rising", "wavering"],
)
def test_where_no_rate_lowers_the_loss_none_is_suggested(losses: list[float]) -> None:
    assert read_losses(RATES[: len(losses)], losses).suggestion is None


@given(st.lists(st.floats(0, 20), max_size=STEPS))
def test_any_losses_are_read(losses: list[float]) -> None:
    found = read_losses(RATES[: len(losses)], losses)
    assert len(found.rates) == len(found.losses) == len(found.smoothed) == len(losses)
    assert all(min(losses) - 1e-9 <= one <= max(losses) + 1e-9 for one in found.smoothed)
    assert found.suggestion is None or LOWEST_RATE / 11 <= found.suggestion <= HIGHEST_RATE


def test_a_network_is_tried_out_and_only_the_cache_knows(sample_home: Home) -> None:
    before, watcher = files(sample_home.root), Watcher()
    config = small(optimizer="sgd", accumulation=4, schedule="cosine", balance_classes=True)
    found = find_rate(config, sample_home, emit=watcher, token=CancelToken())
    assert files(sample_home.root) == before
    assert found.rates == RATES[: len(found.rates)]
    assert len(found.rates) > 20
    (stage,) = [
        event
        for event in watcher.kinds(StageStarted)
        if isinstance(event, StageStarted) and event.stage == Stage.TRYING_RATES
    ]
    assert (stage.total, stage.unit) == (STEPS, "batches")
    assert any(isinstance(event, StageProgressed) for event in watcher)
    again = find_rate(config, sample_home, emit=Watcher(), token=CancelToken())
    assert again == found


def test_nothing_is_tried_after_the_loss_has_blown_up(
    sample_home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rate_finder, "HIGHEST_RATE", 1e6)
    config = small(optimizer="sgd")
    found = find_rate(config, sample_home, emit=Watcher(), token=CancelToken())
    assert 0 < len(found.rates) < STEPS
    assert all(math.isfinite(loss) for loss in found.losses)


def test_batches_that_differ_by_chance_are_no_fall() -> None:
    chance = np.random.default_rng(1).normal(0.7, 0.08, (200, STEPS))
    suggested = [read_losses(RATES, list(one)).suggestion for one in chance]
    assert sum(one is not None for one in suggested) <= 4


def test_a_cancel_ends_it_between_two_batches(sample_home: Home) -> None:
    token = CancelToken()

    def is_trying(event: object) -> bool:
        return isinstance(event, StageStarted) and event.stage == Stage.TRYING_RATES

    watcher = Watcher(is_trying, token.cancel)
    with pytest.raises(Cancelled):
        find_rate(small(), sample_home, emit=watcher, token=token)
    after = watcher[[is_trying(event) for event in watcher].index(True) + 1 :]
    assert len(after) <= 1
