"""A command line that is called as a script would call it."""

import json
from pathlib import Path
from typing import Any

import pytest

from training.cli import main


class Terminal:
    """Calls the command line in this process and keeps what it says."""

    def __init__(self, home: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.home, self._capsys = home, capsys
        self.stderr = ""

    def __call__(self, *words: object) -> tuple[int, list[dict[str, Any]]]:
        self._capsys.readouterr()
        status = main([str(word) for word in words] + ["--home", str(self.home), "--json"])
        said = self._capsys.readouterr()
        self.stderr = said.err
        assert "Traceback" not in said.err
        return status, [json.loads(line) for line in said.out.splitlines()]


@pytest.fixture
def terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Terminal:
    return Terminal(tmp_path / "home", capsys)
