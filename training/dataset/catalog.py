"""The catalogue of a dataset: one SQLite row a picture."""

import hashlib
import os
from collections.abc import Collection, Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from sqlite3 import Connection
from typing import Any, Self

from training.dataset.catalog_file import create_file, explained, open_file
from training.dataset.picture import (
    CLASSES,
    DatasetInfo,
    Leak,
    NewPicture,
    Origin,
    Picture,
    Split,
    State,
)

__all__ = [
    "CLASSES",
    "COPY_REASON",
    "Catalog",
    "DatasetInfo",
    "Leak",
    "NewPicture",
    "Origin",
    "Picture",
    "Split",
    "State",
]

_COLUMNS = "id, path, name, sha256, size_bytes, width, height, label, number, split, state, reason"
_INSERT = "INSERT INTO pictures VALUES (NULL,?,?,?,?,?,?,?,?,NULL,?,?)"
_COUNTS = """
SELECT count(*), count(DISTINCT sha256),
    sum(label = 'cat'), sum(label = 'dog'),
    sum(split = 'train'), sum(split = 'validation'), sum(split = 'test')
FROM pictures WHERE state = 'used'
"""
_LEAKED = """
SELECT sha256 FROM pictures WHERE state = 'used' AND split IS NOT NULL
GROUP BY sha256 HAVING min(split) <> max(split)
"""
_LEAKED_PICTURES = f"""
SELECT sha256, name, split FROM pictures
WHERE state = 'used' AND split IS NOT NULL AND sha256 IN ({_LEAKED})
ORDER BY split = 'test', split = 'validation', label, number, name
"""  # noqa: S608 - constants
_EXCLUDE = "UPDATE pictures SET state = 'excluded', reason = ? WHERE id = ? AND state = 'used'"
_INCLUDE = "UPDATE pictures SET state = 'used', reason = '' WHERE state = 'excluded' AND id = ?"
_INCLUDE_COPIES = (
    "UPDATE pictures SET state = 'used', reason = '' WHERE state = 'excluded' AND reason = ?"
)

COPY_REASON = "A copy of it is in another split."
"""Why pictures are excluded that a split left out; the next split uses them again."""

_SPLITS: Mapping[str | None, Split | None] = {None: None, **{split.value: split for split in Split}}
_STATES: Mapping[str, State] = {state.value: state for state in State}
_BY_HAND = "It was excluded by hand."


