"""`catdog devices`."""

from pathlib import Path

import pytest

from tests.training.cli.conftest import Terminal
from training.cli import devices, main
from training.learning.machine import LINUX, TENSORFLOW, Card, DriverAnswer, MachineFacts

SILENT = MachineFacts(
    LINUX,
    cores=2,
    answer=DriverAnswer(complaint="Driver/library mismatch"),
    loaded_driver="550.54.14",
    cards=(Card("NVIDIA RTX 4070"),),
    packages={TENSORFLOW: "2.21.0"},
)


@pytest.mark.fault(77)
def test_it_prints_a_line_a_device_and_a_line_a_finding(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(devices, "machine_facts", lambda: SILENT)
    status, lines = terminal("devices")
    assert status == 0
    card, processor, *findings = lines
    assert (card["device"], card["kind"], card["used"]) == ("NVIDIA RTX 4070", "gpu", False)
    assert "does not answer" in card["why"]
    assert (processor["device"], processor["used"]) == ("CPU, 2 cores", True)
    assert findings[0]["finding"] == "silent-driver"
    assert findings[0]["next_step"].startswith("Restart")


def test_it_speaks_to_people(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(devices, "machine_facts", lambda: SILENT)
    assert main(["devices", "--home", str(tmp_path)]) == 0
    first, second, *rest = capsys.readouterr().out.splitlines()
    assert first.startswith("catdog ")
    assert second == "Computes on: CPU, 2 cores"
    assert any(line.startswith("  → Restart") for line in rest)


def test_tensorflow_is_asked_too(terminal: Terminal) -> None:
    status, lines = terminal("devices", "--load")
    assert status == 0
    assert [line["device"] for line in lines if line.get("used")]
