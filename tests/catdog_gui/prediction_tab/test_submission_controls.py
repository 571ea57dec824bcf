"""What the form for Kaggle offers in which state."""

import dataclasses

import pytest

from catdog_gui.prediction_tab.submission_controls import SubmissionState, controls_for

READY = SubmissionState(
    has_run=True, has_pictures=True, has_file=True, is_fresh=True, is_working=False
)


def test_all_is_offered_where_all_is_there():
    controls = controls_for(READY)
    assert all(dataclasses.astuple(controls))


@pytest.mark.parametrize("lacks", ["has_run", "has_pictures"])
def test_nothing_has_file_without_model_or_pictures(lacks):
    controls = controls_for(dataclasses.replace(READY, **{lacks: False}))
    assert (controls.can_write, controls.can_send) == (False, True)


def test_nothing_is_sent_without_a_file():
    controls = controls_for(dataclasses.replace(READY, has_file=False, is_fresh=False))
    assert (controls.can_send, controls.sends_next) == (False, False)


def test_after_a_change_writing_is_the_next_thing_to_do():
    controls = controls_for(dataclasses.replace(READY, is_fresh=False))
    assert (controls.can_send, controls.sends_next) == (True, False)


def test_nothing_is_changed_or_begun_while_a_job_runs():
    controls = controls_for(dataclasses.replace(READY, is_working=True))
    assert not controls.can_choose | controls.can_write | controls.can_send
