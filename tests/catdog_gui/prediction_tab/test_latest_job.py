"""One question at a time: the latest."""

import threading

import pytest

from catdog_gui.background import Jobs
from catdog_gui.prediction_tab.latest_job import LatestJob, Question
from training.errors import RunError
from training.events import Stage, StageStarted


class Asked:
    """Questions whose answers wait until the test lets them go."""

    def __init__(self, latest):
        self.latest = latest
        self.may_answer = threading.Event()
        self.begun = []
        self.answers = []
        self.waiting = []
        self.failures = []

    def ask(self, name, error=None):
        def job(*, emit, token):
            self.begun.append(name)
            emit(StageStarted(Stage.LOADING_MODEL))
            while not self.may_answer.wait(0.005):
                token.raise_if_cancelled()
            if error:
                raise error
            return name

        question = Question(
            "Asking", job, self.answers.append, self.waiting.append, self.failures.append
        )
        self.latest.ask(question)


@pytest.fixture
def jobs(qtbot):
    jobs = Jobs()
    yield jobs
    assert jobs.cancel_all_and_wait(limit_ms=5000)


@pytest.fixture
def asked(jobs):
    return Asked(LatestJob(jobs))


def wait(qtbot, jobs):
    qtbot.waitUntil(lambda: not jobs.running)


def test_an_answer_comes_with_the_stage_before_it(asked, jobs, qtbot):
    asked.may_answer.set()
    asked.ask("a")
    wait(qtbot, jobs)
    assert (asked.waiting, asked.answers) == (["Loading the model"], ["a"])


def test_only_the_latest_question_is_answered_and_one_job_runs_at_a_time(asked, jobs, qtbot):
    asked.ask("a")
    qtbot.waitUntil(lambda: asked.begun == ["a"])
    asked.ask("b")
    asked.ask("c")
    assert len(jobs.running) == 1
    asked.may_answer.set()
    qtbot.waitUntil(lambda: bool(asked.answers))
    wait(qtbot, jobs)
    assert asked.begun == ["a", "c"]
    assert asked.answers == ["c"]


def test_what_nobody_wants_any_more_is_told_to_nobody(asked, jobs, qtbot):
    asked.ask("a")
    qtbot.waitUntil(lambda: asked.begun == ["a"])
    asked.latest.drop()
    asked.may_answer.set()
    wait(qtbot, jobs)
    assert asked.answers == asked.failures == []


def test_a_failure_is_told_in_words_and_the_next_question_goes_on(asked, jobs, qtbot):
    asked.may_answer.set()
    asked.ask("a", RunError("It has no maps.", "Choose another run."))
    wait(qtbot, jobs)
    asked.ask("b")
    wait(qtbot, jobs)
    assert asked.failures == ["It has no maps. Choose another run."]
    assert asked.answers == ["b"]


def test_an_answer_that_is_on_its_way_does_not_pass_for_that_to_a_newer_question(
    asked, jobs, qtbot
):
    asked.may_answer.set()
    asked.ask("a")
    (job,) = jobs.running
    assert job.wait(5000)  # it has answered, and nobody has heard it yet
    asked.ask("b")
    wait(qtbot, jobs)
    assert asked.answers == ["b"]


def test_a_job_that_is_stopped_in_the_status_bar_says_so(asked, jobs, qtbot):
    asked.ask("a")
    qtbot.waitUntil(lambda: asked.begun == ["a"])
    jobs.running[0].cancel()
    wait(qtbot, jobs)
    assert asked.failures == ["Stopped. Choose another look and this one again to go on."]
