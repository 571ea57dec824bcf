"""What the journal asks SQLite."""

SELECT = """
SELECT id, label, state, reason FROM pictures WHERE id = ? AND state <> 'quarantined'
"""
APPLY = """
UPDATE pictures SET
    label = iif(c.label = c.label_before, pictures.label, c.label{0}),
    state = iif(c.state = c.state_before, pictures.state, c.state{0}),
    reason = iif(c.reason = c.reason_before, pictures.reason, c.reason{0})
FROM corrections AS c WHERE c.step = ? AND c.picture = pictures.id
"""
_STEP = """
SELECT id, words, (SELECT count(*) FROM (
    SELECT picture FROM corrections WHERE step = steps.id
    UNION SELECT picture FROM dismissals WHERE step = steps.id
))
FROM steps WHERE undone = {} ORDER BY id {} LIMIT 1
"""
UNDO, REDO = _STEP.format(0, "DESC"), _STEP.format(1, "ASC")
CORRECTED = """
SELECT sha256, name, label, state, reason FROM pictures
WHERE id IN (SELECT picture FROM corrections JOIN steps ON steps.id = step WHERE undone = 0)
ORDER BY id
"""
CHANGES = """
SELECT made, words FROM steps WHERE undone = 0 AND id IN (
    SELECT step FROM corrections WHERE picture = :picture
    UNION SELECT step FROM dismissals WHERE picture = :picture
) ORDER BY id
"""
PICTURES_OF = """
SELECT picture FROM corrections WHERE step = :step
UNION SELECT picture FROM dismissals WHERE step = :step ORDER BY picture
"""
FIRST_LABELS = """
SELECT picture, label_before, min(step) FROM corrections JOIN steps ON steps.id = step
WHERE undone = 0 AND label <> label_before GROUP BY picture
"""
RULINGS = "SELECT kind, content, about, dismissed FROM rulings"
FORGET_UNDONE = (
    "DELETE FROM corrections WHERE step IN (SELECT id FROM steps WHERE undone = 1)",
    "DELETE FROM dismissals WHERE step IN (SELECT id FROM steps WHERE undone = 1)",
    "DELETE FROM steps WHERE undone = 1",
)
