"""Where the pictures of a dataset come from, source by source."""

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime

from training.dataset.catalog_file import CatalogFile
from training.dataset.catalog_queries import INSERT
from training.dataset.catalog_rows import absolute_path, new_row, own_prefix
from training.dataset.picture import Arrival, Origin

_ALL = """
SELECT place, added, ignored,
    (SELECT count(*) FROM pictures WHERE pictures.source = sources.id)
FROM sources ORDER BY id
"""
_OF_PICTURE = """
SELECT place, added, ignored FROM sources
WHERE id = (SELECT source FROM pictures WHERE pictures.id = ?)
"""
_ADD = "INSERT INTO sources (place, added, ignored) VALUES (?, ?, ?)"
_NAMES = """
SELECT pictures.id, CASE sources.id
    WHEN 1 THEN name ELSE substr(name, instr(name, '/') + 1)
END FROM pictures JOIN sources ON sources.id = pictures.source WHERE place = ? ORDER BY pictures.id
"""  # the names of further sources begin with a folder that tells them apart
_LAST = "SELECT coalesce(max(id), 0) FROM pictures"
_CONTENTS = "SELECT sha256, path, label FROM pictures"
_FIRST_PARTS = "SELECT DISTINCT substr({0}, 1, instr({0}, '/') - 1) FROM pictures"
_TOP_FOLDERS = _FIRST_PARTS.format("name")
_OWN_FOLDERS = _FIRST_PARTS.format("path") + " WHERE typeof(path) = 'text'"


class SourceStore:
    """The sources of a dataset, in the order in which they were added.

    Args:
        file: The catalogue's.
    """

    def __init__(self, file: CatalogFile) -> None:
        self._file = file

    def all(self) -> list[Origin]:
        """The sources, the first at first."""
        return [Origin(*row) for row in self._file.rows(_ALL)]

    def of(self, picture: int) -> Origin:
        """Where the picture with that id comes from; how many came with it is not counted."""
        return Origin(*self._file.rows(_OF_PICTURE, picture)[0])

    def names(self, source: str) -> list[tuple[int, str]]:
        """The pictures of a source by their ids, each with its path inside it, with slashes.

        Args:
            source: As it was added; whatever was added of it at different times counts as one.
        """
        return [(row, name) for row, name in self._file.rows(_NAMES, _as_text(source))]

    def add(self, arrivals: Sequence[Arrival]) -> int:
        """Add sources and their pictures, all or none.

        Returns:
            The highest id of the pictures that were there before; 0 where there were none.
        """
        own = own_prefix(self._file.folder)
        now = datetime.now(UTC).isoformat(timespec="seconds")
        with self._file.changing() as connection:
            ((last,),) = connection.execute(_LAST)
            for arrival in arrivals:
                place = _as_text(arrival.source)
                source = connection.execute(_ADD, (place, now, arrival.ignored)).lastrowid
                rows = (new_row(each, own, source=int(source or 0)) for each in arrival.pictures)
                connection.executemany(INSERT, rows)
        return int(last)

    def contents(self) -> Counter[tuple[str, str]]:
        """How many pictures there are of each content and label, whatever their state.

        One that could not be read has its path for a content.
        """
        own = own_prefix(self._file.folder)
        rows = self._file.rows(_CONTENTS)
        return Counter((sha256 or absolute_path(path, own), label) for sha256, path, label in rows)

    def top_folders(self) -> set[str]:
        """What the names of its pictures begin with, up to the first slash."""
        return {name for (name,) in self._file.rows(_TOP_FOLDERS)}

    def own_folders(self) -> set[str]:
        """The folders inside the dataset's own that its pictures lie in."""
        return {name for (name,) in self._file.rows(_OWN_FOLDERS) if name}


def _as_text(name: str) -> str:
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
