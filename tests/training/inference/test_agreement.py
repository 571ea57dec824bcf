"""What one run gets right and another does not."""

import dataclasses
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from training.errors import DatasetError
from training.inference.agreement import compare_answers, mcnemar
from training.inference.answers import Answers


def answers_that_are_right(flags) -> Answers:
    count = len(flags)
    return Answers(
        tuple(Path(f"{place}.jpg") for place in range(count)),
        (1,) * count,
        tuple(0.9 if flag else 0.1 for flag in flags),
        tuple("dog" if flag else "cat" for flag in flags),
    )


def test_each_picture_stands_where_its_two_answers_put_it() -> None:
    found = compare_answers(
        answers_that_are_right([True, True, False, False]),
        answers_that_are_right([True, False, True, False]),
    )
    groups = (found.both, found.only_first, found.only_second, found.none)
    assert groups == tuple((Path(f"{place}.jpg"),) for place in range(4))
    assert found.p_value == 1.0


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [(0, 0, 1.0), (5, 5, 1.0), (0, 6, 2 / 2**6), (10, 2, 2 * (1 + 12 + 66) / 2**12)],
)
def test_the_p_value_is_that_of_tossed_coins(first: int, second: int, expected: float) -> None:
    assert mcnemar(first, second) == pytest.approx(expected)
    assert mcnemar(second, first) == pytest.approx(expected)


@settings(deadline=None)  # the first call loads SciPy
@given(st.lists(st.tuples(st.booleans(), st.booleans()), min_size=1, max_size=40))
def test_turning_the_comparison_round_turns_its_groups_round(rows) -> None:
    one, other = (answers_that_are_right([row[side] for row in rows]) for side in (0, 1))
    found, turned = compare_answers(one, other), compare_answers(other, one)
    assert (found.only_first, found.only_second) == (turned.only_second, turned.only_first)
    assert (found.both, found.none) == (turned.both, turned.none)
    assert found.p_value == pytest.approx(turned.p_value)
    groups = (found.both, found.only_first, found.only_second, found.none)
    assert sum(map(len, groups)) == len(rows)


def test_pictures_that_only_one_could_read_do_not_count() -> None:
    one = answers_that_are_right([True, True, False])
    other = dataclasses.replace(
        one, paths=one.paths[1:], labels=one.labels[1:], p_dog=one.p_dog[1:],
        verdicts=one.verdicts[1:],
    )  # fmt: skip
    assert compare_answers(one, other).both == one.paths[1:2]
    elsewhere = dataclasses.replace(one, paths=tuple(Path("x") / path for path in one.paths))
    with pytest.raises(DatasetError, match="in common"):
        compare_answers(one, elsewhere)
