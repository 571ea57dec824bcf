"""The real archive, at the speed of a good connection, which breaks in the middle."""

import mmap
import time

import pytest

from tests.training.dataset.kaggle_server import TOKEN
from training.cancellation import CancelToken
from training.dataset.download import download
from training.dataset.kaggle.client import Kaggle as Client
from training.dataset.kaggle.credential import Source, read_credential
from training.events import Stage, StageStarted

BYTES_PER_SECOND = 50_000_000.0


@pytest.mark.slow
@pytest.mark.fault(44)
def test_kaggles_archive_cut_at_half_is_resumed_and_equal(shared_data, kaggle, tmp_path):
    source = shared_data / "dogs-vs-cats" / "train.zip"
    target = tmp_path / "train.zip"
    events = []
    with source.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        size = len(content)
        kaggle.content, kaggle.etag = content, '"real"'
        kaggle.cuts, kaggle.bytes_per_second = [size // 2], BYTES_PER_SECOND
        started = time.monotonic()
        with Client(read_credential(TOKEN, Source.SESSION)) as client:
            download(
                lambda headers: client.open_file("train.zip", headers),
                target,
                emit=events.append,
                token=CancelToken(),
                require_space=lambda rest, whole: None,
            )
        seconds = time.monotonic() - started
        with target.open("rb") as got:
            for place in range(0, size, 1 << 24):
                assert got.read(1 << 24) == content[place : place + (1 << 24)]
    starts = [
        e.start for e in events if isinstance(e, StageStarted) and e.stage is Stage.DOWNLOADING
    ]
    assert starts[0] == 0
    assert 0.4 * size < starts[1] <= size // 2  # what was on its way when it broke is asked again
    assert seconds < 2 * size / BYTES_PER_SECOND
