"""A submission that lies there already, checked before it is sent: what Kaggle would not score."""

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

from training.dataset.kaggle.places import Competition
from training.errors import SubmissionError
from training.inference.submission import HEADER, Submission

MOST_BYTES = 10_000_000
"""Some twenty times what a submission of many decimals takes; nothing larger is read."""

_HEAD = ",".join(HEADER)
_NUMBER = re.compile(r"\d{1,9}", re.ASCII)
_PROBABILITY = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?", re.ASCII | re.IGNORECASE)
_LONGEST_SHOWN = 40
_CHOOSE = "Choose another file."
_MEND = "Mend it there, or write the file again."


def read_submission(file: Path, competition: Competition) -> Submission:
    """Check a file: its first line, each row, and that each picture has one.

    Args:
        file: A table in UTF-8, parted by commas; blank lines are passed by.
        competition: Says how many pictures there are, numbered from 1.

    Raises:
        SubmissionError: It is no submission to that competition; the first fault is said, with its
            line's number, counted from 1.
        OSError: The file cannot be read.
    """
    seen: dict[int, int] = {}
    for line, cells in _rows(file):
        number = _checked_row(cells, f"Line {line:,} of {file.name}", competition)
        if number in seen:
            raise SubmissionError(
                f"Line {line:,} of {file.name} is about picture {number}, as line "
                f"{seen[number]:,} is.",
                _MEND,
            )
        seen[number] = line
    _refuse_gaps(seen, file, competition)
    return Submission(file, len(seen), unreadable=0)


def _rows(file: Path) -> Iterator[tuple[int, list[str]]]:
    """The rows after the header, each with the number of its line."""
    reader = csv.reader(io.StringIO(_text(file), newline=""), strict=True)
    try:
        head = next(reader, [])
        if tuple(head) != HEADER:
            raise SubmissionError(
                f"{file.name} begins with “{_shown(','.join(head))}”, where “{_HEAD}” is needed.",
                _CHOOSE,
            )
        for cells in reader:
            if cells:
                yield reader.line_num, cells
    except csv.Error as error:
        line = reader.line_num
        raise SubmissionError(
            f"Line {line:,} of {file.name} cannot be read as a table.", _MEND
        ) from error


def _text(file: Path) -> str:
    size = file.stat().st_size
    if size > MOST_BYTES:
        raise SubmissionError(
            f"{file.name} has {size / 1e6:,.0f} MB, far more than a submission.", _CHOOSE
        )
    try:
        return file.read_text(encoding="utf-8-sig")  # a spreadsheet's mark may stand in front
    except UnicodeDecodeError as error:
        raise SubmissionError(f"{file.name} is not a text file.", _CHOOSE) from error


def _checked_row(cells: list[str], place: str, competition: Competition) -> int:
    """The row's picture, once both of its cells are as they must be."""
    if len(cells) != len(HEADER):
        raise SubmissionError(
            f"{place} has {_cells(len(cells))}, where {len(HEADER)} are needed.", _MEND
        )
    number, label = cells
    most = competition.test_pictures
    if not _NUMBER.fullmatch(number) or not 1 <= int(number) <= most:
        raise SubmissionError(
            f"{place} is about picture “{_shown(number)}”; they are numbered from 1 to {most:,}.",
            _MEND,
        )
    if not _PROBABILITY.fullmatch(label) or not 0 <= float(label) <= 1:
        raise SubmissionError(
            f"{place} says “{_shown(label)}”; a probability is a number from 0 to 1.", _MEND
        )
    return int(number)


def _refuse_gaps(seen: dict[int, int], file: Path, competition: Competition) -> None:
    most = competition.test_pictures
    if len(seen) == most:
        return
    missing = next(number for number in range(1, most + 1) if number not in seen)
    raise SubmissionError(
        f"{file.name} has {len(seen):,} of {most:,} rows; picture {missing:,} is the first without "
        "one.",
        f"Write it of all pictures of {competition.test_file}.",
    )


def _cells(count: int) -> str:
    return "1 cell" if count == 1 else f"{count:,} cells"


def _shown(words: str) -> str:
    return words if len(words) <= _LONGEST_SHOWN else f"{words[:_LONGEST_SHOWN]}…"
