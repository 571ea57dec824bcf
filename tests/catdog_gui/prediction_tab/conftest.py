"""The bench, with a run and without one."""

import pytest

from catdog_gui.prediction_tab import model_choosing
from tests.catdog_gui.prediction_tab.played import Bench, finished_run


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
