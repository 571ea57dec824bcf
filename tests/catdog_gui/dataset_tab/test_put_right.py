"""Pictures are put right by keyboard or mouse, and each step can be taken back."""

import hashlib

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from catdog_gui.dataset_tab import check_jobs
from catdog_gui.dataset_tab.found import Decision
from catdog_gui.dataset_tab.picture_filter import Problem
from tests.training.dataset.making import Import
from tests.training.runs.making import make_run
from training.cancellation import CancelToken
from training.config import SplitConfig
from training.dataset.finding import FindingKind
from training.dataset.library import delete_dataset, open_dataset
from training.errors import DatasetError
from training.learning.presets import training_config

Key = Qt.Key


def test_a_user_goes_through_suspicious_labels_by_keyboard_alone(check_tab):
    check_tab.show(FindingKind.LABEL)
    assert check_tab.view.tile(0).reason == "It is a dog."
    for key in (Key.Key_D, Key.Key_N, Key.Key_X):
        check_tab.press(key)
    assert check_tab.marks == ["Dog, was cat", "Neither", "Excluded"]
    assert check_tab.row == 2
    assert check_tab.lines == ["2 excluded"]
    assert check_tab.page._summary.dogs.text() == "4 dogs"


def test_keys_that_are_pressed_faster_than_a_disk_writes_each_take_their_own_picture(check_tab):
    check_tab.show(FindingKind.LABEL)
    for _ in range(3):
        QTest.keyClick(check_tab.view, Key.Key_D)
    check_tab.settle()
    assert check_tab.marks == ["Dog, was cat"] * 3


def test_a_held_key_decides_once(check_tab):
    assert not any(action.autoRepeat() for action in check_tab.gallery.put_right.decisions)


@pytest.mark.parametrize(
    ("key", "mark"),
    [
        (Key.Key_C, "Cat"),
        (Key.Key_D, "Dog, was cat"),
        (Key.Key_N, "Neither"),
        (Key.Key_X, "Excluded"),
    ],
)
def test_a_key_is_about_all_selected_pictures_which_stay_selected(check_tab, key, mark):
    check_tab.select(0, 2)
    check_tab.press(key)
    assert [check_tab.marks[row] for row in (0, 1, 2)] == [mark, "Cat", mark]
    assert check_tab.view.selected_rows() == [0, 2]


def test_a_restored_picture_is_used_again(check_tab):
    check_tab.select(1)
    check_tab.press(Key.Key_X)
    check_tab.show(Problem.EXCLUDED)
    check_tab.press(Key.Key_U)
    assert check_tab.marks == ["Cat"]
    assert check_tab.lines == ["3 suspicious labels"]


def test_what_several_pictures_lost_is_given_back_by_the_banner(check_tab):
    check_tab.select(0, 1)
    check_tab.press(Key.Key_X)
    assert check_tab.page.banner.message() == "Excluded, 2 pictures."
    check_tab.click(check_tab.page.banner._action)
    assert check_tab.marks == ["Cat"] * 3 + ["Dog"] * 3


def test_the_banner_offers_no_undo_of_something_else(check_tab):
    check_tab.select(0, 1)
    check_tab.press(Key.Key_X)
    check_tab.select(3)
    check_tab.press(Key.Key_C)
    assert check_tab.page.banner.message() == ""


def test_undo_and_redo_say_what_they_do_and_go_to_it(check_tab):
    put_right = check_tab.gallery.put_right
    assert not put_right.undo.isEnabled()
    check_tab.select(0)
    check_tab.press(Key.Key_D)
    check_tab.press(Key.Key_N)
    assert "Marked as neither, 1 picture" in put_right.undo.toolTip()
    check_tab.select(5)
    check_tab.undo()
    assert (check_tab.row, check_tab.marks[1]) == (1, "Cat")
    check_tab.undo()
    assert (check_tab.row, check_tab.marks[0]) == (0, "Cat")
    assert "Relabelled as dog, 1 picture" in put_right.redo.toolTip()
    check_tab.redo()
    assert check_tab.marks[0] == "Dog, was cat"


def test_undo_finds_a_picture_that_the_filter_had_left_out(check_tab):
    check_tab.select(1)
    check_tab.press(Key.Key_X)
    check_tab.gallery.look_requested.emit()
    check_tab.settle()
    assert len(check_tab.names) == 5
    check_tab.undo()
    assert check_tab.names[check_tab.row] == "cat.1.jpg"


def test_steps_can_be_undone_after_a_restart(check_tab, open_check_tab):
    check_tab.select(0)
    check_tab.press(Key.Key_D)
    again = open_check_tab()
    assert again.marks[0] == "Dog, was cat"
    assert again.lines == ["2 suspicious labels"]
    again.undo()
    assert again.marks[0] == "Cat"


def test_corrections_hold_when_the_same_pictures_are_imported_again(
    check_tab, home, drawn_few, open_check_tab
):
    check_tab.select(0)
    check_tab.press(Key.Key_D)
    delete_dataset(home, "pets", emit=lambda _: None, token=CancelToken())
    Import(drawn_few, home, name="again")
    assert open_check_tab().marks[0] == "Dog, was cat"


def test_no_file_is_touched(check_tab, drawn_few):
    def contents():
        return {
            path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in drawn_few.iterdir()
        }

    before = contents()
    check_tab.select(0, 1, 2)
    for key in (Key.Key_D, Key.Key_N, Key.Key_X, Key.Key_U):
        check_tab.press(key)
    check_tab.undo()
    assert contents() == before


