"""What a clip does to the log loss, compared with scikit-learn."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import log_loss

from tests.training.inference.red_or_blue import make_dataset, make_run
from training.cancellation import Cancelled, CancelToken
from training.config import SplitConfig
from training.dataset.library import open_dataset
from training.dataset.picture import Split
from training.dataset.split import split_dataset
from training.errors import DatasetError
from training.events import VerdictReached
from training.inference.clipping import (
    CLIPS,
    GOOD_CLIP,
    clip_curve,
    clipped_log_loss,
    measure_clips,
)

ANSWERS = st.lists(
    st.tuples(st.integers(0, 1), st.floats(0, 1, allow_nan=False)), min_size=1, max_size=40
)


@given(answers=ANSWERS, clip=st.floats(0, 0.49))
def test_it_is_scikit_learns_log_loss_of_the_clipped_probabilities(answers, clip):
    labels, p_dog = (np.array(each) for each in zip(*answers, strict=True))
    least = max(clip, 1e-15)
    expected = log_loss(labels, np.clip(p_dog, least, 1 - least), labels=[0, 1])
    assert clipped_log_loss(labels, p_dog, clip) == pytest.approx(expected, rel=1e-9)


@given(answers=ANSWERS)
def test_the_best_clip_has_the_lowest_loss_of_the_curve(answers):
    labels, p_dog = zip(*answers, strict=True)
    curve = clip_curve(labels, p_dog)
    clip, loss = curve.best
    assert loss == min(curve.losses) == curve.at(clip)
    assert all(other > loss for other in curve.losses[: curve.clips.index(clip)])
    assert (curve.without, curve.pictures) == (curve.at(0), len(answers))


@given(p_dog=st.lists(st.floats(0.06, 0.94), min_size=1, max_size=20))
def test_a_clip_changes_nothing_where_all_are_unsure(p_dog):
    curve = clip_curve([1] * len(p_dog), p_dog)
    assert len(set(curve.losses)) == 1
    assert curve.best[0] == 0


def test_a_mistake_that_is_surely_wrong_costs_what_the_clip_lets_it():
    curve = clip_curve([0], [1.0])
    assert curve.without == pytest.approx(-math.log(1e-15), rel=1e-3)
    assert curve.at(GOOD_CLIP) == pytest.approx(-math.log(GOOD_CLIP))
    assert curve.best[0] == CLIPS[-1] == 0.05


def test_the_curve_is_read_at_the_nearest_clip():
    curve = clip_curve([0, 1], [0.0, 0.2])
    assert curve.at(0.0101) == curve.at(0.01) != curve.at(0.011)
    assert curve.at(0.4) == curve.losses[-1]


@pytest.fixture
def run(home, tmp_path):
    make_dataset(home, tmp_path / "tones")
    return make_run(home, "tones")


def measured(run, home, token=None):
    events = []
    curve = measure_clips(run, home, emit=events.append, token=token or CancelToken())
    return curve, [each.verdict for each in events if isinstance(each, VerdictReached)]


def test_a_run_is_measured_on_its_validation_pictures_alone(run, home):
    curve, verdicts = measured(run, home)
    with open_dataset(home, "tones") as catalog:
        rows = {str(row.path): row.label for row in catalog.pictures(split=Split.VALIDATION)}
    assert {verdict.path for verdict in verdicts} == rows.keys()
    labels = [int(rows[verdict.path] == "dog") for verdict in verdicts]
    p_dog = [verdict.p_dog for verdict in verdicts]
    assert curve.pictures == len(rows)
    assert curve.at(GOOD_CLIP) == pytest.approx(
        log_loss(labels, np.clip(p_dog, GOOD_CLIP, 1 - GOOD_CLIP), labels=[0, 1])
    )


def test_a_dataset_that_is_split_otherwise_gives_no_figure(run, home):
    told = {"emit": lambda _: None, "token": CancelToken()}
    split_dataset("tones", SplitConfig(train=0.2, validation=0.7, seed=5), home, **told)
    with pytest.raises(DatasetError, match="another split"):
        measured(run, home)


def test_a_dataset_that_is_not_there_gives_no_figure(home):
    with pytest.raises(DatasetError, match=r"not here .dataset “kaggle”"):
        measured(make_run(home), home)


def test_measuring_can_be_cancelled(run, home):
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        measured(run, home, token)
