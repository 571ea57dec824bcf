"""The interval of a share."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from training.runs.interval import wilson

COUNTS = st.integers(1, 5_000).flatmap(
    lambda pictures: st.tuples(st.integers(0, pictures), st.just(pictures))
)


@given(COUNTS, st.sampled_from([0.8, 0.95, 0.99]))
def test_the_interval_is_scipys_and_holds_the_share(counts, level):
    right, pictures = counts
    found = wilson(right, pictures, level=level)
    theirs = binomtest(right, pictures).proportion_ci(level, method="wilson")
    assert (found.low, found.high) == pytest.approx((theirs.low, theirs.high), abs=1e-9)
    assert 0 <= found.low <= right / pictures + 1e-12
    assert right / pictures - 1e-12 <= found.high <= 1


def test_more_pictures_say_more():
    few, many = wilson(190, 200), wilson(1_900, 2_000)
    assert few.low < many.low < 0.95 < many.high < few.high


def test_all_right_on_few_pictures_is_not_certain():
    assert wilson(20, 20).low < 0.85
    assert wilson(20, 20).high == 1
