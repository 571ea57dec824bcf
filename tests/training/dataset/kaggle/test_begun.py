"""A download that was stopped is found again, looked at without harm, and can be thrown away."""

import pytest

from tests.training.dataset.making import zipped
from training.cancellation import Cancelled, CancelToken
from training.dataset.kaggle.begun import Begun, archive_path, find_begun, throw_away
from training.dataset.partial import Part, Partial, Version
from training.errors import DatasetError


def part(home, *, whole, size, mark='"v1"', total=10):
    archive = archive_path(home, whole=whole)
    archive.parent.mkdir(parents=True, exist_ok=True)
    partial = Partial(archive)
    partial.begin(Version(mark, total))
    with partial.appending() as file:
        file.write(bytes(size))
    return archive


def test_without_a_download_nothing_has_begun(home):
    assert find_begun(home) is None
    assert not home.root.exists()


def test_what_was_cancelled_has_begun(job, kaggle):
    kaggle.stall_at = 1
    kaggle.content = bytes(1_000_000)
    kaggle.on_piece = lambda sent: job.token.cancel()
    with pytest.raises(Cancelled):
        job()
    begun = find_begun(job.home)
    assert not begun.whole
    assert begun.part.total_bytes == 1_000_000


def test_an_archive_that_only_needs_its_import_has_begun_in_full(job, kaggle):
    kaggle.content = zipped({"train/cat.1.jpg": b"no picture", "train/dog.1.jpg": b"neither"})
    with pytest.raises(DatasetError):
        job()
    size = len(kaggle.content)
    assert find_begun(job.home) == Begun(whole=False, part=Part(size, size))


def test_of_two_the_one_that_came_further_is_gone_on_with(home):
    part(home, whole=False, size=3)
    part(home, whole=True, size=7)
    assert find_begun(home) == Begun(whole=True, part=Part(7, 10))


def test_looking_leaves_what_nothing_can_be_added_to(home):
    archive = part(home, whole=False, size=3, mark="")
    assert find_begun(home) is None
    assert len(list(archive.parent.iterdir())) == 2


def test_thrown_away_is_gone(home):
    archive = part(home, whole=True, size=7)
    archive_path(home, whole=False).write_bytes(b"whole")
    throw_away(home)
    throw_away(home)  # with nothing there
    assert list(archive.parent.iterdir()) == []
    assert find_begun(home) is None


def test_after_it_was_thrown_away_a_download_begins_anew(job, kaggle):
    part(job.home, whole=False, size=3)
    throw_away(job.home)
    job.token = CancelToken()
    job()
    assert "range" not in kaggle.asked[0]
