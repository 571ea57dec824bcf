"""Findings: their order, when they are dealt with, and which copies to leave out."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from tests.training.dataset.making import picture
from training.dataset.finding import Finding, FindingKind, all_but_one, still_open, worst_first
from training.dataset.picture import Split, State

KINDS = FindingKind


def found(kind: FindingKind, row: int | None, score: float = 1.0, **facts: str) -> Finding:
    return Finding(kind, row, score, "why", **({"label": "cat"} | facts))


def test_the_worst_kinds_come_first_and_in_each_the_highest_score() -> None:
    findings = [
        found(KINDS.DARK, 1, 0.9),
        found(KINDS.LABEL, 2, 0.6),
        found(KINDS.LABEL, 3, 0.8),
        found(KINDS.DAMAGED, 4, 0.1),
    ]
    assert [f.picture for f in worst_first(findings)] == [4, 3, 2, 1]


def test_suspicious_labels_and_pictures_of_neither_take_turns() -> None:
    findings = [found(KINDS.LABEL, row, 0.9 - row / 100) for row in range(3)]
    findings += [found(KINDS.NEITHER, row, 0.5 - row / 100) for row in range(3, 6)]
    kinds = [f.kind for f in worst_first(findings)]
    assert kinds == [KINDS.LABEL, KINDS.NEITHER] * 3 or kinds == [KINDS.NEITHER, KINDS.LABEL] * 3


def test_copies_stand_together_by_group() -> None:
    findings = [
        found(KINDS.NEAR, row, 0.97 if row == 1 else 0.96, group="ab"[row % 2]) for row in range(4)
    ]
    assert [f.picture for f in worst_first(findings)] == [1, 3, 0, 2]


def test_a_finding_is_closed_once_its_picture_was_put_right() -> None:
    pictures = {row: picture(row, "cat", sha256=str(row)) for row in range(1, 5)}
    pictures[2] = replace(pictures[2], state=State.EXCLUDED)
    pictures[3] = replace(pictures[3], label="dog")
    pictures[4] = replace(pictures[4], state=State.QUARANTINED)
    labels = [found(KINDS.LABEL, row) for row in (1, 2, 3, 9)]
    poor = [found(KINDS.DARK, row) for row in (2, 3, 4)]
    damaged = found(KINDS.DAMAGED, 4)
    about_all = found(KINDS.IMBALANCE, None)
    left = still_open([*labels, *poor, damaged, about_all], pictures)
    assert left == [labels[0], poor[1], damaged, about_all]


def test_a_group_of_copies_is_closed_once_one_is_left() -> None:
    pictures = {row: picture(row, "cat", sha256="a") for row in range(1, 4)}
    findings = [found(KINDS.EXACT, row, group="a") for row in pictures]
    pictures[2] = replace(pictures[2], state=State.EXCLUDED)
    assert [f.picture for f in still_open(findings, pictures)] == [1, 3]
    pictures[3] = replace(pictures[3], state=State.EXCLUDED)
    assert still_open(findings, pictures) == []


def test_the_largest_copy_is_kept_else_the_one_in_training_else_the_first() -> None:
    small, large = picture(1, "cat", sha256="a"), picture(2, "cat", sha256="b")
    group = [replace(small, family="f"), replace(large, family="f", width=400)]
    assert all_but_one(group) == [1]
    same = [
        picture(3, "cat", sha256="c", split=Split.TEST),
        picture(4, "cat", sha256="c", split=Split.TRAIN),
        picture(5, "cat", sha256="c", split=Split.TRAIN),
    ]
    assert all_but_one(same) == [3, 5]


@given(
    kin=st.lists(st.sampled_from("abcdefgh"), max_size=20),
    states=st.lists(st.sampled_from(State), min_size=20, max_size=20),
)
def test_one_of_each_group_is_left_and_nobody_else_is_touched(kin, states) -> None:
    pictures = [
        replace(picture(row, "cat", sha256=name), state=state)
        for row, (name, state) in enumerate(zip(kin, states, strict=False))
    ]
    out = set(all_but_one(pictures))
    used = [p for p in pictures if p.state is State.USED]
    assert out <= {p.id for p in used}
    left = [p.kin for p in used if p.id not in out]
    assert sorted(left) == sorted({p.kin for p in used})
