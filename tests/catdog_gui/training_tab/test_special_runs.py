"""Runs of the lab book that are not like others: damaged ones, and those not trained here."""

import pytest
from PySide6.QtCore import Qt

from catdog_gui.training_tab.lab_book import LabBook
from catdog_gui.training_tab.lab_book_model import TITLE
from catdog_gui.training_tab.lab_book_words import NOT_TRAINED_HERE
from tests.catdog_gui.training_tab.test_lab_book import DAYS, OLD, cell, live, select
from tests.training.runs.making import info
from training.runs.run_folder import DAMAGED, IMPORTED


@pytest.fixture
def book(qtbot):
    book = LabBook()
    qtbot.addWidget(book)
    book.resize(992, 180)
    book.show()
    return book


def test_a_damaged_run_says_why_and_can_be_deleted_alone_or_with_others(qtbot, book):
    damaged = info("bad", state=DAMAGED, epochs=0, created=DAYS[3], problem="It is damaged.")
    book.set_runs([damaged, OLD], "bad")
    assert [cell(book, "bad", key) for key in ("epochs", "validation")] == ["—", "damaged"]
    tip = book.table.found.index(0, TITLE).data(Qt.ItemDataRole.ToolTipRole)
    assert "It is damaged." in tip
    assert live(book) == {"add", "rename", "delete"}
    select(book, "bad", "old")
    assert live(book) == {"add", "delete"}
    with qtbot.waitSignal(book.delete_requested) as told:
        book.actions_by_key["delete"].trigger()
    assert told.args == [("bad", "old")]


def test_what_was_not_trained_here_is_not_repeated_and_the_menu_says_why(book):
    book.set_runs([info("file", preset=IMPORTED)], "file")
    assert not {"repeat", "more_epochs", "resume"} & live(book)
    assert book.menu.toolTipsVisible()
    for key in ("repeat", "more_epochs"):
        assert book.actions_by_key[key].toolTip() == NOT_TRAINED_HERE
    book.set_runs([OLD], "old")
    assert {"repeat", "more_epochs"} <= live(book)
    assert book.actions_by_key["repeat"].toolTip() != NOT_TRAINED_HERE
