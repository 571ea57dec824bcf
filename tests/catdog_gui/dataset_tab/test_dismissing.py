"""A finding is dismissed by keyboard or mouse, shown again, and taken back."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton

from catdog_gui.dataset_tab.picture_filter import Problem
from tests.training.dataset.making import Import
from training.cancellation import CancelToken
from training.dataset.finding import Finding, FindingKind
from training.dataset.library import delete_dataset, open_dataset
from training.dataset.survey import survey

Key = Qt.Key
Kind = FindingKind


def test_a_user_keeps_pictures_whose_labels_are_right_by_keyboard_alone(check_tab):
    check_tab.show(Kind.LABEL)
    check_tab.press(Key.Key_K)
    check_tab.press(Key.Key_D)
    assert check_tab.marks == ["Cat, kept", "Dog, was cat", "Cat"]
    assert check_tab.row == 2
    assert check_tab.lines == ["1 suspicious label", "1 dismissed"]
    check_tab.show(Kind.LABEL)
    assert check_tab.names == ["cat.2.jpg"]


def test_several_are_kept_at_once_and_the_banner_gives_them_back(check_tab):
    check_tab.show(Kind.LABEL)
    check_tab.select(0, 2)
    check_tab.click(keep_button(check_tab))
    assert check_tab.marks == ["Cat, kept", "Cat", "Cat, kept"]
    assert check_tab.page.banner.message() == "Dismissed: suspicious label, 2 pictures."
    check_tab.click(check_tab.page.banner._action)
    assert check_tab.marks == ["Cat"] * 3
    assert check_tab.lines == ["3 suspicious labels"]


def test_what_was_dismissed_is_shown_with_its_reason_and_listed_again(check_tab):
    check_tab.show(Kind.LABEL)
    check_tab.select(0, 1)
    check_tab.press(Key.Key_K)
    check_tab.click(check_tab.problems.dismissed)
    assert check_tab.names == ["cat.0.jpg", "cat.1.jpg"]
    assert check_tab.marks == ["Cat, kept"] * 2
    assert check_tab.view.tile(0).reason == "It is a dog."
    check_tab.press(Key.Key_U)
    assert check_tab.marks == ["Cat", "Cat, kept"]
    assert check_tab.lines == ["2 suspicious labels", "1 dismissed"]


def test_a_picture_that_is_kept_by_mistake_is_taken_back_where_it_is(check_tab):
    check_tab.show(Kind.LABEL)
    check_tab.select(1)
    check_tab.press(Key.Key_K)
    check_tab.select(1)
    check_tab.press(Key.Key_U)
    assert check_tab.marks == ["Cat"] * 3
    assert check_tab.lines == ["3 suspicious labels"]


def test_undo_and_redo_say_what_they_do(check_tab):
    put_right = check_tab.gallery.put_right
    check_tab.show(Kind.LABEL)
    check_tab.press(Key.Key_K)
    assert "Dismissed: suspicious label, 1 picture" in put_right.undo.toolTip()
    check_tab.undo()
    assert (check_tab.row, check_tab.marks[0]) == (0, "Cat")
    check_tab.redo()
    assert check_tab.marks[0] == "Cat, kept"
    assert check_tab.lines == ["2 suspicious labels", "1 dismissed"]


def test_it_holds_after_a_restart_and_when_the_same_pictures_are_imported_again(
    check_tab, open_check_tab, home, drawn_few
):
    check_tab.show(Kind.LABEL)
    check_tab.press(Key.Key_K)
    assert open_check_tab().lines == ["2 suspicious labels", "1 dismissed"]
    delete_dataset(home, "pets", emit=lambda _: None, token=CancelToken())
    Import(drawn_few, home)
    find(home, "pets", Kind.LABEL, Kind.LABEL)
    assert open_check_tab().lines == ["1 suspicious label", "1 dismissed"]


def test_in_a_list_of_one_kind_the_other_findings_stay(check_tab, home):
    find(home, "pets", Kind.DARK)
    check_tab.controller.refresh()
    check_tab.settle()
    check_tab.show(Kind.DARK)
    check_tab.press(Key.Key_K)
    assert check_tab.lines == ["3 suspicious labels", "1 dismissed"]
    check_tab.show(Kind.LABEL)
    check_tab.press(Key.Key_D)
    assert check_tab.marks == ["Dog, was cat", "Cat", "Cat"]


def test_among_all_problems_a_picture_is_kept_whatever_was_found_of_it(check_tab, home):
    find(home, "pets", Kind.DARK)
    check_tab.show(Problem.ANY)
    check_tab.press(Key.Key_K)
    assert check_tab.lines == ["2 suspicious labels", "1 dismissed"]


def test_a_pair_that_is_none_leaves_together(open_check_tab, home, drawn_few):
    copy = drawn_few / "cat.7.jpg"
    copy.write_bytes((drawn_few / "cat.0.jpg").read_bytes())
    Import(drawn_few, home)
    with open_dataset(home, "pets") as catalog:
        survey(catalog, emit=lambda _: None, token=CancelToken())
    tab = open_check_tab()
    tab.show(Kind.EXACT)
    assert "2 exact copies" in tab.lines
    assert tab.problems.keep_one.isVisible()
    tab.press(Key.Key_K)
    assert tab.marks == ["Cat, kept"] * 2
    assert "2 dismissed" in tab.lines
    assert not tab.problems.keep_one.isVisible()


def test_a_large_picture_is_kept_and_goes_on(check_tab):
    check_tab.show(Kind.LABEL)
    check_tab.press(Key.Key_Space)
    check_tab.press(Key.Key_K, on=check_tab.gallery.preview)
    assert check_tab.gallery.preview.tile().name == "cat.1.jpg"
    assert check_tab.marks[0] == "Cat, kept"


def test_the_filter_offers_what_was_dismissed(check_tab):
    choice = check_tab.gallery.bar.problem
    choice.setCurrentIndex(choice.findText("Dismissed"))
    choice.activated.emit(choice.currentIndex())
    check_tab.settle()
    assert check_tab.names == []
    assert check_tab.gallery.nothing.text() == "No pictures match."


@pytest.mark.parametrize("times", [1, 2])
def test_what_is_dismissed_already_is_no_step(check_tab, times):
    check_tab.show(Kind.LABEL)
    for _ in range(times):
        check_tab.select(0)
        QTest.keyClick(check_tab.view, Key.Key_K)
    check_tab.settle()
    check_tab.undo()
    assert not check_tab.gallery.put_right.undo.isEnabled()


def keep_button(tab):
    action = next(each for each in tab.gallery.put_right.decisions if each.text() == "Keep")
    buttons = [each for each in action.associatedObjects() if isinstance(each, QToolButton)]
    return next(button for button in buttons if button.isVisible())


def find(home, name, *kinds):
    """As a check would: each of one of the first pictures."""
    with open_dataset(home, name) as catalog:
        for kind in dict.fromkeys(kinds):
            rows = [row for row, each in enumerate(kinds) if each is kind]
            pictures = catalog.pictures()
            findings = [
                Finding(kind, pictures[row].id, 0.5, "Found.", pictures[row].label) for row in rows
            ]
            catalog.findings.replace((kind,), findings, of="planted")
