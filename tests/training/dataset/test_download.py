"""A connection that breaks, stalls and lies: the bytes are right, or a sentence says so."""

import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.patience import CANCEL_S
from tests.training.dataset.kaggle_server import TOKEN, Kaggle
from training.cancellation import Cancelled, CancelToken
from training.dataset.download import Patience, Reply, download
from training.dataset.kaggle.client import Kaggle as Client
from training.dataset.kaggle.credential import Credential, Kind, Secret, Source
from training.errors import DatasetError, DownloadError
from training.events import Event, Stage, StageProgressed, StageStarted

CONTENT = random.Random(1).randbytes(1_000_000)
QUICK = Patience(connect_s=5, stall_s=0.5, tries=3, first_wait_s=0.01, longest_wait_s=5)
ME = Credential(Kind.TOKEN, Secret(TOKEN), Source.SESSION)


@dataclass
class Job:
    """A download to one place, as often as a test likes: each time as if the program were new."""

    target: Path
    events: list[Event] = field(default_factory=list)
    token: CancelToken = field(default_factory=CancelToken)
    require_space: Callable[[int, int], None] = lambda rest, whole: None

    def run(self) -> int:
        with Client(ME) as client:
            return download(
                lambda headers: client.open_file("train.zip", headers),
                self.target,
                emit=self.events.append,
                token=self.token,
                require_space=self.require_space,
                patience=QUICK,
            )

    @property
    def left(self) -> list[str]:
        return sorted(path.name for path in self.target.parent.iterdir())

    def stages(self, stage: Stage) -> list[StageStarted]:
        return [e for e in self.events if isinstance(e, StageStarted) and e.stage is stage]


@pytest.fixture
def job(kaggle: Kaggle, tmp_path: Path) -> Job:
    kaggle.content = CONTENT
    (tmp_path / "downloads").mkdir()
    return Job(tmp_path / "downloads" / "train.zip")


PARTS = ["train.zip.partial", "train.zip.partial.json"]


def test_a_file_comes_whole_and_says_how_far_it_is(job, kaggle):
    assert job.run() == len(CONTENT)
    assert job.target.read_bytes() == CONTENT
    assert job.left == ["train.zip"]
    assert job.stages(Stage.DOWNLOADING) == [
        StageStarted(Stage.DOWNLOADING, total=len(CONTENT), unit="bytes")
    ]
    assert job.events[-1] == StageProgressed(len(CONTENT))


def test_the_store_is_asked_without_the_token(job, kaggle):
    job.run()
    assert kaggle.calls == [("DownloadDataFile", f"Bearer {TOKEN}")]
    assert [asked.keys() & {"authorization"} for asked in kaggle.asked] == [set()]


