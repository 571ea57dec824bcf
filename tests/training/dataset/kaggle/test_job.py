"""From Kaggle to a dataset; and every way in which Kaggle and the network say no."""

import json
import os
import socket
import time
from email.utils import formatdate

import pytest
import requests

from tests.training.dataset.kaggle_server import KEY, REFRESH, RENEWED, TOKEN, USER, basic
from tests.training.dataset.making import Import, pets, write_zip, zipped
from training.cancellation import Cancelled, CancelToken
from training.config import DownloadConfig
from training.dataset.catalog import Catalog
from training.dataset.download import PassingError, Patience
from training.dataset.kaggle.client import endpoint_for_tests
from training.dataset.kaggle.credential import Source, read_credential
from training.dataset.kaggle.job import SOURCE, ask_who, download_competition
from training.dataset.kaggle.places import FREE_COPY, RULES_PAGE
from training.dataset.kaggle.refusals import RulesError, unreachable
from training.dataset.kaggle.store import CredentialStore, Place
from training.errors import (
    ArchiveError,
    ConfigError,
    CredentialError,
    DatasetError,
    DownloadError,
    explain,
)
from training.events import Noticed, Stage, StageStarted

QUICK = Patience(connect_s=5, stall_s=1, tries=2, first_wait_s=0.01, longest_wait_s=5)
DOWNLOADED = "dogs-vs-cats-train.zip"


class Job:
    """The job, for a user who has pasted a token."""

    def __init__(self, home):
        self.home, self.events, self.token = home, [], CancelToken()
        self.store = CredentialStore(home)
        self.give(TOKEN)

    def give(self, text):
        self.store.keep(read_credential(text, Source.SESSION), Place.SESSION)

    def __call__(self, name="pets", *, whole=False):
        return download_competition(
            DownloadConfig(name, whole=whole), self.home, self.store,
            emit=self.emit, token=self.token, patience=QUICK,
        )  # fmt: skip

    def emit(self, event):
        self.events.append(event)

    def who(self):
        return ask_who(self.store, emit=self.emit, token=self.token, patience=QUICK).username

    @property
    def left(self):
        folder = self.home.cache / "downloads"
        return sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []


@pytest.fixture
def job(home, kaggle):
    kaggle.content = zipped(pets(3))
    return Job(home)


def test_the_pictures_become_a_dataset_and_the_archive_goes(job, kaggle):
    done = job()
    assert (done.imported.info.cats, done.imported.info.dogs) == (3, 3)
    assert done.size_bytes == len(kaggle.content)
    assert job.left == []
    stages = [event.stage for event in job.events if isinstance(event, StageStarted)]
    assert stages[:4] == [
        Stage.CONNECTING, Stage.DOWNLOADING, Stage.CHECKING_ARCHIVE, Stage.READING_ARCHIVE,
    ]  # fmt: skip
    with Catalog.open(job.home.datasets / "pets") as catalog:
        assert catalog.origin().source == SOURCE


def test_the_whole_competition_is_a_zip_with_zips_in_it(job, kaggle):
    tests = zipped({f"test1/{number}.jpg": b"no class" for number in range(3)})
    kaggle.content = zipped(
        {"train.zip": zipped(pets(3)), "test1.zip": tests, "sampleSubmission.csv": b"id,label"}
    )
    done = job(whole=True)
    assert done.imported.info.pictures == 6
    assert [name for name, _ in kaggle.calls] == ["DownloadDataFiles"]


def test_microsofts_copy_is_imported_as_it_is(home, tmp_path):
    cats = {name.replace("train/cat.", "PetImages/Cat/"): c for name, c in pets(3).items()}
    both = {name.replace("train/dog.", "PetImages/Dog/"): c for name, c in cats.items()}
    source = write_zip(tmp_path / "kagglecatsanddogs.zip", both | {"readme[1].txt": b"hello"})
    info = Import(source, home).result.info
    assert (info.cats, info.dogs) == (3, 3)
    assert "microsoft.com" in FREE_COPY


def test_an_import_that_fails_needs_no_second_download(job, kaggle):
    kaggle.content = zipped({"train/cat.1.jpg": b"no picture", "train/dog.1.jpg": b"neither"})
    with pytest.raises(DatasetError):
        job()
    assert job.left == [DOWNLOADED]
    calls = len(kaggle.calls)
    with pytest.raises(DatasetError):
        job()
    assert len(kaggle.calls) == calls


