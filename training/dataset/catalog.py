"""The catalogue of a dataset: one SQLite row a picture."""

import hashlib
import json
import os
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Self

from training.dataset.catalog_file import ALL, CatalogFile
from training.dataset.catalog_queries import (
    COUNTS,
    DUPLICATES_AND_LEAKS,
    EXCLUDE,
    INCLUDE_COPIES,
    INSERT,
    LEAKED_PICTURES,
    OF_IDS,
    PICTURE,
    WITH_FINDINGS,
)
from training.dataset.catalog_rows import new_row, own_prefix, picture_of
from training.dataset.finding_store import FindingStore
from training.dataset.journal import Journal
from training.dataset.picture import (
    CLASSES,
    COPY_REASON,
    Arrival,
    DatasetInfo,
    Leak,
    NewPicture,
    Origin,
    Picture,
    Split,
    State,
)
from training.dataset.selection import Selection
from training.dataset.source_store import SourceStore

__all__ = [
    "CLASSES",
    "COPY_REASON",
    "Arrival",
    "Catalog",
    "DatasetInfo",
    "Leak",
    "NewPicture",
    "Origin",
    "Picture",
    "Split",
    "State",
]


class Catalog:
    """A dataset's catalogue, open in one thread. Use it with `with`, or close it.

    Args:
        file: Its file, open.

    Attributes:
        journal: What the user corrected.
        findings: What a check found.
        sources: Where its pictures come from.
        selection: Chooses pictures for whoever looks at them.
    """

    def __init__(self, file: CatalogFile) -> None:
        self._file = file
        self.journal = Journal(file)
        self.findings = FindingStore(file)
        self.sources = SourceStore(file)
        self.selection = Selection(file)

    @classmethod
    def create(cls, folder: Path, *, source: str, ignored: int) -> Self:
        """Make an empty catalogue in a folder that has none.

        Args:
            folder: The dataset's folder; it exists.
            source: Where its pictures come from.
            ignored: How many other files the source held.
        """
        catalog = cls(CatalogFile.create(folder))
        catalog.sources.add([Arrival(source, ignored, ())])
        return catalog

    @classmethod
    def open(cls, folder: Path) -> Self:
        """Open the catalogue of a dataset's folder.

        Raises:
            DatasetError: There is none, it is damaged, or a newer program wrote it.
        """
        return cls(CatalogFile.open(folder))

    @property
    def folder(self) -> Path:
        """The dataset's folder."""
        return self._file.folder

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def name(self) -> str:
        """The dataset's."""
        return self._file.folder.name

    def changing(self) -> AbstractContextManager[object]:
        """Several changes, all or none."""
        return self._file.changing()

    def add(self, pictures: Iterable[NewPicture]) -> None:
        """Add pictures of the first source, all or none; see `SourceStore.add` for others."""
        own = own_prefix(self._file.folder)
        self._file.write(INSERT, (new_row(picture, own, source=1) for picture in pictures))

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
        query = f"SELECT {PICTURE} FROM pictures WHERE {where} ORDER BY id"  # noqa: S608 - constants
        return self._read(query, *filters.values(), limit=ALL if limit is None else limit)

    def pictures_by_id(self, ids: Iterable[int]) -> list[Picture]:
        """The pictures of these ids, in the order of their import, whatever their state."""
        return self._read(OF_IDS, json.dumps([int(each) for each in ids]))

    def pictures_with_findings(self) -> dict[int, Picture]:
        """Those that a check found something of, by their ids, whatever their state."""
        return {picture.id: picture for picture in self._read(WITH_FINDINGS)}

    def info(self) -> DatasetInfo:
        """The dataset in figures."""
        states: Counter[str] = Counter()
        used: Counter[str | None] = Counter()
        for state, label, split, count in self._file.rows(COUNTS):
            states[state] += count
            if state == State.USED:
                used[label] += count
                used[split] += count
        ((duplicates, leaks),) = self._file.rows(DUPLICATES_AND_LEAKS)
        return DatasetInfo(
            name=self.name,
            pictures=states[State.USED],
            cats=used["cat"],
            dogs=used["dog"],
            quarantined=states[State.QUARANTINED],
            excluded=states[State.EXCLUDED],
            duplicates=duplicates,
            train=used[Split.TRAIN],
            validation=used[Split.VALIDATION],
            test=used[Split.TEST],
            leaks=leaks,
        )

    def class_counts(self) -> Counter[str]:
        """How many used pictures each class has."""
        counts: Counter[str] = Counter()
        for state, label, _, count in self._file.rows(COUNTS):
            counts[label] += count if state == State.USED else 0
        return counts

    def leaks(self) -> tuple[Leak, ...]:
        """Copies and near copies in several splits, in the order of their first picture."""
        shared = len(self._shared_folders())
        groups: dict[str, list[tuple[str, Split]]] = {}
        for kin, name, split in self._file.rows(LEAKED_PICTURES):
            groups.setdefault(kin, []).append((name[shared:], Split(split)))
        return tuple(Leak(*zip(*group, strict=True)) for group in groups.values())

    def fingerprint(self) -> str:
        """SHA-256 over content, label and split of the used pictures, whatever their order."""
        return self._hash("state = 'used'")

    def split_fingerprint(self) -> str:
        """The same of those that are in a split: what a run learns from and is judged on.

        Pictures that come into the dataset and into no split do not change it.
        """
        return self._hash("state = 'used' AND split IS NOT NULL")

    def assign_splits(
        self, splits: Mapping[int, Split | None], *, copies: Collection[int] | None = None
    ) -> None:
        """Write the split of pictures, all or none.

        Args:
            splits: The split by the picture's id; pictures that are not named keep theirs.
            copies: Pictures to exclude since a copy is in another split; those that an earlier
                split excluded for this are used again. None changes no exclusion.
        """
        with self._file.changing() as connection:
            rows = ((split, row) for row, split in splits.items())
            connection.executemany("UPDATE pictures SET split = ? WHERE id = ?", rows)
            if copies is not None:
                connection.execute(INCLUDE_COPIES, (COPY_REASON,))
                connection.executemany(EXCLUDE, ((COPY_REASON, row) for row in copies))

    def exclude_copies(self, ids: Iterable[int]) -> None:
        """Leave out copies that are in another split, until the next split."""
        self._file.write(EXCLUDE, ((COPY_REASON, row) for row in ids))

    def _hash(self, condition: str) -> str:
        query = f"SELECT sha256, label, coalesce(split, '') FROM pictures WHERE {condition}"  # noqa: S608 - constants
        lines = sorted(" ".join(row) for row in self._file.rows(query))
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()

    def _read(self, query: str, *values: object, limit: int = ALL) -> list[Picture]:
        own = own_prefix(self._file.folder)
        return [picture_of(row, own) for row in self._file.listed(query, *values, limit=limit)]

    def _shared_folders(self) -> str:
        """The folders that the names of all pictures begin with: "train/" in Kaggle's zip."""
        ends = self._file.rows("SELECT min(name), max(name) FROM pictures")[0]
        shared: str = os.path.commonprefix(  # noqa: RUF071 - it is cut at a slash
            [end or "" for end in ends]
        )
        return shared[: shared.rfind("/") + 1]
