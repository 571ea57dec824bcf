"""The coach on a run's folder: the record says what the curve does not."""

import dataclasses

import pytest

from training.learning.coaching import circumstances_of, coach_run
from training.resources import resource
from training.runs.curve import Circumstances, Ended
from training.runs.history import HISTORY_FILE
from training.runs.run_folder import DEFAULT_RUN, RECORD_FILE, UNFINISHED, RunRecord, read_record


@pytest.fixture
def record() -> RunRecord:
    return read_record(resource(DEFAULT_RUN))


def test_the_run_that_ships_has_its_phases_and_its_pictures(record):
    assert circumstances_of(record) == Circumstances(
        epochs_planned=7, validation_pictures=2000, ended=Ended.ALL_EPOCHS, phase_starts=(0, 2, 3)
    )
    found = coach_run(resource(DEFAULT_RUN))
    assert found is not None
    assert found.sentence.startswith("Stopped because all 7 epochs are done; best was epoch 7")


@pytest.mark.parametrize(
    ("changes", "ended"),
    [
        ({"epochs_done": 4}, Ended.FINISH_NOW),
        ({"ended": "FINISH_NOW"}, Ended.FINISH_NOW),
        ({"epochs_done": 4, "ended": "OF_A_NEWER_VERSION"}, Ended.FINISH_NOW),
        ({"state": UNFINISHED, "ended": ""}, Ended.BROKEN_OFF),
    ],
)
def test_the_record_says_how_the_run_ended(record, changes, ended):
    assert circumstances_of(dataclasses.replace(record, **changes)).ended is ended


def test_pictures_that_come_round_again_in_an_epoch_count_once(record):
    few = dataclasses.replace(record, metrics={"validation": {"pictures": 40.0}})
    assert circumstances_of(few).validation_pictures == 40


def test_how_many_pictures_judge_a_run_is_not_known_before_it_is_finished(record):
    begun = dataclasses.replace(record, state=UNFINISHED, metrics={})
    assert circumstances_of(begun).validation_pictures == 0


def test_a_run_of_a_preset_that_is_gone_has_one_phase(record):
    gone = dataclasses.replace(record, config=dataclasses.replace(record.config, preset="gone"))
    assert circumstances_of(gone).phase_starts == (0,)


def test_a_run_without_epochs_gets_no_advice(tmp_path):
    shipped = resource(DEFAULT_RUN)
    (tmp_path / RECORD_FILE).write_bytes((shipped / RECORD_FILE).read_bytes())
    assert not (tmp_path / HISTORY_FILE).exists()
    assert coach_run(tmp_path) is None


def test_a_damaged_history_costs_the_advice_and_nothing_else(tmp_path):
    shipped = resource(DEFAULT_RUN)
    (tmp_path / RECORD_FILE).write_bytes((shipped / RECORD_FILE).read_bytes())
    (tmp_path / HISTORY_FILE).write_text("epoch,loss\nnone,none\n", encoding="utf-8")
    assert coach_run(tmp_path) is None
