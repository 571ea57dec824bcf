"""The sentences of the Prediction tab."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catdog_gui.prediction_tab.words import (
    NEITHER_WORDS,
    Tally,
    judgement_words,
    model_words,
    name_words,
    run_words,
    sentences_for,
    share_words,
    size_words,
    summary_words,
    verdict_words,
)
from training.events import Verdict
from training.runs.judgement import BINS, Judgement, NeitherRule
from training.runs.lab_book import RunInfo
from training.runs.run_folder import DEFAULT_RUN


def _run(**changes):
    values = {
        "run": "20261124-100000_notebook",
        "folder": Path("run"),
        "preset": "notebook",
        "dataset": "kaggle",
        "state": "finished",
        "epochs": 3,
        "epochs_planned": 3,
        "best_epoch": 2,
        "val_accuracy": 0.961,
        "test_accuracy": None,
        "created": "2026-11-24T10:00:31+01:00",
    }
    return RunInfo(**(values | changes))


def test_a_run_is_named_by_preset_time_and_validation():
    assert run_words(_run()) == "notebook · 2026-11-24 10:00 · validation 0.96"


def test_the_model_that_ships_is_named_so():
    assert run_words(_run(run=DEFAULT_RUN)) == "The model that ships · validation 0.96"


def test_a_run_without_validation_says_nothing_of_it():
    assert run_words(_run(val_accuracy=None)) == "notebook · 2026-11-24 10:00"


def test_a_run_with_a_strange_date_is_still_named():
    assert run_words(_run(created="long ago", val_accuracy=None)) == "notebook · long ago"


@pytest.mark.parametrize(
    ("tally", "is_reading", "words"),
    [
        (Tally(), False, ""),
        (Tally(pictures=1, dogs=1), False, "1 picture: 1 dog."),
        (
            Tally(pictures=128, cats=60, dogs=61, failed=7),
            False,
            "128 pictures: 60 cats, 61 dogs, 7 could not be read.",
        ),
        (Tally(pictures=4, cats=1, neither=1), True, "4 pictures: 1 cat, 1 neither, 2 to go."),
        (Tally(pictures=5000, cats=1), False, "5,000 pictures: 1 cat, 4,999 not read."),
    ],
)
def test_summary_counts_what_became_of_the_pictures(tally, is_reading, words):
    assert summary_words(tally, is_reading=is_reading) == words


@given(st.floats(0, 1))
def test_a_share_is_never_said_to_be_certain(share):
    assert share_words(share) not in ("1.00", "0.00")


def test_a_share_has_two_digits():
    assert [share_words(share) for share in (0.5, 0.9701, 0.9949)] == ["0.50", "0.97", "0.99"]


def test_the_model_is_quoted_for_both_classes():
    assert model_words(0.97) == "The model gives dog 0.97 and cat 0.03."
    assert model_words(0.0001) == "The model gives dog < 0.01 and cat > 0.99."


def test_neither_is_a_sentence_and_what_the_two_would_be_stands_beside_it():
    strange = Verdict("a", "neither", 0.97, 0.8, p_neither=0.8)
    assert sentences_for(strange) == (
        NEITHER_WORDS,
        "Were it one of the two: dog 0.97 and cat 0.03.",
    )


def test_a_verdict_against_the_odds_names_the_threshold():
    assert sentences_for(Verdict("a", "cat", 0.6, 0.4)) == (
        "The model gives dog 0.60 and cat 0.40.",
        "The threshold makes it a cat, though that is less likely.",
    )
    assert sentences_for(Verdict("a", "dog", 0.6, 0.6))[1] == ""


def _counts(**bins):
    return tuple(bins.get(f"at_{number}", 0) for number in range(BINS))


def test_a_threshold_says_what_it_costs_in_cats_and_dogs():
    rule = NeitherRule(0.4, 0, 8, 256, 0.01, "pictures")
    counted = Judgement(
        1, rule, cats=_counts(at_0=1988, at_70=12), dogs=_counts(at_69=35, at_99=965)
    )
    assert judgement_words(counted, 0.7) == (
        "At 0.70: 12 of 2,000 validation cats would be called dogs, 35 of 1,000 dogs cats."
    )
    assert judgement_words(counted, 0.71).startswith("At 0.71: 0 of 2,000")


def test_a_run_without_counts_says_nothing_of_costs():
    assert judgement_words(Judgement(1, NeitherRule(0.4, 0, 8, 256, 0.01, "pictures")), 0.7) == ""


def test_a_run_that_cannot_say_neither_says_so():
    assert judgement_words(None, 0.5) == "This model cannot say “neither”."
    counted = Judgement(1, None, cats=_counts(at_0=1), dogs=_counts(at_99=1))
    assert judgement_words(counted, 0.5).endswith("dogs cats. This model cannot say “neither”.")


def test_every_state_of_a_picture_has_a_word():
    cat = Verdict(path="a", verdict="cat", p_dog=0.1, confidence=0.9)
    failed = Verdict(
        path="a", verdict=None, p_dog=None, confidence=None, error="The file is empty."
    )
    assert verdict_words(cat, is_reading=True) == "Cat"
    assert verdict_words(failed, is_reading=True) == "Unreadable"
    assert verdict_words(None, is_reading=True) == "Reading"
    assert verdict_words(None, is_reading=False) == "Not read"


@pytest.mark.parametrize(
    ("size", "words"),
    [(1, "1 byte"), (812, "812 bytes"), (34_900, "34 KB"), (1_260_000, "1.2 MB")],
)
def test_a_size_is_said_in_its_own_unit(size, words):
    assert size_words(size) == words


def test_a_name_that_is_no_valid_text_can_be_shown():
    name_words(Path("caf\udce9.jpg")).encode("utf-8")
