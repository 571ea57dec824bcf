"""The sentences of checking and putting right."""

import pytest

from catdog_gui.dataset_tab.found import Depth, Found
from catdog_gui.dataset_tab.found_words import (
    KIND_WORDS,
    caption_words,
    checked_words,
    depth_words,
    dismissed_words,
    keep_one_words,
    kind_words,
    unreadable_words,
)
from catdog_gui.dataset_tab.picture_filter import Problem
from training.dataset.finding import Finding, FindingKind

Kind = FindingKind


def test_each_kind_that_is_about_pictures_has_words():
    assert set(KIND_WORDS) == set(Kind) - {Kind.IMBALANCE}


@pytest.mark.parametrize(
    ("kind", "count", "words"),
    [
        (Kind.DAMAGED, 12, "12 damaged"),
        (Kind.LABEL, 1, "1 suspicious label"),
        (Kind.LABEL, 1_234, "1,234 suspicious labels"),
        (Kind.EXACT, 2, "2 exact copies"),
    ],
)
def test_a_line_says_the_number_first(kind, count, words):
    assert kind_words(kind, count) == words


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (Found(), "Not checked yet"),
        (Found(depth=Depth.LOOKS), "Labels not checked yet"),
        (Found(depth=Depth.LABELS), "Nothing found"),
        (Found([Finding(Kind.DARK, 1, 1.0, "")], depth=Depth.LABELS), ""),
        (Found((), [Finding(Kind.DARK, 1, 1.0, "")], Depth.LABELS), "Nothing else found"),
    ],
)
def test_how_far_a_dataset_is_checked_is_said_where_it_is_news(found, words):
    assert depth_words(found) == words


def test_pictures_of_which_something_was_dismissed_are_counted_once():
    found = [Finding(kind, 1, 1.0, "") for kind in (Kind.DARK, Kind.TINY)]
    assert dismissed_words(Found(dismissed=found)) == (1, "1 dismissed")
    assert dismissed_words(Found()) == (0, "0 dismissed")


def test_the_count_is_said_before_copies_are_excluded():
    assert keep_one_words(Found(spare=frozenset(range(203)), kept=198)) == (
        "Exclude 203 copies, keep 198"
    )
    assert keep_one_words(Found(spare=frozenset([1]), kept=1)) == "Exclude 1 copy, keep 1"


def test_a_check_ends_with_what_it_found():
    assert checked_words([]) == "The check found nothing to put right."
    assert checked_words([Kind.IMBALANCE]) == "The check found nothing to put right."
    assert checked_words([Kind.LABEL] * 31 + [Kind.DARK]) == (
        "The check found 31 suspicious labels and 1 dark."
    )


def test_what_cannot_be_read_is_set_aside():
    assert unreadable_words(12) == (
        "12 pictures could not be read.",
        "They are set aside; your files are unchanged.",
    )
    assert unreadable_words(1)[1] == "It is set aside; your files are unchanged."


@pytest.mark.parametrize(
    ("count", "problem", "words"),
    [
        (0, Kind.LABEL, ""),
        (31, Kind.LABEL, "31 suspicious labels, the worst first"),
        (66, Kind.NEAR, "66 near copies, group by group"),
        (3, Problem.EXCLUDED, "3 pictures · Space shows one large"),
    ],
)
def test_the_caption_says_what_is_shown_and_in_which_order(count, problem, words):
    assert caption_words(count, problem) == words
