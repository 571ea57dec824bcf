"""A check of real pictures with planted problems, beside whatever else the tab does."""

import threading

import pytest

from catdog_gui.dataset_tab import check_jobs, dialogs
from catdog_gui.dataset_tab.picture_filter import Problem
from catdog_gui.widgets.banner import BannerKind
from tests.training.dataset.making import Import, write_folder
from tests.training.dataset.test_survey import poor_pictures
from training.cancellation import CancelToken
from training.config import SplitConfig
from training.dataset.finding import FindingKind
from training.events import Noticed, Stage, StageProgressed, StageStarted

Kind = FindingKind
PLANTED = [
    "2 damaged",
    "2 exact copies",
    "3 near copies",
    "1 with little in it",
    "1 dark",
    "1 blurred",
    "1 tiny",
    "1 extreme shape",
    "4 odd formats",
]


class Held:
    """Stands in for a check and runs until it is let go or cancelled."""

    def __init__(self):
        self.began, self.let_go = threading.Event(), threading.Event()

    def __call__(self, *_args, emit, token, **_kwargs):
        emit(StageStarted(Stage.CHECKING_PICTURES, total=10, unit="pictures"))
        emit(StageProgressed(4))
        self.began.set()
        while not self.let_go.wait(0.01):
            token.raise_if_cancelled()
        return [Kind.DARK, Kind.IMBALANCE]


@pytest.fixture
def held(monkeypatch):
    held = Held()
    monkeypatch.setattr(check_jobs, "check", held)
    yield held
    held.let_go.set()


@pytest.fixture
def poor(tmp_path):
    return write_folder(tmp_path / "poor", poor_pictures())


@pytest.fixture
def poor_tab(open_check_tab, poor):
    tab = open_check_tab()
    tab.drop(poor)
    return tab


def _begin(tab, held, qtbot):
    tab.page._header.check_button.click()
    assert held.began.wait(5)
    qtbot.waitUntil(lambda: "4 of 10" in tab.problems.progress.words())


def test_an_import_is_checked_by_itself_and_in_silence(poor_tab):
    assert poor_tab.lines == PLANTED
    assert poor_tab.problems.state.text() == "Labels not checked yet"
    assert poor_tab.page.banner.message().startswith("21 pictures imported")
    assert poor_tab.problems.balance.text().startswith("There are 13 dogs and 8 cats")


def test_what_a_check_found_is_there_after_a_restart(poor_tab, open_check_tab):
    again = open_check_tab()
    assert again.lines == PLANTED
    again.click(again.problems.rows[Kind.DARK])
    assert again.names == ["dark.jpg"]
    assert again.view.tile(0).reason.startswith("It is almost black")


@pytest.mark.slow
def test_of_the_drawn_sample_there_is_nothing_to_find_out(open_check_tab):
    tab = open_check_tab()
    tab.page.sample_requested.emit()
    tab.settle()
    assert tab.problems.state.text() == "Not checked yet"


@pytest.mark.parametrize("kind", [Kind.EXACT, Kind.NEAR])
def test_copies_stand_side_by_side_with_the_one_to_keep(poor_tab, kind):
    poor_tab.show(kind)
    places = [poor_tab.view.tile(row).remark.group for row in range(poor_tab.view.count())]
    assert [place.place for place in places] == list(range(1, len(places) + 1))
    assert {place.number for place in places} == {0}
    assert [poor_tab.names[row] for row, place in enumerate(places) if place.is_kept] == ["0.jpg"]
    assert poor_tab.gallery.caption.text().endswith("group by group")


def test_one_of_each_group_is_kept_after_the_count_was_said(poor_tab):
    button = poor_tab.problems.keep_one
    assert button.text() == "Exclude 2 copies, keep 1"
    poor_tab.show(Kind.NEAR)
    poor_tab.click(button)
    assert sorted(poor_tab.marks) == ["Cat", "Excluded", "Excluded"]
    assert button.isHidden()
    assert "2 exact copies" not in poor_tab.lines
    assert poor_tab.page.banner.message() == "Excluded, 2 pictures."
    poor_tab.click(poor_tab.page.banner._action)
    assert poor_tab.lines == PLANTED
    assert "Excluded" not in poor_tab.marks


