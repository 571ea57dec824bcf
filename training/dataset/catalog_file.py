"""The catalogue's file: opened, brought up to this version, and what goes wrong with it."""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

import numpy as np
import numpy.typing as npt

from training.dataset.catalog_schema import SCHEMA_VERSION, TABLES, UPGRADES
from training.errors import DatasetError

Numbers = npt.NDArray[np.int64]

CATALOGUE_FILE = "catalog.sqlite"

ALL = -1
"""SQLite takes it for no limit."""

_BUSY_SECONDS = 10.0


class CatalogFile:
    """An open catalogue; what SQLite reports becomes a sentence, see `explained`.

    Args:
        folder: The dataset's folder.
        connection: To its catalogue.
    """

    def __init__(self, folder: Path, connection: sqlite3.Connection) -> None:
        self.folder = folder
        self._connection = connection

    @classmethod
    def create(cls, folder: Path) -> Self:
        """Make an empty catalogue in a folder that has none, and open it."""
        with explained(folder):
            connection = _connect(folder)
            connection.execute("PRAGMA journal_mode = WAL")
            connection.executescript(TABLES)
            with connection:
                connection.execute("INSERT INTO meta VALUES ('schema', ?)", (str(SCHEMA_VERSION),))
        return cls(folder, connection)

    @classmethod
    def open(cls, folder: Path) -> Self:
        """Open the catalogue of a dataset's folder; one of an older version becomes one of ours.

        Raises:
            DatasetError: There is none, it is damaged, or a newer program wrote it.
        """
        if not (folder / CATALOGUE_FILE).is_file():
            raise DatasetError(
                f"The dataset “{folder.name}” has no catalogue.", "Delete it and import it again."
            )
        connection = _connect(folder)
        try:
            version = _version_of(folder, connection)
            if version < SCHEMA_VERSION:
                _upgrade(folder, connection)
        except BaseException:
            connection.close()
            raise
        return cls(folder, connection)

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def rows(self, query: str, *values: object) -> list[Any]:
        """All rows of a query."""
        with explained(self.folder):
            return self._connection.execute(query, values).fetchall()

    def rows_of(self, query: str, values: Mapping[str, str | int]) -> list[Any]:
        """All rows of a query whose values have names."""
        with explained(self.folder):
            return self._connection.execute(query, values).fetchall()

    def chosen(self, query: str, values: Mapping[str, str]) -> Numbers:
        """What a query gives as `chosen`, int64 (rows,)."""
        return np.fromstring(self._as_text(query, values), np.int64, sep=",")

    def listed(self, query: str, *values: object, limit: int = ALL) -> list[Any]:
        """The JSON arrays that a query gives as `chosen`, as lists, up to a limit."""
        found: list[Any] = json.loads(f"[{self._as_text(query, values, limit)}]")
        return found

    def _as_text(
        self, query: str, values: Mapping[str, str] | Sequence[object], limit: int = ALL
    ) -> str:
        """All rows of `chosen` in one text, with commas between.

        Python's sqlite3 gives up the interpreter's lock twice for each value that it hands over,
        and while another thread computes it waits up to 5 ms to have it back (see
        `sys.setswitchinterval`): a hundred pictures, value by value, can take a second.
        """
        with explained(self.folder):  # LIMIT: without it, SQLite may drop the order
            whole = f"SELECT group_concat(chosen) FROM ({query} LIMIT {limit:d})"  # noqa: S608 - constants
            ((text,),) = self._connection.execute(whole, values).fetchall()
        return text or ""

    def write(self, statement: str, rows: Iterable[tuple[object, ...]]) -> None:
        """Run a statement for each row, all or none."""
        with self.changing() as connection:
            connection.executemany(statement, rows)

    @contextmanager
    def changing(self) -> Iterator[sqlite3.Connection]:
        """Several statements, all or none."""
        with explained(self.folder), self._connection as connection:
            yield connection


@contextmanager
def explained(folder: Path) -> Iterator[None]:
    """Turn what SQLite reports into a sentence.

    Raises:
        DatasetError: The disk is full, another program writes, or the catalogue is damaged.
    """
    try:
        yield
    except sqlite3.DatabaseError as error:
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF
        if code == sqlite3.SQLITE_FULL:
            raise DatasetError(
                "The disk is full.", "Free some space and try again; the catalogue is unchanged."
            ) from error
        if code == sqlite3.SQLITE_IOERR:  # a full disk too: even a reader needs a little of it
            raise DatasetError(
                f"The disk is full or at fault: the catalogue of “{folder.name}” cannot be used.",
                "Free some space or check the disk, and try again; the catalogue is unchanged.",
            ) from error
        if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            raise DatasetError(
                f"Another window or program is changing the dataset “{folder.name}”.",
                "Wait until it is done and try again.",
            ) from error
        if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM):
            raise DatasetError(
                f"The catalogue of “{folder.name}” cannot be written.",
                "Check the permissions of the home folder, or choose another one.",
            ) from error
        raise DatasetError(
            f"The catalogue of “{folder.name}” is damaged ({error}).",
            "Delete the dataset and import it again; your own pictures are unchanged.",
        ) from error


def _connect(folder: Path) -> sqlite3.Connection:
    with explained(folder):
        connection = sqlite3.connect(folder / CATALOGUE_FILE, timeout=_BUSY_SECONDS)
        connection.create_function("folded", 1, str.casefold, deterministic=True)
        return connection


def _version_of(folder: Path, connection: sqlite3.Connection) -> int:
    with explained(folder):
        row = connection.execute("SELECT value FROM meta WHERE key = 'schema'").fetchone()
    version = int(row[0]) if row and str(row[0]).isdecimal() else 0
    if version > SCHEMA_VERSION:
        raise DatasetError(
            f"The dataset “{folder.name}” was made by a newer version of this program.",
            "Update the program, or import the pictures again under another name.",
        )
    if version < 1:
        raise DatasetError(
            f"The catalogue of “{folder.name}” is damaged (it states no version).",
            "Delete the dataset and import it again; your own pictures are unchanged.",
        )
    return version


def _upgrade(folder: Path, connection: sqlite3.Connection) -> None:
    """Bring it up to this version, whole or not at all; another program may do it meanwhile."""
    with explained(folder), connection:
        connection.execute("BEGIN IMMEDIATE")
        for version in range(_version_of(folder, connection), SCHEMA_VERSION):
            for statement in _statements(UPGRADES[version]):
                connection.execute(statement)
        connection.execute("UPDATE meta SET value = ? WHERE key = 'schema'", (str(SCHEMA_VERSION),))


def _statements(script: str) -> Iterator[str]:
    """The statements of a script: SQLite's own way to run one would end the transaction."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
