"""However an import ends before its time, nothing of it is left."""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.training.dataset.making import Import, jpeg, left_in, pets, write_zip, zipped
from training.cancellation import Cancelled, CancelToken
from training.config import ImportConfig
from training.dataset import building
from training.dataset.importing import import_pictures, make_sample
from training.dataset.library import list_datasets, open_dataset
from training.errors import DatasetError
from training.events import Stage, StageProgressed, StageStarted


@pytest.mark.fault(48)
@pytest.mark.parametrize(
    "stage", [Stage.READING_ARCHIVE, Stage.CHECKING_PICTURES, Stage.WRITING_CATALOGUE]
)
@pytest.mark.parametrize("nested", [False, True])
def test_cancel_at_any_stage_leaves_nothing(tmp_path, home, stage, nested):
    files = {"train.zip": zipped(pets(150))} if nested else pets(150)
    source = write_zip(tmp_path / "train.zip", files)
    token = CancelToken()

    def emit(event):
        if isinstance(event, StageStarted) and event.stage is stage:
            token.cancel()

    with pytest.raises(Cancelled):
        import_pictures(ImportConfig(source, "pets"), home, emit=emit, token=token)
    assert left_in(home) == []


def test_cancel_in_the_middle_of_the_pictures_leaves_nothing(tmp_path, home):
    source = write_zip(tmp_path / "train.zip", pets(400))
    token = CancelToken()
    pictures_at_cancel = []

    def emit(event):
        if isinstance(event, StageProgressed):
            folder = building.partial_folder(home, "pets") / "pictures"
            pictures_at_cancel.append(len(list(folder.iterdir())))
            token.cancel()

    with pytest.raises(Cancelled):
        import_pictures(ImportConfig(source, "pets"), home, emit=emit, token=token)
    assert pictures_at_cancel[0] > 0
    assert left_in(home) == []


KILLED = """
import os, signal, sys
from pathlib import Path
from training.cancellation import CancelToken
from training.config import ImportConfig
from training.dataset.importing import import_pictures
from training.events import Stage, StageStarted
from training.home import Home

def emit(event):
    if isinstance(event, StageStarted) and event.stage is Stage.WRITING_CATALOGUE:
        os.kill(os.getpid(), signal.SIGKILL)

import_pictures(
    ImportConfig(Path(sys.argv[1]), "pets"), Home(Path(sys.argv[2])), emit=emit, token=CancelToken()
)
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
@pytest.mark.fault(49)
def test_what_a_killed_import_left_is_no_dataset_and_is_cleared(tmp_path, home):
    source = write_zip(tmp_path / "train.zip", pets(2))
    command = [sys.executable, "-c", KILLED, str(source), str(home.root)]
    root = Path(__file__).parents[3]
    killed = subprocess.run(command, cwd=root, check=False, timeout=60)
    assert killed.returncode == -signal.SIGKILL
    assert left_in(home) == [".pets.partial"]
    assert list_datasets(home) == []
    assert Import(source, home).result.info.pictures == 4
    assert left_in(home) == ["pets"]


@pytest.mark.fault(42)
@pytest.mark.parametrize("nested", [False, True])
def test_too_little_space_is_said_before_anything_is_unpacked(tmp_path, home, monkeypatch, nested):
    files = pets(1) | {"cat.9.jpg": jpeg(9) + bytes(3_000_000)}
    content = {"train.zip": zipped(files)} if nested else files
    source = write_zip(tmp_path / "train.zip", content)
    usage = shutil.disk_usage(tmp_path)._replace(free=18_000_000)
    unpacked_when_asked = []

    def disk_usage(folder):
        unpacked_when_asked.append([path for path in folder.rglob("*") if path.is_file()])
        return usage

    monkeypatch.setattr(shutil, "disk_usage", disk_usage)
    with pytest.raises(DatasetError, match="needs 19 MB and the disk has 18 MB free"):
        Import(source, home)
    assert unpacked_when_asked == [[]]
    assert left_in(home) == []


@pytest.mark.slow
def test_the_sample_arrives_split_and_moves_with_the_home(tmp_path, home):
    events = []
    result = make_sample("sample", home, emit=events.append, token=CancelToken())
    info = result.info
    assert info.cats == info.dogs == info.pictures / 2
    assert (info.train, info.validation, info.test) == tuple(
        round(info.pictures * share) for share in (0.8, 0.1, 0.1)
    )
    assert (info.quarantined, info.leaks, result.ignored) == (0, 0, 0)
    moved = home.root.rename(tmp_path / "elsewhere")
    with open_dataset(type(home)(moved), "sample") as catalog:
        assert all(picture.path.is_file() for picture in catalog.pictures())
        assert catalog.sources.all()[0].source == "drawn"


def test_a_cancelled_sample_leaves_nothing(home):
    token = CancelToken()

    def emit(event):
        if isinstance(event, StageStarted) and event.stage is Stage.DRAWING:
            token.cancel()

    with pytest.raises(Cancelled):
        make_sample("sample", home, emit=emit, token=token)
    assert left_in(home) == []
