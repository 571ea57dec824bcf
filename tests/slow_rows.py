"""Rows of a test's table of which the fast tests have some, and the slow ones all."""

from collections.abc import Collection, Iterable, Sequence

import pytest


def first_quickly(rows: Iterable[object]) -> list[object]:
    """The first row in the fast tests, the others in the slow ones."""
    first, *others = rows
    return [first, *(pytest.param(row, marks=pytest.mark.slow) for row in others)]


def crossed(
    forms: Sequence[str], troubles: Sequence[str], *, quick: Collection[str]
) -> pytest.MarkDecorator:
    """Each form meets each trouble; the slow tests have those of which the first form says enough.

    Args:
        forms: The first one meets every trouble in the fast tests.
        troubles: What goes wrong.
        quick: The troubles that the other forms meet in the fast tests too.
    """
    rows = [
        pytest.param(form, trouble, marks=pytest.mark.slow)
        if form != forms[0] and trouble not in quick
        else (form, trouble)
        for trouble in troubles
        for form in forms
    ]
    return pytest.mark.parametrize(("form", "trouble"), rows)