def test_a_decision_leaves_the_reason_and_the_group_in_sight(poor_tab):
    poor_tab.show(Kind.NEAR)
    poor_tab.click(poor_tab.problems.keep_one)
    assert all(poor_tab.view.tile(row).remark.group for row in range(3))


def test_the_problems_toggle_shows_whatever_was_found(poor_tab):
    poor_tab.show(Problem.ANY)
    assert {"dark.jpg", "tiny.jpg", "cut.jpg", "same.jpg"} <= set(poor_tab.names)
    assert "1.jpg" not in poor_tab.names


def test_a_check_shows_where_it_stands_and_stops_at_once(check_tab, held, qtbot):
    _begin(check_tab, held, qtbot)
    assert check_tab.problems.progress.isVisible()
    assert not check_tab.page._header.check_button.isEnabled()
    check_tab.click(check_tab.problems.progress._cancel)
    assert not check_tab.problems.progress.isVisible()
    assert check_tab.page.banner.message() == "The check of “pets” is stopped."
    assert check_tab.page._header.check_button.isEnabled()


def test_pictures_are_split_and_put_right_while_a_check_runs(check_tab, held, qtbot):
    _begin(check_tab, held, qtbot)
    check_tab.page.split_requested.emit(SplitConfig(train=0.4, validation=0.3))
    qtbot.waitUntil(lambda: "for training" in check_tab.page.banner.message())
    check_tab.select(0)
    check_tab.gallery.put_right.decisions[1].trigger()
    qtbot.waitUntil(lambda: check_tab.marks[0] == "Dog, was cat")
    assert held.began.is_set()
    assert check_tab.controller.checks.is_running


def test_a_dataset_is_not_deleted_under_a_check(check_tab, held, qtbot, monkeypatch):
    monkeypatch.setattr(dialogs, "ask_to_delete", lambda *_: True)
    _begin(check_tab, held, qtbot)
    check_tab.page.delete_requested.emit()
    assert check_tab.page.banner.message() == "Checking pets is not finished."


def test_a_second_check_does_not_begin_beside_the_first(check_tab, held, qtbot):
    _begin(check_tab, held, qtbot)
    check_tab.controller.check()
    assert [job.title for job in check_tab.jobs.running if not job.is_quiet] == ["Checking pets"]


def test_what_was_found_is_told_and_shown(check_tab, held, qtbot):
    _begin(check_tab, held, qtbot)
    held.let_go.set()
    check_tab.settle()
    banner = check_tab.page.banner
    assert (banner.kind, banner.message()) == (BannerKind.INFO, "The check found 1 dark.")
    check_tab.click(banner._action)
    assert check_tab.gallery.look()[0].problem is Kind.DARK


def test_pictures_that_could_not_be_read_are_told_first(poor_tab, monkeypatch):
    def check(*_args, emit, token, **_kwargs):
        emit(Noticed("Labels are not checked."))
        return [Kind.DAMAGED, Kind.DAMAGED, Kind.DARK]

    monkeypatch.setattr(check_jobs, "check", check)
    poor_tab.click(poor_tab.page._header.check_button)
    banner = poor_tab.page.banner
    assert banner.message() == "2 pictures could not be read."
    assert banner.hint() == "They are set aside; your files are unchanged."
    assert banner.details() == "The check found 2 damaged and 1 dark.\nLabels are not checked."
    poor_tab.click(banner._action)
    assert sorted(poor_tab.names) == ["cut.jpg", "none.jpg"]


def test_the_labels_are_checked_too_where_the_user_asks(home, drawn_few, monkeypatch):
    asked = []
    monkeypatch.setattr(
        "training.learning.check.check_labels", lambda *_, **__: asked.append("labels")
    )
    Import(drawn_few, home)
    silent = {"emit": lambda _: None, "token": CancelToken()}
    check_jobs.check("pets", home, **silent, labels=False)
    assert asked == []
    check_jobs.check("pets", home, **silent, labels=True)
    assert asked == ["labels"]


def test_a_check_that_fails_says_why(check_tab, qtbot):
    (check_tab.home.datasets / "pets" / "catalog.sqlite").unlink()
    check_tab.page._header.check_button.click()
    check_tab.settle()
    assert "has no catalogue" in check_tab.page.banner.message()
    assert not check_tab.controller.checks.is_running
