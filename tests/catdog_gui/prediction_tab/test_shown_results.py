"""One order and one filter over the list."""

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QItemSelectionModel, Qt

from catdog_gui.prediction_tab.result_columns import (
    COLUMNS,
    CONFIDENCE,
    FILE,
    P_DOG,
    PLACE,
    VERDICT,
)
from catdog_gui.prediction_tab.results_model import ResultsModel
from catdog_gui.prediction_tab.shown_results import Kind, ShownResults
from training.events import Verdict

RISING, FALLING = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder
VERDICTS = {
    "b.jpg": Verdict("/p/b.jpg", "cat", 0.2, 0.8),
    "A.jpg": Verdict("/p/A.jpg", "dog", 0.9, 0.9),
    "chair.jpg": Verdict("/p/chair.jpg", "neither", 0.4, 0.7, p_neither=0.7),
    "notes.txt": Verdict("/p/notes.txt", None, None, None, "The file is not a picture."),
}


@pytest.fixture
def results():
    results = ResultsModel()
    results.add([Path("/p", name) for name in [*VERDICTS, "unread.jpg"]])
    for verdict in VERDICTS.values():
        results.set_verdict(verdict)
    return results


@pytest.fixture
def shown(results, qtmodeltester):
    shown = ShownResults()
    shown.set_results(results)
    qtmodeltester.check(shown)
    return shown


def _names(shown):
    return [shown.index(row, FILE).data() for row in range(shown.rowCount())]


def test_without_a_column_pictures_stand_as_they_came(shown):
    assert _names(shown) == [*VERDICTS, "unread.jpg"]
    shown.sort(FILE)
    shown.sort(-1)
    assert _names(shown) == [*VERDICTS, "unread.jpg"]


@pytest.mark.parametrize(
    ("column", "order", "first", "last"),
    [
        (FILE, RISING, "A.jpg", "unread.jpg"),
        (VERDICT, RISING, "b.jpg", "notes.txt"),
        (PLACE, FALLING, "notes.txt", "unread.jpg"),
    ],
)
def test_columns_sort_by_what_they_say(shown, column, order, first, last):
    shown.sort(column, order)
    assert (_names(shown)[0], _names(shown)[-1]) == (first, last)


@pytest.mark.parametrize(
    ("column", "rising"),
    [(CONFIDENCE, ["chair.jpg", "b.jpg", "A.jpg"]), (P_DOG, ["b.jpg", "chair.jpg", "A.jpg"])],
)
def test_rows_without_a_figure_come_last_in_either_order(shown, column, rising):
    shown.sort(column, RISING)
    assert _names(shown) == [*rising, "notes.txt", "unread.jpg"]
    shown.sort(column, FALLING)
    assert _names(shown)[:3] == rising[::-1]
    assert set(_names(shown)[3:]) == {"notes.txt", "unread.jpg"}


def test_a_new_verdict_takes_its_place_in_the_order(shown, results):
    shown.sort(P_DOG, FALLING)
    results.set_verdict(Verdict("/p/unread.jpg", "dog", 0.95, 0.95))
    assert _names(shown)[0] == "unread.jpg"
    results.set_threshold(0.97)
    shown.sort(CONFIDENCE, FALLING)
    assert _names(shown)[:2] == ["b.jpg", "chair.jpg"]


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        (Kind.CATS, ["b.jpg"]),
        (Kind.DOGS, ["A.jpg"]),
        (Kind.NEITHER, ["chair.jpg"]),
        (Kind.UNREADABLE, ["notes.txt"]),
        (Kind.ALL, [*VERDICTS, "unread.jpg"]),
    ],
)
def test_a_kind_is_shown_alone(shown, kind, names):
    shown.narrow(kind, "")
    assert _names(shown) == names
    assert shown.is_narrowed is (kind is not Kind.ALL)


def test_a_picture_that_gets_the_verdict_is_shown(shown, results):
    shown.narrow(Kind.CATS, "")
    results.set_verdict(Verdict("/p/unread.jpg", "cat", 0.1, 0.9))
    assert _names(shown) == ["b.jpg", "unread.jpg"]


