"""The lab book as a view: rows, stars, titles, notes, and what can be done in which state."""

import time
from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtWidgets import QApplication, QLineEdit

from catdog_gui.training_tab.lab_book import LabBook
from catdog_gui.training_tab.lab_book_model import RUN_COLUMNS, STAR, TITLE
from catdog_gui.training_tab.lab_book_words import NOTHING
from catdog_gui.training_tab.words import TRAINING
from tests.training.runs.making import info
from training.runs.comparing import MOST_CURVES
from training.runs.trash import Trashed

COLUMN = {column.key: place for place, column in enumerate(RUN_COLUMNS)}
DAYS = [f"2026-01-{day:02}T10:00:00+00:00" for day in range(1, 29)]
NEW = info("new", created=DAYS[2], state="unfinished", epochs=6, epochs_planned=100)
OLD = info("old", created=DAYS[0], title="Grey cats", notes="Flipped.", val_log_loss=0.41)
TEST = info("test", created=DAYS[1], test_accuracy=0.9, val_accuracy=0.9, seconds=61.0)


@pytest.fixture
def book(qtbot):
    book = LabBook()
    qtbot.addWidget(book)
    book.set_runs([OLD, TEST, NEW], "new")
    book.resize(992, 180)
    book.show()
    return book


def names(book):
    found = book.table.found
    return [found.run_at(found.index(row, TITLE)).run for row in range(found.rowCount())]


def cell(book, run, key):
    row = names(book).index(run)
    return book.table.found.index(row, COLUMN[key]).data()


def select(book, *runs):
    book.table.clearSelection()
    book.table.select_also(runs)


def live(book):
    return {key for key, action in book.actions_by_key.items() if action.isEnabled()}


def place_of(book, run, column):
    index = book.table.found.index(names(book).index(run), column)
    return book.table.visualRect(index).center()


def click(qtbot, book, run, column):
    qtbot.mouseClick(
        book.table.viewport(), Qt.MouseButton.LeftButton, pos=place_of(book, run, column)
    )


def test_a_run_is_a_line_of_words(book):
    assert names(book) == ["new", "test", "old"]
    assert [cell(book, "old", key) for key in ("title", "dataset", "validation", "log_loss")] == [
        "Grey cats · notebook",
        "kaggle",
        "80.0 %",
        "0.410",
    ]
    assert [cell(book, "new", key) for key in ("title", "epochs", "validation", "duration")] == [
        "notebook",
        "6 of 100",
        "unfinished",
        "—",
    ]
    assert cell(book, "test", "test") == "90.0 %"
    assert cell(book, "test", "duration") == "1 min 1 s"


@pytest.mark.parametrize("order", [Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder])
@pytest.mark.parametrize("key", COLUMN)
def test_any_column_sorts_and_runs_without_the_figure_come_last(book, key, order):
    book.table.sortByColumn(COLUMN[key], order)
    assert sorted(names(book)) == ["new", "old", "test"]
    if key in {"log_loss", "test", "duration"}:
        having = {"log_loss": "old", "test": "test", "duration": "test"}[key]
        assert names(book)[0] == having


def test_figures_are_sorted_as_numbers(book):
    book.set_runs([info("nine", epochs=9), info("ten", epochs=10)], "")
    book.table.sortByColumn(COLUMN["epochs"], Qt.SortOrder.AscendingOrder)
    assert names(book) == ["nine", "ten"]


def test_words_narrow_the_list_and_what_is_not_found_is_said(qtbot, book):
    book.search.setText("FLIPPED cats")
    qtbot.waitUntil(lambda: names(book) == ["old"])
    book.search.setText("elephant")
    qtbot.waitUntil(book.nothing.isVisible)
    assert "elephant" in book.nothing.text()
    book.search.clear()
    qtbot.waitUntil(lambda: len(names(book)) == 3)
    book.set_runs([], "")
    assert book.nothing.text() == NOTHING


def test_choosing_a_run_is_told_once_and_listing_them_is_not(qtbot, book):
    told = []
    book.run_chosen.connect(told.append)
    click(qtbot, book, "old", TITLE)
    assert told == ["old"]
    book.set_runs([OLD, info("newest", created=DAYS[5])], "old")
    assert (told, book.chosen.run) == (["old"], "old")


def test_the_neighbour_of_a_run_that_goes_is_not_told_as_chosen(qtbot, book):
    with qtbot.assertNotEmitted(book.run_chosen):
        book.set_runs([OLD, TEST], "old")
    assert book.chosen.run == "old"


def test_rows_that_go_and_come_leave_the_user_where_they_are(book):
    select(book, "test", "old")
    book.table.selectionModel().setCurrentIndex(
        book.table.found.index(names(book).index("old"), TITLE),
        QItemSelectionModel.SelectionFlag.NoUpdate,
    )
    book.set_runs([OLD, TEST, info("newest", created=DAYS[5])], "old")
    assert {each.run for each in book.table.chosen} == {"test", "old"}


def test_a_title_that_is_being_edited_survives_a_new_list(qtbot, book):
    book.table.choose("old")
    book.actions_by_key["rename"].trigger()
    editor = book.table.findChild(QLineEdit)
    assert editor.text() == "Grey cats"
    editor.setText("Greyer cats")
    book.set_runs([OLD, TEST, NEW, info("newest", created=DAYS[5])], "old")
    with qtbot.waitSignal(book.title_given) as told:
        qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert told.args == ["old", "Greyer cats"]


def test_a_title_that_is_left_as_it_is_is_not_told(qtbot, book):
    book.table.choose("old")
    book.actions_by_key["rename"].trigger()
    with qtbot.assertNotEmitted(book.title_given):
        qtbot.keyClick(book.table.findChild(QLineEdit), Qt.Key.Key_Return)


