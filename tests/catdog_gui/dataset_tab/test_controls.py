"""What the tab offers in which state."""

import pytest

from catdog_gui.dataset_tab.controls import Body, DatasetState, controls_for


@pytest.mark.parametrize(
    ("datasets", "body"), [(None, Body.BLANK), (0, Body.INVITATION), (1, Body.DATASET)]
)
def test_the_body_follows_what_is_there(datasets, body):
    assert controls_for(DatasetState(datasets=datasets)).body is body


@pytest.mark.parametrize("datasets", [None, 0, 1])
def test_the_kaggle_panel_takes_the_place_of_any_body(datasets):
    assert controls_for(DatasetState(datasets, shows_kaggle=True)).body is Body.KAGGLE


def test_while_a_job_runs_nothing_that_changes_a_dataset_is_live():
    controls = controls_for(DatasetState(2, is_working=True, is_read=True, leaks=1))
    live = (
        controls.can_add,
        controls.can_delete,
        controls.can_split,
        controls.can_leave_copies_out,
        controls.can_put_right,
        controls.proposes_split,
    )
    assert not any(live)
    assert controls.can_choose


def test_a_dataset_that_is_not_split_is_proposed_to_be():
    assert controls_for(DatasetState(1, is_read=True)).proposes_split
    assert not controls_for(DatasetState(1, is_read=True, is_split=True)).proposes_split


def test_copies_can_be_left_out_only_where_there_are_leaks():
    assert controls_for(DatasetState(1, is_read=True, leaks=2)).can_leave_copies_out
    assert not controls_for(DatasetState(1, is_read=True)).can_leave_copies_out


def test_nothing_can_be_split_before_it_is_read():
    assert not controls_for(DatasetState(1)).can_split


def test_a_check_runs_beside_all_but_another_check():
    controls = controls_for(DatasetState(1, is_read=True, is_checking=True))
    assert controls.can_put_right
    assert controls.can_split
    assert not controls.can_check
    assert controls_for(DatasetState(1, is_read=True, is_working=True)).can_check