def test_the_large_picture_has_the_same_keys_and_buttons_and_goes_on(check_tab):
    check_tab.show(FindingKind.LABEL)
    preview = check_tab.gallery.preview
    check_tab.press(Key.Key_Space)
    check_tab.press(Key.Key_D, on=preview)
    assert preview.tile().name == "cat.1.jpg"
    check_tab.gallery.put_right.decisions[2].trigger()
    check_tab.settle()
    assert preview.tile().name == "cat.2.jpg"
    assert check_tab.marks == ["Dog, was cat", "Neither", "Cat"]


def test_a_large_picture_shows_what_became_of_it_where_it_is_the_last(check_tab):
    check_tab.select(5)
    check_tab.press(Key.Key_Space)
    check_tab.press(Key.Key_C, on=check_tab.gallery.preview)
    assert check_tab.gallery.preview.tile().mark == "Cat, was dog"


def test_a_large_picture_is_decided_about_alone(check_tab):
    check_tab.select(0, 1)
    check_tab.press(Key.Key_Space)
    check_tab.press(Key.Key_X, on=check_tab.gallery.preview)
    assert check_tab.marks.count("Excluded") == 1


def test_the_context_menu_offers_the_decisions_with_their_keys(check_tab):
    assert check_tab.view.contextMenuPolicy() is Qt.ContextMenuPolicy.ActionsContextMenu
    offered = [(a.text(), a.shortcut().toString()) for a in check_tab.view.actions()]
    assert offered == [
        ("Cat", "C"),
        ("Dog", "D"),
        ("Neither", "N"),
        ("Keep", "K"),
        ("Exclude", "X"),
        ("Restore", "U"),
    ]


def test_nothing_can_be_decided_without_a_picture_that_can_be_read(open_check_tab, home, drawn_few):
    (drawn_few / "cat.9.jpg").write_bytes(b"")
    Import(drawn_few, home)
    tab = open_check_tab()
    decisions = tab.gallery.put_right.decisions
    assert not any(action.isEnabled() for action in decisions)
    tab.select(0)
    assert all(action.isEnabled() for action in decisions)
    tab.click(tab.problems.rows[FindingKind.DAMAGED])
    assert tab.names == ["cat.9.jpg"]
    assert not any(action.isEnabled() for action in decisions)


def test_what_a_training_reads_is_not_changed_and_the_user_is_told(check_tab):
    check_tab.controller.set_in_use("pets")
    check_tab.select(0)
    check_tab.press(Key.Key_D)
    assert check_tab.marks[0] == "Cat"
    assert check_tab.row == 0
    assert "training is learning" in check_tab.page.banner.message()


def test_a_correction_that_cannot_be_written_is_told_and_drops_those_behind_it(
    check_tab, monkeypatch
):
    def refuse(*_, **__):
        raise DatasetError("The disk is full.", "Free some space and try again.")

    monkeypatch.setattr(check_jobs, "correct", refuse)
    check_tab.select(0)
    QTest.keyClick(check_tab.view, Key.Key_D)
    check_tab.press(Key.Key_D)
    assert check_tab.page.banner.message() == "The disk is full."
    assert check_tab.marks[:2] == ["Cat", "Cat"]


def test_the_figures_of_quick_corrections_are_told_to_the_other_tabs(check_tab, qtbot):
    with qtbot.waitSignal(check_tab.controller.datasets_changed):
        check_tab.select(0)
        check_tab.press(Key.Key_X)
    assert check_tab.page._header.combo.currentText() == "pets · 5 pictures"


def test_each_decision_does_what_it_says(home, drawn_few):
    Import(drawn_few, home)
    silent = {"emit": lambda _: None, "token": CancelToken()}
    for decision, label, state in (
        (Decision.DOG, "dog", "used"),
        (Decision.NEITHER, "dog", "excluded"),
        (Decision.CAT, "cat", "used"),
        (Decision.EXCLUDE, "cat", "excluded"),
        (Decision.RESTORE, "cat", "used"),
    ):
        done = check_jobs.correct("pets", decision, [1], None, home, **silent)
        assert [(p.label, p.state) for p in done.pictures] == [(label, state)]
    with open_dataset(home, "pets") as catalog:
        assert catalog.pictures()[0].label == "cat"


def test_a_split_that_corrections_outgrew_is_proposed_again(open_check_tab, home, pictures):
    Import(pictures, home)
    tab = open_check_tab()
    tab.select(0)
    tab.press(Key.Key_X)
    tab.page.split_requested.emit(SplitConfig(train=0.6, validation=0.2))
    tab.settle()
    assert tab.problems.aftermath.isHidden()
    tab.undo()
    assert tab.problems.aftermath.text() == "1 picture in no split: split again to use them."


def test_runs_of_what_the_dataset_was_before_are_counted(check_tab, home):
    with open_dataset(home, "pets") as catalog:
        before = catalog.fingerprint()
    make_run(home, config=training_config("notebook", "pets"), fingerprint=before)
    check_tab.select(0)
    check_tab.press(Key.Key_D)
    assert check_tab.problems.aftermath.text().startswith("1 run learned from this dataset as it")
    check_tab.undo()
    assert check_tab.problems.aftermath.isHidden()
