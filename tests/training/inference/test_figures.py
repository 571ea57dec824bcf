"""Figures by class, by threshold and by confidence, against scikit-learn and by hand."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn import metrics as sklearn_metrics

from training.dataset.catalog import CLASSES
from training.inference.answers import Answers
from training.inference.evaluation import measure_answers
from training.inference.figures import (
    CONFIDENCE_BINS,
    THRESHOLDS,
    Share,
    at_threshold,
    at_thresholds,
    confidence_histogram,
    mistakes,
    precision_recall_curve,
    reliability,
    roc_curve,
)
from training.runs.interval import wilson

SIX = (0, 0, 0, 1, 1, 1), (0.1, 0.3, 0.8, 0.4, 0.7, 0.95)


def answers_of(labels, p_dog) -> Answers:
    return Answers(
        tuple(Path(f"{place}.jpg") for place in range(len(labels))),
        tuple(labels),
        tuple(p_dog),
        tuple(CLASSES[int(chance >= 0.5)] for chance in p_dog),
    )


@st.composite
def some_answers(draw) -> Answers:
    rows = draw(st.lists(st.tuples(st.integers(0, 1), st.floats(0, 1)), min_size=2, max_size=60))
    labels = [0, 1, *(label for label, _ in rows[2:])]
    return answers_of(labels, [chance for _, chance in rows])


def test_the_classes_of_six_pictures_by_hand() -> None:
    cat, dog = at_threshold(answers_of(*SIX)).classes
    assert (cat.name, cat.precision, cat.recall) == ("cat", Share(2, 3), Share(2, 3))
    assert (dog.name, dog.precision, dog.recall) == ("dog", Share(2, 3), Share(2, 3))
    moved = at_threshold(answers_of(*SIX), 0.9)
    assert moved.accuracy == Share(4, 6)
    assert [each.precision for each in moved.classes] == [Share(3, 5), Share(1, 1)]
    assert [each.f1 for each in moved.classes] == pytest.approx([6 / 8, 2 / 4])


def test_a_share_has_wilsons_interval_and_that_of_nothing_none() -> None:
    assert Share(9, 10).interval == wilson(9, 10)
    assert Share(0, 0).value is Share(0, 0).interval is None


@settings(max_examples=50, deadline=None)  # the first call loads scikit-learn
@given(some_answers())
def test_the_figures_of_the_classes_are_those_of_scikit_learn(answers: Answers) -> None:
    for at in at_thresholds(answers):
        called = answers.chance >= at.threshold
        precision, recall, f1, support = sklearn_metrics.precision_recall_fscore_support(
            answers.truth, called, labels=[0, 1], zero_division=0.0
        )
        assert [each.precision.value or 0.0 for each in at.classes] == pytest.approx(precision)
        assert [each.recall.value for each in at.classes] == pytest.approx(recall)
        assert [each.f1 for each in at.classes] == pytest.approx(f1)
        assert [each.recall.of for each in at.classes] == list(support)
        assert at.accuracy.value == pytest.approx(
            sklearn_metrics.accuracy_score(answers.truth, called)
        )
    assert [each.threshold for each in at_thresholds(answers)] == list(THRESHOLDS)


@settings(max_examples=50, deadline=None)  # the first call loads scikit-learn
@given(some_answers())
def test_curves_stay_in_the_square_and_sum_up_as_the_metrics_do(answers: Answers) -> None:
    roc = roc_curve(answers)
    assert roc.summary == pytest.approx(measure_answers(answers).auc)
    assert (roc.across[0], roc.upward[0], roc.across[-1], roc.upward[-1]) == (0, 0, 1, 1)
    assert list(roc.across) == sorted(roc.across)
    for name in CLASSES:
        curve = precision_recall_curve(answers, name)
        assert all(0 <= value <= 1 for value in (*curve.across, *curve.upward, curve.summary))


def test_the_curve_of_cats_takes_cats_for_what_is_looked_for() -> None:
    answers = answers_of(*SIX)
    expected = sklearn_metrics.average_precision_score([1, 1, 1, 0, 0, 0], 1 - answers.chance)
    assert precision_recall_curve(answers, "cat").summary == pytest.approx(expected)
    assert precision_recall_curve(answers, "dog").summary != pytest.approx(expected)


@settings(max_examples=50, deadline=None)  # the first call loads scikit-learn
@given(some_answers())
def test_the_bins_weighted_by_pictures_are_the_calibration_error(answers: Answers) -> None:
    bins = reliability(answers)
    gaps = [
        abs(each.right.counted / each.right.of - each.confidence) * each.right.of for each in bins
    ]
    assert sum(gaps) / len(answers.labels) == pytest.approx(measure_answers(answers).ece)
    assert sum(each.right.of for each in bins) == len(answers.labels)
    assert all(each.low <= each.confidence + 1e-9 for each in bins)
    assert all(each.confidence <= each.high + 1e-9 for each in bins)


@settings(max_examples=50, deadline=None)  # the first call loads scikit-learn
@given(some_answers())
def test_each_picture_stands_once_in_the_histogram(answers: Answers) -> None:
    right, wrong = confidence_histogram(answers)
    assert len(right) == len(wrong) == CONFIDENCE_BINS
    assert sum(right) == np.count_nonzero(answers.right)
    assert sum(wrong) == np.count_nonzero(~answers.right) == len(mistakes(answers))


def test_mistakes_come_the_most_confident_first_with_what_they_are_called() -> None:
    first, second = mistakes(answers_of(*SIX))
    assert (first.index, first.label, first.called) == (2, "cat", "dog")
    assert (second.index, second.label, second.called) == (3, "dog", "cat")
    assert [first.confidence, second.confidence] == pytest.approx([0.8, 0.6])
