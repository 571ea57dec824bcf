"""Which pictures a filter lets through."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catdog_gui.dataset_tab.picture_filter import PictureFilter, Problem, find_leaks, select
from training.dataset.finding import Finding, FindingKind
from training.dataset.picture import CLASSES, Picture, Split, State


def _picture(number, **changes):
    facts = {
        "id": number,
        "path": Path(f"/pictures/cat.{number}.jpg"),
        "name": f"train/cat.{number}.jpg",
        "sha256": f"{number:064x}",
        "size_bytes": 1000,
        "width": 20,
        "height": 10,
        "label": "cat",
        "number": number,
        "split": None,
        "state": State.USED,
        "reason": "",
    }
    return Picture(**facts | changes)


_PICTURES = [
    _picture(1, split=Split.TRAIN),
    _picture(2, split=Split.TEST, label="dog"),
    _picture(3, state=State.QUARANTINED, reason="The file is empty."),
    _picture(4, state=State.EXCLUDED, reason="A copy."),
    _picture(5, split=Split.TEST, sha256=f"{1:064x}"),
    _picture(6, split=Split.TRAIN, label="dog", name="train/Rex.jpg"),
]


@pytest.mark.parametrize(
    ("wanted", "ids"),
    [
        (PictureFilter(), [1, 2, 5, 6]),
        (PictureFilter(label="dog"), [2, 6]),
        (PictureFilter(split=Split.TEST), [2, 5]),
        (PictureFilter(label="dog", split=Split.TEST), [2]),
        (PictureFilter(text="rEX"), [6]),
        (PictureFilter(problem=Problem.QUARANTINED), [3]),
        (PictureFilter(problem=Problem.EXCLUDED), [4]),
        (PictureFilter(problem=Problem.LEAK), [1, 5]),
        (PictureFilter(problem=Problem.ANY), [1, 3, 4, 5]),
    ],
)
def test_a_filter_lets_through_what_it_names(wanted, ids):
    chosen = select(_PICTURES, find_leaks(_PICTURES), wanted)
    assert [picture.id for picture in chosen] == ids


def test_a_leak_says_where_its_copies_are():
    assert find_leaks(_PICTURES) == {
        1: "The same picture as cat.5.jpg (test).",
        5: "The same picture as cat.1.jpg (training).",
    }


def test_near_copies_in_two_splits_leak_too():
    alike = [
        _picture(1, split=Split.TRAIN, family="1"),
        _picture(2, split=Split.TEST, family="1"),
    ]
    assert set(find_leaks(alike)) == {1, 2}


def test_findings_are_shown_in_the_order_in_which_they_are_looked_at():
    findings = [
        Finding(FindingKind.DARK, 5, 0.9, "It is dark."),
        Finding(FindingKind.TINY, 2, 0.8, "It is tiny."),
        Finding(FindingKind.DARK, 1, 0.1, "It is dark."),
    ]
    for wanted, ids in (
        (PictureFilter(problem=FindingKind.DARK), [5, 1]),
        (PictureFilter(problem=FindingKind.DARK, split=Split.TEST), [5]),
        (PictureFilter(problem=FindingKind.BLURRED), []),
        (PictureFilter(problem=Problem.ANY), [1, 2, 3, 4, 5]),
    ):
        shown = select(_PICTURES, {}, wanted, findings)
        assert [picture.id for picture in shown] == ids


def test_copies_in_one_split_are_no_leak():
    copies = [_picture(1, split=Split.TRAIN), _picture(2, split=Split.TRAIN, sha256=f"{1:064x}")]
    assert find_leaks(copies) == {}


_ANY_PICTURES = st.lists(
    st.builds(
        _picture,
        st.integers(0, 50),
        label=st.sampled_from(CLASSES),
        split=st.sampled_from([None, *Split]),
        state=st.sampled_from(State),
    ),
    max_size=30,
)


@given(_ANY_PICTURES)
def test_classes_and_splits_divide_what_is_used(pictures):
    used = select(pictures, {}, PictureFilter())
    by_class = [select(pictures, {}, PictureFilter(label=label)) for label in CLASSES]
    assert sum(map(len, by_class)) == len(used)
    assert all(picture.state is State.USED for picture in used)
    by_split = [select(pictures, {}, PictureFilter(split=split)) for split in Split]
    assert sum(map(len, by_split)) == sum(picture.split is not None for picture in used)
