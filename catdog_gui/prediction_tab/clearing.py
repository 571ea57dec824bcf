"""A list that was cleared, for as long as that can be undone."""

from dataclasses import dataclass
from pathlib import Path

from catdog_gui.prediction_tab.pasted import PastedPictures
from catdog_gui.prediction_tab.result import Result

UNDO_MS = 10_000
"""How long the undo is offered."""


@dataclass(frozen=True)
class ClearedList:
    """What was there.

    Attributes:
        results: The rows.
        left: Files and folders that were still to be looked through.
        run: The run that the verdicts are of.
        pasted: Keeps the pasted pictures among the rows.
    """

    results: tuple[Result, ...]
    left: tuple[Path, ...]
    run: str
    pasted: PastedPictures
