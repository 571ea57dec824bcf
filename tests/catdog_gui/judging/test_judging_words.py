"""The window's sentences, and what is live when."""

import pytest

from catdog_gui.judging import words
from catdog_gui.judging.controls import Body, JudgingState, controls_for
from catdog_gui.judging.facts import Special
from catdog_gui.judging.pictures_view import LISTED
from training.inference.groups import Group


@pytest.mark.parametrize(
    ("behind", "said"),
    [
        (Group(label="cat", called="dog"), "Cats called dogs"),
        (Group(label="dog"), "Dogs"),
        (Group(called="cat"), "Called cats"),
        (Group(bar=19, is_right=False), "Wrong, confidence 97.5 to 100.0 %"),
        (Group(bin=14), "Confidence 93.3 to 100.0 %"),
        (Special.UNREAD, "Not readable"),
    ],
)
def test_each_group_has_its_name(behind, said):
    assert words.behind_words(behind) == said
    assert words.counted_words(behind, 1200) == f"{said} · 1,200"


def test_no_two_groups_have_the_same_name():
    names = [words.behind_words(behind) for behind in LISTED]
    assert len(set(names)) == len(names)


def test_what_is_not_certain_is_not_said_to_be():
    assert words.answer_words("dog", 0.99999, verdict="dog") == "Called dog, over 99.9 %."
    assert words.answer_words("cat", 0.62, verdict="neither") == (
        "Called cat, 62.0 %; verdict neither."
    )


def test_a_difference_that_may_be_chance_is_said_to_be():
    assert "may well be chance (p = 0.3," in words.chance_words(0.3)
    assert "hardly chance (p < 0.0001," in words.chance_words(1e-9)


def test_while_a_job_runs_nothing_else_begins_but_labels_are_put_right():
    idle = controls_for(JudgingState(has_choice=True, is_judged=True, is_kept=True))
    working = controls_for(
        JudgingState(has_choice=True, is_working=True, is_judged=True, is_kept=True)
    )
    assert (idle.can_choose, idle.can_judge, idle.can_report) == (True, True, True)
    assert (working.can_choose, working.can_judge, working.can_report) == (False, False, False)
    assert working.can_put_right
    assert working.body is Body.JUDGED


def test_a_folder_cannot_be_put_right_and_nothing_is_reported_before_it_is_judged():
    assert not controls_for(JudgingState(is_judged=True)).can_put_right
    empty = controls_for(JudgingState(has_choice=True))
    assert (empty.body, empty.can_report) == (Body.INVITATION, False)
