"""A drawn dataset, made once for all that train or classify."""

import shutil
from pathlib import Path

import pytest

from training.cancellation import CancelToken
from training.dataset.importing import make_sample
from training.home import Home

SAMPLE = "sample"


@pytest.fixture(scope="session")
def sample_source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the drawn sample set."""
    root = tmp_path_factory.mktemp("sample-home")
    make_sample(SAMPLE, Home(root), emit=lambda _: None, token=CancelToken())
    return root


@pytest.fixture
def sample_home(sample_source: Path, tmp_path: Path) -> Home:
    """A home of the test's own, with the drawn sample set in it."""
    root = tmp_path / "home"
    shutil.copytree(sample_source, root)
    return Home(root)
