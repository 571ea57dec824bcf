"""A planted token goes along with a submission, in success and in trouble: it shows nowhere."""

from functools import partial

import pytest

from catdog_gui.log import kept_log, log_file
from catdog_gui.main_window import MainWindow
from catdog_gui.prediction_tab import submission_jobs
from tests.catdog_gui.every_word import all_words
from tests.slow_rows import crossed
from tests.training.dataset.planted import FORMS
from tests.training.inference.red_or_blue import make_run, paint
from training.dataset.kaggle.client import Kaggle as Client
from training.dataset.kaggle.credential import Source, read_credential
from training.dataset.kaggle.store import Place
from training.dataset.kaggle.submitting import ScorePatience

QUICK = ScorePatience(5, 5, 0.01, 0.02, score_s=0.2)


@pytest.fixture
def window(qtbot, home, kaggle, monkeypatch, tmp_path):
    monkeypatch.setattr(submission_jobs, "send", partial(submission_jobs.send, patience=QUICK))
    make_run(home)
    paint(tmp_path / "1.png", "red")
    with kept_log(home):
        window = MainWindow(home, ask=lambda *_: True)
        qtbot.addWidget(window)
        window.show()
        settle(qtbot, window)
        yield window
        window.leave()


def settle(qtbot, window):
    qtbot.waitUntil(lambda: not window.jobs.running, timeout=20_000)


@pytest.mark.fault(99)
@crossed(list(FORMS), ["none", "400", "403", "store", "page", "crash"], quick={"crash"})
def test_a_planted_token_is_found_nowhere(
    qtbot, window, kaggle, monkeypatch, tmp_path, form, trouble
):
    text, secret = FORMS[form]
    store = window.tabs.dataset.kaggle.store
    store.keep(read_credential(text, Source.SESSION), Place.SESSION)
    work = window.tabs.submission
    monkeypatch.setattr(work.panel, "ask_for_folder", lambda _: tmp_path)
    monkeypatch.setattr(work.panel, "ask_for_output", lambda _: tmp_path / "submission.csv")
    work.open()
    work.panel.folder.click()
    settle(qtbot, window)
    work.panel.write.click()
    settle(qtbot, window)
    cause(trouble, kaggle, monkeypatch, secret)
    assert work.panel.form.send.isEnabled()
    work.panel.form.send.click()
    settle(qtbot, window)
    assert secret not in all_words(window)
    if trouble == "crash":
        assert "in crash" in log_file(window.home).read_text(encoding="utf-8")


def cause(trouble, kaggle, monkeypatch, secret):
    if trouble.isdecimal():
        kaggle.refuse_call("CreateSubmission", int(trouble), f"no, {secret}")
    elif trouble == "store":
        kaggle.upload_status = 403
    elif trouble == "page":
        kaggle.refuses["CreateSubmission"] = (200, {"Content-Type": "text/html"}, b"<html>")
    elif trouble == "crash":

        def crash(client, *_):
            raise RuntimeError(f"a fault that tells all: {client._credential.secret.reveal()}")

        monkeypatch.setattr(Client, "ask", crash)
