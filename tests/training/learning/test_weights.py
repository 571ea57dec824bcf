"""Weights come from this machine or from a server, whole or not at all."""

import dataclasses
import hashlib
import http.server
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from training.cancellation import Cancelled, CancelToken
from training.errors import TrainingError
from training.events import Event, Stage, StageProgressed, StageStarted
from training.learning import weights
from training.learning.weights import MOBILENET_V2, Weights, find_weights, keras_folder

CONTENT = bytes(range(256)) * 2000


@pytest.fixture(autouse=True)
def keras_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("KERAS_HOME", str(tmp_path / "keras"))
    return tmp_path / "keras"


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200 if self.path == "/weights.h5" else 404)
        self.send_header("Content-Length", str(len(CONTENT)))
        self.end_headers()
        self.wfile.write(CONTENT)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def served() -> Iterator[Weights]:
    """Weights that a real server on this machine has."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.005,))
    thread.start()
    yield dataclasses.replace(
        MOBILENET_V2,
        name="weights.h5",
        url=f"http://127.0.0.1:{server.server_port}/weights.h5",
        checksum=hashlib.sha256(CONTENT).hexdigest(),
        size_bytes=len(CONTENT),
    )
    server.shutdown()
    thread.join()
    server.server_close()


def test_weights_are_downloaded_once_with_progress(served: Weights) -> None:
    events: list[Event] = []
    file = find_weights(served, emit=events.append, token=CancelToken())
    assert file == keras_folder() / "weights.h5"
    assert file.read_bytes() == CONTENT
    assert events[0] == StageStarted(Stage.DOWNLOADING_WEIGHTS, total=len(CONTENT), unit="bytes")
    assert events[-1] == StageProgressed(len(CONTENT))
    again: list[Event] = []
    assert find_weights(served, emit=again.append, token=CancelToken()) == file
    assert again == []


def test_a_file_with_another_checksum_is_refused_and_nothing_is_left(served: Weights) -> None:
    other = dataclasses.replace(served, checksum="0" * 64)
    with pytest.raises(TrainingError, match="not that file"):
        find_weights(other, emit=lambda _: None, token=CancelToken())
    assert list(keras_folder().iterdir()) == []


@pytest.mark.parametrize("algorithm", ["sha256", "md5"])
def test_either_checksum_finds_a_file_that_is_damaged_by_one_byte(
    served: Weights, algorithm: str
) -> None:
    checksum = hashlib.new(algorithm, CONTENT, usedforsecurity=False).hexdigest()
    weights = dataclasses.replace(served, algorithm=algorithm, checksum=checksum)
    file = find_weights(weights, emit=lambda _: None, token=CancelToken())
    file.write_bytes(CONTENT[:-1] + b"x")
    events: list[Event] = []
    assert find_weights(weights, emit=events.append, token=CancelToken()).read_bytes() == CONTENT
    assert events
    wrong = dataclasses.replace(weights, checksum=checksum[::-1])
    file.unlink()
    with pytest.raises(TrainingError, match="not that file"):
        find_weights(wrong, emit=lambda _: None, token=CancelToken())


def test_a_damaged_file_is_downloaded_again(served: Weights) -> None:
    keras_folder().mkdir(parents=True)
    (keras_folder() / "weights.h5").write_bytes(CONTENT[:100])
    file = find_weights(served, emit=lambda _: None, token=CancelToken())
    assert file.read_bytes() == CONTENT


@pytest.mark.parametrize("url", ["http://127.0.0.1:9/weights.h5", "MISSING"])
def test_without_an_answer_the_error_says_what_works_offline(served: Weights, url: str) -> None:
    gone = dataclasses.replace(served, url=url.replace("MISSING", served.url + ".gone"))
    with pytest.raises(TrainingError, match=r"weights\.h5") as caught:
        find_weights(gone, emit=lambda _: None, token=CancelToken())
    assert "random weights" in caught.value.hint
    assert list(keras_folder().iterdir()) == []


def test_a_cancelled_download_leaves_nothing(served: Weights) -> None:
    token = CancelToken()
    with pytest.raises(Cancelled):
        find_weights(served, emit=lambda _: token.cancel(), token=token)
    assert list(keras_folder().iterdir()) == []


def test_a_bundle_s_own_weights_are_taken_before_anything_is_downloaded(
    served: Weights, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bundled = tmp_path / "resources" / "weights" / "weights.h5"
    bundled.parent.mkdir(parents=True)
    bundled.write_bytes(CONTENT)
    monkeypatch.setattr(weights, "resource", lambda *parts: tmp_path.joinpath("resources", *parts))
    events: list[Event] = []
    assert find_weights(served, emit=events.append, token=CancelToken()) == bundled
    assert events == []


def test_damaged_weights_of_a_bundle_are_not_used(
    served: Weights, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bundled = tmp_path / "resources" / "weights" / "weights.h5"
    bundled.parent.mkdir(parents=True)
    bundled.write_bytes(CONTENT[1:])
    monkeypatch.setattr(weights, "resource", lambda *parts: tmp_path.joinpath("resources", *parts))
    file = find_weights(served, emit=lambda _: None, token=CancelToken())
    assert file == keras_folder() / "weights.h5"
