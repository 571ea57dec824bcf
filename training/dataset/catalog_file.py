"""The catalogue's file: its tables, its version, and what goes wrong with it in sentences."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from training.errors import DatasetError

CATALOGUE_FILE = "catalog.sqlite"
SCHEMA_VERSION = 1

_SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE pictures (
    id INTEGER PRIMARY KEY,
    path NOT NULL,  -- relative to this folder with slashes, or absolute; bytes if it is no text
    name TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    size_bytes INTEGER NOT NULL,
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    label TEXT NOT NULL,
    number INTEGER,
    split TEXT,
    state TEXT NOT NULL,
    reason TEXT NOT NULL
);
CREATE INDEX pictures_by_content ON pictures (state, sha256, split, label);
"""
_BUSY_SECONDS = 10.0


def create_file(folder: Path) -> sqlite3.Connection:
    """Make an empty catalogue in a folder that has none, and open it."""
    with explained(folder):
        connection = _connect(folder)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.executescript(_SCHEMA)
        with connection:
            connection.execute("INSERT INTO meta VALUES ('schema', ?)", (str(SCHEMA_VERSION),))
    return connection


def open_file(folder: Path) -> sqlite3.Connection:
    """Open the catalogue of a dataset's folder.

    Raises:
        DatasetError: There is none, it is damaged, or a newer program wrote it.
    """
    if not (folder / CATALOGUE_FILE).is_file():
        raise DatasetError(
            f"The dataset “{folder.name}” has no catalogue.", "Delete it and import it again."
        )
    connection = _connect(folder)
    try:
        _check_schema(folder, connection)
    except BaseException:
        connection.close()
        raise
    return connection


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
        return sqlite3.connect(folder / CATALOGUE_FILE, timeout=_BUSY_SECONDS)


def _check_schema(folder: Path, connection: sqlite3.Connection) -> None:
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
