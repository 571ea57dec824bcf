"""However an addition ends before its time, the dataset is as it was."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.training.dataset.making import Add, Import, pets, write_folder, write_zip, zipped
from training.cancellation import Cancelled, CancelToken
from training.config import ImportConfig
from training.dataset import building
from training.dataset.adding import add_pictures
from training.dataset.library import open_dataset
from training.events import Stage, StageProgressed, StageStarted


@pytest.fixture
def mine(tmp_path, home):
    """A dataset of three cats and three dogs in a folder."""
    source = write_folder(tmp_path / "mine", pets(3, folder=""))
    Import(source, home)
    return source


def files_of(home, name="pets"):
    folder = home.datasets / name
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and not path.name.startswith("catalog.sqlite-")
    }


def state_of(home):
    with open_dataset(home, "pets") as catalog:
        return catalog.pictures(state=None), catalog.sources.all(), catalog.fingerprint()


@pytest.mark.fault(48)
@pytest.mark.parametrize(
    "stage", [Stage.READING_ARCHIVE, Stage.CHECKING_PICTURES, Stage.WRITING_CATALOGUE]
)
def test_cancel_at_any_stage_leaves_the_dataset_as_it_was(mine, tmp_path, home, stage):
    source = write_zip(tmp_path / "more.zip", {"train.zip": zipped(pets(150))})
    before, token = (state_of(home), files_of(home)), CancelToken()

    def emit(event):
        if isinstance(event, StageStarted) and event.stage is stage:
            token.cancel()

    with pytest.raises(Cancelled):
        add_pictures(ImportConfig(source, "pets"), home, emit=emit, token=token)
    assert (state_of(home), files_of(home)) == before


def test_cancel_in_the_middle_of_the_pictures_leaves_the_dataset_as_it_was(mine, tmp_path, home):
    source = write_zip(tmp_path / "more.zip", pets(400))
    before, token = (state_of(home), files_of(home)), CancelToken()
    unpacked = []

    def emit(event):
        if isinstance(event, StageProgressed):
            unpacked.append(len(files_of(home)))
            token.cancel()

    with pytest.raises(Cancelled):
        add_pictures(ImportConfig(source, "pets"), home, emit=emit, token=token)
    assert unpacked[0] > len(before[1])
    assert (state_of(home), files_of(home)) == before


def test_a_folder_that_vanishes_half_way_leaves_the_dataset_as_it_was(mine, tmp_path, home):
    source = write_zip(tmp_path / "more.zip", pets(2))
    before = state_of(home), files_of(home)

    def emit(event):
        if isinstance(event, StageStarted) and event.stage is Stage.CHECKING_PICTURES:
            source.unlink()

    with pytest.raises(FileNotFoundError):
        add_pictures(ImportConfig(source, "pets"), home, emit=emit, token=CancelToken())
    assert (state_of(home), files_of(home)) == before


KILLED = """
import os, signal, sys
from pathlib import Path
from training.cancellation import CancelToken
from training.config import ImportConfig
from training.dataset import adding
from training.dataset.source_store import SourceStore
from training.home import Home

add = SourceStore.add
def add_and_die(store, arrivals):
    add(store, arrivals)
    os.kill(os.getpid(), signal.SIGKILL)

SourceStore.add = add_and_die
adding.add_pictures(
    ImportConfig(Path(sys.argv[1]), "pets"), Home(Path(sys.argv[2])),
    emit=lambda _: None, token=CancelToken(),
)
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
@pytest.mark.fault(49)
def test_a_killed_addition_leaves_the_dataset_as_it_was_and_is_cleared_later(
    mine, tmp_path, home, monkeypatch
):
    source = write_zip(tmp_path / "more.zip", pets(5))
    before, files = state_of(home), files_of(home)
    command = [sys.executable, "-c", KILLED, str(source), str(home.root)]
    killed = subprocess.run(command, cwd=Path(__file__).parents[3], check=False, timeout=60)
    assert killed.returncode == -signal.SIGKILL
    assert state_of(home) == before
    left = files_of(home).keys() - files.keys()
    assert len(left) == 4
    assert Add(source, home).result.tally.added == 4
    assert left < files_of(home).keys()  # another program may still be writing there
    monkeypatch.setattr(building, "_ABANDONED_SECONDS", -1.0)
    again = Add(source, home).result
    assert left.isdisjoint(files_of(home).keys())
    assert (again.tally.added, again.info.pictures) == (0, 10)
    with open_dataset(home, "pets") as catalog:
        assert all(picture.path.is_file() for picture in catalog.pictures())
