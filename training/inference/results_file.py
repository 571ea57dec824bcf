"""Verdicts as a file for other programs: CSV or JSON."""

import csv
import dataclasses
import io
import json
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from training import atomic
from training.events import Verdict

FIELDS = tuple(field.name for field in dataclasses.fields(Verdict))
"""Of each picture, in this order; the same as in the lines of `catdog classify --json`."""

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def save_results(verdicts: Iterable[Verdict], target: Path) -> None:
    """Write what was read, whole or not at all; UTF-8.

    JSON is an array with an object for each picture. CSV has a header and a row for each; what is
    None is an empty cell.

    Args:
        verdicts: In the order of the file.
        target: The file to write; what was there is replaced. JSON where its suffix is `.json`,
            else CSV.

    Raises:
        OSError: The file cannot be written.
    """
    write = _WRITERS.get(target.suffix.lower(), _as_csv)
    rows = [dataclasses.asdict(verdict) for verdict in verdicts]
    atomic.write_text(target, write(rows).encode("utf-8", "replace").decode("utf-8"))


def plain_cell(text: str) -> str:
    """A cell that a spreadsheet takes as text.

    What begins like a formula gets an apostrophe before it, or a file's name could compute
    (OWASP, CSV Injection).
    """
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text


def _as_csv(rows: Iterable[Mapping[str, object]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text)  # ends lines as RFC 4180 does; else a return in a name is not quoted
    writer.writerow(FIELDS)
    writer.writerows([_cell(row[field]) for field in FIELDS] for row in rows)
    return text.getvalue()


def _as_json(rows: Iterable[Mapping[str, object]]) -> str:
    return json.dumps(list(rows), indent=1, ensure_ascii=False) + "\n"


def _cell(value: object) -> object:
    return plain_cell(value) if isinstance(value, str) else value


_WRITERS: Mapping[str, Callable[[Iterable[Mapping[str, object]]], str]] = {
    ".csv": _as_csv,
    ".json": _as_json,
}
