"""What the catalogue asks SQLite to choose pictures, and to put them in order."""

from collections.abc import Mapping

from training.dataset.catalog_queries import LEAKED_MEMBERS
from training.dataset.finding import COPY_KINDS, LABEL_KINDS, FindingKind, rank_of
from training.dataset.picture import Order


def _listed(kinds: tuple[FindingKind, ...]) -> str:
    return ", ".join(f"'{kind}'" for kind in kinds)


_RANKS = " ".join(f"WHEN '{kind}' THEN {rank_of(kind)}" for kind in FindingKind)

LEAKING = f"""
WITH {LEAKED_MEMBERS}
SELECT id AS chosen FROM members CROSS JOIN pictures USING (sha256)
WHERE state = 'used' AND split IS NOT NULL ORDER BY kin, id
"""  # noqa: S608 - constants
SUSPECTS = f"""
WITH of_interest AS MATERIALIZED (
    SELECT kind, picture, score, family, coalesce(nullif(family, ''), picture) AS kin, (
        kind, sha256, iif(kind = '{FindingKind.LABEL}', findings.label, family)
    ) IN (SELECT kind, content, about FROM rulings WHERE dismissed) AS is_dismissed
    FROM findings CROSS JOIN pictures ON pictures.id = picture
    WHERE (state = 'quarantined' AND kind = 'damaged') OR (state = 'used' AND NOT (
        kind IN ({_listed(LABEL_KINDS)}) AND pictures.label <> findings.label
    ))
),
grouped AS (
    SELECT *, max(score) OVER same AS worst, count(*) OVER same AS members
    FROM of_interest WHERE NOT is_dismissed WINDOW same AS (PARTITION BY kind, kin)
),
found AS MATERIALIZED (
    SELECT picture, kind, CASE kind {_RANKS} END AS rank, row_number() OVER (
        PARTITION BY kind ORDER BY worst DESC, family, score DESC, picture
    ) AS turn
    FROM grouped WHERE kind NOT IN ({_listed(COPY_KINDS)}) OR members > 1
),
suspects AS MATERIALIZED (
    SELECT picture, kind, row_number() OVER (ORDER BY rank, turn, kind) AS place FROM found
)
"""  # noqa: S608 - constants
"""What nobody has dealt with of a check's findings, as `still_open` and `worst_first` say it."""

LISTED = "SELECT id AS chosen FROM pictures INDEXED BY {index} WHERE {condition} ORDER BY {by}"
NAMED = "SELECT id AS chosen FROM pictures INDEXED BY pictures_by_name WHERE {condition}"
AMONG = """
SELECT id AS chosen FROM (SELECT picture, min(place) AS place FROM ({source}) GROUP BY picture)
CROSS JOIN pictures ON id = picture WHERE {condition} ORDER BY {by}
"""
"""CROSS: a few are looked up among a million, never the other way about."""

ANY_SUSPECT = "SELECT picture, place FROM suspects"
DISMISSED = f"""
SELECT picture, row_number() OVER (
    ORDER BY CASE kind {_RANKS} END, kind, family, score DESC, picture
) AS place
FROM of_interest WHERE is_dismissed
"""  # noqa: S608 - constants
ONE_KIND = "SELECT picture, place FROM suspects WHERE kind = :kind"
GIVEN = "SELECT value AS picture, key AS place FROM json_each(:leaking)"
ANY_PROBLEM = f"""
SELECT id AS picture, id AS place FROM pictures WHERE state IN ('quarantined', 'excluded')
UNION ALL SELECT picture, picture FROM suspects
UNION ALL SELECT picture, picture FROM ({GIVEN})
"""  # noqa: S608 - constants
NO_SUSPECT = "id NOT IN (SELECT picture FROM suspects)"

ORDERS: Mapping[Order, tuple[str, str]] = {
    Order.USUAL: ("pictures_by_order", "id"),
    Order.NAME: ("pictures_by_name", "name, id"),
    Order.NUMBER: ("pictures_by_number", "number NULLS LAST, id"),
    Order.SIZE: ("pictures_by_size", "size_bytes DESC, id DESC"),
}
"""The index that has each order, and what it is ordered by. Left to choose, SQLite would take one
that filters, and sort what is left: ten times as long for a million pictures."""

THESE = "WHERE id IN (SELECT value FROM json_each(:ids))"
PLACES = "SELECT label, split, count(*) FROM pictures {where} GROUP BY label, split"
SIDES = "SELECT width, height, count(*) FROM pictures {where} GROUP BY width, height"
SIZES = "SELECT label, size_bytes / {step}, count(*) FROM pictures {where} GROUP BY 1, 2"
