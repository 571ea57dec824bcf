"""One temperature makes probabilities as often right as they say."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.inference.calibration import at_temperature, fit_temperature, logits
from training.inference.evaluation import expected_calibration_error


def honest(count: int = 20_000) -> tuple[np.ndarray, np.ndarray]:
    """Labels that are drawn by the probabilities themselves."""
    generator = np.random.default_rng(3)
    p_dog = 1 / (1 + np.exp(-generator.normal(0, 2, count)))
    return (generator.random(count) < p_dog).astype(int), p_dog


@pytest.mark.parametrize("boast", [0.4, 1.0, 3.0])
def test_the_temperature_undoes_what_made_the_probabilities_too_sure(boast: float) -> None:
    labels, p_dog = honest()
    claimed = at_temperature(p_dog, 1 / boast)
    assert fit_temperature(labels, claimed) == pytest.approx(boast, rel=0.05)


def test_calibration_brings_confidence_and_accuracy_together() -> None:
    labels, p_dog = honest()
    claimed = at_temperature(p_dog, 1 / 3)
    calibrated = at_temperature(claimed, fit_temperature(labels, claimed))
    assert expected_calibration_error(labels, claimed) > 0.05
    assert expected_calibration_error(labels, calibrated) < 0.01


@given(st.floats(0, 1), st.floats(0.05, 20))
def test_no_verdict_changes_at_one_half(p_dog: float, temperature: float) -> None:
    after = at_temperature([p_dog], temperature)[0]
    assert 0 <= after <= 1
    assert (after > 0.5) == (logits([p_dog])[0] > 0)


def test_a_few_pictures_that_are_all_right_do_not_make_it_certain() -> None:
    labels = [0] * 10 + [1] * 10
    p_dog = [0.3] * 10 + [0.7] * 10
    calibrated = at_temperature(p_dog, fit_temperature(labels, p_dog))
    assert calibrated.max() < 0.95
