"""Which road the words after `catdog` choose."""

import sys
from pathlib import Path

import pytest
import typer

from catdog_gui import __main__ as entry
from catdog_gui import selftest
from catdog_gui.__main__ import COMMANDS, Launch, launch_in
from training.cli.app import app


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    """A folder with a picture, and folders of a plain name and of a command's."""
    (tmp_path / "cat.jpg").touch()
    for name in ("pets", *COMMANDS):
        (tmp_path / name).mkdir()
    monkeypatch.chdir(tmp_path)


def test_the_names_of_the_commands_are_those_of_the_command_line():
    assert set(COMMANDS) == set(typer.main.get_command(app).commands)


@pytest.mark.parametrize(
    ("words", "launch"),
    [
        ([], Launch()),
        (["--home", "/a"], Launch(Path("/a"))),
        (["--home=/a"], Launch(Path("/a"))),
        (["cat.jpg"], Launch(files=(Path("cat.jpg"),))),
        (["cat.jpg", "pets"], Launch(files=(Path("cat.jpg"), Path("pets")))),
        (["--home", "/a", "cat.jpg"], Launch(Path("/a"), (Path("cat.jpg"),))),
        (["cat.jpg", "--home=/a"], Launch(Path("/a"), (Path("cat.jpg"),))),
        (["./data"], Launch(files=(Path("data"),))),
    ],
)
def test_files_that_are_there_open_the_window(words, launch):
    assert launch_in(words) == launch


@pytest.mark.parametrize(
    "words",
    [
        ["--home"],
        ["--version"],
        ["--json", "cat.jpg"],
        ["dog.jpg"],
        ["cat.jpg", "dog.jpg"],
        ["data", "list", "--home", "/a"],
        *([name, "cat.jpg"] for name in COMMANDS),
        *([name] for name in COMMANDS),
    ],
)
def test_whatever_else_is_for_the_command_line(words):
    assert launch_in(words) is None


@pytest.mark.parametrize(
    ("words", "road"),
    [
        ([], ("window", None, ())),
        (["--home", "/a", "cat.jpg"], ("window", Path("/a"), (Path("cat.jpg"),))),
        (["--selftest"], ("selftest",)),
        (["data", "list"], ("command", ["data", "list"])),
        (["--home"], ("command", ["--home"])),
    ],
)
def test_the_words_choose_the_road(monkeypatch, words, road):
    taken = []
    monkeypatch.setattr(sys, "argv", ["catdog", *words])
    monkeypatch.setattr("catdog_gui.app.main", lambda *given: taken.append(("window", *given)))
    monkeypatch.setattr(selftest, "run_selftest", lambda: taken.append(("selftest",)))
    monkeypatch.setattr("training.cli.main", lambda argv: taken.append(("command", argv)))
    entry.main()
    assert taken == [road]


def test_a_benchmark_may_have_modules_imported_first(monkeypatch):
    imported = []
    monkeypatch.setattr(sys, "argv", ["catdog"])
    monkeypatch.setenv("CATDOG_IMPORT_FIRST", "keras,tensorflow")
    monkeypatch.setattr("catdog_gui.app.main", lambda *_: 0)
    monkeypatch.setattr(entry.importlib, "import_module", imported.append)
    assert entry.main() == 0
    assert imported == ["keras", "tensorflow"]
