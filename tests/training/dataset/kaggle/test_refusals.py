"""Every way in which Kaggle and the network say no: a sentence and a next step for each."""

import json
import socket
import time
from email.utils import formatdate

import pytest
import requests

from tests.training.dataset.kaggle_server import TOKEN
from training.dataset.download import PassingError
from training.dataset.kaggle.client import endpoint_for_tests
from training.dataset.kaggle.places import DATA_PAGE, RULES_PAGE, TOKEN_PAGE
from training.dataset.kaggle.refusals import RulesError, refused, unreachable
from training.errors import ConfigError, CredentialError, DownloadError, UserError
from training.events import Stage, StageStarted


@pytest.mark.fault(46)
@pytest.mark.parametrize(
    ("status", "kind", "said"),
    [
        (401, CredentialError, "refused the token"),
        (403, RulesError, "accepted the rules"),
        (404, DownloadError, "no such file"),
        (429, DownloadError, "too many requests"),
        (500, DownloadError, "trouble of its own \\(500\\)"),
        (503, DownloadError, "trouble of its own \\(503\\)"),
        (418, DownloadError, "refused the request \\(418\\)"),
    ],
)
def test_each_refusal_has_its_own_sentence(job, kaggle, status, kind, said):
    kaggle.refuse(status, times=9, Retry_After="0")
    with pytest.raises(kind, match=said) as caught:
        job()
    assert caught.value.hint
    assert TOKEN not in str(caught.value)


def test_a_refusal_that_stands_in_the_json_alone_counts_too(job, kaggle):
    body = json.dumps({"code": 403, "message": "no"}).encode()
    kaggle.refusals = [(200, {"Content-Type": "application/json"}, body)]
    with pytest.raises(RulesError):
        job()


@pytest.mark.fault(46)
@pytest.mark.parametrize(
    ("status", "page"), [(401, TOKEN_PAGE), (403, RULES_PAGE), (404, DATA_PAGE)]
)
def test_the_page_of_the_next_step_is_part_of_the_error(job, kaggle, status, page):
    kaggle.refuse(status)
    with pytest.raises(UserError) as caught:
        job()
    assert caught.value.page == page
    assert page in caught.value.hint


@pytest.mark.fault(97)
def test_a_wrong_token_is_not_tried_again(job, kaggle):
    job.give("KGAT_wrong0123456789")
    with pytest.raises(CredentialError, match="refused the token"):
        job()
    assert len(kaggle.calls) == 1
    with pytest.raises(CredentialError, match="refused the token"):
        job.who()


@pytest.mark.fault(46)
def test_a_pause_that_the_server_asks_for_is_made(job, kaggle):
    kaggle.refuse(429, Retry_After="1")
    started = time.monotonic()
    job()
    assert time.monotonic() - started >= 1
    assert StageStarted(Stage.WAITING, total=1, unit="seconds") in job.events


def test_a_pause_may_be_told_as_a_date(job, kaggle):
    kaggle.refuse(429, Retry_After=formatdate(time.time() - 60, usegmt=True))
    assert job().imported.info.pictures == 6


def test_a_pause_of_hours_is_told_instead_of_waited_for(job, kaggle):
    kaggle.refuse(429, Retry_After="7200")
    with pytest.raises(DownloadError, match="2 h"):
        job()


@pytest.mark.fault(46)
def test_trouble_that_passes_is_waited_for(job, kaggle):
    kaggle.refuse(503)
    assert job().imported.info.pictures == 6


@pytest.mark.fault(35)
@pytest.mark.fault(47)
def test_a_web_page_instead_of_an_answer_is_said_and_not_saved(job, kaggle):
    kaggle.refusals = [(200, {"Content-Type": "text/html; charset=utf-8"}, b"<html>Sign in")]
    with pytest.raises(DownloadError, match="web page"):
        job()
    assert job.left == []


