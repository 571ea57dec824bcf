"""Wrong labels and strangers are told from features, whatever the labels say."""

import numpy as np
import pytest

from training.cancellation import Cancelled, CancelToken
from training.learning.label_issues import Suspicions, find_suspicions

CATS, DOGS, STRANGERS, SWAPPED = 300, 300, 6, 10
FEATURES = 64


@pytest.fixture(scope="module")
def pictures() -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Features of two clouds and some strangers, labels of which some are swapped, and who."""
    dice = np.random.default_rng(7)
    centres = np.abs(dice.normal(size=(3, FEATURES)))
    kinds = np.repeat([0, 1, 2], [CATS, DOGS, STRANGERS])
    features = centres[kinds] + 0.25 * dice.normal(size=(len(kinds), FEATURES))
    strangers = np.flatnonzero(kinds == 2)
    features[strangers] = np.abs(dice.normal(size=(STRANGERS, FEATURES)))
    targets = np.where(kinds == 2, 0, kinds).astype(np.int8)
    swapped = dice.choice(CATS + DOGS, SWAPPED, replace=False)
    targets[swapped] = 1 - targets[swapped]
    return features.astype(np.float32), targets, swapped, strangers


def found(features: np.ndarray, targets: np.ndarray, seed: int = 1) -> Suspicions:
    return find_suspicions(features, targets, seed=seed, token=CancelToken())


def test_swapped_labels_are_the_least_believed(pictures) -> None:
    features, targets, swapped, strangers = pictures
    p_dog = found(features, targets).p_dog
    p_other = np.where(targets == 1, 1 - p_dog, p_dog)
    p_other[strangers] = 0
    assert set(np.argsort(-p_other)[:SWAPPED]) == set(swapped)
    assert (p_other[swapped] > 0.5).all()
    assert np.mean(p_other > 0.5) < 0.05


def test_strangers_are_far_from_their_neighbours(pictures) -> None:
    features, targets, _, strangers = pictures
    suspicions = found(features, targets)
    assert set(np.argsort(-suspicions.distance)[:STRANGERS]) == set(strangers)
    assert (suspicions.distance[strangers] > suspicions.far).all()
    assert suspicions.far > suspicions.usual_distance


def test_a_label_says_nothing_about_its_own_picture(pictures) -> None:
    """Else a network that knows a wrong label by heart would confirm it."""
    features, targets, *_ = pictures
    changed = targets.copy()
    changed[5] = 1 - changed[5]
    before, after = found(features, targets).p_dog[5], found(features, changed).p_dog[5]
    assert abs(before - after) < 0.1


def test_the_same_pictures_give_the_same_answer(pictures) -> None:
    features, targets, *_ = pictures
    one, other = found(features, targets), found(features, targets)
    assert np.array_equal(one.p_dog, other.p_dog)
    assert np.array_equal(one.distance, other.distance)


def test_neighbours_are_sought_among_a_part_of_many(
    pictures, monkeypatch: pytest.MonkeyPatch
) -> None:
    features, targets, _, strangers = pictures
    monkeypatch.setattr("training.learning.label_issues._COMPARED_WITH", 200)
    monkeypatch.setattr("training.learning.label_issues._BLOCK", 64)
    distance = found(features, targets).distance
    assert (distance >= 0).all()
    assert set(np.argsort(-distance)[:STRANGERS]) == set(strangers)


def test_it_can_be_cancelled(pictures) -> None:
    features, targets, *_ = pictures
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        find_suspicions(features, targets, seed=1, token=token)
