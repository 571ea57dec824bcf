"""What the user corrected, step by step, in the catalogue: each step can be undone and redone."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from sqlite3 import Connection

from training.dataset.catalog_file import CatalogFile
from training.dataset.finding import Dismissal, FindingKind
from training.dataset.journal_queries import (
    APPLY,
    CHANGES,
    CORRECTED,
    FIRST_LABELS,
    FORGET_UNDONE,
    PICTURES_OF,
    REDO,
    RULINGS,
    SELECT,
    UNDO,
)
from training.dataset.picture import BY_HAND_REASON, COPY_REASON, NEITHER_REASON, State

_BACK, _FORTH = "_before", ""


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
class Ruling:
    """What the user says of a finding.

    Attributes:
        picture: The id of the picture that was looked at.
        of: The finding, by content.
        is_dismissed: Whether it is dismissed; else it is listed again.
    """

    picture: int
    of: Dismissal
    is_dismissed: bool


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

    def restore(self, ids: Iterable[int], rulings: Iterable[Ruling] = ()) -> Step | None:
        """Use pictures again, whatever they were left out for; and list findings again."""
        return self._set_state("Restored", ids, State.USED, "", rulings)

    def correct(
        self, words: str, wanted: Mapping[int, Status], rulings: Iterable[Ruling] = ()
    ) -> Step | None:
        """One step of any corrections. What was undone before can no longer be redone.

        Args:
            words: What it is, for the user.
            wanted: What the pictures shall be, by their ids.
            rulings: What the user says of findings; what is so already is passed by.
        """
        found = self._statuses(wanted)
        changes = [(row, was, wanted[row]) for row, was in found.items() if was != wanted[row]]
        dismissed = self.dismissed()
        rulings = [each for each in rulings if each.is_dismissed != (each.of in dismissed)]
        if not changes and not rulings:
            return None
        with self._file.changing() as connection:
            for statement in FORGET_UNDONE:
                connection.execute(statement)
            step = _write_step(connection, words)
            _write_changes(connection, step, changes)
            _write_rulings(connection, step, rulings)
        pictures = {row for row, *_ in changes} | {each.picture for each in rulings}
        return Step(step, words, len(pictures))

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
        return self._step(UNDO)

    def redoable(self) -> Step | None:
        """What `redo` would do again."""
        return self._step(REDO)

    def pictures_of(self, step: Step) -> list[int]:
        """The ids of the pictures that a step changed, ascending."""
        return [row for (row,) in self._file.rows_of(PICTURES_OF, {"step": step.id})]

    def first_labels(self) -> dict[int, str]:
        """What pictures were labelled before anybody relabelled them, by their ids."""
        return {row: label for row, label, _ in self._file.rows(FIRST_LABELS)}

    def corrections(self) -> list[Correction]:
        """What corrected pictures are now; copies that a split left out count as used."""
        return [
            Correction(sha256, name, _lasting(Status(*status)))
            for sha256, name, *status in self._file.rows(CORRECTED)
        ]

    def rulings(self) -> dict[Dismissal, bool]:
        """Of what the user ever dismissed, whether it is dismissed now."""
        return {
            Dismissal(FindingKind(kind), content, about): bool(is_dismissed)
            for kind, content, about, is_dismissed in self._file.rows(RULINGS)
        }

    def dismissed(self) -> frozenset[Dismissal]:
        """What the user dismissed."""
        return frozenset(of for of, is_dismissed in self.rulings().items() if is_dismissed)

    def changes_of(self, picture: int) -> list[Change]:
        """What was done to the picture with that id, and not undone, the first at first."""
        return [Change(*row) for row in self._file.rows_of(CHANGES, {"picture": picture})]

    def _set_state(
        self,
        words: str,
        ids: Iterable[int],
        state: State,
        reason: str,
        rulings: Iterable[Ruling] = (),
    ) -> Step | None:
        found = self._statuses(ids)
        wanted = {row: Status(status.label, state, reason) for row, status in found.items()}
        return self.correct(words, wanted, rulings)

    def _statuses(self, ids: Iterable[int]) -> dict[int, Status]:
        rows = (self._file.rows(SELECT, row) for row in ids)
        return {found[0][0]: Status(*found[0][1:]) for found in rows if found}

    def _move(self, step: Step | None, direction: str) -> Step | None:
        if step is not None:
            with self._file.changing() as connection:
                connection.execute(APPLY.format(direction), (step.id,))
                undone = int(direction == _BACK)
                connection.execute("UPDATE steps SET undone = ? WHERE id = ?", (undone, step.id))
        return step

    def _step(self, query: str) -> Step | None:
        rows = self._file.rows(query)
        return Step(*rows[0]) if rows else None


def _write_step(connection: Connection, words: str) -> int:
    made = datetime.now(UTC).isoformat(timespec="seconds")
    written = connection.execute("INSERT INTO steps (made, words) VALUES (?, ?)", (made, words))
    return int(written.lastrowid or 0)


def _write_changes(
    connection: Connection, step: int, changes: Sequence[tuple[int, Status, Status]]
) -> None:
    connection.executemany(
        "INSERT INTO corrections VALUES (?,?,?,?,?,?,?,?)",
        (
            (step, row, was.label, was.state, was.reason, now.label, now.state, now.reason)
            for row, was, now in changes
        ),
    )
    connection.execute(APPLY.format(_FORTH), (step,))


def _write_rulings(connection: Connection, step: int, rulings: Sequence[Ruling]) -> None:
    connection.executemany(
        "INSERT INTO dismissals VALUES (?,?,?,?,?,?)",
        (
            (step, each.picture, each.of.kind, each.of.content, each.of.about, each.is_dismissed)
            for each in rulings
        ),
    )


def _lasting(status: Status) -> Status:
    return Status(status.label, State.USED, "") if status.reason == COPY_REASON else status
