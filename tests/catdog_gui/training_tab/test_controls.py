"""Which buttons are live in which state."""

import pytest

from catdog_gui.training_tab.controls import Body, Phase, TrainingState, controls_for


def state(phase: Phase = Phase.IDLE, **changes: object) -> TrainingState:
    values: dict[str, object] = {"datasets": 1, "is_split": True}
    return TrainingState(phase=phase, **(values | changes))


def test_without_a_dataset_there_is_only_the_invitation() -> None:
    controls = controls_for(TrainingState())
    assert controls.body is Body.INVITATION
    assert not controls.can_train


def test_a_split_dataset_and_a_valid_form_can_be_trained_on() -> None:
    controls = controls_for(state())
    assert controls.can_train
    assert controls.can_change
    assert not controls.shows_progress
    assert not controls.can_finish
    assert not controls.can_discard


@pytest.mark.parametrize(
    "obstacle",
    [{"is_split": False}, {"is_valid": False}, {"is_exporting": True}, {"is_finding": True}],
)
def test_what_stands_against_training_switches_train_off(obstacle: dict[str, bool]) -> None:
    assert not controls_for(state(**obstacle)).can_train


def test_an_unsplit_dataset_asks_for_its_split() -> None:
    assert controls_for(state(is_split=False)).asks_for_split
    assert not controls_for(state()).asks_for_split


@pytest.mark.parametrize(
    ("phase", "can_pause", "can_finish", "can_discard"),
    [
        (Phase.STARTING, False, False, True),
        (Phase.TRAINING, True, True, True),
        (Phase.FINISHING, False, False, True),
        (Phase.PAUSING, False, False, False),
        (Phase.DISCARDING, False, False, False),
    ],
)
def test_each_phase_offers_the_ends_that_it_has(
    phase: Phase, can_pause: bool, can_finish: bool, can_discard: bool
) -> None:
    controls = controls_for(state(phase))
    assert controls.can_pause == can_pause
    assert (controls.can_finish, controls.can_discard) == (can_finish, can_discard)
    assert controls.shows_progress
    assert not controls.can_train
    assert not controls.can_change
    assert not controls.can_work_on_runs


def test_a_training_stays_in_sight_when_its_dataset_is_deleted() -> None:
    assert controls_for(state(Phase.TRAINING, datasets=0)).body is Body.TRAINING


def test_there_is_a_dataset_to_choose_only_where_there_is_one() -> None:
    assert controls_for(state()).can_choose_dataset
    assert not controls_for(TrainingState()).can_choose_dataset
    assert not controls_for(state(Phase.TRAINING)).can_choose_dataset
