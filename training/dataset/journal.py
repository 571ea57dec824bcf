"""What the user corrected, step by step, in the catalogue: each step can be undone and redone."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from sqlite3 import Connection

from training.dataset.catalog_file import CatalogFile
from training.dataset.picture import BY_HAND_REASON, COPY_REASON, NEITHER_REASON, State

_BACK, _FORTH = "_before", ""
_SELECT = """
SELECT id, label, state, reason FROM pictures WHERE id = ? AND state <> 'quarantined'
"""
_APPLY = """
UPDATE pictures SET
    label = iif(c.label = c.label_before, pictures.label, c.label{0}),
    state = iif(c.state = c.state_before, pictures.state, c.state{0}),
    reason = iif(c.reason = c.reason_before, pictures.reason, c.reason{0})
FROM corrections AS c WHERE c.step = ? AND c.picture = pictures.id
"""
_STEP = """
SELECT id, words, (SELECT count(*) FROM corrections WHERE step = steps.id)
FROM steps WHERE undone = {} ORDER BY id {} LIMIT 1
"""
_UNDO, _REDO = _STEP.format(0, "DESC"), _STEP.format(1, "ASC")
_CORRECTED = """
SELECT sha256, name, label, state, reason FROM pictures
WHERE id IN (SELECT picture FROM corrections JOIN steps ON steps.id = step WHERE undone = 0)
ORDER BY id
"""
_CHANGES = """
SELECT made, words FROM corrections JOIN steps ON steps.id = step
WHERE picture = ? AND undone = 0 ORDER BY step
"""
_PICTURES_OF = "SELECT picture FROM corrections WHERE step = ? ORDER BY picture"
_FIRST_LABELS = """
SELECT picture, label_before, min(step) FROM corrections JOIN steps ON steps.id = step
WHERE undone = 0 AND label <> label_before GROUP BY picture
"""
_FORGET_UNDONE = (
    "DELETE FROM corrections WHERE step IN (SELECT id FROM steps WHERE undone = 1)",
    "DELETE FROM steps WHERE undone = 1",
)


@dataclass(frozen=True)
class Status:
    """What the user can correct of a picture.

    Attributes:
        label: Its class.
        state: Whether it takes part.
        reason: Why it does not; empty when it does.
    """

    label: str
    state: str
    reason: str


@dataclass(frozen=True)
class Correction:
    """What a picture was corrected to.

    Attributes:
        sha256: Its content.
        name: Its path inside its source, with slashes.
        status: What it is now.
    """

    sha256: str
    name: str
    status: Status


@dataclass(frozen=True)
class Step:
    """One thing that the user did.

    Attributes:
        id: Its place among all steps.
        words: What it was, such as "Relabelled as dog".
        pictures: How many pictures it changed.
    """

    id: int
    words: str
    pictures: int


@dataclass(frozen=True)
class Change:
    """A correction of one picture that holds.

    Attributes:
        made: When, ISO 8601, UTC.
        words: What it was, such as "Relabelled as dog".
    """

    made: str
    words: str


class Journal:
    """Corrects pictures, and remembers how they were.

    A correction changes the catalogue alone, never a file. What is quarantined stays so.

    Args:
        file: The catalogue's.
    """

    def __init__(self, file: CatalogFile) -> None:
        self._file = file

    def relabel(self, ids: Iterable[int], label: str) -> Step | None:
        """Say that pictures show this class; one that was marked as neither is used again.

        Returns:
            The step, or None where nothing was to change; so do the other corrections.
        """

        def corrected(status: Status) -> Status:
            if status.reason == NEITHER_REASON:
                return Status(label, State.USED, "")
            return Status(label, status.state, status.reason)

        found = self._statuses(ids)
        return self.correct(f"Relabelled as {label}", {i: corrected(s) for i, s in found.items()})

    def exclude(self, ids: Iterable[int]) -> Step | None:
        """Leave pictures out; they keep their label and their split."""
        return self._set_state("Excluded", ids, State.EXCLUDED, BY_HAND_REASON)

    def mark_neither(self, ids: Iterable[int]) -> Step | None:
        """Leave pictures out since they show neither class."""
        return self._set_state("Marked as neither", ids, State.EXCLUDED, NEITHER_REASON)

    def restore(self, ids: Iterable[int]) -> Step | None:
        """Use pictures again, whatever they were left out for."""
        return self._set_state("Restored", ids, State.USED, "")

    def correct(self, words: str, wanted: dict[int, Status]) -> Step | None:
        """One step of any corrections. What was undone before can no longer be redone.

        Args:
            words: What it is, for the user.
            wanted: What the pictures shall be, by their ids.
        """
        found = self._statuses(wanted)
        changes = [(row, was, wanted[row]) for row, was in found.items() if was != wanted[row]]
        if not changes:
            return None
        with self._file.changing() as connection:
            for statement in _FORGET_UNDONE:
                connection.execute(statement)
            step = self._write_step(connection, words, changes)
        return Step(step, words, len(changes))

    def undo(self) -> Step | None:
        """Take back the last step that holds.

        Returns:
            What was taken back; None where nothing is left.
        """
        return self._move(self.undoable(), _BACK)

    def redo(self) -> Step | None:
        """Do the last step again that was taken back.

        Returns:
            What was done again; None where nothing is left.
        """
        return self._move(self.redoable(), _FORTH)

    def undoable(self) -> Step | None:
        """What `undo` would take back."""
        return self._step(_UNDO)

    def redoable(self) -> Step | None:
        """What `redo` would do again."""
        return self._step(_REDO)

    def pictures_of(self, step: Step) -> list[int]:
        """The ids of the pictures that a step changed, ascending."""
        return [row for (row,) in self._file.rows(_PICTURES_OF, step.id)]

    def first_labels(self) -> dict[int, str]:
        """What pictures were labelled before anybody relabelled them, by their ids."""
        return {row: label for row, label, _ in self._file.rows(_FIRST_LABELS)}

    def corrections(self) -> list[Correction]:
        """What corrected pictures are now; copies that a split left out count as used."""
        return [
            Correction(sha256, name, _lasting(Status(*status)))
            for sha256, name, *status in self._file.rows(_CORRECTED)
        ]

    def changes_of(self, picture: int) -> list[Change]:
        """What was done to the picture with that id, and not undone, the first at first."""
        return [Change(*row) for row in self._file.rows(_CHANGES, picture)]

    def _set_state(self, words: str, ids: Iterable[int], state: State, reason: str) -> Step | None:
        found = self._statuses(ids)
        wanted = {row: Status(status.label, state, reason) for row, status in found.items()}
        return self.correct(words, wanted)

    def _statuses(self, ids: Iterable[int]) -> dict[int, Status]:
        rows = (self._file.rows(_SELECT, row) for row in ids)
        return {found[0][0]: Status(*found[0][1:]) for found in rows if found}

    def _write_step(
        self, connection: Connection, words: str, changes: Sequence[tuple[int, Status, Status]]
    ) -> int:
        made = datetime.now(UTC).isoformat(timespec="seconds")
        written = connection.execute("INSERT INTO steps (made, words) VALUES (?, ?)", (made, words))
        step = int(written.lastrowid or 0)
        connection.executemany(
            "INSERT INTO corrections VALUES (?,?,?,?,?,?,?,?)",
            (
                (step, row, was.label, was.state, was.reason, now.label, now.state, now.reason)
                for row, was, now in changes
            ),
        )
        connection.execute(_APPLY.format(_FORTH), (step,))
        return step

    def _move(self, step: Step | None, direction: str) -> Step | None:
        if step is not None:
            with self._file.changing() as connection:
                connection.execute(_APPLY.format(direction), (step.id,))
                undone = int(direction == _BACK)
                connection.execute("UPDATE steps SET undone = ? WHERE id = ?", (undone, step.id))
        return step

    def _step(self, query: str) -> Step | None:
        rows = self._file.rows(query)
        return Step(*rows[0]) if rows else None


def _lasting(status: Status) -> Status:
    return Status(status.label, State.USED, "") if status.reason == COPY_REASON else status
