"""Whatever Kaggle or the network says no with: the tab has a sentence and a next step."""

import pytest
from PySide6.QtGui import QDesktopServices

from catdog_gui.widgets.banner import BannerKind
from training.dataset.kaggle.places import DATA_PAGE, RULES_PAGE, TOKEN_PAGE


@pytest.mark.fault(97)
def test_a_wrong_token_is_refused_once_and_leads_to_kaggles_settings(kaggle_tab, kaggle, browser):
    kaggle_tab.paste("KGAT_wrong0123456789")
    for button in (kaggle_tab.token.test, kaggle_tab.get.button):
        kaggle.calls.clear()
        kaggle_tab.click(button)
        assert kaggle_tab.said == "Kaggle refused the token."
        assert len(kaggle.calls) == 1
    assert kaggle_tab.action == "Open Kaggle's settings"
    kaggle_tab.press_banner_action()
    assert browser.pages == [TOKEN_PAGE]


@pytest.mark.fault(46)
def test_rules_that_are_not_accepted_lead_to_their_page(given, kaggle, browser):
    kaggle.refuse(403)
    given.click(given.get.button)
    assert "accepted the rules" in given.said
    assert given.action == "Open the rules"
    given.press_banner_action()
    assert browser.pages == [RULES_PAGE]
    given.click(given.get.button)
    assert given.controller.chosen == "kaggle"


@pytest.mark.fault(46)
@pytest.mark.parametrize(
    ("status", "said", "action"),
    [
        (404, "Kaggle has no such file.", "Open Kaggle's page"),
        (429, "Kaggle has had too many requests from this account for now.", ""),
        (500, "Kaggle has trouble of its own (500).", ""),
    ],
)
def test_each_refusal_has_a_sentence_and_a_next_step(given, kaggle, status, said, action):
    kaggle.refuse(status, times=9, Retry_After="0")
    given.click(given.get.button)
    assert (given.page.banner.kind, given.said, given.action) == (BannerKind.ERROR, said, action)
    assert given.page.banner.hint()
    assert given.get.button.isEnabled()


@pytest.mark.fault(46)
def test_a_networks_own_page_instead_of_the_archive_is_told_as_such(given, kaggle):
    kaggle.refusals = [(200, {"Content-Type": "text/html"}, b"<html>Sign in")]
    given.click(given.get.button)
    assert given.said.startswith("A web page came instead of the archive")
    assert given.action == "Open the rules"


@pytest.mark.fault(46)
def test_without_a_connection_a_next_step_is_said(given, monkeypatch):
    monkeypatch.setenv("CATDOG_KAGGLE_ENDPOINT", "http://127.0.0.1:9")
    given.click(given.get.button)
    assert given.said == "There is no connection to Kaggle."
    assert given.page.banner.hint().startswith("Check the connection")


@pytest.mark.fault(46)
def test_a_wait_that_kaggle_asks_for_is_shown_and_kept(given, kaggle):
    kaggle.refuse(429, Retry_After="1")
    waits = []
    given.jobs.started.connect(
        lambda job: job.progressed.connect(lambda event: waits.append(str(event)))
    )
    given.click(given.get.button)
    assert given.controller.chosen == "kaggle"
    assert any("Waiting to try again" in each for each in waits)


def test_a_page_that_no_browser_opens_is_named(given, monkeypatch):
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: False)
    given.panel.page_requested.emit(DATA_PAGE)
    assert given.said == "No browser could be opened."
    assert DATA_PAGE in given.page.banner.hint()
