"""Figures that come from p_dog alone."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.errors import DatasetError
from training.inference.evaluation import measure


def test_the_figures_of_four_pictures_by_hand() -> None:
    metrics = measure([0, 0, 1, 1], [0.1, 0.6, 0.8, 0.9])
    assert metrics.accuracy == 0.75
    assert metrics.confusion == ((1, 1), (0, 2))
    assert metrics.auc == 1.0
    expected = -np.log([0.9, 0.4, 0.8, 0.9]).mean()
    assert metrics.log_loss == pytest.approx(expected)
    # bins of 1/15: 0.9 twice (both right, 0.1 off each), 0.6 (wrong, 0.6 off), 0.8 (right, 0.2 off)
    assert metrics.ece == pytest.approx((0.2 + 0.6 + 0.2) / 4)
    assert metrics.pictures == 4


def test_one_class_alone_cannot_be_evaluated_on() -> None:
    with pytest.raises(DatasetError, match="both"):
        measure([1, 1], [0.3, 0.9])


@given(st.lists(st.tuples(st.integers(0, 1), st.floats(0, 1)), min_size=2, max_size=50))
def test_figures_stay_in_their_ranges_and_the_confusion_adds_up(
    rows: list[tuple[int, float]],
) -> None:
    labels = [label for label, _ in rows]
    labels[0], labels[1] = 0, 1
    metrics = measure(labels, [chance for _, chance in rows], neither=1)
    assert 0 <= metrics.accuracy <= 1
    assert 0 <= metrics.ece <= 1
    assert metrics.log_loss >= 0
    assert sum(map(sum, metrics.confusion)) == metrics.pictures == len(rows)
    assert metrics.neither_rate == pytest.approx(1 / len(rows))
