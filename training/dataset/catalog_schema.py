"""The catalogue's tables, and how those of an older program become these."""

from collections.abc import Mapping

SCHEMA_VERSION = 4

_PICTURES = """
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

_CHECKED_AND_CORRECTED = """
CREATE INDEX pictures_by_place ON pictures (state, label, split);
CREATE INDEX pictures_by_order ON pictures (id, state, label, split);
CREATE INDEX pictures_by_name ON pictures (name, state, label, split);
CREATE INDEX pictures_by_size ON pictures (size_bytes, state, label, split);
CREATE TABLE looks (  -- of a content, whichever pictures have it
    sha256 TEXT PRIMARY KEY,
    format TEXT NOT NULL,
    mode TEXT NOT NULL,
    frames INTEGER NOT NULL,
    brightness REAL NOT NULL,
    information REAL NOT NULL,
    sharpness REAL NOT NULL,
    outline BLOB NOT NULL
) WITHOUT ROWID;
CREATE TABLE families (  -- contents that have near copies; a family is named by one of them
    sha256 TEXT PRIMARY KEY,
    family TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE findings (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    picture INTEGER,  -- none where it is about the whole dataset
    score REAL NOT NULL,
    family TEXT NOT NULL,  -- the same for all copies of one picture; empty elsewhere
    label TEXT NOT NULL,  -- the picture's when it was found
    reason TEXT NOT NULL
);
CREATE INDEX findings_by_kind ON findings (kind, score, picture);
CREATE INDEX findings_by_picture ON findings (picture);
CREATE TABLE steps (  -- of the user's corrections, in their order
    id INTEGER PRIMARY KEY,
    made TEXT NOT NULL,
    words TEXT NOT NULL,
    undone INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE corrections (
    step INTEGER NOT NULL,
    picture INTEGER NOT NULL,
    label_before TEXT NOT NULL,
    state_before TEXT NOT NULL,
    reason_before TEXT NOT NULL,
    label TEXT NOT NULL,
    state TEXT NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (step, picture)
) WITHOUT ROWID;
"""

_NUMBERED = """
CREATE INDEX pictures_by_number ON pictures (number, state, label, split);
"""

_DISMISSALS = """
CREATE TABLE dismissals (  -- of findings, by content; the last step that holds says whether
    step INTEGER NOT NULL,
    picture INTEGER NOT NULL,  -- the one that was looked at
    kind TEXT NOT NULL,
    content TEXT NOT NULL,  -- its sha256
    about TEXT NOT NULL,  -- the label that is right, or the group that it is no copy in
    dismissed INTEGER NOT NULL,  -- 0 where the finding was brought back
    PRIMARY KEY (step, picture, kind, about)
) WITHOUT ROWID;
CREATE VIEW rulings AS
    SELECT kind, content, about, dismissed, picture, max(step) AS step
    FROM dismissals CROSS JOIN steps ON steps.id = step
    WHERE undone = 0 GROUP BY kind, content, about;
CREATE VIEW relatives AS  -- families without whom the user said to be no copy in them
    SELECT sha256, family FROM families WHERE sha256 NOT IN (
        SELECT content FROM rulings CROSS JOIN findings USING (picture, kind)
        WHERE kind = 'near copy' AND dismissed AND findings.family = about
    );
"""

_ORDERED = """
DROP INDEX pictures_by_name;
DROP INDEX pictures_by_size;
DROP INDEX pictures_by_number;
CREATE INDEX pictures_by_name ON pictures (name, id, state, label, split);
CREATE INDEX pictures_by_size ON pictures (size_bytes, id, state, label, split);
CREATE INDEX pictures_by_number ON pictures (number, id, state, label, split);
"""  # id: without it SQLite sorts what is equal, though almost nothing is

TABLES = _PICTURES + _CHECKED_AND_CORRECTED + _NUMBERED + _DISMISSALS + _ORDERED
"""An empty catalogue of this version."""

UPGRADES: Mapping[int, str] = {
    1: _CHECKED_AND_CORRECTED,
    2: _NUMBERED,
    3: _DISMISSALS + _ORDERED,
}
"""What leads from a version to the next one."""