def test_names_are_found_in_any_case_and_not_by_their_folder(shown):
    shown.narrow(Kind.ALL, " a.JPG ")
    assert _names(shown) == ["A.jpg"]
    shown.narrow(Kind.ALL, "/p")
    assert _names(shown) == []


def test_rows_of_the_list_are_found_again(shown):
    shown.sort(FILE)
    assert shown.result_at(shown.index_of(0)).name == "b.jpg"
    shown.narrow(Kind.DOGS, "")
    assert not shown.index_of(0).isValid()
    assert shown.result_at(shown.index_of(0)) is None


@pytest.fixture
def many(monkeypatch):
    """A thousand pictures, and a count of the keys that are made for a column."""
    results = ResultsModel()
    results.add([Path("/p", f"{(number * 7) % 1000}.jpg") for number in range(1000)])
    made = []
    column = COLUMNS[P_DOG]
    counted = replace(column, key_of=lambda result: made.append(1) or column.key_of(result))
    monkeypatch.setattr(
        "catdog_gui.prediction_tab.shown_results.COLUMNS",
        (*COLUMNS[:P_DOG], counted, *COLUMNS[P_DOG + 1 :]),
    )
    shown = ShownResults()
    shown.set_results(results)
    return SimpleNamespace(results=results, shown=shown, made=made)


def test_a_sort_makes_each_key_once_and_its_reverse_none(many):
    many.shown.sort(P_DOG, RISING)
    assert len(many.made) == 1000
    many.shown.sort(P_DOG, FALLING)
    many.shown.narrow(Kind.ALL, "1")
    assert len(many.made) == 1000


def test_a_verdict_makes_its_own_key_anew_and_no_other(many):
    many.shown.sort(P_DOG, FALLING)
    many.made.clear()
    many.results.set_verdict(Verdict("/p/700.jpg", "dog", 0.95, 0.95))
    assert len(many.made) == 1
    assert many.shown.index(0, FILE).data() == "700.jpg"


def test_a_thousand_pictures_come_and_go_in_one_piece(many):
    told = []
    for name in ("rowsRemoved", "rowsInserted", "layoutChanged"):
        getattr(many.shown, name).connect(lambda *_, name=name: told.append(name))
    many.shown.narrow(Kind.ALL, "1")  # every third or so, all over the list
    assert told == ["layoutChanged", "rowsRemoved"]
    told.clear()
    many.shown.narrow(Kind.ALL, "")
    assert told == ["rowsInserted", "layoutChanged"]


def test_what_is_selected_goes_with_its_picture(many):
    choice = QItemSelectionModel(many.shown)
    index = many.shown.index_of(many.results.rowCount() - 1)
    choice.select(index, QItemSelectionModel.SelectionFlag.Select)
    picture = many.shown.result_at(index)
    many.shown.sort(FILE, RISING)
    many.shown.narrow(Kind.ALL, picture.name[0])
    (selected,) = choice.selectedIndexes()
    assert many.shown.result_at(selected) == picture


@given(st.lists(st.sampled_from([0.1, 0.3, 0.6, 0.9, None]), max_size=12), st.booleans())
def test_the_kinds_share_out_all_that_is_read(shares, falls):
    results = ResultsModel()
    for number, p_dog in enumerate(shares):
        path = Path(f"{number}.jpg")
        results.add([path])
        if p_dog is None:
            results.set_verdict(Verdict(str(path), None, None, None, "It is empty."))
        else:
            results.set_verdict(Verdict(str(path), "", p_dog, 0.0))
    shown = ShownResults()
    shown.set_results(results)
    shown.sort(P_DOG, FALLING if falls else RISING)
    counts = {}
    for kind in Kind:
        shown.narrow(kind, "")
        counts[kind] = shown.rowCount()
    assert counts.pop(Kind.ALL) == sum(counts.values()) == len(shares)
