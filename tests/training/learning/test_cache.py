"""The cache of decoded pictures, when the pictures or the program go away in between."""

import os
import time
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from tests.training.learning.watching import Watcher, small
from training.cancellation import CancelToken
from training.dataset.cache import RowReader, StoredRows, forget, pixel_rows, prepare_rows
from training.dataset.catalog import Picture, Split
from training.dataset.library import open_dataset
from training.errors import DatasetError
from training.events import Event, Noticed, StepEnded
from training.home import Home
from training.learning.trainer import train

SIZE = 32


@pytest.fixture
def pictures(sample_home: Home) -> list[Picture]:
    with open_dataset(sample_home, "sample") as catalog:
        return catalog.pictures(split=Split.TRAIN)[:25]


def prepared(pictures: list[Picture], home: Home, events: list[Event] | None = None) -> StoredRows:
    emit = ([] if events is None else events).append
    return prepare_rows(
        pictures, pixel_rows(SIZE), home, dataset="sample", emit=emit, token=CancelToken()
    )


@pytest.mark.parametrize("left", [0, 20])
def test_pictures_that_were_away_are_taken_in_again_when_they_are_back(
    pictures: list[Picture], sample_home: Home, left: int
) -> None:
    contents = {picture.path: picture.path.read_bytes() for picture in pictures[left:]}
    for path in contents:
        path.unlink()
    assert len(prepared(pictures, sample_home).rows) == left
    for path, content in contents.items():
        path.write_bytes(content)
    assert len(prepared(pictures, sample_home).rows) == len(pictures)


def test_many_pictures_that_are_away_are_told_in_one_sentence(
    pictures: list[Picture], sample_home: Home
) -> None:
    for picture in pictures:
        picture.path.unlink()
    events: list[Event] = []
    prepared(pictures, sample_home, events)
    (notice,) = [event for event in events if isinstance(event, Noticed)]
    assert "25 pictures" in notice.message
    assert "and 20 more" in notice.message


def test_what_a_kill_left_is_removed_and_what_another_program_writes_stays(
    pictures: list[Picture], sample_home: Home
) -> None:
    sample_home.cache.mkdir()
    abandoned = sample_home.cache / ".sample@150-0123abcd.partial.pixels"
    written_now = sample_home.cache / ".sample@96-0123abcd.partial.pixels"
    for file in (abandoned, written_now):
        file.write_bytes(b"half")
    an_hour_ago = time.time() - 3600
    os.utime(abandoned, (an_hour_ago, an_hour_ago))
    prepared(pictures, sample_home)
    assert not abandoned.exists()
    assert written_now.exists()
    forget(sample_home, "sample")
    assert list(sample_home.cache.iterdir()) == []


def test_two_threads_may_read_at_once(pictures: list[Picture], sample_home: Home) -> None:
    source = prepared(pictures, sample_home)
    reader = RowReader(source)
    forwards = np.arange(len(source.rows))
    expected = reader.read(forwards)

    def reads_right(order: np.ndarray) -> bool:
        return all(np.array_equal(reader.read(order), expected[order]) for _ in range(200))

    with ThreadPoolExecutor(4) as pool:
        orders = [forwards, forwards[::-1], np.roll(forwards, 7), np.roll(forwards, 13)]
        assert all(pool.map(reads_right, orders))
    reader.close()


def test_a_split_that_lost_a_class_on_the_disk_is_refused_before_anything_is_learned(
    sample_home: Home,
) -> None:
    with open_dataset(sample_home, "sample") as catalog:
        for picture in catalog.pictures(split=Split.VALIDATION, label="dog"):
            picture.path.unlink()
    watcher = Watcher()
    with pytest.raises(DatasetError, match="cannot be read any more"):
        train(small(epochs=1), sample_home, emit=watcher, token=CancelToken())
    assert not watcher.kinds(StepEnded)


def test_a_file_of_more_pictures_serves_fewer(pictures: list[Picture], sample_home: Home) -> None:
    all_of_them = prepared(pictures, sample_home)
    events: list[Event] = []
    some = prepared(pictures[5:12], sample_home, events)
    assert events == []
    assert some.rows == {p.sha256: all_of_them.rows[p.sha256] for p in pictures[5:12]}
    assert len(prepared(pictures, sample_home, events).rows) == len(pictures)
    assert events == []


def test_a_file_of_fewer_pictures_is_made_again_for_more(
    pictures: list[Picture], sample_home: Home
) -> None:
    prepared(pictures[:5], sample_home)
    assert len(prepared(pictures, sample_home).rows) == len(pictures)
