"""The runs are listed beside the window; what comes before they are there waits for them."""

import threading
from pathlib import Path

from catdog_gui.prediction_tab import model_choosing
from catdog_gui.prediction_tab.controls import Body
from tests.catdog_gui.prediction_tab.played import finished_run


def hold_listing(bench, monkeypatch):
    """A listing that goes on until the test lets it end; gives that, and where it ran."""
    may_end, threads = threading.Event(), []

    def slow(_home):
        threads.append(threading.current_thread())
        assert may_end.wait(5)
        return list(bench.runs)

    monkeypatch.setattr(model_choosing, "runs_to_choose_from", slow)
    return may_end, threads


def test_the_runs_are_not_listed_in_the_windows_thread(bench, monkeypatch):
    may_end, threads = hold_listing(bench, monkeypatch)
    bench.runs.insert(0, finished_run("newer"))
    bench.controller.models.refresh()
    assert bench.controller.models.chosen.run == "b2"
    may_end.set()
    bench.wait()
    assert bench.controller.models.chosen.run == "newer"
    assert threading.current_thread() not in threads


def test_until_they_are_listed_nobody_is_sent_to_train_and_pictures_wait(bench, monkeypatch):
    may_end, _ = hold_listing(bench, monkeypatch)
    bench.wait_at_start = False
    bench.start()
    assert bench.controls.body is Body.EMPTY
    assert not bench.controls.can_choose_run
    bench.controller.classify([Path("/p/cat.jpg")])
    bench.controller.classify([Path("/p/dog.jpg")])
    assert bench.oracle.calls == []
    may_end.set()
    bench.wait()
    assert bench.oracle.calls == [("b2", ["cat.jpg", "dog.jpg"])]
    assert bench.controls.can_choose_run


def test_an_added_run_is_chosen_also_where_pictures_are_shown(bench):
    bench.classify("cat.jpg")
    bench.runs.insert(0, finished_run("added"))
    bench.controller.models._on_adding_added("added")
    bench.wait()
    assert bench.controller.models.run == "added"
    assert bench.oracle.calls[-1] == ("added", ["cat.jpg"])


def test_an_added_run_is_chosen_though_the_listing_is_asked_for_again(bench, monkeypatch):
    may_end, _ = hold_listing(bench, monkeypatch)
    bench.classify("cat.jpg")
    bench.controller.models._on_adding_added("a")
    bench.controller.models.refresh()  # as the news of the lab book does
    may_end.set()
    bench.wait()
    assert bench.controller.models.run == "a"
