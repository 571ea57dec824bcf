"""Jobs of reading follow one another, end, and leave word of what they left."""

import re
import threading
from pathlib import Path

import pytest

from catdog_gui.background import Jobs
from catdog_gui.prediction_tab.job import PicturesFound
from catdog_gui.prediction_tab.reading_queue import Order, ReadingQueue, Stopped
from training.errors import RunError
from training.events import Verdict, VerdictReached

RUN = Path("run")


class Gate:
    """A classifier that waits at each picture until it may go on."""

    def __init__(self):
        self.begun = threading.Event()
        self.open = threading.Event()
        self.calls = []

    def __call__(self, paths, folder, *, emit, token):
        self.calls.append((list(paths), folder))
        for path in paths:
            self.begun.set()
            while not self.open.wait(0.005):
                token.raise_if_cancelled()
            token.raise_if_cancelled()
            emit(VerdictReached(Verdict(str(path), "cat", 0.1, 0.9)))


@pytest.fixture
def jobs():
    jobs = Jobs()
    yield jobs
    assert jobs.cancel_all_and_wait(limit_ms=5000)


@pytest.fixture
def gate():
    return Gate()


@pytest.fixture
def queue(jobs, gate, qtbot):
    return ReadingQueue(jobs, gate)


@pytest.fixture
def told(queue):
    events = []
    queue.event_told.connect(events.append)
    return events


def _order(*names, run=RUN):
    return Order(tuple(Path(name) for name in names), run)


def _idle(queue):
    return lambda: not queue.is_busy


def _names(events):
    return [event.verdict.path for event in events if isinstance(event, VerdictReached)]


def test_orders_are_read_one_after_another_each_with_its_run(queue, gate, told, qtbot):
    other = Path("other")
    gate.open.set()
    queue.add(_order("a", "b"))
    queue.add(_order("c", run=other))
    qtbot.waitUntil(_idle(queue))
    assert gate.calls == [([Path("a"), Path("b")], RUN), ([Path("c")], other)]
    assert _names(told) == ["a", "b", "c"]


def test_pictures_are_told_before_their_verdicts(queue, gate, told, qtbot):
    gate.open.set()
    queue.add(_order("a"))
    qtbot.waitUntil(_idle(queue))
    assert [type(event) for event in told] == [PicturesFound, VerdictReached]


def test_a_cancel_drops_what_waits_and_says_what_was_left(queue, gate, qtbot):
    queue.add(_order("a"))
    queue.add(_order("b", "c"))
    qtbot.waitUntil(gate.begun.is_set)
    with qtbot.waitSignal(queue.stopped) as stopped:
        queue.cancel()
    assert stopped.args[0].left[-2:] == (Path("b"), Path("c"))
    assert stopped.args[0].error is None
    assert not queue.is_busy
    assert len(gate.calls) == 1


def test_a_failure_is_told_with_what_was_left(jobs, qtbot):
    damaged = RunError("The model is damaged.", "Choose another run.")

    def fail(paths, folder, *, emit, token):
        raise damaged

    queue = ReadingQueue(jobs, fail)
    with qtbot.waitSignal(queue.stopped) as stopped:
        queue.add(_order("a"))
        queue.add(_order("b"))
    assert stopped.args[0] == Stopped((Path("a"), Path("b")), damaged)


def test_a_forgotten_job_says_nothing_and_the_next_one_follows(queue, gate, told, qtbot):
    stops = []
    queue.stopped.connect(stops.append)
    queue.add(_order("a"))
    qtbot.waitUntil(gate.begun.is_set)
    queue.forget()
    assert not queue.is_busy
    told.clear()
    gate.open.set()
    queue.add(_order("b"))
    qtbot.waitUntil(_idle(queue))
    assert _names(told) == ["b"]
    assert stops == []


def test_a_cancel_after_forgetting_drops_what_waits(queue, gate, qtbot):
    queue.add(_order("a"))
    qtbot.waitUntil(gate.begun.is_set)
    queue.forget()
    queue.add(_order("b"))
    with qtbot.waitSignal(queue.stopped) as stopped:
        queue.cancel()
    assert stopped.args == [Stopped((Path("b"),))]
    gate.open.set()
    qtbot.waitUntil(_idle(queue))
    assert len(gate.calls) == 1


def test_sources_whose_pictures_have_rows_are_not_left(queue, gate, told, qtbot):
    queue.add(_order("a"))
    qtbot.waitUntil(gate.begun.is_set)
    with qtbot.waitSignal(queue.stopped) as stopped:
        queue.cancel()
    assert stopped.args[0].error is None


def test_a_job_that_ends_says_in_the_log_how_fast_it_was(queue, gate, jobs, qtbot, caplog):
    gate.open.set()
    with caplog.at_level("INFO"), qtbot.waitSignal(jobs.ended):
        queue.add(_order("a.jpg", "b.jpg"))
    assert re.search(r"read 2 pictures in \d+\.\d{3} s", caplog.text)
