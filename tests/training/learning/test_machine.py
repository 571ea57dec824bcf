"""How the facts of a machine are found: files that a driver writes, and what its tool prints."""

import os
import sys
from pathlib import Path

import pytest

from training.learning import machine
from training.learning.machine import (
    Card,
    DriverAnswer,
    ask_driver,
    card_makers,
    loaded_driver,
    machine_facts,
    named_cards,
    read_answer,
)

on_posix = pytest.mark.skipif(os.name == "nt", reason="a script with #! is the tool")


@pytest.fixture
def tool(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where a tool named nvidia-smi is looked for first."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder), prepend=os.pathsep)
    return folder / "nvidia-smi"


def write_tool(tool: Path, script: str) -> None:
    tool.write_text(f"#!{sys.executable}\n{script}\n")
    tool.chmod(0o755)


def test_a_driver_lists_its_cards() -> None:
    text = "NVIDIA A100-SXM4-80GB, 81920, 8.0, 535.104.05\nTesla T4, 15360, 7.5, 535.104.05\n"
    assert read_answer(text) == DriverAnswer(
        (
            Card("NVIDIA A100-SXM4-80GB", 81920 * 2**20, "8.0"),
            Card("Tesla T4", 15360 * 2**20, "7.5"),
        ),
        "535.104.05",
    )


def test_a_card_may_keep_its_memory_to_itself() -> None:
    assert read_answer("GB10, [N/A], 12.1, 580.95").cards == (Card("GB10", 0, "12.1"),)


def test_an_answer_of_another_form_is_a_complaint() -> None:
    assert read_answer("No devices were found\n").complaint == "No devices were found"
    assert read_answer("").complaint == "nothing"


@on_posix
def test_the_drivers_tool_is_asked(tool: Path) -> None:
    write_tool(tool, "print('NVIDIA RTX 4070, 12282, 8.9, 550.54.14')")
    assert ask_driver().cards == (Card("NVIDIA RTX 4070", 12282 * 2**20, "8.9"),)


@on_posix
@pytest.mark.fault(77)
def test_a_tool_that_fails_is_quoted(tool: Path) -> None:
    write_tool(tool, "print('Failed to initialize NVML: Driver/library mismatch.'); exit(18)")
    assert ask_driver().complaint == "Failed to initialize NVML: Driver/library mismatch"


@on_posix
@pytest.mark.fault(77)
def test_a_tool_that_hangs_is_given_up(tool: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "_PATIENCE_S", 0.3)
    write_tool(tool, "import threading; threading.Event().wait(60)")
    assert ask_driver().complaint.startswith("no answer within")


@on_posix
def test_a_tool_that_cannot_be_started_is_told(tool: Path) -> None:
    tool.write_text("#!/no/such/interpreter\n")
    tool.chmod(0o755)
    assert ask_driver().complaint == "No such file or directory"


def test_a_machine_without_the_tool_has_nothing_to_say(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert ask_driver() == DriverAnswer()


def test_the_kernels_driver_tells_its_version_and_its_cards(tmp_path: Path) -> None:
    card = tmp_path / "gpus" / "0000:01:00.0"
    card.mkdir(parents=True)
    (card / "information").write_text("Model: \t\t NVIDIA RTX 4070\nIRQ:   99\n")
    (tmp_path / "version").write_text(
        "NVRM version: NVIDIA UNIX x86_64 Kernel Module  550.54.14  Thu Feb 22\nGCC version: 12\n"
    )
    assert named_cards(tmp_path) == (Card("NVIDIA RTX 4070"),)
    assert loaded_driver(tmp_path) == "550.54.14"
    assert named_cards(tmp_path / "none") == ()
    assert loaded_driver(tmp_path / "none") == ""


def test_a_card_without_a_driver_is_found_on_the_bus(tmp_path: Path) -> None:
    for name, vendor, kind in (
        ("0000:00:02.0", "0x8086", "0x030000"),
        ("0000:01:00.0", "0x10de", "0x030200"),
        ("0000:01:00.1", "0x10de", "0x040300"),  # its sound
    ):
        device = tmp_path / name
        device.mkdir()
        (device / "vendor").write_text(f"{vendor}\n")
        (device / "class").write_text(f"{kind}\n")
    assert card_makers(tmp_path) == ("0x8086", "0x10de")


@pytest.mark.parametrize(
    ("value", "hides"), [("", True), ("-1", True), ("0", False), ("1,0", False)]
)
def test_the_environment_may_hide_all_cards(
    value: str, hides: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CUDA_VISIBLE_DEVICES", value)
    assert machine_facts().hides_cards is hides


def test_what_the_cuda_extra_lacks_is_read_from_tensorflows_own_package() -> None:
    facts = machine_facts()
    assert "tensorflow" in facts.packages or "tensorflow-cpu" in facts.packages
    assert all(name.startswith("nvidia-") for name in facts.missing)
    assert facts.cores >= 1
