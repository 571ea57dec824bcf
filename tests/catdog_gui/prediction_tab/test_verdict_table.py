"""The list as CSV."""

import csv

import pytest

from catdog_gui.prediction_tab.verdict_table import save_verdicts
from training.events import Verdict

CAT = Verdict(path='/p/a, "b".jpg', verdict="cat", p_dog=0.25, confidence=0.75)
FAILED = Verdict(path="/p/c.jpg", verdict=None, p_dog=None, confidence=None, error="It is empty.")


def test_each_picture_is_a_row_with_empty_cells_where_nothing_is_known(tmp_path):
    target = tmp_path / "verdicts.csv"
    save_verdicts([CAT, FAILED], target)
    with target.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert rows == [
        {"path": CAT.path, "verdict": "cat", "p_dog": "0.25", "confidence": "0.75", "error": ""},
        {"path": FAILED.path, "verdict": "", "p_dog": "", "confidence": "", "error": FAILED.error},
    ]


def test_a_name_that_is_no_valid_text_is_saved_too(tmp_path):
    save_verdicts([Verdict("caf\udce9.jpg", "cat", 0.1, 0.9)], tmp_path / "verdicts.csv")
    assert "caf?.jpg" in (tmp_path / "verdicts.csv").read_text(encoding="utf-8")


def test_a_place_that_cannot_be_written_says_so(tmp_path):
    with pytest.raises(OSError, match="missing"):
        save_verdicts([CAT], tmp_path / "missing" / "verdicts.csv")
