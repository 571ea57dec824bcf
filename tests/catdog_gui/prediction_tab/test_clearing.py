"""A cleared list comes back whole."""

from pathlib import Path

from PySide6.QtGui import QColor, QImage

from catdog_gui.prediction_tab.clearing import UNDO_MS
from catdog_gui.widgets.image_drop import Dropped


def _undo(bench):
    """Press the banner's button."""
    call = bench.page.banner.show_message.call_args
    assert call.kwargs["for_ms"] == UNDO_MS == 10_000
    call.kwargs["do"]()
    bench.wait()


def _paste(bench):
    image = QImage(4, 4, QImage.Format.Format_RGB32)
    image.fill(QColor("red"))
    bench.fire("pictures_dropped", Dropped((), image))
    bench.wait()


def _paths(bench):
    (model,) = bench.page.set_results.call_args.args
    return [result.path for result in model.results()]


def test_rows_and_verdicts_come_back_and_nothing_is_read_again(bench):
    bench.classify("cat.jpg", "dog.jpg", "notes.txt")
    summary = bench.summary
    bench.fire("clear_requested")
    assert (bench.results, bench.summary) == ({}, "")
    _undo(bench)
    assert bench.results == {"cat.jpg": "cat", "dog.jpg": "dog", "notes.txt": "error"}
    assert bench.summary == summary
    assert len(bench.oracle.calls) == 1


def test_what_was_still_to_be_read_is_read(bench, qtbot):
    bench.oracle.may_answer.clear()
    bench.controller.classify([Path("/p/cat.1.jpg"), Path("/p/cat.2.jpg")])
    bench.controller.classify([Path("/p/cat.3.jpg")])
    qtbot.waitUntil(bench.oracle.begun.is_set)
    bench.fire("clear_requested")
    bench.oracle.may_answer.set()
    _undo(bench)
    assert bench.results == {"cat.1.jpg": "cat", "cat.2.jpg": "cat", "cat.3.jpg": "cat"}


def test_verdicts_of_another_run_are_not_brought_back(bench):
    bench.classify("cat.jpg")
    bench.fire("clear_requested")
    bench.fire("run_chosen", 1)
    _undo(bench)
    assert bench.oracle.calls[-1] == ("a", ["cat.jpg"])
    assert bench.results == {"cat.jpg": "cat"}


def test_a_threshold_that_was_moved_meanwhile_holds(bench):
    bench.classify("dog.jpg")
    bench.fire("clear_requested")
    bench.fire("threshold_chosen", 0.99)
    _undo(bench)
    assert bench.results == {"dog.jpg": "cat"}


def test_pasted_pictures_last_as_long_as_the_undo(bench):
    _paste(bench)
    (path,) = _paths(bench)
    bench.fire("clear_requested")
    assert path.exists()
    _undo(bench)
    assert _paths(bench) == [path]
    _paste(bench)
    assert [path.name for path in _paths(bench)] == ["Pasted picture 1.png", "Pasted picture 2.png"]


def test_a_picture_that_is_pasted_after_a_clear_stays(bench):
    _paste(bench)
    bench.fire("clear_requested")
    _paste(bench)
    assert bench.results == {"Pasted picture 1.png": "dog"}
    bench.page.banner.show_message.reset_mock()  # a real banner lets go of the undo as well
    (path,) = _paths(bench)
    assert path.exists()
