"""Which run is chosen, by itself and by the user."""

from pathlib import Path

from catdog_gui.prediction_tab.run_choice import NEWEST, RunChoice
from training.runs.run_folder import FINISHED, UNFINISHED, RunInfo


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


def _choice(*runs, wanted=NEWEST):
    choice = RunChoice(wanted)
    choice.update(runs, keeps_chosen=False)
    return choice


def test_without_a_finished_run_none_is_chosen():
    choice = _choice(_run("a", UNFINISHED))
    assert choice.chosen is None
    assert choice.runs == ()


def test_the_newest_finished_run_is_chosen():
    assert _choice(_run("c", UNFINISHED), _run("b"), _run("a")).chosen.run == "b"


def test_the_run_of_last_time_is_chosen_again():
    assert _choice(_run("b"), _run("a"), wanted="a").chosen.run == "a"


def test_a_run_that_is_gone_gives_way_to_the_newest():
    assert _choice(_run("b"), wanted="a").chosen.run == "b"


def test_choosing_the_newest_follows_later_ones_too():
    choice = _choice(_run("b"), _run("a"), wanted="a")
    choice.choose(0)
    assert choice.wanted == NEWEST


def test_an_older_choice_is_remembered_by_name():
    choice = _choice(_run("b"), _run("a"))
    choice.choose(1)
    assert choice.wanted == "a"


def test_a_run_that_just_finished_is_chosen():
    choice = _choice(_run("b"), _run("a"), wanted="a")
    choice.update([_run("c"), _run("b"), _run("a")], keeps_chosen=False)
    assert choice.chosen.run == "c"


def test_verdicts_on_the_screen_keep_their_run():
    choice = _choice(_run("b"), _run("a"))
    choice.update([_run("c"), _run("b"), _run("a")], keeps_chosen=True)
    assert choice.chosen.run == "b"


def test_an_evaluated_run_is_no_new_run():
    choice = _choice(_run("b"), _run("a"), wanted="a")
    choice.update([_run("b", test_accuracy=0.8), _run("a")], keeps_chosen=False)
    assert choice.chosen.run == "a"
