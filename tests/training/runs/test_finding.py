"""Runs are found by their words, and stand in any order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.training.runs.making import info, make_run
from training.errors import ConfigError
from training.home import Home
from training.runs.finding import COLUMNS, matches, sorted_runs
from training.runs.lab_book import list_runs, open_run
from training.runs.notes import change_notes


@pytest.mark.parametrize(
    "words",
    ["", "grey", "GREY cats", "cats grey", "notebook", "kaggle", "flipped once", "notebook kaggle"],
)
def test_a_run_is_found_by_words_of_its_title_preset_dataset_and_notes(
    home: Home, words: str
) -> None:
    folder = make_run(home)
    change_notes(folder, title="Grey cats", notes="Only\nflipped.  Once.")
    found = open_run(home, folder.name)
    assert matches(found, words)
    assert matches(found, folder.name)
    assert not matches(found, words + " elephant")


def test_runs_without_the_figure_come_last_and_the_best_first(home: Home) -> None:
    rows = (({"validation": {"accuracy": figure}} if figure else {}) for figure in (0.7, None, 0.9))
    for metrics in rows:
        make_run(home, metrics=metrics)
    runs = list_runs(home)
    by_accuracy = [each.val_accuracy for each in sorted_runs(runs, "validation")]
    assert by_accuracy == [0.9, 0.7, None]


def test_an_unknown_column_names_those_there_are(home: Home) -> None:
    with pytest.raises(ConfigError, match="log_loss"):
        sorted_runs([], "colour")


@given(st.sampled_from(sorted(COLUMNS)), st.lists(st.sampled_from([None, 0.0, 0.5]), max_size=4))
def test_every_column_orders_runs_whatever_they_lack(
    column: str, figures: list[float | None]
) -> None:
    runs = [
        info(
            str(number),
            val_accuracy=figure,
            test_accuracy=figure,
            val_log_loss=figure,
            seconds=figure or 0.0,
            device="CPU" if figure else "",
        )
        for number, figure in enumerate(figures)
    ]
    assert {each.run for each in sorted_runs(runs, column)} == {each.run for each in runs}
    assert len(sorted_runs(runs, column)) == len(runs)
