"""A verdict from probabilities: the threshold moves cats and dogs, and nothing else."""

import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.dataset.sample import draw_picture
from training.errors import ConfigError
from training.events import Verdict
from training.inference.classifier import Classifier
from training.inference.judge import NEITHER, check_threshold, judge, judged_again
from training.runs.lab_book import default_run

SHARES = st.floats(0, 1)


def test_from_the_threshold_on_it_is_a_dog() -> None:
    assert judge(0.7, None, 0.7) == ("dog", 0.7)
    assert judge(0.6, None, 0.7) == ("cat", 0.4)
    assert judge(0.6, 0.1, 0.5) == ("dog", 0.6)


def test_classes_have_the_names_of_the_run() -> None:
    assert judge(0.9, None, 0.5, ("chat", "chien"))[0] == "chien"


@given(SHARES, SHARES, st.floats(0.5, 1))
def test_a_strange_picture_is_neither_at_every_threshold(
    p_dog: float, threshold: float, p_neither: float
) -> None:
    assert judge(p_dog, p_neither, threshold) == (NEITHER, p_neither)


@given(SHARES, st.one_of(st.none(), SHARES), SHARES, SHARES)
def test_judging_again_is_judging_at_once(
    p_dog: float, p_neither: float | None, first: float, second: float
) -> None:
    def at(threshold: float) -> Verdict:
        return Verdict("a", *_ordered(p_dog, p_neither, threshold), p_neither=p_neither)

    assert judged_again(at(first), second) == at(second)


def _ordered(p_dog: float, p_neither: float | None, threshold: float) -> tuple[str, float, float]:
    name, confidence = judge(p_dog, p_neither, threshold)
    return name, p_dog, confidence


def test_a_picture_that_cannot_be_read_stays_so() -> None:
    failed = Verdict("a", None, None, None, "The file is empty.")
    assert judged_again(failed, 0.9) is failed


@pytest.mark.parametrize("threshold", [-0.01, 1.01, math.nan])
def test_a_threshold_outside_its_range_is_refused(threshold: float) -> None:
    with pytest.raises(ConfigError, match="threshold"):
        check_threshold(threshold)


def test_a_classifier_at_a_threshold_says_what_judging_again_says(tmp_path: Path) -> None:
    paths = []
    for number in range(2):
        for label in ("cat", "dog"):
            paths.append(tmp_path / f"{label}.{number}.png")
            draw_picture(label, number, seed=3, size_px=96).save(paths[-1])
    classifier = Classifier.load(default_run().folder)
    usual = classifier.classify(paths)
    for threshold in (0.0, 0.3, 1.0):
        moved = classifier.classify(paths, threshold=threshold)
        assert moved == [judged_again(verdict, threshold) for verdict in usual]
    assert all(verdict.p_neither is not None for verdict in usual)
