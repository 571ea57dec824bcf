"""`catdog data check`, its corrections, and splits that leave and come back."""

import shutil
from pathlib import Path

import pytest

from tests.training.cli.conftest import Terminal
from training.dataset.dismissing import dismiss
from training.dataset.finding import FindingKind
from training.dataset.library import open_dataset
from training.dataset.sample import draw_picture
from training.home import Home


@pytest.fixture
def pets(tmp_path: Path) -> Path:
    """A folder with a copy, a near copy, and an empty file in it."""
    folder = tmp_path / "mine"
    folder.mkdir()
    for label in ("cat", "dog"):
        for number in range(12):
            draw_picture(label, number, seed=5, size_px=96).save(folder / f"{label}.{number}.png")
    shutil.copy(folder / "cat.1.png", folder / "cat.50.png")
    draw_picture("dog", 2, seed=5, size_px=96).resize((80, 80)).save(folder / "dog.51.jpg")
    (folder / "dog.52.jpg").write_bytes(b"")
    return folder


def test_findings_come_a_line_each_the_worst_first(terminal: Terminal, pets: Path) -> None:
    terminal("data", "import", pets, "--name", "pets")
    status, (*lines, summary) = terminal("data", "check", "pets", "--no-labels")
    assert status == 0
    grave = [line for line in lines if line["kind"] != "little in it"]  # as some drawn ones have
    assert lines[: len(grave)] == grave
    assert [(line["kind"], line["name"]) for line in grave] == [
        ("damaged", "dog.52.jpg"),
        ("exact copy", "cat.1.png"),
        ("exact copy", "cat.50.png"),
        ("near copy", "dog.2.png"),
        ("near copy", "dog.51.jpg"),
    ]
    assert set(lines[0]) == {"path", "name", "kind", "score", "group", "reason"}
    assert lines[1]["path"] == str(pets / "cat.1.png")
    assert lines[1]["group"] == lines[2]["group"] != lines[3]["group"]
    assert lines[0]["group"] is None
    assert all(0 <= line["score"] <= 1 for line in lines)
    assert summary["findings"] == len(lines) == sum(summary["kinds"].values())
    assert summary["kinds"].items() >= {"damaged": 1, "exact copy": 2, "near copy": 2}.items()
    assert summary["excluded"] == 0


def test_copies_are_excluded_at_once_and_that_can_be_undone(terminal: Terminal, pets: Path) -> None:
    terminal("data", "import", pets, "--name", "pets")
    _, lines = terminal("data", "check", "pets", "--no-labels", "--exclude-copies")
    assert lines[-1]["excluded"] == 2
    _, (info,) = terminal("data", "info", "pets")
    assert (info["excluded"], info["duplicates"]) == (2, 0)
    _, lines = terminal("data", "check", "pets", "--no-labels")
    assert not {"exact copy", "near copy"} & lines[-1]["kinds"].keys()
    assert terminal("data", "undo", "pets")[1] == [{"step": "Excluded", "pictures": 2}]
    assert terminal("data", "undo", "pets")[1] == [{"step": None, "pictures": 0}]
    assert terminal("data", "info", "pets")[1][0]["excluded"] == 0
    assert terminal("data", "redo", "pets")[1] == [{"step": "Excluded", "pictures": 2}]


def test_a_check_counts_what_was_dismissed_and_does_not_list_it(
    terminal: Terminal, pets: Path
) -> None:
    terminal("data", "import", pets, "--name", "pets")
    _, lines = terminal("data", "check", "pets", "--no-labels")
    assert lines[-1]["dismissed"] == 0
    with open_dataset(Home(terminal.home), "pets") as catalog:
        copy = next(p.id for p in catalog.pictures() if p.name == "cat.50.png")
        dismiss(catalog, [copy], FindingKind.EXACT)
    _, lines = terminal("data", "check", "pets", "--no-labels", "--exclude-copies")
    assert lines[-1]["dismissed"] == 2
    assert lines[-1]["excluded"] == 1
    assert "exact copy" not in lines[-1]["kinds"]
    assert terminal("data", "undo", "pets")[1] == [{"step": "Excluded", "pictures": 1}]
    undone = terminal("data", "undo", "pets")[1]
    assert undone == [{"step": "Dismissed: exact copy", "pictures": 2}]


def test_a_split_after_a_check_has_no_leaks_and_goes_out_and_in(
    terminal: Terminal, pets: Path, tmp_path: Path
) -> None:
    terminal("data", "import", pets, "--name", "pets")
    terminal("data", "check", "pets", "--no-labels")
    _, (split,) = terminal("data", "split", "pets", "--train", ".6", "--validation", ".2")
    assert split["leaks"] == 0
    table = tmp_path / "split.csv"
    status, (exported,) = terminal("data", "split-export", "pets", "--csv", table)
    assert (status, exported) == (0, {"path": str(table), "pictures": 26})
    terminal("data", "split", "pets", "--seed", "9")
    assert terminal("data", "split-import", "pets", table)[1] == [split]
    _, (exported,) = terminal("data", "split-export", "pets", "--folder", tmp_path / "out")
    assert len(list((tmp_path / "out").rglob("*.*g"))) == exported["pictures"] == 26


@pytest.mark.parametrize(
    ("words", "status", "sentence"),
    [
        (("data", "check", "nothing"), 1, "no dataset"),
        (("data", "split-export", "pets"), 2, "One of --csv and --folder"),
        (("data", "split-export", "pets", "--csv", "a", "--folder", "b"), 2, "One of"),
        (("data", "split-import", "pets", "/no/such.csv"), 1, "such.csv"),
        (("data", "undo", "nothing"), 1, "no dataset"),
    ],
)
def test_what_cannot_be_done_is_said(
    terminal: Terminal, words: tuple[str, ...], status: int, sentence: str
) -> None:
    assert terminal(*words)[0] == status
    assert sentence in terminal.stderr
