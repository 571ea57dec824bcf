"""What the user says of a run: a title, notes and a star, in a file of their own.

Training writes `run.json` while it learns; these words stand in `notes.json`, so that two writers
never lose each other's.
"""

import dataclasses
import json
from dataclasses import dataclass
from pathlib import Path

from training import atomic
from training.errors import RunError

NOTES_FILE = "notes.json"
DAMAGED_FILE = "notes.damaged.json"

LONGEST_TITLE, LONGEST_NOTES = 120, 20_000


@dataclass(frozen=True)
class RunNotes:
    """What `notes.json` holds.

    Attributes:
        title: One line, what the run is called in lists; empty for its preset. The folder's name
            stays the run's identity.
        notes: Any text.
        starred: Whether the user marked the run.
    """

    title: str = ""
    notes: str = ""
    starred: bool = False


def read_notes(folder: Path) -> RunNotes:
    """What the user said of a run; nothing where the file is missing or damaged."""
    return _read(folder) or RunNotes()


def change_notes(
    folder: Path,
    *,
    title: str | None = None,
    notes: str | None = None,
    starred: bool | None = None,
) -> RunNotes:
    """Replace some of what is said of a run, whole or not at all; None leaves a thing as it is.

    A damaged file is not lost: it stays as `notes.damaged.json`.

    Args:
        folder: The run's.
        title: At most `LONGEST_TITLE` characters; spaces and line breaks become one space each.
        notes: At most `LONGEST_NOTES` characters.
        starred: Whether the run is marked.

    Returns:
        What is said now.

    Raises:
        RunError: The title or the notes are too long.
        OSError: The file cannot be written.
    """
    changes = {
        "title": None if title is None else _one_line(title),
        "notes": None if notes is None else notes.strip(),
        "starred": starred,
    }
    there = _read(folder)
    given = {name: value for name, value in changes.items() if value is not None}
    said = dataclasses.replace(there or RunNotes(), **given)  # type: ignore[arg-type]
    _require_short("title", said.title, LONGEST_TITLE)
    _require_short("notes", said.notes, LONGEST_NOTES)
    damaged = None if there is not None else folder / DAMAGED_FILE
    with atomic.replacing(folder / NOTES_FILE, previous=damaged) as temporary:
        text = json.dumps(dataclasses.asdict(said), indent=2)
        temporary.write_text(text, encoding="utf-8", newline="\n")
    return said


def _read(folder: Path) -> RunNotes | None:
    """What the file says; None where it says nothing that can be read."""
    try:
        values = json.loads((folder / NOTES_FILE).read_text(encoding="utf-8"))
        title, notes, starred = values["title"], values["notes"], values["starred"]
    except (OSError, ValueError, LookupError, TypeError, RecursionError):
        return None
    if not (isinstance(title, str) and isinstance(notes, str) and isinstance(starred, bool)):
        return None
    if len(title) > LONGEST_TITLE or len(notes) > LONGEST_NOTES:
        return None
    return RunNotes(_one_line(title), notes, starred)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _require_short(what: str, text: str, most: int) -> None:
    if len(text) > most:
        raise RunError(
            f"The {what} {'has' if what == 'title' else 'have'} {len(text):,} characters.",
            f"Use {most:,} at most.",
        )
