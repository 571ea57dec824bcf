"""The check of a GPU: what of it a machine without one can show."""

import json

import gpu_check
import pytest


def test_a_step_says_what_it_finds_and_how_it_ended(capfd):
    assert gpu_check.main(["diagnosis"]) == 0
    lines = [json.loads(line) for line in capfd.readouterr().out.splitlines()]
    assert {line["step"] for line in lines} == {"diagnosis"}
    assert any("device" in line for line in lines)
    assert lines[-1]["ok"] is True


def test_a_step_that_takes_too_long_fails_alone(capfd, monkeypatch):
    monkeypatch.setattr(gpu_check, "_LONGEST_S", 0.01)
    assert gpu_check.main(["diagnosis"]) == 1
    (line,) = (json.loads(line) for line in capfd.readouterr().out.splitlines())
    assert line["ok"] is False
    assert line["error"].startswith("over")


def test_a_step_that_there_is_not_is_refused(capsys):
    with pytest.raises(SystemExit):
        gpu_check.main(["diagnoses"])
    assert "there is no step diagnoses" in capsys.readouterr().err