@pytest.mark.fault(48)
def test_a_cancel_while_the_archive_is_checked_keeps_it(job, kaggle):
    def cancel(event):
        if isinstance(event, StageStarted) and event.stage is Stage.CHECKING_ARCHIVE:
            job.token.cancel()

    job.emit = cancel
    with pytest.raises(Cancelled):
        job()
    assert job.left == [DOWNLOADED]
    assert not (job.home.datasets / "pets").exists()


def test_a_name_that_is_taken_is_said_before_anything_is_downloaded(job, kaggle):
    job()
    calls = len(kaggle.calls)
    with pytest.raises(DatasetError, match="already"):
        job()
    assert len(kaggle.calls) == calls


@pytest.mark.fault(34)
def test_an_archive_that_ends_too_early_is_removed_and_said(job, kaggle):
    kaggle.content = kaggle.content[:-30]
    with pytest.raises(ArchiveError, match="cut off"):
        job()
    assert job.left == []


@pytest.mark.fault(44)
def test_an_archive_with_one_wrong_byte_is_removed_and_said(job, kaggle):
    place = kaggle.content.index(b"\xff\xd8") + 100
    kaggle.content = kaggle.content[:place] + b"\0\1\2" + kaggle.content[place + 3 :]
    with pytest.raises(ArchiveError, match="damaged"):
        job()
    assert job.left == []


@pytest.mark.fault(50)
def test_pictures_that_state_no_class_are_said(job, kaggle):
    kaggle.content = zipped({f"test1/{n}.jpg": c for n, c in enumerate(pets(2).values())})
    with pytest.raises(DatasetError, match="none states"):
        job()


@pytest.mark.fault(43)
def test_a_cache_that_cannot_be_written_asks_for_another_place(job):
    job.home.root.mkdir(parents=True)
    job.home.cache.write_text("a file, where a folder is needed", encoding="utf-8")
    with pytest.raises(OSError) as caught:  # noqa: PT011 - of which kind, each system says itself
        job()
    assert "Choose a folder" in explain(caught.value).hint


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
def test_the_page_of_the_rules_is_part_of_the_error(job, kaggle):
    kaggle.refuse(403)
    with pytest.raises(RulesError) as caught:
        job()
    assert caught.value.page == RULES_PAGE
    assert RULES_PAGE in caught.value.hint


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


def test_kaggle_says_who_the_user_of_a_token_is(job, kaggle):
    assert job.who() == USER
    assert kaggle.calls == [("IntrospectToken", f"Bearer {TOKEN}")]


def test_a_key_is_tried_even_where_the_environment_has_a_token(job, kaggle, monkeypatch):
    monkeypatch.setenv("KAGGLE_API_TOKEN", "KGAT_of-somebody-else")
    job.give(json.dumps({"username": USER, "key": KEY}))
    assert job.who() == USER
    assert job().imported.info.pictures == 6
    assert {authorization for _, authorization in kaggle.calls} == {basic(USER, KEY)}


def test_a_key_whose_user_has_not_accepted_the_rules_is_still_right(job, kaggle):
    kaggle.refuse(403)
    job.give(json.dumps({"username": USER, "key": KEY}))
    assert job.who() == USER


def test_a_sign_in_is_renewed_and_its_file_stays_as_it_is(job, kaggle, no_token):
    file = no_token / ".kaggle" / "credentials.json"
    file.parent.mkdir()
    file.write_text(json.dumps({"refresh_token": REFRESH}), encoding="utf-8")
    file.chmod(0o600)
    job.store.forget()
    assert job.who() == USER
    assert job().imported.info.pictures == 6
    assert ("DownloadDataFile", f"Bearer {RENEWED}") in kaggle.calls
    assert json.loads(file.read_text(encoding="utf-8")) == {"refresh_token": REFRESH}


def test_without_a_token_the_free_copy_is_named(job):
    job.store.forget()
    with pytest.raises(CredentialError, match="no token") as caught:
        job()
    assert FREE_COPY in caught.value.hint


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
@pytest.mark.fault(96)
def test_a_file_that_others_can_read_is_said(job, no_token):
    file = no_token / ".kaggle" / "access_token"
    file.parent.mkdir()
    file.write_text(TOKEN, encoding="utf-8")
    file.chmod(0o644)
    job.store.forget()
    job()
    assert any(isinstance(e, Noticed) and str(file) in e.message for e in job.events)


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
