"""A drawn dataset, made once for all that train or classify; and a Kaggle of our own."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from keyring.backends import fail

from tests.training.dataset.kaggle_server import Kaggle, serving
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


@pytest.fixture
def no_token(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A user without a token: an own home folder, which is given, no variables, no keyring."""
    user = tmp_path / "user"
    user.mkdir()
    for name in list(os.environ):
        if name.startswith(("KAGGLE_", "CATDOG_KAGGLE")) or name.lower().endswith("_proxy"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(user))
    monkeypatch.setenv("USERPROFILE", str(user))
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    before = keyring.get_keyring()
    keyring.set_keyring(fail.Keyring())  # type: ignore[no-untyped-call]
    yield user
    keyring.set_keyring(before)


@pytest.fixture
def kaggle(no_token: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Kaggle]:
    """A server that answers as Kaggle does; the program is led to it."""
    with serving(Kaggle()) as server:
        monkeypatch.setenv("CATDOG_KAGGLE_ENDPOINT", server.endpoint)
        yield server
