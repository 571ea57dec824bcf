"""What breaks a training off, as a person at the window meets it: a sentence, and a next step."""

import math
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import tensorflow as tf

from catdog_gui.main_window import MainWindow
from catdog_gui.training_tab.controls import Phase
from tests.e2e.played_window import PlayedWindow, WatchedTraining, at_step, home_like
from tests.training.learning.growing import GROWING, settings, shrink
from training.dataset.catalog import Split
from training.dataset.library import open_dataset
from training.events import EpochEnded, Event
from training.home import Home
from training.learning.pipeline import Batch, Batches
from training.runs.lab_book import RunInfo, list_runs
from training.runs.run_folder import FINISHED, UNFINISHED, read_record

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
ON_SMALL_DISK = Path(__file__).with_name("on_small_disk.py")
MOUNTED = 'mount -t tmpfs -o size=64m tmpfs "$1" && exec "$2" "$3" "$1"'
FIFTH_BATCH = at_step(1, 1)
GARBAGE = b"\xff\xd8\xff\xe0 this was a picture"

Poison = Callable[[int], None]


@pytest.fixture
def home(sample_source: Path, tmp_path: Path) -> Home:
    return home_like(sample_source, tmp_path)


@pytest.fixture(autouse=True)
def growing(monkeypatch: pytest.MonkeyPatch) -> None:
    """A network of a moment; each epoch reads its pictures anew, in its own size."""
    shrink(monkeypatch, GROWING)


@pytest.fixture
def played(qtbot, home: Home) -> Iterator[PlayedWindow]:
    window = MainWindow(home)
    qtbot.addWidget(window)
    yield PlayedWindow(window)
    window.leave()


@pytest.fixture
def poison(monkeypatch: pytest.MonkeyPatch) -> Poison:
    """Gives so many of the fifth batches labels that are no numbers."""

    def give(times: int) -> None:
        sound, left = Batches.batch, [times]

        def batch(self: Batches, step: int) -> Batch:
            pixels, labels = sound(self, step)
            if step == 4 and left[0]:
                left[0] -= 1
                labels = labels * math.nan
            return pixels, labels

        monkeypatch.setattr(Batches, "batch", batch)

    return give


def the_run(home: Home) -> RunInfo:
    (info,) = list_runs(home)
    return info


def is_epoch(event: Event) -> bool:
    return isinstance(event, EpochEnded)


def no_memory() -> None:
    raise tf.errors.ResourceExhaustedError(None, None, "OOM when allocating tensor")


def assert_done(played: PlayedWindow, home: Home) -> None:
    assert played.message.startswith("Training is done")
    assert the_run(home).state == FINISHED
    assert played.button("Train").isEnabled()


@pytest.mark.fault(76)
def test_too_little_memory_at_the_fifth_batch_halves_the_batches_and_is_told(
    played: PlayedWindow, home: Home
) -> None:
    played.train(WatchedTraining(settings(epochs=2), FIFTH_BATCH, no_memory))
    played.until(lambda: "not enough memory" in played.message)
    assert "4 pictures now instead of 8" in played.message
    played.until(played.is_over)
    assert_done(played, home)
    assert "4 pictures now instead of 8" in played.details
    assert read_record(the_run(home).folder).config.batch_size == 4


@pytest.mark.fault(73)
def test_a_loss_that_is_no_number_at_the_fifth_batch_rolls_back_and_is_told(
    played: PlayedWindow, home: Home, poison: Poison
) -> None:
    poison(1)
    played.train(WatchedTraining(settings(epochs=2)))
    played.until(played.is_over)
    assert_done(played, home)
    assert "no longer a number" in played.details
    assert "The learning rate is" in played.details


@pytest.mark.fault(73)
def test_a_loss_that_stays_no_number_ends_in_a_sentence_and_keeps_the_epoch_before(
    played: PlayedWindow, home: Home, poison: Poison
) -> None:
    poison(99)
    played.train(WatchedTraining(settings(epochs=2)))
    played.until(played.is_over)
    assert played.message.startswith("The loss is no longer a number in epoch 2")
    assert (the_run(home).state, the_run(home).epochs) == (UNFINISHED, 1)


@pytest.mark.fault(79)
def test_a_folder_that_is_gone_pauses_the_training_until_resume_is_pressed(
    played: PlayedWindow, home: Home
) -> None:
    folder = home.datasets / "sample" / "pictures"
    elsewhere = folder.with_name("unplugged")
    played.train(WatchedTraining(settings(epochs=2), is_epoch, lambda: folder.rename(elsewhere)))
    played.until(played.is_over)
    assert played.message.startswith("The training pauses. The folder of the pictures is gone")
    assert the_run(home).epochs == 1
    elsewhere.rename(folder)
    played.press("Resume")
    assert played.phase is Phase.STARTING
    played.until(played.is_over)
    assert_done(played, home)


@pytest.mark.fault(80)
def test_a_picture_that_becomes_garbage_is_left_out_and_told(
    played: PlayedWindow, home: Home
) -> None:
    with open_dataset(home, "sample") as catalog:
        picture = catalog.pictures(split=Split.TRAIN)[0]
    spoil = WatchedTraining(settings(epochs=2), is_epoch, lambda: picture.path.write_bytes(GARBAGE))
    played.train(spoil)
    played.until(played.is_over)
    assert_done(played, home)
    assert f"{picture.name} has changed or cannot be read; it is left out." in played.details


@pytest.mark.fault(68)
def test_a_disk_that_fills_up_pauses_the_training_until_there_is_space(tmp_path: Path) -> None:
    if not shutil.which("unshare"):
        pytest.skip("a small disk can only be made with unshare, which is not here")
    disk = tmp_path / "disk"
    disk.mkdir()
    arguments = [str(disk), sys.executable, str(ON_SMALL_DISK)]
    command = ["unshare", "-rm", "sh", "-c", MOUNTED, "sh", *arguments]
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120
    )
    if "mount:" in done.stderr or "unshare:" in done.stderr:
        pytest.skip(f"a small disk cannot be made here: {done.stderr.strip()}")
    assert "Traceback" not in done.stderr, done.stderr
    paused, resumed, state = done.stdout.splitlines()[-3:]
    assert paused.startswith("The training pauses. The disk is full")
    assert resumed.startswith("Training is done")
    assert state == "finished 2"
