"""Either program's window, and what somebody gives to its user."""

import shutil

import pytest
from PIL import Image

from catdog_gui.main_window import MainWindow
from catdog_gui.viewer_window import ViewerWindow
from tests.catdog_gui.model_adding.dropping import PATIENCE_MS, at_rest
from training.cancellation import CancelToken
from training.resources import resource
from training.runs.notes import change_notes
from training.runs.run_folder import DEFAULT_RUN, RECORD_FILE
from training.runs.sharing import share_run


@pytest.fixture
def window(qtbot, home):
    window = MainWindow(home, ask=lambda *_: True)
    qtbot.addWidget(window)
    window.show()
    at_rest(qtbot, window)
    yield window
    assert window.jobs.cancel_all_and_wait(limit_ms=PATIENCE_MS)


@pytest.fixture
def viewer(qtbot, home):
    window = ViewerWindow(home, ask=lambda *_: True)
    qtbot.addWidget(window)
    window.show()
    at_rest(qtbot, window)
    yield window
    assert window.jobs.cancel_all_and_wait(limit_ms=PATIENCE_MS)


@pytest.fixture(scope="session")
def given_once(tmp_path_factory):
    folder = tmp_path_factory.mktemp("given") / "20260101-100000_express"
    shutil.copytree(resource(DEFAULT_RUN), folder)
    record = folder / RECORD_FILE
    text = record.read_text(encoding="utf-8")
    record.write_text(text.replace('"limit": 0.', '"limit": 0.9'), encoding="utf-8")
    change_notes(folder, title="From a friend")
    return folder


@pytest.fixture(scope="session")
def shared_once(given_once):
    file = given_once.parent / "friend.catdog"
    return share_run(given_once, file, emit=lambda _: None, token=CancelToken())


@pytest.fixture
def given(given_once, tmp_path):
    """A run that differs from the one that ships in what it calls neither; without Keras' file."""
    return shutil.copytree(given_once, tmp_path / given_once.name)


@pytest.fixture
def shared(shared_once, tmp_path):
    """That run as one file."""
    return shutil.copy2(shared_once, tmp_path / shared_once.name)


@pytest.fixture
def picture(tmp_path):
    path = tmp_path / "cat.png"
    Image.new("RGB", (32, 32), "grey").save(path)
    return path
