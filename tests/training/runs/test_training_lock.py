"""One training a run, whoever tries it, and however the one before it ended."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from training.errors import RunError
from training.runs.lab_book import RunInfo
from training.runs.run_folder import CHECKPOINT_FOLDER, FINISHED, STATE_FILE, UNFINISHED
from training.runs.stopped import newest_stopped
from training.runs.training_lock import is_being_trained, training_lock

HOLD = """
import sys
from pathlib import Path
from training.runs.training_lock import training_lock
with training_lock(Path(sys.argv[1])):
    print("held", flush=True)
    input()
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "20261126-0511_notebook"
    (made / CHECKPOINT_FOLDER).mkdir(parents=True)
    return made


@pytest.fixture
def other(folder: Path) -> Iterator["subprocess.Popen[str]"]:
    """Another process that trains the run."""
    command = [sys.executable, "-c", HOLD, str(folder)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


def info_of(folder: Path, *, state: str = UNFINISHED, resumable: bool = True) -> RunInfo:
    (folder / CHECKPOINT_FOLDER).mkdir(parents=True, exist_ok=True)
    if resumable:
        (folder / CHECKPOINT_FOLDER / STATE_FILE).touch()
    return RunInfo(
        folder.name, folder, "notebook", "kaggle", state, 12, 30, None, None, None, "2026-11-26"
    )


@pytest.mark.fault(86)
def test_a_run_that_another_process_trains_is_refused_with_a_sentence(
    folder: Path, other: "subprocess.Popen[str]"
) -> None:
    assert is_being_trained(folder)
    with pytest.raises(RunError, match="another window or command"), training_lock(folder):
        pass


@pytest.mark.fault(87)
def test_a_killed_training_leaves_no_lock_but_its_file(
    folder: Path, other: "subprocess.Popen[str]"
) -> None:
    other.send_signal(signal.SIGKILL)
    other.wait()
    assert not is_being_trained(folder)
    with training_lock(folder):
        assert is_being_trained(folder)
    assert not is_being_trained(folder)


def test_the_same_process_cannot_train_a_run_twice_either(folder: Path) -> None:
    with training_lock(folder), pytest.raises(RunError), training_lock(folder):
        pass


def test_a_run_that_nobody_ever_trained_here_is_not_being_trained(tmp_path: Path) -> None:
    assert not is_being_trained(tmp_path)


def test_the_newest_run_that_can_go_on_is_asked_about(tmp_path: Path) -> None:
    runs = [
        info_of(tmp_path / "finished", state=FINISHED),
        info_of(tmp_path / "without", resumable=False),
        info_of(tmp_path / "newer"),
        info_of(tmp_path / "older"),
    ]
    assert newest_stopped(runs) == runs[2]
    with training_lock(runs[2].folder):
        assert newest_stopped(runs) == runs[3]
    assert newest_stopped(runs[:2]) is None
