"""What every test may use: a home, real and drawn pictures, a Kaggle of our own, and no screen."""

import gc
import os
import random
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
# clusters of so few pictures cost most of a small training where threads wait for one another
os.environ.setdefault("OMP_NUM_THREADS", "1")

from tests.training.dataset.kaggle_server import Kaggle, serving
from tests.training.dataset.memory_keyring import MemoryKeyring
from training.cancellation import CancelToken
from training.dataset.importing import make_sample
from training.home import Home

pytest_plugins = ["tests.fault_report"]

REPOSITORY = Path(__file__).resolve().parent.parent
SAMPLE = "sample"
MEMORY = Path("/dev/shm")
MEMORY_NEEDED = 4 << 30  # bytes
MOST_WORKERS = 8  # each may load TensorFlow: more than 1 GB


def pytest_configure() -> None:
    """The tests' files lie in memory where there is room: each is flushed to the disk otherwise."""
    if MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > MEMORY_NEEDED:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))


def pytest_xdist_auto_num_workers() -> int:
    """One more than cores, since tests wait for timers, servers and programs of theirs."""
    return min((os.cpu_count() or 1) + 1, MOST_WORKERS)


def pytest_collection_finish() -> None:
    """No test need look through the modules of all others for garbage."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(tryfirst=True)
def pytest_fixture_setup() -> None:
    """Each fixture begins with the same random numbers, whichever tests came before."""
    random.seed(1)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_call() -> None:
    """Keras draws from `random` what begins a network, so a test's networks are always the same."""
    random.seed(1)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """An empty home folder that nothing else uses."""
    root = tmp_path / "home"
    monkeypatch.setenv("CATDOG_HOME", str(root))
    return Home(root)


@pytest.fixture(scope="session")
def sample_source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the drawn sample set, drawn once for all that train or classify."""
    root = tmp_path_factory.mktemp("sample-home")
    make_sample(SAMPLE, Home(root), emit=lambda _: None, token=CancelToken())
    return root


@pytest.fixture
def sample_home(sample_source: Path, tmp_path: Path) -> Home:
    """A home of the test's own, with the drawn sample set in it."""
    root = tmp_path / "home"
    shutil.copytree(sample_source, root)
    return Home(root)


@pytest.fixture(scope="session")
def unbroken(sample_source: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a small run with varied pictures that nobody disturbed."""
    from tests.training.learning.undisturbed import varied_pictures
    from tests.training.learning.watching import Watcher, small
    from training.learning.trainer import train

    root = tmp_path_factory.mktemp("unbroken") / "home"
    shutil.copytree(sample_source, root)
    with varied_pictures():
        return train(small(), Home(root), emit=Watcher(), token=CancelToken()).folder


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real pictures; a test that needs it is skipped where it is missing."""
    shared = Path(os.environ.get("CATDOG_SHARED", REPOSITORY.parent / "shared"))
    if not (shared / "data").is_dir():
        pytest.skip("the real pictures (shared/data) are not on this machine")
    return shared / "data"


@pytest.fixture
def no_token(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A user without a token: an own home folder, which is given, no variables, no keyring."""
    import keyring
    from keyring.backends import fail

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


@pytest.fixture
def ring(no_token: Path) -> MemoryKeyring:
    """A keyring; `no_token` puts the one before back."""
    import keyring

    ring = MemoryKeyring()
    keyring.set_keyring(ring)
    return ring