@pytest.mark.fault(47)
def test_a_proxy_that_is_not_there_is_named(job, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{unused_port()}")
    with pytest.raises(DownloadError, match="proxy"):
        job()


@pytest.mark.fault(47)
def test_a_server_that_is_not_there_is_said_at_once(job, monkeypatch):
    monkeypatch.setenv("CATDOG_KAGGLE_ENDPOINT", f"http://127.0.0.1:{unused_port()}")
    started = time.monotonic()
    with pytest.raises(DownloadError, match="no connection to Kaggle") as caught:
        job()
    assert time.monotonic() - started < 3
    assert "import it" in caught.value.hint


@pytest.mark.fault(47)
@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("http://nowhere.invalid/", "seems to be offline"),
        ("https://127.0.0.1:{port}/", "No safe connection"),
    ],
)
def test_what_requests_raises_becomes_a_sentence(kaggle, url, said):
    """The seam leads to no name and to no TLS, so requests is asked without it."""
    port = kaggle.endpoint.rpartition(":")[2]
    with pytest.raises(requests.RequestException) as caught:
        requests.get(url.format(port=port), timeout=5)
    assert said in str(unreachable(caught.value))


def test_a_wait_is_not_worth_it_for_a_name_that_is_not_found():
    error = unreachable(OSError("nothing"))
    assert isinstance(error, PassingError)
    assert error.only_once_begun


@pytest.mark.parametrize(
    "address",
    [
        "https://api.kaggle.example", "http://10.0.0.1:80", "http://localhost:80", "127.0.0.1:80",
        "http://127.0.0.1", "http://127.0.0.1:99999", "http://127.0.0.1:80@10.0.0.1:80",
        "http://user@127.0.0.1:80", "http://10.0.0.1\\@127.0.0.1:80", "http://127.0.0.1:80/path",
        "http://127.0.0.1:80?x", "ftp://127.0.0.1:80", "http://[::ffff:10.0.0.1]:80",
    ],
)  # fmt: skip
def test_the_variable_for_tests_leads_no_token_to_another_computer(job, monkeypatch, address):
    monkeypatch.setenv("CATDOG_KAGGLE_ENDPOINT", address)
    with pytest.raises(ConfigError, match="no server on this computer"):
        job()


def test_the_variable_for_tests_takes_addresses_of_this_computer(monkeypatch):
    for address in ("http://127.0.0.1:8000", "http://[::1]:8000", "http://127.1.2.3:1"):
        monkeypatch.setenv("CATDOG_KAGGLE_ENDPOINT", address + "/")
        assert endpoint_for_tests() == address


def unused_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def test_an_address_of_the_store_that_has_expired_is_asked_for_anew(job, kaggle):
    kaggle.store_refusals = [403]
    assert job().imported.info.pictures == 6
    assert [name for name, _ in kaggle.calls] == ["DownloadDataFile", "DownloadDataFile"]


def test_a_store_that_goes_on_refusing_is_not_said_to_be_about_rules(job, kaggle):
    kaggle.store_refusals = [403] * 9
    with pytest.raises(DownloadError, match="store that holds Kaggle's files") as caught:
        job()
    assert not isinstance(caught.value, RulesError)


@pytest.mark.fault(97)
@pytest.mark.parametrize("status", [400, 403, 404])
def test_a_token_that_kaggle_does_not_know_is_refused_whatever_the_status(job, kaggle, status):
    kaggle.refuse(status)
    with pytest.raises(CredentialError, match="refused the token"):
        job.who()


@pytest.mark.fault(97)
def test_a_token_that_was_revoked_is_refused(job, kaggle):
    kaggle.is_active = False
    with pytest.raises(CredentialError, match="refused the token"):
        job.who()


@pytest.mark.parametrize("said", ["9" * 400, "soon", "", "-1", "Fri, 99 Foo 9999 00:00:00 GMT"])
def test_a_pause_that_cannot_be_read_is_a_sentence_all_the_same(said):
    assert isinstance(refused(429, {"Retry-After": said}), PassingError)
