"""`catdog runs import`: a run that somebody gives, on the command line."""

import json
import shutil
from pathlib import Path

import pytest

from tests.training.cli.conftest import Terminal
from training.resources import resource
from training.runs.run_folder import DEFAULT_RUN, ONNX_FILE, RECORD_FILE

NAME = "20260101-100000_express"


@pytest.fixture
def given(tmp_path: Path) -> Path:
    """A model that differs from the one that ships in what it calls neither."""
    folder = tmp_path / NAME
    shutil.copytree(resource(DEFAULT_RUN), folder)
    record = json.loads((folder / RECORD_FILE).read_text(encoding="utf-8"))
    record["judgement"]["neither"]["limit"] = 0.5
    (folder / RECORD_FILE).write_text(json.dumps(record), encoding="utf-8")
    return folder


def test_a_given_run_is_listed_and_can_be_named(terminal: Terminal, given: Path) -> None:
    assert terminal("runs", "import", given) == (0, [{"run": NAME, "was_there": False}])
    assert terminal("runs", "import", given) == (0, [{"run": NAME, "was_there": True}])
    status, (row,) = terminal("runs", "list")
    assert (status, row["run"], row["state"]) == (0, NAME, "finished")
    assert terminal("runs", "card", NAME)[0] == 0


def test_a_damaged_run_is_refused_with_a_next_step(terminal: Terminal, given: Path) -> None:
    (given / ONNX_FILE).write_bytes(b"damaged")
    assert terminal("runs", "import", given) == (1, [])
    assert "is not the file that was saved with it" in terminal.stderr
    assert "Ask for the folder again" in terminal.stderr
    assert terminal("runs", "list") == (0, [])


def test_a_shared_file_is_taken_in_with_its_title(terminal: Terminal, given: Path) -> None:
    terminal("runs", "import", given)
    terminal("runs", "note", NAME, "--title", "Grey cats")
    file = given.with_name("mine.catdog")
    assert terminal("share", "--run", NAME, "--output", file)[0] == 0
    terminal("runs", "delete", NAME)
    assert terminal("runs", "import", file)[0] == 0
    _, (row,) = terminal("runs", "list")
    assert row["title"] == "Grey cats"
