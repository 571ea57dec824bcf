"""Verdicts as CSV and as JSON."""

import csv
import dataclasses
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.events import Verdict
from training.inference.results_file import FIELDS, plain_cell, save_results

CAT = Verdict('/p/a, "b".jpg', "cat", 0.25, 0.75, p_neither=0.125)
FAILED = Verdict("/p/c.jpg", None, None, None, "It is empty.")


def test_each_picture_is_a_row_with_empty_cells_where_nothing_is_known(tmp_path) -> None:
    target = tmp_path / "verdicts.csv"
    save_results([CAT, FAILED], target)
    with target.open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    assert tuple(header) == FIELDS
    assert rows == [
        [CAT.path, "cat", "0.25", "0.75", "", "0.125"],
        [FAILED.path, "", "", "", "It is empty.", ""],
    ]


def test_json_gives_back_what_was_saved(tmp_path) -> None:
    target = tmp_path / "verdicts.JSON"
    save_results([CAT, FAILED], target)
    read = json.loads(target.read_text(encoding="utf-8"))
    assert read == [dataclasses.asdict(CAT), dataclasses.asdict(FAILED)]


@pytest.mark.parametrize("name", ["verdicts.csv", "verdicts.json"])
def test_a_name_that_is_no_valid_text_is_saved_too(tmp_path, name) -> None:
    save_results([Verdict("caf\udce9 ü.jpg", "cat", 0.1, 0.9)], tmp_path / name)
    assert "caf? ü.jpg" in (tmp_path / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_a_name_that_begins_like_a_formula_does_not_compute(tmp_path, start) -> None:
    save_results([Verdict(f"{start}1+1.jpg", "cat", 0.1, 0.9)], tmp_path / "verdicts.csv")
    with (tmp_path / "verdicts.csv").open(encoding="utf-8", newline="") as file:
        (row,) = csv.DictReader(file)
    assert row["path"] == f"'{start}1+1.jpg"


@given(st.text())
def test_only_what_begins_like_a_formula_is_changed(text) -> None:
    assert plain_cell(text).removeprefix("'") in {text, text.removeprefix("'")}
    assert not plain_cell(text).startswith(("=", "+", "-", "@"))


def test_a_place_that_cannot_be_written_says_so_and_leaves_nothing(tmp_path) -> None:
    with pytest.raises(OSError, match="missing"):
        save_results([CAT], tmp_path / "missing" / "verdicts.csv")
    assert list(tmp_path.iterdir()) == []
