"""Where the copies of a leak are, in words."""

from pathlib import Path

from catdog_gui.dataset_tab.picture_filter import find_leaks
from training.dataset.picture import Picture, Split, State


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


def test_copies_in_one_split_are_no_leak():
    copies = [_picture(1, split=Split.TRAIN), _picture(2, split=Split.TRAIN, sha256=f"{1:064x}")]
    assert find_leaks(copies) == {}
