"""The pictures behind each figure are as many as the figure counts."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.training.inference.test_figures import SIX, answers_of, some_answers
from training.dataset.catalog import CLASSES
from training.inference.answers import Answers
from training.inference.evaluation import ECE_BINS
from training.inference.figures import (
    CONFIDENCE_BINS,
    at_threshold,
    confidence_histogram,
    mistakes,
    reliability,
)
from training.inference.groups import (
    ALL,
    MISTAKES,
    NEITHER_GROUP,
    RIGHT,
    Group,
    corrected,
    members,
)
from training.inference.operating_points import (
    STEPS,
    nearest_on_precision_recall,
    nearest_on_roc,
    precision_recall_point,
    roc_point,
)


@settings(max_examples=60, deadline=None)
@given(some_answers(), st.sampled_from(STEPS))
def test_every_cell_and_share_counts_its_own_pictures(answers: Answers, threshold: float) -> None:
    def count(**wanted: object) -> int:
        return len(members(answers, Group(**wanted), threshold))  # type: ignore[arg-type]

    at = at_threshold(answers, threshold)
    assert len(members(answers, RIGHT, threshold)) == at.accuracy.counted
    assert len(members(answers, MISTAKES, threshold)) == at.accuracy.of - at.accuracy.counted
    for each in at.classes:
        assert count(label=each.name) == each.recall.of
        assert count(called=each.name) == each.precision.of
        assert count(label=each.name, called=each.name) == each.precision.counted
        assert count(called=each.name, is_hit=True) == each.recall.counted


@settings(max_examples=60, deadline=None)
@given(some_answers())
def test_every_bin_and_bar_counts_its_own_pictures(answers: Answers) -> None:
    counted = {
        place: len(members(answers, Group(bin=place)))
        for place in range(ECE_BINS)
        if len(members(answers, Group(bin=place)))
    }
    assert [each.right.of for each in reliability(answers)] == list(counted.values())
    for is_right, counts in zip((True, False), confidence_histogram(answers), strict=True):
        found = [
            len(members(answers, Group(bar=bar, is_right=is_right)))
            for bar in range(CONFIDENCE_BINS)
        ]
        assert found == list(counts)


@settings(max_examples=60, deadline=None)
@given(some_answers())
def test_mistakes_come_with_the_most_confident_first(answers: Answers) -> None:
    found = members(answers, MISTAKES)
    assert set(found.tolist()) == {each.index for each in mistakes(answers)}
    confidence = answers.confidence[found]
    assert np.all(np.diff(confidence) <= 0)


def test_what_is_right_comes_with_the_least_sure_first() -> None:
    six = answers_of((0, 0, 1, 1), (0.1, 0.3, 0.65, 0.95))
    assert members(six, RIGHT).tolist() == [2, 1, 0, 3]


def test_neither_is_a_group_of_its_own() -> None:
    six = replace(answers_of(*SIX), verdicts=("cat", "neither", "dog", "cat", "dog", "neither"))
    assert sorted(members(six, NEITHER_GROUP).tolist()) == [1, 5]


def test_corrected_labels_count_and_what_has_none_no_longer() -> None:
    six = answers_of(*SIX)
    labels = {path: CLASSES[label] for path, label in zip(six.paths, six.labels, strict=True)}
    labels[six.paths[2]] = "dog"
    del labels[six.paths[3]]
    now = corrected(six, labels)
    assert (len(members(six, MISTAKES)), len(members(now, MISTAKES))) == (2, 0)
    assert now.paths == (*six.paths[:3], *six.paths[4:])
    assert (now.labels, now.p_dog) == ((0, 0, 1, 1, 1), (0.1, 0.3, 0.8, 0.7, 0.95))
    assert len(members(six, ALL)) == 6


def test_a_place_beside_a_curve_finds_the_threshold_of_the_nearest_point() -> None:
    six = answers_of(*SIX)
    for step in (0.05, 0.2, 0.35, 0.6, 0.75, 0.9):
        place = roc_point(at_threshold(six, step))
        assert place is not None
        assert roc_point(at_threshold(six, nearest_on_roc(six, place))) == place
        for name in CLASSES:
            beside = precision_recall_point(at_threshold(six, step), name)
            if beside is not None:
                found = at_threshold(six, nearest_on_precision_recall(six, beside))
                assert beside in {precision_recall_point(found, each) for each in CLASSES}


def test_of_thresholds_that_do_the_same_the_middle_one_is_taken() -> None:
    assert nearest_on_roc(answers_of((0, 1), (0.2, 0.8)), (0, 1)) == pytest.approx(0.5, abs=0.02)
