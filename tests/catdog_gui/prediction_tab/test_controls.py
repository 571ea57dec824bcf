"""Which state shows which body and which live buttons."""

import pytest

from catdog_gui.prediction_tab.controls import Body, PredictionState, controls_for


@pytest.mark.parametrize(
    ("runs", "pictures", "body"),
    [
        (0, 0, Body.NO_RUN),
        (2, 0, Body.EMPTY),
        (2, 5, Body.RESULTS),
        (0, 5, Body.RESULTS),
    ],
)
def test_body_follows_what_there_is(runs, pictures, body):
    assert controls_for(PredictionState(runs=runs, pictures=pictures, read=0)).body is body


def test_there_is_nothing_to_choose_without_a_run():
    assert not controls_for(PredictionState(runs=0, pictures=0, read=0)).can_choose_run
    assert controls_for(PredictionState(runs=1, pictures=0, read=0)).can_choose_run


def test_a_list_can_be_cleared_before_it_is_read_and_saved_only_afterwards():
    waiting = controls_for(PredictionState(runs=1, pictures=3, read=0))
    begun = controls_for(PredictionState(runs=1, pictures=3, read=1))
    assert (waiting.can_clear, waiting.can_save) == (True, False)
    assert (begun.can_clear, begun.can_save) == (True, True)
