"""`catdog report`: a page from a split or a folder, and which pictures it looks at."""

import dataclasses
import re
import shutil
from pathlib import Path

import pytest

from tests.training.cli.conftest import Terminal
from training.cli import main
from training.dataset.library import open_dataset
from training.dataset.sample import draw_picture
from training.home import Home
from training.runs.lab_book import default_run
from training.runs.run_folder import DEFAULT_RUN, read_record, write_record


@pytest.fixture
def pets(tmp_path: Path) -> Path:
    folder = tmp_path / "pets"
    for label in ("cat", "dog"):
        (folder / label).mkdir(parents=True)
        for number in range(6):
            draw_picture(label, number, seed=5, size_px=64).save(folder / label / f"{number}.jpg")
    return folder


def test_a_folder_becomes_a_page_and_a_line_of_figures(
    terminal: Terminal, pets: Path, tmp_path: Path
) -> None:
    output = tmp_path / "r.html"
    status, (facts,) = terminal("report", "--folder", pets, "--output", output)
    assert (status, facts["run"], facts["pictures"]) == (0, DEFAULT_RUN, 12)
    assert facts["path"] == str(output)
    low, high = facts["accuracy_interval"]
    assert 0 <= low <= facts["accuracy"] <= high <= 1
    assert facts["mistakes"] == round((1 - facts["accuracy"]) * 12)
    assert "p_value" not in facts
    assert "the folder “pets”" in output.read_text(encoding="utf-8")


def test_only_a_split_that_is_named_is_looked_at(
    terminal: Terminal, pets: Path, tmp_path: Path
) -> None:
    output = tmp_path / "r.html"
    terminal("data", "import", pets, "--name", "pets")
    _, (split,) = terminal("data", "split", "pets", "--train", ".34", "--validation", ".33")
    status, (facts,) = terminal("report", "--data", "pets", "--output", output)
    assert (status, facts["pictures"]) == (0, split["validation"])
    assert "the validation split of “pets”" in output.read_text(encoding="utf-8")
    terminal("report", "--data", "pets", "--split", "test", "--output", output)
    assert "the test split of “pets”" in output.read_text(encoding="utf-8")


def test_two_runs_are_compared(
    terminal: Terminal, pets: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = terminal.home / "runs" / "other"
    shutil.copytree(default_run().folder, other)
    words = ("report", "--folder", pets, "--output", tmp_path / "r.html", "--compare", "other")
    status, (facts,) = terminal(*words)
    assert status == 0
    assert (facts["compared_with"], facts["only_this_right"], facts["p_value"]) == ("other", 0, 1)
    assert facts["both_right"] + facts["none_right"] == 12
    assert main([*map(str, words), "--home", str(terminal.home)]) == 0
    assert "0 only it gets right, 0 only other (p = 1)" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("split", "is_the_same", "caution"),
    [
        ("train", True, "From these pictures own has learned"),
        ("validation", True, "also chose the epoch and the temperature of own"),
        ("validation", False, "is split otherwise than when own learned from it"),
        ("test", True, None),
    ],
)
def test_the_page_says_when_its_pictures_flatter_the_run(
    terminal: Terminal, pets: Path, tmp_path: Path, split: str, is_the_same: bool,
    caution: str | None,
) -> None:  # fmt: skip
    terminal("data", "import", pets, "--name", "pets")
    terminal("data", "split", "pets", "--train", ".34", "--validation", ".33")
    folder = terminal.home / "runs" / "own"
    shutil.copytree(default_run().folder, folder)
    with open_dataset(Home(terminal.home), "pets") as catalog:
        fingerprint = catalog.split_fingerprint() if is_the_same else "0" * 64
    record = read_record(folder)
    config = dataclasses.replace(record.config, dataset="pets")
    write_record(folder, dataclasses.replace(record, config=config, fingerprint=fingerprint))
    words = ("report", "--data", "pets", "--split", split, "--run", "own")
    assert terminal(*words, "--output", tmp_path / "r.html")[0] == 0
    cautions = re.findall(
        '<p class="caution">(.*?)</p>', (tmp_path / "r.html").read_text(encoding="utf-8")
    )
    assert len(cautions) == (caution is not None)
    assert all(str(caution) in each for each in cautions)


@pytest.mark.parametrize(
    ("words", "status", "sentence"),
    [
        (("--output", "r.html"), 2, "--data or --folder"),
        (("--folder", ".", "--output", "r.pdf"), 2, "r.pdf"),
        (("--folder", ".", "--output", "r.html", "--compare", DEFAULT_RUN), 2, "with itself"),
        (("--folder", ".", "--output", "r.html", "--compare", "none"), 1, "none"),
        (("--data", "none", "--output", "r.html"), 1, "none"),
    ],
)
@pytest.mark.usefixtures("pets")
def test_a_failure_is_a_sentence_and_a_status(
    terminal: Terminal, tmp_path: Path, monkeypatch, words: tuple[str, ...], status: int,
    sentence: str,
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    assert terminal("report", *words) == (status, [])
    assert sentence in terminal.stderr
    assert not list(tmp_path.glob("r.*"))
