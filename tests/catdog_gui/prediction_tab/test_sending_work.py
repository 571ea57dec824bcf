"""A submission is sent through the whole window, to a Kaggle on this computer."""

from functools import partial

import pytest

from catdog_gui.prediction_tab import submission_jobs
from catdog_gui.prediction_tab import submission_words as words
from catdog_gui.widgets.banner import BannerKind
from catdog_gui.wiring import TabName
from tests.catdog_gui.dataset_tab.kaggle_tab import Browser
from training.dataset.kaggle.places import COMPETITIONS
from training.dataset.kaggle.submitting import ScorePatience


def test_the_file_is_sent_and_its_score_is_shown(written, kaggle):
    written.give_token()
    written.form.choice.setCurrentIndex(1)
    written.form.choice.activated.emit(1)
    written.form.message.setText(" a try ")
    written.send()
    assert written.banner.message() == "Public score 0.04140 in Dogs vs. Cats Redux (2016)."
    assert "Successfully submitted" in written.hint
    ((content, _),) = kaggle.uploads.values()
    assert content == written.output.read_bytes()
    (row,) = kaggle.submissions
    assert (row["competition"], row["description"]) == (COMPETITIONS[1].key, "a try")


def test_the_banner_sends_too_and_then_leads_to_kaggles_page(written, kaggle):
    written.give_token()
    browser = Browser()
    written.click(written.action)
    assert len(kaggle.submissions) == 1
    written.click(written.action)
    assert browser.pages == [COMPETITIONS[0].submissions_page]


def test_a_score_that_takes_its_time_is_pending(written, kaggle):
    written.give_token()
    kaggle.pending_for = 10_000
    written.send()
    assert "still pending" in written.banner.message()
    assert written.banner.kind is BannerKind.INFO


def test_a_cancel_after_the_file_arrived_says_so(written, kaggle, qtbot, monkeypatch):
    written.give_token()
    kaggle.pending_for = 10_000
    patience = ScorePatience(5, 5, 0.01, 0.02, score_s=60)
    monkeypatch.setattr(
        submission_jobs, "send", partial(submission_jobs.send.func, patience=patience)
    )
    written.form.send.click()
    qtbot.waitUntil(lambda: "Waiting for Kaggle's score" in written.panel.progress.words())
    written.panel.progress._cancel.click()
    written.settle()
    assert written.banner.message() == words.STOPPED_WAITING
    assert len(kaggle.submissions) == 1


@pytest.mark.fault(97)
def test_without_a_token_the_way_to_one_is_offered(written, kaggle):
    written.send()
    assert "no token for Kaggle" in written.banner.message()
    assert written.action.text() == "Give a token"
    written.click(written.action)
    assert written.tabs.widget.currentIndex() == list(TabName).index(TabName.DATASET)
    assert written.tabs.dataset.kaggle.is_open
    assert kaggle.calls == []


@pytest.mark.fault(46)
@pytest.mark.parametrize(
    ("status", "said", "action"),
    [
        (401, "refused the token", "Give a token"),
        (403, "accepted the rules", "Open the rules"),
        (404, "takes no submissions any more", "Open Kaggle's page"),
        (429, "too many requests", ""),
        (400, "says: “the deadline has passed”", ""),
    ],
)
def test_each_refusal_is_said_with_its_next_step(written, kaggle, status, said, action):
    written.give_token()
    kaggle.refuse_call("CreateSubmission", status, "the deadline has passed")
    written.send()
    assert said in written.banner.message()
    assert written.banner.kind is BannerKind.ERROR
    assert written.action.text() == action
    assert written.form.send.isEnabled()


def test_a_file_that_kaggle_cannot_score_is_told_in_its_own_words(written, kaggle):
    written.give_token()
    kaggle.score = None
    written.send()
    assert "“Evaluation needs 12500 rows”" in written.banner.message()
