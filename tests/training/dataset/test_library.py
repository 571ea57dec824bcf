"""The datasets of a home folder are listed, opened and deleted, and nothing else is."""

import logging

import pytest

from tests.training.dataset.making import Import, left_in, pets, write_folder, write_zip
from training.cancellation import Cancelled, CancelToken
from training.dataset.library import delete_dataset, list_datasets, open_dataset
from training.errors import ConfigError, DatasetError
from training.events import StageProgressed, StageStarted


def delete(home, name, events=None):
    emit = [].append if events is None else events.append
    delete_dataset(home, name, emit=emit, token=CancelToken())


def test_a_home_that_is_not_there_yet_has_no_datasets(home):
    assert list_datasets(home) == []
    with pytest.raises(DatasetError, match=r"no dataset named “pets”.*Import pictures first"):
        open_dataset(home, "pets")


def test_datasets_are_listed_by_name_in_any_case(tmp_path, home):
    source = write_folder(tmp_path / "mine", pets(1))
    for name in ("zoo", "Beta", "alpha"):
        Import(source, home, name=name)
    (home.datasets / "empty").mkdir()
    (home.datasets / ".half.partial").mkdir()
    assert [info.name for info in list_datasets(home)] == ["alpha", "Beta", "zoo"]


def test_a_name_that_is_not_there_is_answered_with_those_that_are(tmp_path, home):
    Import(write_folder(tmp_path / "mine", pets(1)), home)
    with pytest.raises(DatasetError, match="There are: pets"):
        open_dataset(home, "cars")


def test_a_damaged_catalogue_is_logged_and_the_others_are_listed(tmp_path, home, caplog):
    source = write_folder(tmp_path / "mine", pets(1))
    Import(source, home, name="good")
    Import(source, home, name="bad")
    (home.datasets / "bad" / "catalog.sqlite").write_bytes(b"x" * 5000)
    with caplog.at_level(logging.WARNING):
        assert [info.name for info in list_datasets(home)] == ["good"]
    assert "bad" in caplog.text
    delete(home, "bad")
    assert left_in(home) == ["good"]


def test_deleting_takes_the_dataset_and_leaves_the_users_pictures(tmp_path, home):
    source = write_folder(tmp_path / "mine", pets(2))
    Import(source, home)
    Import(write_zip(tmp_path / "train.zip", pets(2)), home, name="packed")
    events = []
    delete(home, "pets")
    delete(home, "packed", events)
    assert left_in(home) == []
    assert len(list(source.rglob("*.jpg"))) == 4
    assert (tmp_path / "train.zip").exists()
    stage, last = events[0], events[-1]
    assert isinstance(stage, StageStarted)
    assert last == StageProgressed(stage.total) == StageProgressed(5)


def test_deleting_takes_what_is_cached_of_it_too(tmp_path, home):
    Import(write_folder(tmp_path / "mine", pets(1)), home)
    write_folder(home.cache, {"pets@150.pixels": b"x", "others@150.pixels": b"x"})
    delete(home, "pets")
    assert [path.name for path in home.cache.iterdir()] == ["others@150.pixels"]


def test_a_cancelled_deletion_deletes_nothing(tmp_path, home):
    Import(write_folder(tmp_path / "mine", pets(1)), home)
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        delete_dataset(home, "pets", emit=lambda _: None, token=token)
    assert [info.name for info in list_datasets(home)] == ["pets"]


def test_deleting_a_link_leaves_what_it_leads_to(tmp_path, home):
    mine = write_folder(tmp_path / "mine", pets(1))
    home.datasets.mkdir(parents=True)
    (home.datasets / "pets").symlink_to(mine)
    delete(home, "pets")
    assert left_in(home) == []
    assert len(list(mine.rglob("*.jpg"))) == 2


@pytest.mark.parametrize("name", ["..", ".", "", "../../etc", "a/b"])
def test_a_name_cannot_lead_out_of_the_datasets(home, name):
    home.datasets.mkdir(parents=True)
    with pytest.raises(ConfigError):
        delete(home, name)
    assert home.datasets.exists()
