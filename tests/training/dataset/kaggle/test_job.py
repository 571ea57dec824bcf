"""From Kaggle to a dataset, and who Kaggle says that the user is."""

import json
import os

import pytest

from tests.training.dataset.kaggle_server import KEY, REFRESH, RENEWED, TOKEN, USER, basic
from tests.training.dataset.making import Import, pets, write_zip, zipped
from training.cancellation import Cancelled
from training.dataset.catalog import Catalog
from training.dataset.kaggle.job import SOURCE
from training.dataset.kaggle.places import FREE_COPY
from training.errors import ArchiveError, CredentialError, DatasetError, explain
from training.events import Noticed, Stage, StageStarted

DOWNLOADED = "dogs-vs-cats-train.zip"


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
        assert catalog.sources.all()[0].source == SOURCE


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


def test_kaggle_says_who_the_user_of_a_token_is(job, kaggle):
    assert job.who() == USER
    assert kaggle.calls == [("IntrospectToken", f"Bearer {TOKEN}")]


def test_a_key_is_tried_even_where_the_environment_has_a_token(job, kaggle, monkeypatch):
    monkeypatch.setenv("KAGGLE_API_TOKEN", "KGAT_of-somebody-else" * 300)  # no path either
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
    assert kaggle.calls == [
        ("GenerateAccessToken", ""),
        ("GenerateAccessToken", ""),
        ("DownloadDataFile", f"Bearer {RENEWED}"),
    ]
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
