"""A submission that lies there already: what Kaggle would not score is said before it is sent."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.dataset.kaggle.places import COMPETITIONS
from training.errors import SubmissionError
from training.inference import submission_file
from training.inference.submission import Submission
from training.inference.submission_file import read_submission

SMALL = replace(COMPETITIONS[0], test_pictures=3)
GOOD = ["id,label", "2,0.5", "1,0", "3,1"]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "mine.csv"


def write(file: Path, lines: Sequence[str], *, ending: str = "\n") -> Path:
    file.write_bytes("".join(line + ending for line in lines).encode())
    return file


@pytest.mark.parametrize("competition", COMPETITIONS, ids=lambda each: each.key)
def test_a_row_for_each_picture_of_the_competition_will_do(file, competition):
    rows = [f"{number},{number / 12_500:.9g}" for number in range(1, 12_501)]
    assert read_submission(write(file, ["id,label", *rows]), competition).rows == 12_500


@pytest.mark.parametrize(
    "lines",
    [
        GOOD,
        ["\ufeffid,label", *GOOD[1:]],
        [*GOOD, ""],
        ["id,label", '"1","5e-3"', "2,.5", "3,1.0"],
    ],
    ids=["plain", "a spreadsheet's mark", "a blank line", "other forms of numbers"],
)
@pytest.mark.parametrize("ending", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_what_programs_write_is_taken(file, lines, ending):
    assert read_submission(write(file, lines, ending=ending), SMALL) == Submission(file, 3, 0)


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ([], "mine.csv begins with “”, where “id,label” is needed."),
        (["id;label", "1;0,5"], "mine.csv begins with “id;label”, where “id,label” is needed."),
        (GOOD[1:], "mine.csv begins with “2,0.5”, where “id,label” is needed."),
        ([*GOOD[:2], "1"], "Line 3 of mine.csv has 1 cell, where 2 are needed."),
        ([*GOOD[:2], "1,0,5"], "Line 3 of mine.csv has 3 cells, where 2 are needed."),
        ([*GOOD[:2], "", "a,0.5"], "Line 4 of mine.csv is about picture “a”; "),
        ([*GOOD[:2], "4,0.5"], "Line 3 of mine.csv is about picture “4”; "),
        ([*GOOD[:2], f"{'9' * 5_000},0.5"], "Line 3 of mine.csv is about picture “9999"),
        ([*GOOD[:2], "0,0.5"], "they are numbered from 1 to 3."),
        ([*GOOD[:2], "1.0,0.5"], "Line 3 of mine.csv is about picture “1.0”; "),
        ([*GOOD[:2], "1,cat"], "Line 3 of mine.csv says “cat”; a probability is a number"),
        ([*GOOD[:2], "1,1.01"], "Line 3 of mine.csv says “1.01”; "),
        ([*GOOD[:2], "1,-0.5"], "Line 3 of mine.csv says “-0.5”; "),
        ([*GOOD[:2], "1,nan"], "Line 3 of mine.csv says “nan”; "),
        ([*GOOD[:2], "1,0_1"], "Line 3 of mine.csv says “0_1”; "),
        ([*GOOD[:2], "1,"], "Line 3 of mine.csv says “”; "),
        ([*GOOD[:2], "2,0.5"], "Line 3 of mine.csv is about picture 2, as line 2 is."),
        ([*GOOD[:2], "3,0.5"], "mine.csv has 2 of 3 rows; picture 1 is the first without one."),
        (GOOD[:1], "mine.csv has 0 of 3 rows; picture 1 is the first without one."),
        ([*GOOD[:2], '1,"0.5'], "mine.csv cannot be read as a table."),
    ],
)
def test_the_first_fault_is_said_with_its_line(file, lines, said):
    with pytest.raises(SubmissionError) as raised:
        read_submission(write(file, lines), SMALL)
    assert said in raised.value.message
    assert raised.value.hint.endswith(".")


def test_a_picture_instead_of_a_table_is_a_sentence(file):
    file.write_bytes(b"\xff\xd8\xff\xe0picture")
    with pytest.raises(SubmissionError, match="is not a text file"):
        read_submission(file, SMALL)


def test_what_is_far_too_large_is_not_even_read(file, monkeypatch):
    monkeypatch.setattr(submission_file, "MOST_BYTES", 10)
    with pytest.raises(SubmissionError, match="far more than a submission"):
        read_submission(write(file, GOOD), SMALL)


def test_a_long_word_is_cut_short(file):
    with pytest.raises(SubmissionError) as raised:
        read_submission(write(file, ["x" * 5_000]), SMALL)
    assert len(raised.value.message) < 120


@given(content=st.binary(max_size=60))
def test_any_bytes_are_a_sentence(tmp_path_factory, content):
    file = tmp_path_factory.getbasetemp() / "any.csv"
    file.write_bytes(b"id,label\n" + content)
    with pytest.raises(SubmissionError):
        read_submission(file, COMPETITIONS[0])
