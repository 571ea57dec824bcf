"""The catalogue chooses pictures, and puts them in order, as the rules in words say."""

import sqlite3
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.training.dataset.making import make_older, new_picture
from training.dataset.catalog import Catalog, Split, State
from training.dataset.catalog_file import CATALOGUE_FILE
from training.dataset.dismissing import dismiss
from training.dataset.finding import COPY_KINDS, DISMISSIBLE_KINDS, Finding, FindingKind
from training.dataset.picture import CLASSES, Order
from training.dataset.picture_filter import PictureFilter, Problem
from training.dataset.selection_queries import LISTED, ORDERS
from training.dataset.standing import read_standing

TRAIN, VALIDATION, TEST = Split
Kind = FindingKind


@pytest.fixture
def catalog(tmp_path):
    rows = (
        ("cat.1.jpg", 30, {}),
        ("dog.22.jpg", 10, {}),
        ("cat.3.jpg", 20, {"state": State.QUARANTINED}),
        ("cat.4.jpg", 50, {"state": State.EXCLUDED}),
        ("cat.15.jpg", 40, {"sha256": "hash of cat.1.jpg"}),
        ("dog.6.jpg", 60, {"name": "Rex 100%_é.jpg", "number": None}),
    )
    with Catalog.create(tmp_path, source="", ignored=0) as catalog:
        catalog.add(
            replace(new_picture(name), size_bytes=size, **changes) for name, size, changes in rows
        )
        catalog.assign_splits({1: TRAIN, 2: TEST, 5: TEST, 6: TRAIN})
        yield catalog


def _ids(catalog, wanted=PictureFilter(), order=Order.USUAL):  # noqa: B008 - frozen
    leaking = catalog.selection.leaking().tolist()
    return catalog.selection.ids(wanted, order, leaking=leaking).tolist()


@pytest.mark.parametrize(
    ("wanted", "ids"),
    [
        (PictureFilter(), [1, 2, 5, 6]),
        (PictureFilter(label="dog"), [2, 6]),
        (PictureFilter(split=TEST), [2, 5]),
        (PictureFilter(label="dog", split=TEST), [2]),
        (PictureFilter(text="rEX"), [6]),
        (PictureFilter(text="É"), [6]),
        (PictureFilter(text="0%_"), [6]),
        (PictureFilter(text="t_dog"), []),
        (PictureFilter(problem=Problem.QUARANTINED), [3]),
        (PictureFilter(problem=Problem.EXCLUDED), [4]),
        (PictureFilter(problem=Problem.LEAK), [1, 5]),
        (PictureFilter(problem=Problem.LEAK, split=TRAIN), [1]),
        (PictureFilter(problem=Problem.ANY), [1, 3, 4, 5]),
        (PictureFilter(problem=Problem.ANY, text="4"), [4]),
    ],
)
def test_a_filter_lets_through_what_it_names(catalog, wanted, ids):
    assert _ids(catalog, wanted) == ids


@pytest.mark.parametrize(
    ("order", "ids"),
    [
        (Order.USUAL, [1, 2, 5, 6]),
        (Order.NAME, [6, 1, 5, 2]),
        (Order.NUMBER, [1, 5, 2, 6]),
        (Order.SIZE, [6, 5, 1, 2]),
    ],
)
@pytest.mark.parametrize("text", ["", "JPG", "é", "."])
def test_pictures_come_in_any_order_whatever_is_searched_for(catalog, order, ids, text):
    found = [each for each in ids if text != "é" or each == 6]
    assert _ids(catalog, PictureFilter(text=text), order) == found


def test_the_most_suspicious_come_first_and_all_others_follow(catalog):
    catalog.findings.replace(
        tuple(Kind),
        [
            Finding(Kind.DARK, 2, 0.9, "It is dark."),
            Finding(Kind.TINY, 6, 0.8, "It is tiny."),
            Finding(Kind.DARK, 5, 0.1, "It is dark."),
            Finding(Kind.LABEL, 5, 0.1, "It is a dog.", "cat"),
        ],
        of="",
    )
    assert _ids(catalog, order=Order.SUSPICION) == [5, 2, 6, 1]
    assert _ids(catalog, PictureFilter(label="cat"), Order.SUSPICION) == [5, 1]
    assert _ids(catalog, PictureFilter(problem=Kind.DARK)) == [2, 5]
    assert _ids(catalog, PictureFilter(problem=Kind.DARK, split=TEST, label="dog")) == [2]
    assert _ids(catalog, PictureFilter(problem=Kind.DARK), Order.SIZE) == [5, 2]
    assert _ids(catalog, PictureFilter(problem=Kind.BLURRED)) == []


