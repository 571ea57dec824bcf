"""What the catalogue asks SQLite."""

from collections.abc import Mapping

from training.dataset.picture import Order

COLUMNS = (
    "id, path, name, sha256, size_bytes, width, height, label, number, split, state, reason, "
    "coalesce((SELECT family FROM families WHERE families.sha256 = pictures.sha256), '')"
)
WITH_FINDINGS = f"""
SELECT {COLUMNS} FROM pictures WHERE id IN (SELECT picture FROM findings) ORDER BY id
"""  # noqa: S608 - constants
INSERT = "INSERT INTO pictures VALUES (NULL,?,?,?,?,?,?,?,?,NULL,?,?)"
COUNTS = """
SELECT count(*), count(DISTINCT sha256),
    sum(label = 'cat'), sum(label = 'dog'),
    sum(split = 'train'), sum(split = 'validation'), sum(split = 'test')
FROM pictures WHERE state = 'used'
"""
LEAKED = """
SELECT sha256 AS kin FROM pictures
WHERE state = 'used' AND split IS NOT NULL AND sha256 NOT IN (SELECT sha256 FROM families)
GROUP BY kin HAVING min(split) <> max(split)
UNION ALL
SELECT family AS kin FROM families JOIN pictures USING (sha256)
WHERE state = 'used' AND split IS NOT NULL
GROUP BY kin HAVING min(split) <> max(split)
"""
LEAKED_PICTURES = f"""
WITH leaked AS MATERIALIZED ({LEAKED}),
    members AS (
        SELECT kin AS sha256, kin FROM leaked
        UNION SELECT sha256, kin FROM families JOIN leaked ON family = kin
    )
SELECT kin, name, split FROM members JOIN pictures USING (sha256)
WHERE state = 'used' AND split IS NOT NULL
ORDER BY split = 'test', split = 'validation', label, number, name
"""  # noqa: S608 - constants
EXCLUDE = "UPDATE pictures SET state = 'excluded', reason = ? WHERE id = ? AND state = 'used'"
INCLUDE_COPIES = (
    "UPDATE pictures SET state = 'used', reason = '' WHERE state = 'excluded' AND reason = ?"
)
ORDERS: Mapping[Order, str] = {
    Order.IMPORTED: "id",
    Order.NAME: "name, id",
    Order.SIZE: "size_bytes DESC, id DESC",
}

ALL = -1
"""SQLite takes it for no limit."""
