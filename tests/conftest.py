"""What every test may use: a home of its own, real pictures where they are, and no screen."""

import os
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")

from training.home import Home

pytest_plugins = ["tests.fault_report"]

REPOSITORY = Path(__file__).resolve().parent.parent


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """An empty home folder that nothing else uses."""
    root = tmp_path / "home"
    monkeypatch.setenv("CATDOG_HOME", str(root))
    return Home(root)


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real pictures; a test that needs it is skipped where it is missing."""
    shared = Path(os.environ.get("CATDOG_SHARED", REPOSITORY.parent / "shared"))
    if not (shared / "data").is_dir():
        pytest.skip("the real pictures (shared/data) are not on this machine")
    return shared / "data"
