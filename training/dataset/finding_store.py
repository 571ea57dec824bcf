"""What checks found, kept in the catalogue, so that it is there after a restart."""

import json
from collections.abc import Collection, Iterable, Mapping

from training.dataset.catalog_file import CatalogFile
from training.dataset.finding import Finding, FindingKind
from training.dataset.looks import Look

_FINDINGS = "SELECT kind, picture, score, reason, label, family FROM findings ORDER BY id"
_AMONG_GROUPS = """
SELECT kind, picture, score, reason, label, family FROM findings
WHERE picture IN (SELECT value FROM json_each(:ids)) OR (kind, family) IN (
    SELECT kind, family FROM findings
    WHERE family <> '' AND picture IN (SELECT value FROM json_each(:ids))
) ORDER BY id
"""
_LOOKS = """
SELECT sha256, format, mode, frames, brightness, information, sharpness, outline FROM looks
"""
_SET_FACT = "INSERT OR REPLACE INTO meta VALUES (?, ?)"


class FindingStore:
    """Findings, and what is known of each content, so that nothing is looked at twice.

    Args:
        file: The catalogue's.
    """

    def __init__(self, file: CatalogFile) -> None:
        self._file = file

    def all(self) -> list[Finding]:
        """What was found, in the order in which it was."""
        return [Finding(FindingKind(kind), *rest) for kind, *rest in self._file.rows(_FINDINGS)]

    def among_groups(self, pictures: Iterable[int]) -> list[Finding]:
        """What was found of pictures by their ids, and of all in their groups of copies."""
        ids = json.dumps(sorted(pictures))
        rows = self._file.rows_of(_AMONG_GROUPS, {"ids": ids})
        return [Finding(FindingKind(kind), *rest) for kind, *rest in rows]

    def replace(
        self, kinds: Collection[FindingKind], findings: Iterable[Finding], *, of: str
    ) -> None:
        """Keep findings of some kinds instead of those that there were.

        Args:
            kinds: Which were looked for.
            findings: What was found of them.
            of: What they were found in, for `found_in`.
        """
        rows = [(f.kind, f.picture, f.score, f.group, f.label, f.reason) for f in findings]
        with self._file.changing() as connection:
            connection.executemany("DELETE FROM findings WHERE kind = ?", ((k,) for k in kinds))
            connection.executemany("INSERT INTO findings VALUES (NULL,?,?,?,?,?,?)", rows)
            connection.executemany(_SET_FACT, ((f"checked {kind}", of) for kind in kinds))

    def found_in(self, kind: FindingKind) -> str | None:
        """What findings of this kind were last looked for in; None where they never were."""
        rows = self._file.rows("SELECT value FROM meta WHERE key = ?", f"checked {kind}")
        return str(rows[0][0]) if rows else None

    def looks(self) -> dict[str, Look]:
        """What is known of contents, by their sha256."""
        return {sha256: Look(*facts) for sha256, *facts in self._file.rows(_LOOKS)}

    def add_looks(self, looks: Mapping[str, Look]) -> None:
        """Keep what was seen of some contents."""
        rows = (
            (
                sha256,
                look.format,
                look.mode,
                look.frames,
                look.brightness,
                look.information,
                look.sharpness,
                look.outline,
            )
            for sha256, look in looks.items()
        )
        self._file.write("INSERT OR REPLACE INTO looks VALUES (?,?,?,?,?,?,?,?)", rows)

    def set_families(self, families: Mapping[str, str]) -> None:
        """Say which contents are near copies.

        Args:
            families: The name of each one's family, by its sha256; the others have none.
        """
        with self._file.changing() as connection:
            connection.execute("DELETE FROM families")
            connection.executemany("INSERT INTO families VALUES (?, ?)", families.items())
