"""The list of pictures: rows, verdicts, counts."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt

from catdog_gui.prediction_tab.results_model import RESULT_ROLE, ResultsModel
from catdog_gui.prediction_tab.words import Tally
from training.events import Verdict


def _verdict(path, verdict="cat"):
    p_dog = {"cat": 0.1, "dog": 0.9, "neither": 0.5}[verdict]
    p_neither = 0.8 if verdict == "neither" else 0.2
    confidence = p_neither if verdict == "neither" else max(p_dog, 1 - p_dog)
    return Verdict(str(path), verdict, p_dog, confidence, p_neither=p_neither)


def _failure(path):
    return Verdict(
        path=str(path), verdict=None, p_dog=None, confidence=None, error="The file is empty."
    )


@pytest.fixture
def model(qtmodeltester):
    model = ResultsModel()
    model.add([Path("a.jpg"), Path("b.jpg")])
    model.set_verdict(_verdict("a.jpg"))
    qtmodeltester.check(model)
    return model


def test_rows_keep_the_order_in_which_pictures_came(model):
    model.add([Path("0.jpg")])
    assert [result.name for result in model.results()] == ["a.jpg", "b.jpg", "0.jpg"]


def test_a_picture_that_comes_again_keeps_its_row_and_is_read_again(model):
    model.add([Path("a.jpg"), Path("c.jpg")])
    assert [result.name for result in model.results()] == ["a.jpg", "b.jpg", "c.jpg"]
    assert model.result(0).verdict is None
    assert model.tally() == Tally(pictures=3)


def test_a_verdict_changes_its_row_alone(model, qtbot):
    with qtbot.waitSignal(model.dataChanged) as changed:
        model.set_verdict(_verdict("b.jpg", "dog"))
    assert (changed.args[0].row(), changed.args[1].row()) == (1, 1)
    assert model.index(1, 0).data(RESULT_ROLE).verdict.verdict == "dog"


def test_verdicts_of_neighbours_are_told_at_once(model):
    model.add([Path(f"{number}.jpg") for number in range(4)])
    told = []
    model.dataChanged.connect(lambda first, last: told.append((first.row(), last.row())))
    model.set_verdicts([_verdict(name) for name in ("3.jpg", "b.jpg", "0.jpg", "gone.jpg")])
    assert told == [(1, 2), (5, 5)]


def test_a_verdict_on_a_picture_that_left_the_list_is_dropped(model):
    model.clear()
    model.set_verdict(_verdict("a.jpg"))
    assert model.tally() == Tally()


def test_forgotten_verdicts_leave_the_pictures(model):
    model.forget_verdicts()
    assert model.tally() == Tally(pictures=2)


def test_rows_speak_in_sentences(model):
    model.set_verdict(_failure("b.jpg"))
    read = [model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(2)]
    assert read == ["a.jpg: Cat, confidence 0.90", "b.jpg: Unreadable. The file is empty."]


def test_pictures_without_a_verdict_are_being_read_only_while_a_job_runs(model):
    model.set_reading(True)
    assert model.result(1).words == "b.jpg: Reading"
    model.set_reading(False)
    assert model.result(1).words == "b.jpg: Not read"


def test_a_moved_threshold_judges_again_what_is_shown_and_what_comes(model):
    model.set_verdict(_verdict("b.jpg", "dog"))
    model.set_threshold(0.95)
    assert model.tally() == Tally(pictures=2, cats=2)
    assert model.result(1).verdict.confidence == pytest.approx(0.1)
    model.set_verdict(_verdict("a.jpg", "dog"))
    assert model.result(0).verdict.verdict == "cat"
    model.set_threshold(0.5)
    assert model.tally() == Tally(pictures=2, dogs=2)


def test_a_moved_threshold_leaves_neither_errors_and_what_is_not_read(model):
    model.add([Path("c.jpg"), Path("d.jpg")])
    model.set_verdict(_verdict("b.jpg", "neither"))
    model.set_verdict(_failure("c.jpg"))
    model.set_threshold(0.01)
    assert model.tally() == Tally(pictures=4, dogs=1, neither=1, failed=1)
    assert model.result(3).verdict is None


def test_an_error_is_told_whole_when_pointed_at(model):
    model.set_verdict(_failure("b.jpg"))
    assert model.index(1, 0).data(Qt.ItemDataRole.ToolTipRole) == "The file is empty."


@given(
    st.lists(
        st.tuples(st.integers(0, 4), st.sampled_from(["cat", "dog", "neither", None, "again"])),
        max_size=30,
    )
)
def test_counts_always_agree_with_the_rows(steps):
    model = ResultsModel()
    for number, verdict in steps:
        path = Path(f"{number}.jpg")
        if verdict == "again":
            model.add([path])
        else:
            model.set_verdict(_verdict(path, verdict) if verdict else _failure(path))
    read = [result.verdict.verdict for result in model.results() if result.verdict]
    assert model.tally() == Tally(
        pictures=len(model.results()),
        cats=read.count("cat"),
        dogs=read.count("dog"),
        neither=read.count("neither"),
        failed=read.count(None),
    )