class Catalog:
    """A dataset's catalogue, open in one thread. Use it with `with`, or close it.

    Args:
        folder: The dataset's folder.
        connection: To its catalogue.
    """

    def __init__(self, folder: Path, connection: Connection) -> None:
        self._folder = folder
        self._connection = connection

    @classmethod
    def create(cls, folder: Path, *, source: str, ignored: int) -> Self:
        """Make an empty catalogue in a folder that has none.

        Args:
            folder: The dataset's folder; it exists.
            source: Where its pictures come from.
            ignored: How many other files the source held.
        """
        catalog = cls(folder, create_file(folder))
        facts = {
            "source": _as_text(source),
            "created": datetime.now(UTC).isoformat(timespec="seconds"),
            "ignored": str(ignored),
        }
        catalog._write("INSERT INTO meta VALUES (?, ?)", facts.items())
        return catalog

    @classmethod
    def open(cls, folder: Path) -> Self:
        """Open the catalogue of a dataset's folder.

        Raises:
            DatasetError: There is none, it is damaged, or a newer program wrote it.
        """
        return cls(folder, open_file(folder))

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def add(self, pictures: Iterable[NewPicture]) -> None:
        """Add pictures, all or none. Files inside the dataset's folder may move with it."""
        own = f"{self._folder}{os.sep}"
        rows = (
            (
                _stored_path(picture.path, own),
                picture.name,
                picture.sha256,
                picture.size_bytes,
                picture.width,
                picture.height,
                picture.label,
                picture.number,
                picture.state.value,
                picture.reason,
            )
            for picture in pictures
        )
        self._write(_INSERT, rows)

    def origin(self) -> Origin:
        """Where the dataset comes from."""
        facts = dict(self._rows("SELECT key, value FROM meta"))
        return Origin(facts["source"], facts["created"], int(facts["ignored"]))

    def pictures(
        self,
        *,
        split: Split | None = None,
        label: str | None = None,
        state: State | None = State.USED,
        limit: int | None = None,
    ) -> list[Picture]:
        """The pictures, in the order of their import; None takes any split, label or state.

        Args:
            split: Which split they belong to.
            label: Their class.
            state: Their state.
            limit: How many at most; None for all.
        """
        wanted = {"split": split, "label": label, "state": state}
        filters = {column: str(value) for column, value in wanted.items() if value is not None}
        where = " AND ".join(f"{column} = ?" for column in filters) or "1"
        rows = self._rows(
            f"SELECT {_COLUMNS} FROM pictures WHERE {where} ORDER BY id LIMIT ?",  # noqa: S608 - constants
            *filters.values(),
            -1 if limit is None else limit,
        )
        own = f"{self._folder}{os.sep}"
        return [_picture(row, own) for row in rows]

    def info(self) -> DatasetInfo:
        """The dataset in figures."""
        states = dict(self._rows("SELECT state, count(*) FROM pictures GROUP BY state"))
        counts = [count or 0 for count in self._rows(_COUNTS)[0]]
        pictures, different, cats, dogs, train, validation, test = counts
        return DatasetInfo(
            name=self._folder.name,
            pictures=pictures,
            cats=cats,
            dogs=dogs,
            quarantined=states.get(State.QUARANTINED, 0),
            excluded=states.get(State.EXCLUDED, 0),
            duplicates=pictures - different,
            train=train,
            validation=validation,
            test=test,
            leaks=len(self._rows(_LEAKED)),
        )

    def leaks(self) -> tuple[Leak, ...]:
        """Copies that lie in several splits, in the order of their first picture."""
        shared = len(self._shared_folders())
        groups: dict[str, list[tuple[str, Split]]] = {}
        for sha256, name, split in self._rows(_LEAKED_PICTURES):
            groups.setdefault(sha256, []).append((name[shared:], Split(split)))
        return tuple(Leak(*zip(*group, strict=True)) for group in groups.values())

    def fingerprint(self) -> str:
        """SHA-256 over content, label and split of the used pictures, whatever their order."""
        rows = self._rows(
            "SELECT sha256, label, coalesce(split, '') FROM pictures WHERE state = 'used'"
        )
        lines = sorted(f"{sha256} {label} {split}" for sha256, label, split in rows)
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()

    def assign_splits(
        self, splits: Mapping[int, Split | None], *, copies: Collection[int] | None = None
    ) -> None:
        """Write the split of pictures, all or none.

        Args:
            splits: The split by the picture's id; pictures that are not named keep theirs.
            copies: Pictures to exclude since a copy is in another split; those that an earlier
                split excluded for this are used again. None changes no exclusion.
        """
        with explained(self._folder), self._connection as connection:
            rows = ((split, row) for row, split in splits.items())
            connection.executemany("UPDATE pictures SET split = ? WHERE id = ?", rows)
            if copies is not None:
                connection.execute(_INCLUDE_COPIES, (COPY_REASON,))
                connection.executemany(_EXCLUDE, ((COPY_REASON, row) for row in copies))

    def exclude(self, ids: Iterable[int]) -> None:
        """Leave used pictures out; they keep their split and can be included again."""
        self._write(_EXCLUDE, ((_BY_HAND, row) for row in ids))

    def include(self, ids: Iterable[int]) -> None:
        """Use excluded pictures again."""
        self._write(_INCLUDE, ((row,) for row in ids))

    def _shared_folders(self) -> str:
        """The folders that the names of all pictures begin with: "train/" in Kaggle's zip."""
        ends = self._rows("SELECT min(name), max(name) FROM pictures")[0]
        shared: str = os.path.commonprefix(  # noqa: RUF071 - it is cut at a slash
            [end or "" for end in ends]
        )
        return shared[: shared.rfind("/") + 1]

    def _rows(self, query: str, *values: str | int) -> list[Any]:
        with explained(self._folder):
            return self._connection.execute(query, values).fetchall()

    def _write(self, statement: str, rows: Iterable[tuple[object, ...]]) -> None:
        with explained(self._folder), self._connection as connection:
            connection.executemany(statement, rows)


def _as_text(name: str) -> str:
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _stored_path(path: str, own: str) -> str | bytes:
    if path.startswith(own):
        return path[len(own) :].replace(os.sep, "/")
    try:
        path.encode()
    except UnicodeEncodeError:  # a name in an unknown encoding, which SQLite takes as bytes only
        return os.fsencode(path)
    return path


def _absolute(stored: str | bytes, own: str) -> str:
    path = os.fsdecode(stored)
    return path if os.path.isabs(path) else own + path  # noqa: PTH117 - for 24,000 rows


def _picture(row: tuple[Any, ...], own: str) -> Picture:
    number, path, name, sha256, size_bytes, width, height, *rest = row
    label, number_in_name, split, state, reason = rest
    return Picture(
        number,
        Path(_absolute(path, own)),
        name,
        sha256,
        size_bytes,
        width,
        height,
        label,
        number_in_name,
        _SPLITS[split],
        _STATES[state],
        reason,
    )
