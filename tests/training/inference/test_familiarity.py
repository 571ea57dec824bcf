"""The third verdict: pictures that are unlike those a network learned from."""

from pathlib import Path

import numpy as np
import pytest

from training.errors import RunError
from training.inference.familiarity import (
    Familiarity,
    read_centres,
    strangeness,
    unit_length,
    write_centres,
)
from training.runs.judgement import NeitherRule

CENTRES = unit_length(np.array([[1, 0, 0, 0], [0, 1, 0, 0]], np.float32))
RULE = NeitherRule(
    limit=0.2, doubt_weight=0.0, sharpness=8.0, centres=2, lost=0.01, tuned_on="a test"
)
SURE = np.array([1.0], np.float32)


def features(*values: float) -> np.ndarray:
    return np.array([values], np.float32)


def test_what_points_along_a_centre_is_familiar_at_any_length() -> None:
    for length in (0.1, 1.0, 50.0):
        assert strangeness(CENTRES, features(0, length, 0, 0), SURE, 0.0)[0] == pytest.approx(0)


def test_what_points_elsewhere_is_neither() -> None:
    familiarity = Familiarity(CENTRES, RULE)
    assert familiarity.p_neither(features(0, 0, 1, 0), SURE)[0] > 0.9
    assert familiarity.p_neither(features(0, 1, 0.1, 0), SURE)[0] < 0.1


def test_the_verdict_turns_at_the_limit() -> None:
    familiarity = Familiarity(CENTRES, RULE)
    just_inside = np.sqrt(1 - 0.81**2)
    just_outside = np.sqrt(1 - 0.79**2)
    assert familiarity.p_neither(features(0.81, 0, just_inside, 0), SURE)[0] < 0.5
    assert familiarity.p_neither(features(0.79, 0, just_outside, 0), SURE)[0] > 0.5


def test_a_picture_that_the_network_cannot_tell_counts_as_stranger() -> None:
    here = features(1, 0.3, 0, 0)
    sure, torn = (strangeness(CENTRES, here, np.array([p], np.float32), 0.5)[0] for p in (1.0, 0.5))
    assert torn == pytest.approx(sure + 0.5)


def test_features_of_nothing_are_strange_and_no_error() -> None:
    assert strangeness(CENTRES, features(0, 0, 0, 0), SURE, 0.0)[0] == pytest.approx(1)


def test_centres_come_back_from_their_file(tmp_path: Path) -> None:
    generator = np.random.default_rng(1)
    centres = unit_length(generator.random((20, 64), np.float32))
    write_centres(tmp_path / "familiar.npz", centres)
    assert np.allclose(read_centres(tmp_path / "familiar.npz"), centres, atol=1e-3)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04nothing", b"no zip"])
def test_a_damaged_file_is_said_in_a_sentence(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "familiar.npz").write_bytes(content)
    with pytest.raises(RunError, match="damaged"):
        read_centres(tmp_path / "familiar.npz")
