"""The model that ships on the command line, and what a run says of its own answers."""

import json
from pathlib import Path

import pytest

from tests.training.cli.conftest import Terminal
from training.cli import main
from training.dataset.sample import draw_picture
from training.runs.run_folder import DEFAULT_RUN


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    folder = tmp_path / "pets"
    for label in ("cat", "dog"):
        (folder / label).mkdir(parents=True)
        for number in range(3):
            draw_picture(label, number, seed=5, size_px=96).save(folder / label / f"{number}.jpg")
    return folder


def test_pictures_are_classified_without_any_run_of_ones_own(
    terminal: Terminal, pictures: Path
) -> None:
    status, verdicts = terminal("classify", pictures, "--recursive")
    assert (status, len(verdicts)) == (0, 6)
    assert set(verdicts[0]) == {"path", "verdict", "p_dog", "confidence", "error", "p_neither"}
    assert terminal("classify", pictures, "--recursive", "--run", DEFAULT_RUN) == (0, verdicts)
    assert terminal("runs") == (0, [])


def test_a_threshold_decides_between_cat_and_dog(terminal: Terminal, pictures: Path) -> None:
    for threshold, never in (("0", "cat"), ("1", "dog")):
        status, verdicts = terminal("classify", pictures, "--recursive", "--threshold", threshold)
        assert status == 0
        assert never not in {row["verdict"] for row in verdicts}


def test_a_threshold_outside_its_range_is_refused(terminal: Terminal, pictures: Path) -> None:
    assert terminal("classify", pictures, "--threshold", "1.5") == (2, [])
    assert "The threshold is 1.5" in terminal.stderr


def test_a_run_shows_its_temperature_its_third_verdict_and_its_brier_score(
    terminal: Terminal, capsys: pytest.CaptureFixture[str]
) -> None:
    status, (facts,) = terminal("runs", "show", DEFAULT_RUN)
    assert (status, facts["run"]) == (0, DEFAULT_RUN)
    assert facts["judgement"]["temperature"] > 0
    assert facts["judgement"]["neither"]["limit"] > 0
    assert 0 <= facts["metrics"]["validation"]["brier"] <= 1
    assert main(["runs", "show", DEFAULT_RUN, "--home", str(terminal.home)]) == 0
    said = capsys.readouterr().out
    assert all(word in said for word in ("temperature", "neither from", "Brier", "tuned on"))


def test_a_run_shows_what_the_coach_says_of_it(
    terminal: Terminal, capsys: pytest.CaptureFixture[str]
) -> None:
    _, (facts,) = terminal("runs", "show", DEFAULT_RUN)
    assert set(facts["coach"]) == {"key", "sentence", "next_step"}
    assert "best was epoch 7" in facts["coach"]["sentence"]
    assert main(["runs", "show", DEFAULT_RUN, "--home", str(terminal.home)]) == 0
    assert f"coach: {facts['coach']['sentence']}" in capsys.readouterr().out


def test_a_model_card_is_printed_as_a_page_or_as_json(
    terminal: Terminal, capsys: pytest.CaptureFixture[str]
) -> None:
    status, (facts,) = terminal("runs", "card", DEFAULT_RUN)
    assert (status, set(facts)) == (0, {"run", "card"})
    assert main(["runs", "card", DEFAULT_RUN, "--home", str(terminal.home)]) == 0
    assert capsys.readouterr().out == facts["card"]


def test_the_model_that_ships_is_neither_deleted_nor_changed_by_measuring(
    terminal: Terminal, pictures: Path
) -> None:
    assert terminal("runs", "delete", DEFAULT_RUN) == (1, [])
    before = terminal("runs", "show", DEFAULT_RUN)
    status, (figures,) = terminal("evaluate", "--folder", pictures)
    assert (status, figures["run"], figures["pictures"]) == (0, DEFAULT_RUN, 6)
    assert {"brier", "neither_rate"} <= set(figures)
    assert terminal("runs", "show", DEFAULT_RUN) == before


def test_people_are_told_the_brier_score_and_how_many_are_neither(
    terminal: Terminal, pictures: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["evaluate", "--folder", str(pictures), "--home", str(terminal.home)]) == 0
    said = capsys.readouterr().out
    assert "Brier" in said
    assert "neither" in said
    with pytest.raises(json.JSONDecodeError):
        json.loads(said)


def test_pictures_are_sorted_into_folders_by_what_they_show(
    terminal: Terminal, pictures: Path, tmp_path: Path
) -> None:
    (pictures / "notes.jpg").write_text("no picture", encoding="utf-8")
    out = tmp_path / "out"
    words = ("classify", pictures, "--recursive", "--sort-into", out)
    status, lines = terminal(*words)
    verdicts, done = lines[:-1], lines[-1]
    assert (status, done["folder"], done["left_out"], done["gone"]) == (0, str(out), 1, 0)
    told = sorted(row["verdict"] for row in verdicts if row["verdict"])
    assert sorted(path.parent.name for path in out.rglob("*.jpg")) == told
    assert {kind: told.count(kind) for kind in ("cat", "dog", "neither")} == {
        kind: done[kind] for kind in ("cat", "dog", "neither")
    }
    assert not any(path.is_symlink() for path in out.rglob("*.jpg"))
    assert terminal(*words, "--link")[0] == 0
    assert sum(path.is_symlink() for path in out.rglob("*.jpg")) == len(told)


def test_links_need_a_folder(terminal: Terminal, pictures: Path) -> None:
    assert terminal("classify", pictures, "--link") == (2, [])
    assert "Add --sort-into DIR." in terminal.stderr
