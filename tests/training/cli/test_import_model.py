"""`catdog import-model`: what a model of somebody else needs to be told, and the run it becomes."""

import socket
from pathlib import Path

import pytest

from tests.training.cli.conftest import Terminal
from tests.training.learning.foreign.crafting import (
    before_answer,
    lambda_layer,
    members,
    write_h5,
    write_keras,
)


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("somebody asked the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


@pytest.mark.fault(26)
@pytest.mark.usefixtures("no_network")
def test_an_address_is_a_file_that_is_not_there(terminal: Terminal) -> None:
    for address in ("hf://a/b", "https://example.org/model.keras"):
        assert terminal("import-model", address) == (1, [])
        assert "There is no file" in terminal.stderr
        assert "nothing is downloaded" in terminal.stderr


@pytest.mark.fault(1)
def test_a_refused_model_is_a_sentence_and_no_run(terminal: Terminal, tmp_path: Path) -> None:
    canary = tmp_path / "canary"
    file = write_keras(tmp_path / "m.keras", members(before_answer(lambda_layer(canary))))
    assert terminal("import-model", file) == (1, [])
    assert "Lambda (“innocent”)" in terminal.stderr
    assert not canary.exists()
    assert terminal("runs", "list") == (0, [])


def test_a_dataset_that_is_not_there_is_told_before_the_trial(
    terminal: Terminal, tmp_path: Path
) -> None:
    assert terminal("import-model", write_keras(tmp_path / "m.keras"), "--data", "none")[0] == 1
    assert "Trying" not in terminal.stderr


@pytest.mark.slow
@pytest.mark.fault(19)
@pytest.mark.fault(25)
def test_a_model_is_asked_about_and_then_becomes_a_run(terminal: Terminal, tmp_path: Path) -> None:
    file = write_h5(tmp_path / "grey.keras")
    status, (said,) = terminal("import-model", file)
    assert status == 2
    assert (said["model"]["kind"], said["model"]["channels"]) == ("hdf5", 1)
    assert "does not say how its pixels are scaled, or which answer is the cat" in terminal.stderr
    assert "--scaling 0-1 --classes cat,dog" in terminal.stderr
    status, (taken,) = terminal("import-model", file, "--scaling", "0-1", "--classes", "dog,cat")
    assert (status, taken["was_there"]) == (0, False)
    status, (row,) = terminal("runs", "list")
    assert (row["preset"], row["state"], row["title"]) == ("imported", "finished", "grey")
    status, (shown,) = terminal("runs", "show", row["run"])
    assert (status, "order of its answers: dog, cat" in shown["origin"]) == (0, True)