def test_a_star_is_a_click_or_the_space_bar(qtbot, book):
    with qtbot.waitSignal(book.star_requested) as told:
        click(qtbot, book, "test", STAR)
    assert told.args == ["test"]
    book.table.choose("old")
    with qtbot.waitSignal(book.star_requested) as told:
        qtbot.keyClick(book.table, Qt.Key.Key_Space)
    assert told.args == ["old"]
    index = book.table.found.index(names(book).index("old"), STAR)
    role = Qt.ItemDataRole.AccessibleTextRole
    assert index.data(role) == "not marked"
    book.show_run(info("old", created=DAYS[0], starred=True))
    assert index.data(role) == "marked"


def test_notes_are_told_when_the_user_goes_elsewhere(qtbot, book):
    told = []
    book.notes_given.connect(lambda *args: told.append(args))
    book.table.choose("old")
    book.notes_button.setChecked(True)
    assert book.notes.text.toPlainText() == "Flipped."
    book.notes.text.setPlainText("Flipped twice.")
    book.table.choose("test")
    assert told == [("old", "Flipped twice.")]
    assert book.notes.text.toPlainText() == ""
    book.notes.text.setPlainText("Mine.")
    book.notes_button.setChecked(False)
    assert told[1:] == [("test", "Mine.")]


def test_notes_are_told_after_a_pause(qtbot, book):
    book.notes_button.setChecked(True)
    with qtbot.waitSignal(book.notes_given) as told:
        qtbot.keyClicks(book.notes.text, "Why")
    assert told.args == ["new", "Why"]


def test_notes_that_are_being_written_survive_news_of_their_run(book):
    book.notes_button.setChecked(True)
    book.notes.text.setPlainText("Half a sent")
    book.show_run(info("new", state=TRAINING, epochs=7, epochs_planned=100, created=DAYS[2]))
    assert book.notes.text.toPlainText() == "Half a sent"


def test_what_can_be_done_depends_on_the_run(book):
    always = {"add"}
    any_run = {"more_epochs", "repeat", "rename", "event_file", "delete"}
    assert live(book) == always | any_run | {"resume"}
    book.table.choose("old")
    assert live(book) == always | any_run | {"card", "judge", "share", "export"}
    book.set_can_work(False)
    assert live(book) == always | {"rename", "card", "judge", "share"}
    book.set_can_work(True)
    select(book, "old", "test")
    assert live(book) == always | {"compare", "delete"}
    book.table.clearSelection()
    assert live(book) == always


def test_several_runs_are_compared_as_many_as_can_be_told_apart(qtbot, book):
    runs = [info(f"run {n}", created=DAYS[n]) for n in range(MOST_CURVES + 1)]
    book.set_runs(runs, "")
    select(book, "run 0", "run 3")
    with qtbot.waitSignal(book.compare_requested) as told:
        book.compare_button.click()
    assert told.args == [("run 3", "run 0")]
    book.table.selectAll()
    assert not book.compare_button.isEnabled()
    assert f"at most {MOST_CURVES}" in book.compare_button.toolTip()


def test_deleted_runs_can_be_brought_back_long_after(qtbot, book):
    assert not book.trash_menu.isEnabled()
    book.set_trash([Trashed("gone", Path("gone"), 1_767_261_600.0)])
    (action,) = book.trash_menu.actions()
    assert action.text().startswith("Restore gone, deleted 2026-01-01")
    with qtbot.waitSignal(book.restore_requested) as told:
        action.trigger()
    assert told.args == ["gone"]


def test_the_keyboard_reaches_everything(qtbot, book):
    book.search.setFocus()
    reached = []
    for _ in range(4):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        reached.append(QApplication.focusWidget())
    assert {book.table, book.notes_button, book.more_button} <= set(reached)
    book.table.setFocus()
    book.table.choose("old")
    with qtbot.waitSignal(book.delete_requested) as told:
        qtbot.keyClick(book.table, Qt.Key.Key_Delete)
    assert told.args == [("old",)]


def test_the_run_that_learns_tells_how_far_it_is_and_stays_chosen(book):
    learning = info("new", created=DAYS[2], state=TRAINING, epochs=7, epochs_planned=100)
    book.show_run(learning)
    assert (cell(book, "new", "epochs"), cell(book, "new", "validation")) == (
        "7 of 100",
        "training",
    )
    assert book.chosen == learning


def test_runs_are_one_line_each_however_long_their_titles(book):
    book.show_run(info("old", created=DAYS[0], title="A long title " * 9))
    assert len({book.table.rowHeight(row) for row in range(3)}) == 1
    assert book.table.rowHeight(0) < 2 * book.table.fontMetrics().height()
    assert "A long title A long title" in cell(book, "old", "title")


def test_a_thousand_runs_are_filled_sorted_and_searched_within_a_click(qtbot, book):
    runs = [
        info(f"run {n}", created=DAYS[n % 28], val_accuracy=(n * 7919 % 1000) / 1000)
        for n in range(1000)
    ]
    steps = (
        lambda: book.set_runs(runs, "run 5"),
        lambda: book.table.sortByColumn(COLUMN["validation"], Qt.SortOrder.DescendingOrder),
        lambda: book.table.found.set_words("7"),
        lambda: book.set_runs(runs[:500], "run 5"),
    )
    for step in steps:
        began = time.perf_counter()
        step()
        QApplication.processEvents()
        assert time.perf_counter() - began < 1.0  # far more than it takes, for a busy machine
    found = [each for each in runs[:500] if "7" in each.run]
    assert names(book)[0] == max(found, key=lambda each: each.val_accuracy).run
    assert len(names(book)) == len(found)
