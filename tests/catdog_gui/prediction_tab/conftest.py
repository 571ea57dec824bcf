"""The bench, with a run and without one; the desk from which submissions go to Kaggle."""

from functools import partial

import pytest

from catdog_gui.prediction_tab import model_choosing, submission_jobs
from tests.catdog_gui.prediction_tab.played import Bench, finished_run
from tests.catdog_gui.prediction_tab.submission_desk import NUMBERS, QUICK, Desk
from tests.training.inference.red_or_blue import make_dataset, make_run, paint


@pytest.fixture
def bench(home, qtbot, monkeypatch):
    runs = [finished_run("b2"), finished_run("a")]
    monkeypatch.setattr(model_choosing, "runs_to_choose_from", lambda _home: list(runs))
    bench = Bench(home, runs, qtbot)
    yield bench
    bench.oracle.may_answer.set()
    assert bench.jobs.cancel_all_and_wait(limit_ms=5000)


@pytest.fixture
def without_run(bench):
    bench.runs.clear()
    bench.start()
    return bench


@pytest.fixture
def test_pictures(tmp_path):
    folder = tmp_path / "test1"
    folder.mkdir()
    for number in NUMBERS:
        paint(folder / f"{number}.png", (250, 0, number) if number % 2 else (number, 0, 250))
    return folder


@pytest.fixture
def desk(qtbot, home, kaggle, monkeypatch, tmp_path):
    make_dataset(home, tmp_path / "tones")
    make_run(home, "tones")
    monkeypatch.setattr(submission_jobs, "send", partial(submission_jobs.send, patience=QUICK))
    desk = Desk(qtbot, home, monkeypatch, tmp_path)
    yield desk
    desk.window.leave()


@pytest.fixture
def written(desk, monkeypatch, test_pictures):
    desk.choose(monkeypatch, test_pictures)
    desk.write()
    return desk
