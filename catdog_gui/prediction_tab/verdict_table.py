"""The verdicts as a table for other programs."""

import csv
import io
from collections.abc import Iterable
from pathlib import Path

from training import atomic
from training.events import Verdict

COLUMNS = ("path", "verdict", "p_dog", "confidence", "error")


def save_verdicts(verdicts: Iterable[Verdict], target: Path) -> None:
    """Write one row a picture, with a header; UTF-8, whole or not at all.

    Args:
        verdicts: What was read; a value that is None is an empty cell.
        target: The file to write; what was there is replaced.

    Raises:
        OSError: The file cannot be written.
    """
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(COLUMNS)
    rows.writerows([getattr(verdict, column) for column in COLUMNS] for verdict in verdicts)
    atomic.write_text(target, text.getvalue().encode("utf-8", "replace").decode("utf-8"))
