"""What the catalogue asks SQLite."""

PICTURE = """
json_array(
    id, iif(typeof(path) = 'blob', hex(path), path), typeof(path) = 'blob', name, sha256,
    size_bytes, width, height, label, number, split, state, reason,
    coalesce((SELECT family FROM relatives WHERE relatives.sha256 = pictures.sha256), '')
) AS chosen
"""
WITH_FINDINGS = f"""
SELECT {PICTURE} FROM pictures WHERE id IN (SELECT picture FROM findings) ORDER BY id
"""  # noqa: S608 - constants
OF_IDS = f"""
SELECT {PICTURE} FROM pictures WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id
"""  # noqa: S608 - constants
INSERT = "INSERT INTO pictures VALUES (NULL,?,?,?,?,?,?,?,?,NULL,?,?)"
COUNTS = "SELECT state, label, split, count(*) FROM pictures GROUP BY state, label, split"
_COPIES_AND_LEAKED = """
copies AS MATERIALIZED (
    SELECT sha256, count(*) AS pictures FROM pictures
    WHERE state = 'used' GROUP BY sha256 HAVING count(*) > 1
),
leaked AS MATERIALIZED (
    SELECT sha256 AS kin FROM copies CROSS JOIN pictures USING (sha256)
    WHERE state = 'used' AND split IS NOT NULL AND sha256 NOT IN (SELECT sha256 FROM relatives)
    GROUP BY kin HAVING min(split) <> max(split)
    UNION ALL
    SELECT family AS kin FROM relatives CROSS JOIN pictures USING (sha256)
    WHERE state = 'used' AND split IS NOT NULL
    GROUP BY kin HAVING min(split) <> max(split)
)
"""  # CROSS: a few copies are looked up among a million pictures, never the other way about
DUPLICATES_AND_LEAKS = f"""
WITH {_COPIES_AND_LEAKED}
SELECT (SELECT coalesce(sum(pictures - 1), 0) FROM copies), (SELECT count(*) FROM leaked)
"""  # noqa: S608 - constants
LEAKED_MEMBERS = f"""
{_COPIES_AND_LEAKED},
members AS MATERIALIZED (
    SELECT kin AS sha256, kin FROM leaked
    UNION SELECT sha256, kin FROM relatives JOIN leaked ON family = kin
)
"""  # noqa: S608 - constants
LEAKED_PICTURES = f"""
WITH {LEAKED_MEMBERS}
SELECT kin, name, split FROM members CROSS JOIN pictures USING (sha256)
WHERE state = 'used' AND split IS NOT NULL
ORDER BY split = 'test', split = 'validation', label, number, name
"""  # noqa: S608 - constants
EXCLUDE = "UPDATE pictures SET state = 'excluded', reason = ? WHERE id = ? AND state = 'used'"
INCLUDE_COPIES = (
    "UPDATE pictures SET state = 'used', reason = '' WHERE state = 'excluded' AND reason = ?"
)
