"""Which run is chosen, by itself and by the user."""

from pathlib import Path

from catdog_gui.prediction_tab import run_choice
from catdog_gui.prediction_tab.run_choice import UNCHOSEN, RunChoice, runs_to_choose_from
from training.errors import RunError
from training.runs.lab_book import RunInfo
from training.runs.run_folder import DEFAULT_RUN, FINISHED, UNFINISHED


def _run(name, state=FINISHED, test_accuracy=None):
    return RunInfo(
        run=name,
        folder=Path(name),
        preset="notebook",
        dataset="kaggle",
        state=state,
        epochs=1,
        epochs_planned=1,
        best_epoch=0,
        val_accuracy=0.8,
        test_accuracy=test_accuracy,
        created="2026-11-24T10:00:00+00:00",
    )


SHIPS = _run(DEFAULT_RUN)


def _choice(*runs, wanted=UNCHOSEN):
    choice = RunChoice(wanted)
    choice.update(runs, keeps_chosen=False)
    return choice


def test_the_model_that_ships_stands_first_also_where_there_are_no_runs(home):
    assert [info.run for info in runs_to_choose_from(home)] == [DEFAULT_RUN]


def test_without_the_model_that_ships_ones_own_runs_can_be_chosen(home, monkeypatch):
    def missing():
        raise RunError("It is not there.", "Install the program again.")

    monkeypatch.setattr(run_choice, "default_run", missing)
    monkeypatch.setattr(run_choice, "list_runs", lambda _home: [_run("a")])
    assert [info.run for info in runs_to_choose_from(home)] == ["a"]


def test_without_a_finished_run_none_is_chosen():
    choice = _choice(_run("a", UNFINISHED))
    assert choice.chosen is None
    assert choice.runs == ()


def test_the_model_that_ships_is_chosen_at_first():
    assert _choice(SHIPS, _run("b"), _run("a")).chosen == SHIPS


def test_without_it_the_newest_finished_run_is_chosen():
    assert _choice(_run("c", UNFINISHED), _run("b"), _run("a")).chosen.run == "b"


def test_the_run_of_last_time_is_chosen_again():
    assert _choice(SHIPS, _run("b"), _run("a"), wanted="a").chosen.run == "a"


def test_a_run_that_is_gone_gives_way_to_the_model_that_ships():
    assert _choice(SHIPS, _run("b"), wanted="a").chosen == SHIPS


def test_every_choice_is_remembered_by_name():
    choice = _choice(SHIPS, _run("b"), _run("a"))
    choice.choose(2)
    assert choice.wanted == "a"
    choice.choose(0)
    assert choice.wanted == DEFAULT_RUN


def test_a_run_that_just_finished_is_chosen():
    choice = _choice(SHIPS, _run("b"), _run("a"), wanted="a")
    choice.update([SHIPS, _run("c"), _run("b"), _run("a")], keeps_chosen=False)
    assert choice.chosen.run == "c"


def test_the_first_run_of_all_is_chosen_when_it_finishes():
    choice = _choice(SHIPS)
    choice.update([SHIPS, _run("a", UNFINISHED)], keeps_chosen=False)
    assert choice.chosen == SHIPS
    choice.update([SHIPS, _run("a")], keeps_chosen=False)
    assert choice.chosen.run == "a"


def test_verdicts_on_the_screen_keep_their_run():
    choice = _choice(_run("b"), _run("a"))
    choice.update([_run("c"), _run("b"), _run("a")], keeps_chosen=True)
    assert choice.chosen.run == "b"


def test_an_evaluated_run_is_no_new_run():
    choice = _choice(SHIPS, _run("b"), _run("a"), wanted="a")
    choice.update([SHIPS, _run("b", test_accuracy=0.8), _run("a")], keeps_chosen=False)
    assert choice.chosen.run == "a"
