"""`catdog runs`: titles, search, order, comparison, trash and event files, on the command line."""

import dataclasses
from pathlib import Path

import pytest

from tests.training.cli.conftest import Terminal
from tests.training.runs.making import make_run
from training.cli import main
from training.home import Home
from training.learning.presets import training_config


@pytest.fixture
def own(terminal: Terminal) -> Home:
    return Home(terminal.home)


def test_a_run_gets_a_title_notes_and_a_star_and_keeps_its_name(
    terminal: Terminal, own: Home
) -> None:
    name = make_run(own).name
    status, (row,) = terminal("runs", "note", name, "--title", "Grey cats", "--star")
    assert (status, row["run"], row["title"], row["starred"]) == (0, name, "Grey cats", True)
    _, (row,) = terminal("runs", "note", name, "--notes", "Why grey?", "--no-star")
    assert (row["title"], row["notes"], "starred" in row) == ("Grey cats", "Why grey?", False)
    _, (row,) = terminal("runs", "show", name)
    assert (row["title"], row["notes"]) == ("Grey cats", "Why grey?")


def test_nothing_is_noted_of_the_model_that_ships(terminal: Terminal) -> None:
    assert terminal("runs", "note", "default", "--star") == (1, [])
    assert "stays as it is" in terminal.stderr


def test_runs_are_searched_and_sorted(terminal: Terminal, own: Home) -> None:
    low, high = (
        make_run(own, metrics={"validation": {"accuracy": figure}}).name for figure in (0.7, 0.9)
    )
    terminal("runs", "note", low, "--title", "Grey cats")
    _, rows = terminal("runs", "list", "--search", "CATS notebook")
    assert [row["run"] for row in rows] == [low]
    _, rows = terminal("runs", "list", "--sort", "validation")
    assert [row["run"] for row in rows] == [high, low]
    assert terminal("runs", "list", "--sort", "colour")[0] == 2


def test_a_comparison_tells_what_differs_and_the_figures(
    terminal: Terminal, own: Home, capsys: pytest.CaptureFixture[str]
) -> None:
    config = training_config("notebook", "kaggle")
    names = [
        make_run(own, config=dataclasses.replace(config, seed=seed), seconds=seed * 10.0).name
        for seed in (1, 2)
    ]
    status, (*rows, comparison) = terminal("runs", "compare", *names)
    assert (status, [row["config"]["seed"] for row in rows]) == (0, [1, 2])
    assert comparison["runs"] == names
    assert comparison["differences"] == {"seed": [1, 2]}
    assert comparison["figures"]["seconds"] == [10.0, 20.0]
    assert main(["runs", "compare", *names, "--home", str(terminal.home)]) == 0
    said = capsys.readouterr().out.splitlines()
    assert "  seed  1  2" in said
    assert main(["runs", "compare", names[0], names[0], "--home", str(terminal.home)]) == 0
    assert "Their settings are the same." in capsys.readouterr().out


def test_a_deleted_run_says_where_it_went_and_comes_back(terminal: Terminal, own: Home) -> None:
    folder = make_run(own)
    status, (told,) = terminal("runs", "delete", folder.name)
    assert (status, told["deleted"]) == (0, True)
    assert Path(told["folder"]).is_dir()
    assert terminal("runs") == (0, [])
    _, (lying,) = terminal("runs", "trash")
    assert lying["run"] == told["trashed_as"] == folder.name
    assert terminal("runs", "restore", folder.name)[0] == 0
    _, (row,) = terminal("runs")
    assert row["run"] == folder.name
    assert terminal("runs", "restore", folder.name) == (1, [])


def test_the_trash_is_emptied_on_request(terminal: Terminal, own: Home) -> None:
    terminal("runs", "delete", make_run(own).name)
    assert terminal("runs", "trash", "--empty") == (0, [{"removed": 1}])
    assert terminal("runs", "trash") == (0, [])


@pytest.mark.slow
def test_event_files_are_written_for_tensorboard(
    terminal: Terminal, own: Home, tmp_path: Path
) -> None:
    name = make_run(own).name
    status, (told,) = terminal("runs", "tensorboard", name, "--output", tmp_path / "board")
    assert (status, told["run"], told["epochs"]) == (0, name, 3)
    assert Path(told["path"]).parent == tmp_path / "board" / name