@pytest.mark.fault(44)
def test_a_connection_cut_at_half_is_taken_up_where_it_broke(job, kaggle):
    kaggle.cuts = [len(CONTENT) // 2]
    job.run()
    assert job.target.read_bytes() == CONTENT
    first, second = kaggle.asked
    assert "range" not in first
    assert second["if-range"] == kaggle.tag()
    assert 0 < int(second["range"].removeprefix("bytes=")[:-1]) <= len(CONTENT) // 2
    starts = [stage.start for stage in job.stages(Stage.DOWNLOADING)]
    assert starts == [0, int(second["range"].removeprefix("bytes=")[:-1])]
    counts = [event.done for event in job.events if isinstance(event, StageProgressed)]
    assert counts == sorted(counts)
    assert counts[-1] == len(CONTENT)


@pytest.mark.fault(44)
def test_a_connection_that_breaks_again_and_again_is_borne_while_bytes_come(job, kaggle):
    kaggle.cuts = [150_000] * 6  # more often than it asks in vain
    job.run()
    assert job.target.read_bytes() == CONTENT


@pytest.mark.fault(44)
def test_a_download_that_comes_no_further_ends_and_goes_on_another_time(job, kaggle):
    kaggle.cuts = [400_000, 0, 0, 0]
    with pytest.raises(DownloadError, match="What has come is kept"):
        job.run()
    assert job.left == PARTS
    kaggle.asked.clear()
    assert Job(job.target).run() == len(CONTENT)
    assert job.target.read_bytes() == CONTENT
    assert "range" in kaggle.asked[0]


def test_a_server_that_stops_sending_is_asked_again(job, kaggle):
    kaggle.stall_at = 300_000
    heals = iter([None])

    def heal(event: Event) -> None:
        job.events.append(event)
        if (
            isinstance(event, StageStarted)
            and event.stage is Stage.WAITING
            and next(heals, 1) is None
        ):
            kaggle.stall_at = None

    with Client(ME) as client:
        download(
            lambda headers: client.open_file("train.zip", headers),
            job.target,
            emit=heal,
            token=CancelToken(),
            require_space=lambda rest, whole: None,
            patience=QUICK,
        )
    assert job.target.read_bytes() == CONTENT
    assert len(kaggle.asked) == 2


@pytest.mark.fault(45)
def test_a_server_that_knows_no_ranges_gives_the_whole_file_again(job, kaggle):
    kaggle.knows_ranges = False
    kaggle.cuts = [600_000]
    job.run()
    assert job.target.read_bytes() == CONTENT


@pytest.mark.fault(45)
def test_a_server_that_always_cuts_and_knows_no_ranges_is_not_asked_for_ever(job, kaggle):
    kaggle.knows_ranges = False
    kaggle.cuts = [600_000] * 50
    with pytest.raises(DownloadError, match="broke off"):
        job.run()
    assert len(kaggle.asked) == 1 + QUICK.tries


@pytest.mark.fault(45)
def test_a_range_that_begins_elsewhere_is_not_added(job, kaggle):
    kaggle.shifts = -100
    kaggle.cuts = [600_000]
    job.run()
    assert job.target.read_bytes() == CONTENT
    assert ["range" in asked for asked in kaggle.asked] == [False, True, False]


@pytest.mark.fault(45)
def test_a_file_that_changed_between_two_starts_is_not_mixed(job, kaggle):
    kaggle.cuts = [500_000, 0, 0, 0]
    with pytest.raises(DownloadError):
        job.run()
    kaggle.content = random.Random(2).randbytes(1_000_000)
    kaggle.cuts = []
    Job(job.target).run()
    assert job.target.read_bytes() == kaggle.content


@pytest.mark.fault(45)
def test_a_weak_mark_is_not_trusted_with_half_a_file(job, kaggle):
    kaggle.etag = 'W/"1"'
    kaggle.cuts = [500_000, 0, 0, 0]
    with pytest.raises(DownloadError):
        job.run()
    kaggle.cuts = []
    kaggle.asked.clear()
    Job(job.target).run()
    assert "range" not in kaggle.asked[0]
    assert job.target.read_bytes() == CONTENT


@pytest.mark.fault(37)
def test_a_length_that_is_a_lie_is_found(job, kaggle):
    kaggle.lies = 1000
    with pytest.raises(DownloadError, match="another size or version"):
        job.run()


def test_a_file_of_unknown_length_comes_whole(job, kaggle):
    kaggle.has_length = False
    job.run()
    assert job.target.read_bytes() == CONTENT
    assert job.stages(Stage.DOWNLOADING)[0].total == 0


@pytest.mark.parametrize(
    "note", ["", "{", "[]", '{"mark": "x"}', '{"mark": 1, "total_bytes": "x"}']
)
def test_a_broken_note_beside_a_part_costs_the_part_alone(job, note):
    (job.target.parent / PARTS[0]).write_bytes(b"of something else")
    (job.target.parent / PARTS[1]).write_text(note)
    job.run()
    assert job.target.read_bytes() == CONTENT
    assert job.left == ["train.zip"]


def test_a_part_that_was_whole_when_the_program_was_killed_is_not_asked_for_again(job, kaggle):
    (job.target.parent / PARTS[0]).write_bytes(b"12345")
    (job.target.parent / PARTS[1]).write_text('{"mark": "x", "total_bytes": 5}')
    job.run()
    assert job.target.read_bytes() == b"12345"
    assert kaggle.asked == []


@pytest.mark.fault(48)
@pytest.mark.parametrize("stalls", [False, True])
def test_cancel_acts_within_two_seconds_and_what_came_is_kept(job, kaggle, stalls):
    kaggle.stall_at = 300_000 if stalls else None
    kaggle.bytes_per_second = 400_000.0
    cancelled_at = []

    def cancel(sent: int) -> None:
        if sent >= 200_000 and not cancelled_at:
            cancelled_at.append(time.monotonic())
            job.token.cancel()

    kaggle.on_piece = cancel
    with pytest.raises(Cancelled):
        job.run()
    assert time.monotonic() - cancelled_at[0] < CANCEL_S
    assert job.left == PARTS
    there = (job.target.parent / PARTS[0]).stat().st_size
    assert there > 0
    kaggle.stall_at, kaggle.bytes_per_second = None, 0.0
    kaggle.asked.clear()
    Job(job.target).run()
    assert kaggle.asked[0]["range"] == f"bytes={there}-"
    assert job.target.read_bytes() == CONTENT


@pytest.mark.fault(48)
def test_cancel_acts_while_a_server_asks_to_wait(job, kaggle):
    kaggle.refuse(429, Retry_After="4")
    threading.Timer(0.2, job.token.cancel).start()
    started = time.monotonic()
    with pytest.raises(Cancelled):
        job.run()
    assert time.monotonic() - started < 4  # else it waited to the end
    assert job.stages(Stage.WAITING) == [StageStarted(Stage.WAITING, total=4, unit="seconds")]


@pytest.mark.fault(48)
def test_cancel_acts_while_nobody_answers(job):
    token = CancelToken()
    never = threading.Event()

    def look_up_a_name(headers: object) -> Reply:
        never.wait(20)
        raise DownloadError("It was never found.", "")

    threading.Timer(0.2, token.cancel).start()
    started = time.monotonic()
    with pytest.raises(Cancelled):
        download(
            look_up_a_name,
            job.target,
            emit=job.events.append,
            token=token,
            require_space=lambda rest, whole: None,
            patience=QUICK,
        )
    assert time.monotonic() - started < CANCEL_S
    never.set()


@pytest.mark.fault(42)
def test_a_disk_that_is_too_small_is_said_before_the_first_byte_is_written(job):
    def refuse(rest: int, whole: int) -> None:
        assert (rest, whole) == (len(CONTENT), len(CONTENT))
        raise DatasetError("Too small.", "Free some space.")

    job.require_space = refuse
    with pytest.raises(DatasetError, match="Too small"):
        job.run()
    assert not (job.target.parent / PARTS[0]).exists()
