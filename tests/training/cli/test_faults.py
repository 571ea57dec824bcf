"""What goes wrong on the command line, and what it then says and keeps."""

import sys
from pathlib import Path

import pytest

from tests.training.cli.conftest import Terminal
from training.cli import main
from training.cli.details import LOG_FILE
from training.home import Home
from training.learning import lessons
from training.learning.session import Session

TRAINING = (
    "train", "--data", "sample", "--preset", "notebook", "--epochs", "1", "--steps-per-epoch", "2",
    "--validation-steps", "1", "--batch-size", "8", "--image-size", "40",
)  # fmt: skip


@pytest.fixture
def trained(terminal: Terminal, sample_home: Home) -> str:
    """The name of a run on the sample set."""
    assert terminal.home == sample_home.root
    status, lines = terminal(*TRAINING)
    assert status == 0
    return str(lines[-1]["run"])


def test_a_run_asked_for_with_what_does_not_fit_says_so(terminal: Terminal, trained: str) -> None:
    outside = terminal.home.parent
    for words, sentence in (
        (("export", "--run", trained, "--format", "h5", "--output", outside / "a.bin"), "a.h5"),
        (("export", "--run", trained, "--format", "onnx", "--output", outside / "a.h5"), "a.onnx"),
        (("export", "--run", trained, "--format", "onnx", "--output", outside), "is a folder"),
        (("train", "--resume", trained, "--batch-size", "4"), "--batch-size cannot be changed"),
        (("train", "--resume", trained, "--epochs", "0"), "number of epochs is 0"),
    ):  # fmt: skip
        assert terminal(*words) == (2, [])
        assert sentence in terminal.stderr

    terminal("evaluate", "--run", trained, "--data", "sample")
    _, (kept,) = terminal("runs")
    terminal("data", "split", "sample", "--seed", "9")
    status, (figures,) = terminal("evaluate", "--run", trained, "--data", "sample")
    assert (status, figures["pictures"]) == (0, 40)
    assert "split otherwise" in terminal.stderr
    assert terminal("runs") == (0, [kept])


def test_options_that_a_command_would_not_hear_of_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["runs", "--home", str(tmp_path), "delete", "some"]) == 2
    assert "after it" in capsys.readouterr().err


@pytest.mark.usefixtures("sample_home")
def test_an_unexpected_failure_is_a_sentence_and_its_details_are_in_the_log(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError("the reason")

    monkeypatch.setattr(lessons, "build_data", fail)
    assert terminal(*TRAINING) == (1, [])
    assert "the log has the details" in terminal.stderr
    log = (terminal.home / "logs" / LOG_FILE).read_text(encoding="utf-8")
    assert "ZeroDivisionError: the reason" in log


@pytest.mark.usefixtures("sample_home")
def test_an_interrupt_says_what_is_kept(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as early:
        early.setattr(lessons, "build_data", interrupt)
        assert terminal(*TRAINING) == (130, [])
        assert "nothing is kept" in terminal.stderr
    monkeypatch.setattr(Session, "finish", interrupt)
    status, lines = terminal(*TRAINING)
    assert (status, [line["epoch"] for line in lines]) == (130, [1])
    said = terminal.stderr
    _, (run,) = terminal("runs")
    assert f"--resume {run['run']}" in said


def test_a_name_that_the_terminal_cannot_show_is_shown_escaped(
    tmp_path: Path, sample_home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    (sample_home.datasets / "sample").rename(sample_home.datasets / "Kätzchen")
    with (tmp_path / "out").open("w", encoding="ascii") as out:
        monkeypatch.setattr(sys, "stdout", out)
        assert main(["data", "list", "--home", str(sample_home.root)]) == 0
    assert "K\\xe4tzchen" in (tmp_path / "out").read_text(encoding="ascii")