def test_copies_stand_group_by_group_the_worst_group_first(catalog):
    catalog.findings.replace(
        (Kind.NEAR,),
        [
            Finding(Kind.NEAR, picture, score, "It is a copy.", "cat", group)
            for picture, score, group in (
                (1, 0.2, "a"),
                (2, 0.3, "a"),
                (5, 0.1, "b"),
                (6, 0.9, "b"),
            )
        ],
        of="",
    )
    assert _ids(catalog, PictureFilter(problem=Kind.NEAR)) == [6, 5, 2, 1]


_FINDINGS = st.lists(
    st.builds(
        Finding,
        st.sampled_from([kind for kind in Kind if kind is not Kind.IMBALANCE]),
        st.integers(1, 6),
        st.integers(0, 4).map(lambda score: score / 4),
        st.just("planted"),
        st.sampled_from(CLASSES),
        st.just(""),
    ),
    unique_by=lambda finding: (finding.kind, finding.picture),
    max_size=12,
)


def _in_groups(findings, size):
    """Copies always have a group."""
    return [
        replace(f, group=f"group {f.picture // size}") if f.kind in {Kind.EXACT, Kind.NEAR} else f
        for f in findings
    ]


@given(_FINDINGS, st.integers(1, 4), st.sets(st.integers(0, 11)))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
def test_findings_are_open_and_in_order_as_the_rules_say(catalog, findings, size, dismissed):
    catalog.findings.replace(tuple(Kind), _in_groups(findings, size), of="")
    for finding in [findings[place] for place in dismissed if place < len(findings)]:
        dismiss(catalog, [finding.picture], finding.kind)
    standing = read_standing(catalog)
    told = standing.findings
    laid_aside = {finding.picture for finding in standing.dismissed}
    assert sorted(_ids(catalog, PictureFilter(problem=Problem.DISMISSED))) == sorted(laid_aside)
    for kind in Kind:
        ids = [finding.picture for finding in told if finding.kind is kind]
        assert _ids(catalog, PictureFilter(problem=kind)) == ids
    worst = list(dict.fromkeys(finding.picture for finding in told if finding.picture != 3))
    suspects = _ids(catalog, order=Order.SUSPICION)[: len(worst)]
    assert sorted(suspects) == sorted(worst)
    ranks = {f.picture: list(Kind).index(f.kind) for f in reversed(told)}
    kinds = [min(ranks[each], list(Kind).index(Kind.NEITHER)) for each in suspects]
    assert [kind for kind in kinds if kind > 2] == sorted(kind for kind in kinds if kind > 2)
    while catalog.journal.undo() is not None:
        pass  # the next example has the same catalogue


def test_figures_count_what_passes_the_filter(catalog):
    figures = catalog.selection.figures(PictureFilter())
    assert figures.places == {
        ("cat", TRAIN): 1,
        ("cat", TEST): 1,
        ("dog", TRAIN): 1,
        ("dog", TEST): 1,
    }
    assert sum(figures.sides.values()) == sum(figures.sizes.values()) == figures.pictures == 4
    assert catalog.selection.figures(PictureFilter(label="cat")).pictures == 2
    leaking = catalog.selection.leaking().tolist()
    leaks = catalog.selection.figures(PictureFilter(problem=Problem.LEAK), leaking=leaking)
    assert leaks.places == {("cat", TRAIN): 1, ("cat", TEST): 1}


def test_an_empty_catalogue_has_nothing_to_choose(tmp_path):
    with Catalog.create(tmp_path, source="", ignored=0) as catalog:
        for order in Order:
            assert _ids(catalog, PictureFilter(text="x"), order) == []
        assert catalog.selection.figures(PictureFilter()).pictures == 0


@pytest.mark.parametrize("order", [Order.USUAL, Order.NAME, Order.NUMBER, Order.SIZE])
def test_pictures_come_in_the_order_of_an_index_without_being_sorted(catalog, tmp_path, order):
    index, by = ORDERS[order]
    query = LISTED.format(index=index, condition="state = 'used'", by=by)
    with sqlite3.connect(tmp_path / CATALOGUE_FILE) as connection:
        plan = connection.execute(f"EXPLAIN QUERY PLAN {query}").fetchall()
    connection.close()
    assert [row[-1] for row in plan] == [f"SCAN pictures USING COVERING INDEX {index}"]


@pytest.mark.parametrize("kind", DISMISSIBLE_KINDS)
def test_what_is_dismissed_is_looked_at_apart(catalog, kind):
    catalog.findings.replace(tuple(Kind), [Finding(kind, 1, 0.5, "why", "cat")], of="")
    dismiss(catalog, [1])
    assert _ids(catalog, PictureFilter(problem=Problem.DISMISSED)) == [1] * (kind not in COPY_KINDS)
    assert _ids(catalog, PictureFilter(problem=kind)) == []


def test_a_catalogue_of_the_version_before_gets_its_order_by_number(catalog, tmp_path):
    catalog.close()
    make_older(tmp_path, 2)
    with Catalog.open(tmp_path) as again:
        assert _ids(again, order=Order.NUMBER) == [1, 5, 2, 6]
